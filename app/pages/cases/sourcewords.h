#pragma once
// A source of predictions in plain words, and which there are.
#include <QList>
#include <QStringList>

#include "app/project/mapsource.h"
#include "core/values/runspec.h"

namespace gps::app {

class RunLibrary;
class Session;

// "GPS", "full fine-tuning"; in the language of the moment.
QString methodName(Method method);
// The same with what is trained: "GPS K=10".
QString methodText(const TrainSpec& spec);
// The same for several runs: those of one method are told apart by when they began (ms since 1970; 0: not known).
struct MethodAndTime {
  QString method;
  qint64 startedMs = 0;
};
QStringList toldApart(const QList<MethodAndTime>& runs);
// A run keeps its values after every epoch: on the pages of cases these are its versions, 0 the one before training.
// "GPS K=10 · version 8", "base model"; what stands on the picture.
QString sourceText(const MapSource& source, const Session& session, const RunLibrary& runs);

}  // namespace gps::app
