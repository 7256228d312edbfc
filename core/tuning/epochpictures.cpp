#include "core/tuning/epochpictures.h"

#include <utility>

#include "core/values/error.h"

namespace gps {

EpochPictures::EpochPictures(std::vector<DataItem> items, std::shared_ptr<const ImageSource> images, PictureDrawer draw, LogSink log)
    : m_images(std::move(images)), m_draw(std::move(draw)), m_log(std::move(log)) {
  for (auto& item : items)
    if (m_draw && m_items.size() < kPictures) m_items.emplace(item.id, std::move(item));
}

void EpochPictures::take(const std::string& id, const ProbabilityMap& map) {
  if (wants(id)) m_taken.insert_or_assign(id, map);
}

void EpochPictures::write(RunEvents& events, std::int64_t step) {
  const auto taken = std::exchange(m_taken, {});
  try {
    for (const auto& [id, map] : taken) {
      const auto& item = m_items.at(id);
      const auto image = m_images->loadImage(item.imagePath);
      const auto truth = item.maskPath.empty() ? MaskImage() : m_images->loadMask(item.maskPath);
      events.addPicture(m_draw(image, map, truth.empty() ? nullptr : &truth), "val/" + id, step);
    }
  } catch (const Error& e) {
    m_items.clear();
    if (m_log) m_log(LogLevel::Warning, std::string("no more pictures for TensorBoard: ") + e.what());
  }
}

}  // namespace gps
