#include "core/io/videofile.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <opencv2/core/utils/logger.hpp>

#include "core/io/videoformat.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr std::size_t kKeptBytes = 64'000'000;
constexpr int kKeptBefore = 12;      // frames before the wanted one that are kept on the way to it
constexpr int kNearby = 24;          // frames that are rather read over than jumped over
constexpr int kMargins[] = {0, 48};  // frames to land before the wanted one: pictures after a jump may need time to be whole
constexpr std::int64_t kMostPixels = 200'000'000;

std::uint64_t fingerprintOf(const cv::Mat& picture) {
  std::uint64_t hash = 0x9E3779B97F4A7C15ULL ^ (std::uint64_t(picture.cols) << 32 | std::uint64_t(picture.rows));
  const auto mix = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * 0xD6E8FEB86659FD93ULL;
    hash ^= hash >> 32;
  };
  const std::size_t length = std::size_t(picture.cols) * picture.elemSize();
  for (int y = 0; y < picture.rows; ++y) {
    const auto* row = picture.ptr<std::uint8_t>(y);
    std::uint64_t word = 0;
    std::size_t x = 0;
    for (; x + 8 <= length; x += 8) {
      std::memcpy(&word, row + x, 8);
      mix(word);
    }
    word = 0;
    std::memcpy(&word, row + x, length - x);
    mix(word);
  }
  return hash;
}

RgbImage asRgb(const cv::Mat& picture) {
  RgbImage image{picture.cols, picture.rows, {}};
  image.pixels.resize(std::size_t(picture.cols) * std::size_t(picture.rows) * 3);
  auto* to = image.pixels.data();
  for (int y = 0; y < picture.rows; ++y) {
    const auto* from = picture.ptr<std::uint8_t>(y);
    for (int x = 0; x < picture.cols; ++x, from += 3, to += 3) {
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
    }
  }
  return image;
}

std::string lettersOf(double code) {
  const auto number = std::uint32_t(code);
  std::string letters;
  for (int i = 0; i < 4; ++i) {
    const char c = char(number >> (8 * i) & 0xFF);
    if (c > 32 && c < 127) letters += c;
  }
  return letters;
}

int asCount(double value) { return std::isfinite(value) && value > 0 && value < 1e9 ? int(std::lround(value)) : 0; }

}  // namespace

VideoFile::VideoFile(const std::string& path, std::shared_ptr<FrameIndex> index) {
  requireVideoFile(path);
  m_index = index ? std::move(index) : std::make_shared<FrameIndex>();
  m_info.path = std::filesystem::absolute(path).lexically_normal().string();
  m_info.rotation = rotationOf(m_info.path);
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  reopen();
  const double rate = m_capture.get(cv::CAP_PROP_FPS);
  m_info.framesPerSecond = std::isfinite(rate) && rate > 0 && rate < 1e5 ? rate : 0;
  m_info.announcedFrames = asCount(m_capture.get(cv::CAP_PROP_FRAME_COUNT));
  m_info.codec = lettersOf(m_capture.get(cv::CAP_PROP_FOURCC));
  if (!grab())
    throw Error(ErrorCode::BadFile, m_info.path, "there is no frame in it that can be decoded",
                "Copy the video again, or convert it to MP4 (H.264) or AVI (Motion JPEG)");
  const cv::Mat first = retrieve();
  learn(0, &first);
  m_info.width = first.cols;
  m_info.height = first.rows;
  keep(0, asRgb(first));
  reopen();
}

void VideoFile::reopen() {
  m_next = 0;
  try {
    m_capture.release();
    // Decoders of files only; the others that OpenCV may bring reach for cameras and the network.
    for (const int backend : {cv::CAP_FFMPEG, cv::CAP_OPENCV_MJPEG})
      if (m_capture.open(m_info.path, backend)) {
        m_capture.set(cv::CAP_PROP_ORIENTATION_AUTO, 0);
        return;
      }
  } catch (const cv::Exception&) {
    m_capture.release();
  }
  throw Error(ErrorCode::BadFile, m_info.path,
              "the video cannot be opened: it is damaged, holds no pictures, or no decoder for it is installed",
              "Copy it again, or convert it to MP4 (H.264) or AVI (Motion JPEG)");
}

bool VideoFile::grab() {
  try {
    if (!m_capture.grab()) return false;
  } catch (const cv::Exception&) {
    return false;
  }
  ++m_next;
  return true;
}

double VideoFile::grabbedSeconds() {
  const double told = m_capture.get(cv::CAP_PROP_POS_MSEC) / 1000;
  return std::isfinite(told) ? told : -1;
}

cv::Mat VideoFile::retrieve() {
  cv::Mat picture;
  try {
    if (!m_capture.retrieve(picture)) picture.release();
  } catch (const cv::Exception&) {
    picture.release();
  }
  if (!picture.empty() && picture.type() == CV_8UC1) {
    cv::Mat colours[] = {picture, picture, picture}, all;
    cv::merge(colours, 3, all);
    picture = all;
  }
  if (picture.empty() || picture.type() != CV_8UC3 || std::int64_t(picture.cols) * picture.rows > kMostPixels)
    throw Error(ErrorCode::BadFile, m_info.path + ", frame " + std::to_string(m_next), "cannot be decoded", "Copy the video again");
  if (m_info.rotation != 0) {
    cv::Mat turned;
    cv::rotate(picture, turned,
               m_info.rotation == 90    ? cv::ROTATE_90_CLOCKWISE
               : m_info.rotation == 180 ? cv::ROTATE_180
                                        : cv::ROTATE_90_COUNTERCLOCKWISE);
    return turned;
  }
  return picture;
}

