#pragma once
// The best columns of every row of a matrix, in the order of scoreorder.h. On CUDA: scores and results on the device, stream a
// cudaStream_t, the launch status is returned; results equal those of the CPU bit for bit.
#include <cstdint>

namespace gps::kernels {

constexpr int kRankDepth = 64;

struct RowMatrix {
  const float* scores = nullptr;  // [rows, cols], dense
  std::int64_t rows = 0, cols = 0;
};

// columns: [rows, depth], best first; depth <= min(kRankDepth, cols).
void rankRows(const RowMatrix& matrix, int depth, std::uint32_t* columns);
int rankRowsOnCuda(const RowMatrix& matrix, int depth, std::uint32_t* columns, void* stream);

// Over the rows, for every rank: the sum of fixedScore(score, scale) and the smallest order, both added to what is there.
// sums: [depth]; smallest: [depth], to start with 0xffffffff. zeroRows: rows without a score above zero.
struct RankSums {
  std::uint64_t* sums = nullptr;
  std::uint32_t* smallest = nullptr;
  std::uint64_t* zeroRows = nullptr;
};
void sumRanks(const RowMatrix& matrix, int depth, const std::uint32_t* columns, double scale, const RankSums& out);
int sumRanksOnCuda(const RowMatrix& matrix, int depth, const std::uint32_t* columns, double scale, const RankSums& out, void* stream);

// The best `kept` entries of every row as offsets firstOffset + row * cols + column, ascending; kept <= cols, of any size.
// offsets: [rows, kept].
void chooseInRows(const RowMatrix& matrix, std::int64_t kept, std::uint32_t firstOffset, std::uint32_t* offsets);
int chooseInRowsOnCuda(const RowMatrix& matrix, std::int64_t kept, std::uint32_t firstOffset, std::uint32_t* offsets, void* stream);

// Rows without a score above zero, added to *count.
void countZeroRows(const RowMatrix& matrix, std::uint64_t* count);
int countZeroRowsOnCuda(const RowMatrix& matrix, std::uint64_t* count, void* stream);

}  // namespace gps::kernels
