// The sampled product against exact sums, over random shapes, choices, types, sources and layouts; on the GPU too where there is one.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <map>
#include <set>

#include "core/kernels/hostthreads.h"
#include "core/kernels/sampledvalues.h"
#include "core/values/error.h"
#include "tests/kernels/sampledcase.h"
#ifdef GPS_WITH_CUDA
#include <cuda_runtime.h>
#endif

using namespace gps::kernels;

namespace {

constexpr double kBefore = 0.5;  // what gradients start from

template <typename Real>
struct Result {
  std::vector<Real> gradient, bias;
  bool operator==(const Result&) const = default;
};

template <typename Real>
Result<Real> runOnCpu(const SampledLayer& layer, bool withBias = true) {
  Result<Real> r{std::vector<Real>(layer.offsets.size(), Real(kBefore)), std::vector<Real>(std::size_t(layer.how.rows), Real(kBefore))};
  sampledProductOnCpu(layer.plan, layer.input(), r.gradient.data(), withBias ? r.bias.data() : nullptr);
  return r;
}

template <typename Real>
void expectExact(const Result<Real>& r, const SampledLayer& layer) {
  EXPECT_EQ(firstFault(r.gradient, layer.gradient, layer.gradientSlack, kBefore), "");
  EXPECT_EQ(firstFault(r.bias, layer.bias, layer.biasSlack, kBefore), "");
}

TEST(SampledValues, SixteenBitsRoundToTheNearestAndBack) {
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    const BFloat16 b{std::uint16_t(bits)};
    const Half h{std::uint16_t(bits)};
    const float vb = valueOf(b), vh = valueOf(h);
    EXPECT_TRUE(std::isnan(vb) ? std::isnan(valueOf(nearest<BFloat16>(vb))) : nearest<BFloat16>(vb).bits == bits);
    EXPECT_TRUE(std::isnan(vh) ? std::isnan(valueOf(nearest<Half>(vh))) : nearest<Half>(vh).bits == bits) << bits;
    const std::uint32_t exponent = bits >> 10 & 31, digits = bits & 1023;
    if (exponent == 31) continue;
    const double size = exponent == 0 ? std::ldexp(digits, -24) : std::ldexp(1024 + digits, int(exponent) - 25);
    EXPECT_EQ(vh, (bits & 0x8000) != 0 ? -size : size) << bits;
    if ((bits & 0x8000) != 0 || exponent == 30) continue;
    const float next = valueOf(Half{std::uint16_t(bits + 1)}), middle = (vh + next) / 2;
    EXPECT_EQ(nearest<Half>(middle).bits, bits + (bits & 1)) << bits;
    EXPECT_EQ(nearest<Half>(std::nextafter(middle, 0.0F)).bits, bits) << bits;
    EXPECT_EQ(nearest<Half>(std::nextafter(middle, next)).bits, bits + 1) << bits;
  }
  EXPECT_EQ(nearest<BFloat16>(1.00390625F).bits, 0x3f80);  // ties to even
  EXPECT_EQ(nearest<BFloat16>(1.01171875F).bits, 0x3f82);
  EXPECT_EQ(nearest<Half>(65520.0F).bits, 0x7c00);
  EXPECT_EQ(nearest<Half>(65519.0F).bits, 0x7bff);
}