void VideoFile::learn(int number, const cv::Mat* picture) {
  if (number != m_index->size()) return;
  IndexedFrame frame{grabbedSeconds(), picture ? fingerprintOf(*picture) : 0};
  if (number > 0 && number == m_index->size()) {
    const double last = m_index->at(number - 1).seconds;
    frame.isTimed = frame.seconds > last;
    if (!frame.isTimed) frame.seconds = last + (m_info.framesPerSecond > 0 ? 1 / m_info.framesPerSecond : 0);
  }
  m_index->add(number, frame);
}

VideoFrame VideoFile::next(bool isWanted) {
  VideoFrame frame;
  const int number = m_inOrder;
  if (m_next != number) goTo(number);
  if (!grab()) {
    if (number == m_index->size()) m_index->end();
    return frame;
  }
  m_inOrder = number + 1;
  frame.number = number;
  const bool isNew = number == m_index->size();
  try {
    if (isWanted || isNew) {
      const cv::Mat picture = retrieve();
      learn(number, &picture);
      if (isWanted) frame.image = asRgb(picture);
    }
  } catch (const Error& error) {
    frame.problem = error.cause();
    learn(number, nullptr);
  }
  frame.seconds = secondsOf(number);
  return frame;
}

std::optional<RgbImage> VideoFile::kept(int number) const {
  for (const auto& [n, image] : m_kept)
    if (n == number) return image;
  return {};
}

void VideoFile::keep(int number, const RgbImage& image) {
  if (kept(number)) return;
  m_kept.emplace_back(number, image);
  std::size_t bytes = 0;
  for (const auto& entry : m_kept) bytes += entry.second.pixels.size();
  while (m_kept.size() > 1 && bytes > kKeptBytes) {
    bytes -= m_kept.front().second.pixels.size();
    m_kept.pop_front();
  }
}

std::optional<RgbImage> VideoFile::forwardTo(int number, bool isProved) {
  while (m_next >= 0 && m_next <= number) {
    if (m_isUnwanted && m_isUnwanted()) throw Cancelled{};
    const int at = m_next;
    if (!grab()) {
      if (at == m_index->size()) m_index->end();
      m_next = -1;
      return {};
    }
    const bool isNear = at + kKeptBefore >= number;
    if (!isNear && at != m_index->size()) continue;
    cv::Mat picture;
    try {
      picture = retrieve();
    } catch (const Error&) {
      learn(at, nullptr);
      if (at == number) throw;
      continue;
    }
    learn(at, &picture);
    if (!isNear) continue;
    const bool isSame = at < m_index->size() && m_index->at(at).fingerprint == fingerprintOf(picture);
    if (isProved && !isSame && at == number) return {};
    if (!isSame && at != number) continue;
    RgbImage image = asRgb(picture);
    keep(at, image);
    if (at == number) return image;
  }
  return {};
}

// The decoder counts frames by their times, which misleads it where frames are not evenly spaced, and it lands wherever the file has an
// entry. So its own count is not believed: the time of the frame it lands on says which one that is.
std::optional<RgbImage> VideoFile::seekTo(int number, int margin) {
  const double target = (m_index->at(number).seconds - m_index->at(0).seconds) * m_info.framesPerSecond - margin;
  m_next = -1;
  if (!m_capture.set(cv::CAP_PROP_POS_FRAMES, std::max(0.0, std::floor(target)))) return {};
  m_next = 0;
  if (!grab()) {
    m_next = -1;
    return {};
  }
  const int at = m_index->find(grabbedSeconds());
  m_next = at < 0 ? -1 : at + 1;
  if (at < 0 || at > number) return {};
  if (at < number) return forwardTo(number);
  const cv::Mat picture = retrieve();
  if (m_index->at(number).fingerprint != fingerprintOf(picture)) return {};
  RgbImage image = asRgb(picture);
  keep(number, image);
  return image;
}

// A frame that has been read before.
RgbImage VideoFile::decodeAgain(int number) {
  if (m_next >= 0 && number - m_next <= kNearby)
    if (auto image = forwardTo(number)) return *image;
  if (m_info.framesPerSecond > 0 && m_index->isRising())
    for (const int margin : kMargins)
      if (auto image = seekTo(number, margin)) return *image;
  reopen();
  if (auto image = forwardTo(number, false)) return *image;
  throw Error(ErrorCode::BadFile, m_info.path + ", frame " + std::to_string(number), "cannot be decoded again", "Copy the video again");
}

void VideoFile::goTo(int number) {
  if (number == 0)
    reopen();
  else
    decodeAgain(number - 1);
}

RgbImage VideoFile::frame(int number) {
  const auto requireWithin = [this, number] {
    if (number >= 0 && !(m_index->isComplete() && number >= m_index->size())) return;
    throw Error(ErrorCode::NotFound, m_info.path, "there is no frame " + std::to_string(number),
                "It has the frames 0 to " + std::to_string(m_index->size() - 1));
  };
  requireWithin();
  if (auto image = kept(number)) return *image;
  const int known = m_index->size();
  if (number < known) return decodeAgain(number);
  if (m_next < 0 || known - m_next > kNearby) decodeAgain(known - 1);
  if (auto image = forwardTo(number, false)) return *image;
  requireWithin();
  throw Error(ErrorCode::BadFile, m_info.path + ", frame " + std::to_string(number), "cannot be decoded", "Copy the video again");
}

}  // namespace gps
