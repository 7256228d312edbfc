#include "core/checkpoints/readers/shardindex.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/checkpoints/readers/utf8.h"
#include "core/values/error.h"

namespace gps {
namespace {

constexpr std::size_t kLooked = 4096;

[[noreturn]] void refuse(const std::string& path, const std::string& cause) {
  throw Error(ErrorCode::BadFile, path, cause, "Download the index and its files again");
}

// Takes "weight_map" out of the stream of events; no document tree is built.
class IndexReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::map<std::string, std::string> files;
  std::string problem;
  bool found = false;

  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(number_integer_t) override { return value(); }
  bool number_unsigned(number_unsigned_t) override { return value(); }
  bool number_float(number_float_t, const string_t&) override { return value(); }
  bool binary(binary_t&) override { return value(); }
  bool string(string_t& text) override {
    if (!isInMap()) return true;
    if (!files.emplace(m_key, text).second) return fail("names the tensor \"" + m_key + "\" twice");
    return true;
  }
  bool start_object(std::size_t) override {
    if (isInMap()) return fail("has an object where the file of \"" + m_key + "\" belongs");
    if (++m_depth > kDeepest) return fail("is nested too deeply");
    if (m_depth == 2 && m_key == "weight_map") m_inMap = found = true;
    return true;
  }
  bool end_object() override {
    if (m_depth == 2) m_inMap = false;
    --m_depth;
    return true;
  }
  bool start_array(std::size_t) override { return ++m_depth > kDeepest ? fail("is nested too deeply") : value(); }
  bool end_array() override {
    --m_depth;
    return true;
  }
  bool key(string_t& text) override {
    m_key = text;
    return true;
  }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
    return fail("is no valid JSON at byte " + std::to_string(at));
  }

 private:
  static constexpr int kDeepest = 8;
  bool isInMap() const { return m_inMap && m_depth == 2; }
  bool value() { return isInMap() ? fail("gives no file name for \"" + m_key + "\"") : true; }
  bool fail(const std::string& what) {
    problem = what;
    return false;
  }
  int m_depth = 0;
  bool m_inMap = false;
  std::string m_key;
};

}  // namespace

bool looksLikeShardIndex(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), kLooked));
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{' && text.find("\"weight_map\"") != std::string_view::npos;
}

std::map<std::string, std::string> parseShardIndex(std::span<const std::byte> bytes, const std::string& path) {
  if (bytes.size() > kMaxShardIndex) refuse(path, "is an index of " + std::to_string(bytes.size()) + " bytes, more than any model needs");
  const auto* begin = reinterpret_cast<const char*>(bytes.data());
  IndexReader reader;
  if (!nlohmann::json::sax_parse(begin, begin + bytes.size(), &reader))
    refuse(path, "as an index of several files " + (reader.problem.empty() ? std::string("cannot be read") : reader.problem));
  if (!reader.found || reader.files.empty()) refuse(path, "names no tensors in its weight_map");
  for (const auto& [tensor, file] : reader.files)
    if (file.empty() || file.find_first_of("/\\") != std::string::npos || file == "." || file == ".." || !isUtf8(file))
      refuse(path, "places the tensor \"" + printable(tensor) + "\" in \"" + printable(file) + "\", which is no file name beside it");
  return std::move(reader.files);
}

}  // namespace gps
