#pragma once
// The first pictures of the validation split as they are predicted after each epoch, for whoever watches the run in TensorBoard. Nothing is
// computed for them but the drawing. Thread of the run.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/control/imagesource.h"
#include "core/control/logsink.h"
#include "core/tuning/runevents.h"
#include "core/tuning/trainer.h"
#include "core/values/dataset.h"
#include "core/values/image.h"

namespace gps {

class EpochPictures {
 public:
  static constexpr std::size_t kPictures = 4;
  // draw: empty: nothing is kept or written. Items without a mask are drawn without one.
  EpochPictures(std::vector<DataItem> items, std::shared_ptr<const ImageSource> images, PictureDrawer draw, LogSink log);
  bool wants(const std::string& id) const { return m_items.count(id) != 0; }
  void take(const std::string& id, const ProbabilityMap& map);  // of the epoch that is scored
  // Writes what was taken, and forgets it. A picture that cannot be read ends this with one warning; the run goes on.
  void write(RunEvents& events, std::int64_t step);

 private:
  std::map<std::string, DataItem> m_items;
  std::map<std::string, ProbabilityMap> m_taken;
  std::shared_ptr<const ImageSource> m_images;
  PictureDrawer m_draw;
  LogSink m_log;
};

}  // namespace gps
