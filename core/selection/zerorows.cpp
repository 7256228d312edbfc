#include "core/selection/zerorows.h"

#include "core/kernels/rowranking.h"
#include "core/nn/cudalaunch.h"
#include "core/selection/devicearray.h"
#include "core/selection/scoretensor.h"

namespace gps {

std::int64_t countZeroRows(const ParameterMap& map, const std::vector<std::size_t>& ids, const Scores& scores) {
  const auto& values = tensorOf(scores);
  std::vector<std::uint64_t> count(1, 0);
  detail::DeviceArray<std::uint64_t> there(count, values.device());
  for (const auto id : ids) {
    const auto& e = map.entry(id);
    const kernels::RowMatrix matrix{values.const_data_ptr<float>() + e.offset, e.rows, e.cols};
    if (!values.is_cuda()) kernels::countZeroRows(matrix, there.data());
#ifdef GPS_WITH_CUDA
    if (values.is_cuda()) detail::checkLaunch(kernels::countZeroRowsOnCuda(matrix, there.data(), detail::cudaStream()), "zero rows");
#endif
  }
  there.fetch();
  return std::int64_t(count[0]);
}

}  // namespace gps