TEST(SampledPlan, TablesHoldEveryEntryAndEveryBiasOnce) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const auto layer = makeLayer(randomCase(seed, true));
    SCOPED_TRACE(testing::Message() << layer.how);
    const auto& plan = layer.plan;
    const auto* tables = plan.tables.data();
    std::map<std::int32_t, std::pair<std::int64_t, std::int64_t>> found;  // entry -> row, column of R
    std::set<std::int64_t> biasRows;
    std::int64_t largest = 0;
    for (std::int32_t c = 0; c < plan.chunkCount; ++c) {
      SampledChunk chunk;
      std::memcpy(&chunk, tables + std::size_t(c) * sizeof chunk / 4, sizeof chunk);
      ASSERT_LE(chunk.count, kSampledThreads * plan.strandsPerThread);
      EXPECT_EQ(chunk.firstRow % 2, 0);
      largest = std::max<std::int64_t>(largest, 32 * (chunk.rowPairs + chunk.pairCount));
      for (std::int32_t s = 0; s < chunk.count; ++s) {
        const auto strand = std::uint32_t(tables[chunk.strands + s]);
        const auto place = mixedPosition(strand & 0xffffu);
        ASSERT_LT(place, 2u * std::uint32_t(chunk.rowPairs));
        const auto row = chunk.firstRow + std::int64_t(place);
        ASSERT_LT(row, plan.rows);
        if ((strand & kStrandOfBias) != 0) {
          EXPECT_TRUE(biasRows.insert(row).second);
        }
        for (std::int32_t i = 0; i < plan.depth; ++i) {
          const auto entry = tables[chunk.entries + i * chunk.count + s];
          const auto slots = std::uint32_t(tables[chunk.slots + i / 2 * chunk.count + s]), position = slots >> 16 * (i % 2) & 0xffffu;
          if (entry < 0) {
            EXPECT_TRUE(slots == kNoColumns || slots >> 16 == (slots & 0xffffu));
            continue;
          }
          ASSERT_NE(slots, kNoColumns);
          const auto at = std::int32_t(mixedPosition(position)) - 2 * chunk.rowPairs;
          ASSERT_TRUE(at >= 0 && at < 2 * chunk.pairCount);
          const auto code = tables[chunk.pairs + at / 2];
          EXPECT_NE(code & (1 << at % 2), 0);
          EXPECT_TRUE(found.insert({entry, {row, code / 4 * 2 + at % 2}}).second);
        }
      }
    }
    EXPECT_EQ(std::int64_t(biasRows.size()), plan.rows);
    ASSERT_EQ(found.size(), layer.offsets.size());
    for (const auto& [entry, where] : found) {
      EXPECT_EQ(where.second, plan.entryColumns[std::size_t(entry)]);
      const auto column = layer.how.compact ? plan.columns[std::size_t(where.second)] : where.second;
      EXPECT_EQ(where.first * plan.cols + column, layer.offsets[std::size_t(entry)]);
    }
    EXPECT_EQ(plan.sharedBytes, largest);
    EXPECT_LE(plan.sharedBytes, layer.how.sharedBytes);
    for (std::int64_t tokens : {0, 1, 7, 8, 9, 1000}) {
      const auto slices = sampledSlices(plan, tokens, 132);
      EXPECT_GE(slices, tokens > 0 ? 1 : 0);
      EXPECT_LE(slices, std::max<std::int64_t>(1, (tokens + 7) / 8));
      EXPECT_EQ(sampledWorkspace(plan, tokens, 132), slices * (plan.entries() + plan.rows));
    }
  }
}

TEST(SampledPlan, RefusesWhatIsNotAChoice) {
  const auto refused = [](std::vector<std::uint32_t> offsets) {
    try {
      makeSampledPlan(3, 4, offsets);
    } catch (const gps::Error& e) {
      return e.code() == gps::ErrorCode::BadArgument;
    }
    return false;
  };
  EXPECT_FALSE(refused({0, 5, 11}));
  EXPECT_TRUE(refused({5, 5}));
  EXPECT_TRUE(refused({5, 4}));
  EXPECT_TRUE(refused({12}));
  EXPECT_THROW(makeSampledPlan(-1, 4, {}), gps::Error);
  EXPECT_THROW(makeSampledPlan(3, 4, {}, {false, 100}), gps::Error);
  EXPECT_EQ(makeSampledPlan(0, 0, {}).chunkCount, 0);
}

TEST(SampledProduct, IsTheExactSum) {
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const auto layer = makeLayer(randomCase(seed, false));
    SCOPED_TRACE(testing::Message() << layer.how);
    if (layer.how.left == RealType::Double)
      expectExact(runOnCpu<double>(layer), layer);
    else
      expectExact(runOnCpu<float>(layer), layer);
    if (HasFailure()) break;
  }
}

