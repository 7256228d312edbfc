#pragma once
// Predictions in the size of thumbnails on the disk, in 255 levels, with what they depend on. Any thread.
#include <QByteArray>
#include <QString>
#include <map>
#include <memory>
#include <string>

#include "core/values/image.h"

namespace gps::app {

using SmallMaps = std::map<std::string, std::shared_ptr<const ProbabilityMap>>;  // by case

QByteArray smallMapBytes(const SmallMaps& maps, const QString& basis);
// Empty: there is no such file, it is damaged, or it is of another basis. Cases whose size is not possible are left out.
SmallMaps storedSmallMaps(const QString& path, const QString& basis);

}  // namespace gps::app
