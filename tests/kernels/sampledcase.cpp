#include "tests/kernels/sampledcase.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <ostream>
#include <random>
#include <string>

#include "core/kernels/sampledvalues.h"

namespace gps::kernels {
namespace {

std::size_t sizeOf(RealType type) { return type == RealType::Double ? 8 : type == RealType::Float ? 4 : 2; }

double readAs(RealType type, const std::byte* at) {
  const auto as = [&]<typename T>(T value) {
    std::memcpy(&value, at, sizeof value);
    return double(valueOf(value));
  };
  if (type == RealType::Double) return as(0.0);
  if (type == RealType::Float) return as(0.0F);
  return type == RealType::Half ? as(Half{}) : as(BFloat16{});
}

void writeAs(RealType type, double x, std::byte* at) {
  const auto write = [&](const auto& value) { std::memcpy(at, &value, sizeof value); };
  if (type == RealType::Double) write(x);
  if (type == RealType::Float) write(float(x));
  if (type == RealType::Half) write(nearest<Half>(float(x)));
  if (type == RealType::BFloat16) write(nearest<BFloat16>(float(x)));
}

double roundedTo(RealType type, double x) {
  std::byte bytes[8] = {};
  writeAs(type, x, bytes);
  return readAs(type, bytes);
}

// Relative distance of neighbours of a type.
double stepOf(RealType type) {
  if (type == RealType::Double) return 0x1p-52;
  return type == RealType::Float ? 0x1p-23 : type == RealType::Half ? 0x1p-10 : 0x1p-7;
}

bool isRounded(const SampledCase& c) {
  return c.left != RealType::Double && c.left != RealType::Float && (c.source != SampledSource::Plain || c.left != c.right);
}

std::vector<std::uint32_t> choose(const SampledCase& c, std::mt19937_64& random) {
  std::vector<std::uint32_t> offsets;
  for (std::int64_t r = 0; r < c.rows; ++r) {
    std::int64_t k = c.choice == Choice::None ? 0 : c.choice == Choice::OnePerRow ? 1 : c.choice == Choice::FewPerRow ? 5 : c.cols;
    if (c.choice == Choice::Mixed) {
      const auto dice = random() % 4;
      k = dice == 0 ? 0 : dice == 1 ? std::int64_t(random() % std::uint64_t(c.cols + 1)) : dice == 2 ? 1 : r % 16 == 0 ? c.cols : 3;
    }
    std::vector<std::uint32_t> columns(std::size_t(c.cols));
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = std::uint32_t(r * c.cols) + std::uint32_t(i);
    std::shuffle(columns.begin(), columns.end(), random);
    columns.resize(std::size_t(std::min(k, c.cols)));
    std::sort(columns.begin(), columns.end());
    offsets.insert(offsets.end(), columns.begin(), columns.end());
  }
  return offsets;
}

// The input of the layer, and the size of what float may lose its share of.
struct Input {
  double value = 0, size = 0;
};
Input inputOf(const SampledLayer& layer, double x, std::size_t t, std::size_t column) {
  Input in{x, std::abs(x)};
  if (layer.how.source == SampledSource::Relu) in.value = std::max(0.0, x);
  if (layer.how.source == SampledSource::Gelu) in.value = x / 2 * (1 + std::erf(x / std::sqrt(2.0)));
  if (layer.how.source == SampledSource::Normed) {
    const double scale = double(layer.rstd[t]) * layer.gamma[column];
    in.value = (x - layer.mean[t]) * scale + layer.beta[column];
    in.size = (std::abs(x) + std::abs(layer.mean[t])) * std::abs(scale) + std::abs(layer.beta[column]);
  }
  if (isRounded(layer.how)) in.value = roundedTo(layer.how.left, in.value);
  return in;
}

void sumExactly(SampledLayer& layer) {
  const auto& how = layer.how;
  const double lost = double(how.tokens + 16) * (how.left == RealType::Double ? 0x1p-53 : 0x1p-24);
  const double onOtherSide = isRounded(how) ? 3 * stepOf(how.left) : 0;  // three inputs may round the other way
  const auto in = layer.input();
  const auto leftOf = [&](std::int64_t t, std::int64_t r) {
    return readAs(how.left, static_cast<const std::byte*>(in.left.data) + std::size_t(t * in.left.stride + r) * sizeOf(how.left));
  };
  const auto rightOf = [&](std::int64_t t, std::int64_t c) {
    return readAs(how.right, static_cast<const std::byte*>(in.right.data) + std::size_t(t * in.right.stride + c) * sizeOf(how.right));
  };
  for (const auto offset : layer.offsets) {
    const auto row = offset / how.cols, column = offset % how.cols;
    const auto& used = layer.plan.columns;
    const auto stored = how.compact ? std::lower_bound(used.begin(), used.end(), column) - used.begin() : column;
    double sum = 0, size = 0, largest = 0;
    for (std::int64_t t = 0; t < how.tokens; ++t) {
      const double l = leftOf(t, row);
      const auto r = inputOf(layer, rightOf(t, stored), std::size_t(t), std::size_t(column));
      sum += l * r.value;
      size += std::abs(l) * r.size;
      largest = std::max(largest, std::abs(l * r.value));
    }
    layer.gradient.push_back(sum);
    layer.gradientSlack.push_back(size * lost + largest * onOtherSide + 1e-30);
  }
  for (std::int64_t r = 0; r < how.rows; ++r) {
    double sum = 0, size = 0;
    for (std::int64_t t = 0; t < how.tokens; ++t) {
      sum += leftOf(t, r);
      size += std::abs(leftOf(t, r));
    }
    layer.bias.push_back(sum);
    layer.biasSlack.push_back(size * lost + 1e-30);
  }
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const SampledCase& c) {
  return out << c.rows << " x " << c.cols << ", tokens " << c.tokens << ", choice " << int(c.choice) << ", types " << int(c.left) << ' '
             << int(c.right) << ", source " << int(c.source) << ", compact " << c.compact << ", gaps " << c.leftGap << ' ' << c.rightGap
             << ", start " << c.start << ", shared " << c.sharedBytes << ", seed " << c.seed;
}

SampledCase randomCase(std::uint64_t seed, bool forCuda) {
  std::mt19937_64 random(seed);
  const auto below = [&](std::uint64_t n) { return std::int64_t(random() % n); };
  SampledCase c;
  c.seed = seed;
  c.rows = 1 + below(below(4) == 0 ? 900 : 70);
  c.cols = 1 + below(below(4) == 0 ? 300 : 50);
  c.tokens = below(6) == 0 ? below(3) : 1 + below(150);
  c.choice = Choice(below(5));
  using T = RealType;
  const T types[] = {T::Float, T::BFloat16, T::Half};
  c.left = types[below(3)];
  c.right = forCuda ? (below(3) == 0 ? T::Float : c.left) : types[below(3)];
  if (!forCuda && below(5) == 0) c.left = c.right = T::Double;
  c.source = SampledSource(below(4));
  c.compact = below(2) == 0;
  c.leftGap = below(2) * below(4);
  c.rightGap = below(2) * below(4);
  c.start = below(2) * below(3);
  if (below(3) == 0) c.sharedBytes = 1024 + 512 * below(8);
  return c;
}

SampledLayer makeLayer(const SampledCase& how) {
  SampledLayer layer;
  layer.how = how;
  std::mt19937_64 random(how.seed);
  std::normal_distribution<double> normal;
  layer.offsets = choose(how, random);
  layer.plan = makeSampledPlan(how.rows, how.cols, layer.offsets, {how.compact, how.sharedBytes});
  const auto fill = [&](std::vector<std::byte>& bytes, RealType type, std::int64_t width, std::int64_t gap) {
    const auto count = how.tokens == 0 || width == 0 ? 0 : how.start + (how.tokens - 1) * (width + gap) + width;
    bytes.resize(std::size_t(count) * sizeOf(type));
    for (std::size_t i = 0; i < bytes.size(); i += sizeOf(type)) writeAs(type, normal(random), bytes.data() + i);
  };
  fill(layer.left, how.left, how.rows, how.leftGap);
  fill(layer.right, how.right, layer.plan.width, how.rightGap);
  for (std::int64_t t = 0; t < how.tokens; ++t) {
    layer.mean.push_back(float(normal(random)));
    layer.rstd.push_back(float(0.5 + std::abs(normal(random))));
  }
  for (std::int64_t c = 0; c < how.cols; ++c) {
    layer.gamma.push_back(float(normal(random)));
    layer.beta.push_back(float(normal(random)));
  }
  sumExactly(layer);
  return layer;
}

SampledInput SampledLayer::input() const {
  SampledInput in;
  in.tokens = how.tokens;
  const auto start = std::size_t(how.start);
  in.left = {left.empty() ? nullptr : left.data() + start * sizeOf(how.left), how.left, how.rows + how.leftGap};
  in.right = {right.empty() ? nullptr : right.data() + start * sizeOf(how.right), how.right, plan.width + how.rightGap};
  in.source = how.source;
  in.mean = mean.data();
  in.rstd = rstd.data();
  in.gamma = gamma.data();
  in.beta = beta.data();
  return in;
}

template <typename Real>
std::string firstFault(const std::vector<Real>& result, const std::vector<double>& wanted, const std::vector<double>& slack,
                       double before) {
  if (result.size() != wanted.size()) return "has " + std::to_string(result.size()) + " values";
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const double unit = sizeof(Real) == 8 ? 0x1p-52 : 0x1p-23, off = std::abs(double(result[i]) - (before + wanted[i]));
    if (!(off <= slack[i] + unit * (std::abs(before) + std::abs(wanted[i]))))
      return std::to_string(i) + " is " + std::to_string(result[i]) + ", not " + std::to_string(before + wanted[i]) + " within " +
             std::to_string(slack[i]);
  }
  return {};
}
template std::string firstFault(const std::vector<float>&, const std::vector<double>&, const std::vector<double>&, double);
template std::string firstFault(const std::vector<double>&, const std::vector<double>&, const std::vector<double>&, double);

}  // namespace gps::kernels