TEST(SampledProduct, HoldsOverManyTokens) {
  SampledCase c{40, 30, 1576, Choice::Mixed};
  for (const auto source : {SampledSource::Plain, SampledSource::Gelu, SampledSource::Relu, SampledSource::Normed}) {
    c.source = source;
    const auto layer = makeLayer(c);
    expectExact(runOnCpu<float>(layer), layer);
  }
}

TEST(SampledProduct, DoesNotDependOnTheThreads) {
  const auto layer = makeLayer({301, 77, 300, Choice::Mixed});
  const auto all = runOnCpu<float>(layer);
  for (const int threads : {1, 2, 3, 7}) {
    setHostThreads(threads);
    EXPECT_EQ(runOnCpu<float>(layer), all) << threads;
  }
  setHostThreads(0);
}

TEST(SampledProduct, LeavesTheBiasAloneWithoutOne) {
  const auto layer = makeLayer({9, 5, 20, Choice::FewPerRow});
  const auto with = runOnCpu<float>(layer), without = runOnCpu<float>(layer, false);
  EXPECT_EQ(with.gradient, without.gradient);
  EXPECT_EQ(without.bias, std::vector<float>(9, float(kBefore)));
}

TEST(SampledProduct, GeluKeepsItsTails) {
  // x from -9 to 9, multiplied by one each: the gradient is gelu(x).
  std::vector<float> x, one{1};
  for (float v = -9; v <= 9; v += 1.0F / 128) x.push_back(v);
  std::vector<std::uint32_t> offsets(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) offsets[i] = std::uint32_t(i);
  const auto plan = makeSampledPlan(1, std::int64_t(x.size()), offsets);
  SampledInput in;
  in.tokens = 1;
  in.left = {one.data(), RealType::Float, 1};
  in.right = {x.data(), RealType::Float, plan.width};
  in.source = SampledSource::Gelu;
  std::vector<float> y(x.size(), 0);
  sampledProductOnCpu(plan, in, y.data(), nullptr);
  for (std::size_t i = 0; i < x.size(); ++i)
    EXPECT_NEAR(y[i], x[i] / 2.0 * std::erfc(-x[i] / std::sqrt(2.0)), 2e-7 * std::abs(x[i]) + 1e-9) << x[i];
}

TEST(SampledProduct, RefusesDoubleWithFloat) {
  auto layer = makeLayer({3, 3, 3});
  auto in = layer.input();
  in.right.type = RealType::Double;
  std::vector<float> g(9), b(3);
  EXPECT_THROW(sampledProductOnCpu(layer.plan, in, g.data(), b.data()), gps::Error);
  std::vector<double> wide(9);
  EXPECT_THROW(sampledProductOnCpu(layer.plan, layer.input(), wide.data(), nullptr), gps::Error);
}

#ifdef GPS_WITH_CUDA
constexpr int kProcessors = 132;

template <typename T>
class OnDevice {
 public:
  explicit OnDevice(const std::vector<T>& values) : m_count(values.size()) {
    EXPECT_EQ(cudaMalloc(&m_data, std::max<std::size_t>(1, m_count * sizeof(T))), cudaSuccess);
    EXPECT_EQ(cudaMemcpy(m_data, values.data(), m_count * sizeof(T), cudaMemcpyHostToDevice), cudaSuccess);
  }
  ~OnDevice() { cudaFree(m_data); }
  OnDevice(const OnDevice&) = delete;
  OnDevice& operator=(const OnDevice&) = delete;
  T* data() const { return static_cast<T*>(m_data); }
  std::vector<T> host() const {
    std::vector<T> values(m_count);
    EXPECT_EQ(cudaMemcpy(values.data(), m_data, m_count * sizeof(T), cudaMemcpyDeviceToHost), cudaSuccess);
    return values;
  }

 private:
  void* m_data = nullptr;
  std::size_t m_count;
};

