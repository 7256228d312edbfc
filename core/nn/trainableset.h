#pragma once
// What trains: selected entries of the matrix region and whole tensors, laid out one after another. Value, gradient and optimiser
// state are flat arrays over this layout: [selected entries by offset | whole tensors in canonical order].
#include <cstdint>
#include <memory>
#include <vector>

#include "core/nn/parametermap.h"

namespace gps {

class TrainableSet {
 public:
  struct Slice {
    std::size_t id = 0;  // the tensor
    std::int64_t flatBegin = 0, count = 0;
    bool selected = false;  // entries named by offsets; else the whole tensor
  };

  // offsets: ascending, distinct. A tensor in wholeIds has no offset. Throws Error(BadArgument) otherwise.
  TrainableSet(std::shared_ptr<const ParameterMap> map, std::vector<std::uint32_t> offsets, std::vector<std::size_t> wholeIds);

  const ParameterMap& map() const { return *m_map; }
  std::shared_ptr<const ParameterMap> sharedMap() const { return m_map; }
  const std::vector<std::uint32_t>& offsets() const { return m_offsets; }
  const std::vector<std::size_t>& wholeIds() const { return m_wholeIds; }
  const std::vector<Slice>& slices() const { return m_slices; }  // flat order
  std::int64_t size() const { return m_size; }
  // Offsets inside the tensor of a selected slice.
  std::vector<std::int64_t> localOffsets(const Slice& slice) const;

 private:
  std::shared_ptr<const ParameterMap> m_map;
  std::vector<std::uint32_t> m_offsets;
  std::vector<std::size_t> m_wholeIds;
  std::vector<Slice> m_slices;
  std::int64_t m_size = 0;
};

}  // namespace gps
