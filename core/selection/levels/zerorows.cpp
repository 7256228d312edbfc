#include "core/selection/levels/zerorows.h"

#include "core/kernels/rowranking.h"
#include "core/nn/cudalaunch.h"
#include "core/selection/levels/devicearray.h"
#include "core/selection/scoretensor.h"

namespace gps {

std::vector<std::uint64_t> countZeroRows(const ParameterMap& map, const std::vector<std::size_t>& ids, const Scores& scores) {
  const auto& values = tensorOf(scores);
  std::vector<std::uint64_t> count(ids.size(), 0);
  detail::DeviceArray<std::uint64_t> there(count, values.device(), detail::StartsAs::Zeros);
  for (std::size_t t = 0; t < ids.size(); ++t) {
    const auto& e = map.entry(ids[t]);
    const kernels::RowMatrix matrix{values.const_data_ptr<float>() + e.offset, e.rows, e.cols};
    if (!values.is_cuda()) kernels::countZeroRows(matrix, there.data() + t);
#ifdef GPS_WITH_CUDA
    if (values.is_cuda()) detail::checkLaunch(kernels::countZeroRowsOnCuda(matrix, there.data() + t, detail::cudaStream()), "zero rows");
#endif
  }
  there.fetch();
  return count;
}

}  // namespace gps