Result<float> runOnCuda(const SampledLayer& layer, int processors, bool withBias = true) {
  const OnDevice left(layer.left), right(layer.right);
  const OnDevice mean(layer.mean), rstd(layer.rstd), gamma(layer.gamma), beta(layer.beta);
  const OnDevice tables(layer.plan.tables);
  const OnDevice gradient(std::vector<float>(layer.offsets.size(), float(kBefore)));
  const OnDevice bias(std::vector<float>(std::size_t(layer.how.rows), float(kBefore)));
  const OnDevice workspace(std::vector<float>(std::size_t(sampledWorkspace(layer.plan, layer.how.tokens, processors)), NAN));
  auto in = layer.input();
  const auto moved = [](const void* data, const std::vector<std::byte>& host, const OnDevice<std::byte>& device) -> const void* {
    return data == nullptr ? nullptr : device.data() + (static_cast<const std::byte*>(data) - host.data());
  };
  in.left.data = moved(in.left.data, layer.left, left);
  in.right.data = moved(in.right.data, layer.right, right);
  in.mean = mean.data();
  in.rstd = rstd.data();
  in.gamma = gamma.data();
  in.beta = beta.data();
  EXPECT_TRUE(sampledFitsOnCuda(layer.plan));
  EXPECT_EQ(sampledProductOnCuda(layer.plan, tables.data(), in, {gradient.data(), withBias ? bias.data() : nullptr, workspace.data()},
                                 processors, nullptr),
            0);
  EXPECT_EQ(cudaDeviceSynchronize(), cudaSuccess);
  return {gradient.host(), bias.host()};
}

class SampledProductOnCuda : public testing::Test {
 protected:
  void SetUp() override {
    int count = 0;
    if (cudaGetDeviceCount(&count) != cudaSuccess || count == 0) GTEST_SKIP() << "no CUDA device";
  }
  // Against the exact sums, the CPU and itself.
  void check(const SampledCase& how, int processors) {
    const auto layer = makeLayer(how);
    SCOPED_TRACE(testing::Message() << layer.how << ", processors " << processors);
    const auto r = runOnCuda(layer, processors), onCpu = runOnCpu<float>(layer);
    expectExact(r, layer);
    std::vector<double> cpuGradient(onCpu.gradient.begin(), onCpu.gradient.end()), twice = layer.gradientSlack;
    for (auto& s : twice) s *= 2;
    EXPECT_EQ(firstFault(r.gradient, cpuGradient, twice, 0), "");
    EXPECT_EQ(runOnCuda(layer, processors), r) << "a second run differs";
    const auto without = runOnCuda(layer, processors, false);
    EXPECT_EQ(without.gradient, r.gradient);
    EXPECT_EQ(without.bias, std::vector<float>(r.bias.size(), float(kBefore)));
  }
};

TEST_F(SampledProductOnCuda, IsTheExactSumInEveryLayout) {
  for (std::uint64_t seed = 1000; seed < 1300 && !HasFailure(); ++seed)
    check(randomCase(seed, true), seed % 2 == 0 ? kProcessors : 1 + int(seed % 7));
}

TEST_F(SampledProductOnCuda, HoldsOverManyTokensAndChunks) {
  for (const auto choice : {Choice::OnePerRow, Choice::FewPerRow, Choice::Mixed})
    for (const auto type : {RealType::Float, RealType::BFloat16, RealType::Half}) {
      SampledCase c{768, 257, 1576, choice, type, type};
      check(c, kProcessors);
    }
}

TEST_F(SampledProductOnCuda, RefusesTypesItDoesNotKnow) {
  const auto layer = makeLayer({3, 3, 3, Choice::OnePerRow, RealType::Float, RealType::Half});
  EXPECT_NE(sampledProductOnCuda(layer.plan, nullptr, layer.input(), {}, kProcessors, nullptr), 0);
}
#else
TEST(SampledProductOnCuda, IsBuilt) { GTEST_SKIP() << "built without CUDA"; }
#endif

}  // namespace
