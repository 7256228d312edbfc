#include "core/checkpoints/readers/safetensorswriter.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/checkpoints/readers/foldersync.h"
#include "core/checkpoints/readers/safetensorsreader.h"
#include "core/checkpoints/readers/tensorfile.h"
#include "core/checkpoints/readers/utf8.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr std::size_t kAlignment = 8;

const char* remedyFor(int cause) {
  switch (cause) {
    case ENOSPC:
    case EDQUOT:
      return "Free space on that disk or choose another folder";
    case EFBIG:
      return "The file is larger than this disk or account allows: choose another folder";
    case EROFS:
      return "The disk is read-only: choose another folder";
    case EACCES:
    case EPERM:
      return "Allow writing to that folder or choose another";
    case ENOENT:
    case ENOTDIR:
      return "Create the folder first or check its name";
    default:
      return "Choose another folder";
  }
}

std::uint64_t bytesOf(const TensorSpec& tensor, const std::string& path) {
  const std::int64_t count = checkedElements(tensor.shape);
  std::int64_t bytes = 0;
  if (count < 0 || __builtin_mul_overflow(count, static_cast<std::int64_t>(itemSize(tensor.dtype)), &bytes))
    throw Error(ErrorCode::BadArgument, path, "tensor \"" + tensor.name + "\" has an impossible shape " + shapeText(tensor.shape));
  return static_cast<std::uint64_t>(bytes);
}

void requireText(const std::string& text, const std::string& path) {
  if (!isUtf8(text)) throw Error(ErrorCode::BadArgument, path, "\"" + printable(text) + "\" is not valid UTF-8 and cannot be stored");
}

}  // namespace

SafetensorsWriter::SafetensorsWriter(std::string path, const std::vector<TensorSpec>& tensors,
                                     const std::map<std::string, std::string>& metadata)
    : m_path(std::move(path)), m_temporary(m_path + ".tmp") {
  std::vector<const TensorSpec*> order;
  for (const TensorSpec& tensor : tensors) order.push_back(&tensor);
  std::stable_sort(order.begin(), order.end(), [](auto a, auto b) { return itemSize(a->dtype) > itemSize(b->dtype); });

  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  for (const auto& [key, value] : metadata) {
    requireText(key, m_path);
    requireText(value, m_path);
    header["__metadata__"][key] = value;
  }
  std::uint64_t at = 0;
  for (const TensorSpec* tensor : order) {
    requireText(tensor->name, m_path);
    const std::uint64_t bytes = bytesOf(*tensor, m_path);
    if (tensor->name.empty() || tensor->name == "__metadata__" || !m_slots.emplace(tensor->name, Slot{at, bytes, 0}).second)
      throw Error(ErrorCode::BadArgument, m_path, "the tensor name \"" + tensor->name + "\" is empty, reserved or given twice");
    header[tensor->name] = {{"dtype", dtypeName(tensor->dtype)}, {"shape", tensor->shape}, {"data_offsets", {at, at + bytes}}};
    at += bytes;
  }
  std::string text = header.dump();
  text.resize((text.size() + kAlignment - 1) / kAlignment * kAlignment, ' ');
  if (text.size() > kMaxSafetensorsHeader)
    throw Error(ErrorCode::BadArgument, m_path, "its header would be larger than the format allows", "Write fewer tensors into one file");

  // A temporary left by a killed process is replaced; a link of that name is not followed.
  ::unlink(m_temporary.c_str());
  m_fd = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (m_fd < 0) fail("cannot be created", errno);
  std::uint8_t length[8];
  for (std::size_t i = 0; i < 8; ++i) length[i] = static_cast<std::uint8_t>(std::uint64_t{text.size()} >> (8 * i));
  writeAt(length, sizeof length, 0);
  writeAt(text.data(), text.size(), sizeof length);
  for (auto& [name, slot] : m_slots) slot.begin += sizeof length + text.size();
}

SafetensorsWriter::~SafetensorsWriter() { discard(); }

void SafetensorsWriter::write(const std::string& name, const void* data, std::size_t bytes) {
  const auto found = m_slots.find(name);
  if (found == m_slots.end() || bytes > found->second.bytes - found->second.written)
    throw Error(ErrorCode::Internal, m_path, "more bytes than announced for tensor \"" + name + "\"");
  Slot& slot = found->second;
  writeAt(data, bytes, slot.begin + slot.written);
  slot.written += bytes;
}

void SafetensorsWriter::finish() {
  for (const auto& [name, slot] : m_slots)
    if (slot.written != slot.bytes) throw Error(ErrorCode::Internal, m_path, "tensor \"" + name + "\" was not written completely");
  if (m_fd < 0) throw Error(ErrorCode::Internal, m_path, "was already finished");
  if (::fsync(m_fd) != 0) fail("cannot be written to disk", errno);
  const int fd = std::exchange(m_fd, -1);
  if (::close(fd) != 0) fail("cannot be written to disk", errno);
  if (std::rename(m_temporary.c_str(), m_path.c_str()) != 0) fail("cannot be put in place", errno);
  syncFolderOf(m_path);
}

void SafetensorsWriter::fail(const char* what, int cause) {
  discard();
  ::unlink(m_temporary.c_str());
  throw Error(ErrorCode::Io, m_path, std::string(what) + ": " + std::strerror(cause), remedyFor(cause));
}

void SafetensorsWriter::writeAt(const void* data, std::size_t bytes, std::uint64_t offset) {
  const auto* at = static_cast<const char*>(data);
  while (bytes > 0) {
    const ssize_t done = ::pwrite(m_fd, at, std::min<std::size_t>(bytes, 1u << 30), static_cast<off_t>(offset));
    if (done < 0) {
      if (errno == EINTR) continue;
      fail("cannot be written", errno);
    }
    at += done;
    bytes -= static_cast<std::size_t>(done);
    offset += static_cast<std::uint64_t>(done);
  }
}

void SafetensorsWriter::discard() {
  if (m_fd < 0) return;
  ::close(m_fd);
  m_fd = -1;
  ::unlink(m_temporary.c_str());
}

}  // namespace gps
