#pragma once
// A random flat optimiser problem in tensors, on any device, and the same steps by torch's formulas on plain doubles.
#include <ATen/ATen.h>

#include <cmath>
#include <string>
#include <vector>

#include "core/kernels/flatoptimizer.h"

namespace gps::kernels::test {

struct Case {
  std::string name;
  OptimizerSettings settings;
  bool hasAverage = false, hasRateFactors = false;
};

inline std::vector<Case> cases() {
  std::vector<Case> all;
  const auto add = [&](const std::string& name, UpdateRule rule, const auto& change) {
    Case c;
    c.name = name;
    c.settings.rule = rule;
    change(c);
    all.push_back(c);
  };
  const auto plain = [](Case&) {};
  const auto decay = [](Case& c) { c.settings.weightDecay = 0.1; };
  const auto everything = [](Case& c) {
    c.settings.weightDecay = 0.05;
    c.settings.clipNorm = 0.75;
    c.settings.emaDecay = 0.9;
    c.settings.scaling.isOn = c.hasAverage = c.hasRateFactors = true;
    c.settings.scaling.interval = 2;
  };
  for (const auto& [word, rule] :
       {std::pair{"Adam", UpdateRule::Adam}, std::pair{"AdamW", UpdateRule::AdamW}, std::pair{"Sgd", UpdateRule::Sgd}}) {
    add(word, rule, plain);
    add(word + std::string("Decay"), rule, decay);
    add(word + std::string("Clipped"), rule, [](Case& c) { c.settings.clipNorm = 0.5; });
    add(word + std::string("Everything"), rule, everything);
  }
  add("AdamNeverClipped", UpdateRule::Adam, [](Case& c) { c.settings.clipNorm = 1e6; });
  add("AdamAveraged", UpdateRule::Adam, [](Case& c) {
    c.settings.emaDecay = 0.99;
    c.hasAverage = true;
  });
  add("AdamRates", UpdateRule::Adam, [](Case& c) { c.hasRateFactors = true; });
  add("SgdNoMomentum", UpdateRule::Sgd, [](Case& c) { c.settings.momentum = 0; });
  return all;
}

// A third of the values are scattered over the matrix region; the others are ranges, by turns of the matrix and of the vector region.
struct Problem {
  std::int64_t n, scattered;
  MatrixType matrixType;
  at::Tensor value, gradient, m, v, average, offsets, matrix, vector;
  at::Tensor factors;                     // [n] rate factor of each value, on the host
  at::Tensor matrixPlaces, vectorPlaces;  // arena entry of each value of a region, on the host
  at::Tensor matrixFlat, vectorFlat;      // and which value that is
  std::vector<FlatChunk> chunks;
  at::Tensor deviceChunks;

  Problem(std::int64_t count, at::ScalarType type, const Case& c, MatrixType held = MatrixType::AsValues)
      : n(count), scattered(count / 3), matrixType(held) {
    at::manual_seed(std::uint64_t(count) + 7);
    const auto real = at::TensorOptions().dtype(type);
    value = at::randn({n}, at::kDouble).to(type);
    m = at::zeros({n}, real);
    v = at::zeros({n}, real);
    gradient = at::zeros({n}, real);
    if (c.hasAverage) average = value.clone();
    const auto picked = std::get<0>(at::randperm(4 * scattered).narrow(0, 0, scattered).sort());
    offsets = picked.to(at::kInt);
    std::vector<std::int64_t> inMatrix(picked.data_ptr<std::int64_t>(), picked.data_ptr<std::int64_t>() + scattered), inVector, flatMatrix,
        flatVector;
    for (std::int64_t i = 0; i < scattered; ++i) flatMatrix.push_back(i);
    factors = at::ones({n}, at::kDouble);
    const auto factorOf = [&](int group) { return c.hasRateFactors ? std::pow(0.75f, float(group)) : 1.0f; };
    const auto addRange = [&](std::int64_t begin, std::int64_t size, std::int64_t place, bool isVector, bool isScattered, int group) {
      factors.narrow(0, begin, size).fill_(double(factorOf(group)));
      for (std::int64_t done = 0; done < size; done += kChunkSize)
        chunks.push_back({begin + done, std::min(kChunkSize, size - done), place + done, isVector, isScattered, factorOf(group)});
      for (std::int64_t i = 0; !isScattered && i < size; ++i) {
        (isVector ? inVector : inMatrix).push_back(place + i);
        (isVector ? flatVector : flatMatrix).push_back(begin + i);
      }
    };
    if (scattered > 0) addRange(0, scattered, 0, false, true, 0);
    std::int64_t matrixEnd = 4 * scattered, vectorEnd = 0;
    int group = 1;
    for (auto begin = scattered; begin < n; ++group) {
      const auto size = std::min(n - begin, std::int64_t(1) + (group * 37 * (1 + n / 500)) % 5000);
      const bool isVector = group % 2 == 1;
      auto& end = isVector ? vectorEnd : matrixEnd;
      end = (end + 64) / 64 * 64;
      addRange(begin, size, end, isVector, false, group);
      end += size;
      begin += size;
    }
    vector = at::randn({vectorEnd + 64}, at::kDouble).to(type);
    matrix = at::randn({matrixEnd + 64}, at::kDouble)
                 .to(held == MatrixType::BFloat16 ? at::kBFloat16
                     : held == MatrixType::Half   ? at::kHalf
                                                  : type);
    matrixPlaces = at::tensor(inMatrix, at::kLong);
    vectorPlaces = at::tensor(inVector, at::kLong);
    matrixFlat = at::tensor(flatMatrix, at::kLong);
    vectorFlat = at::tensor(flatVector, at::kLong);
  }

  std::vector<at::Tensor*> arrayTensors() {
    std::vector<at::Tensor*> all{&value, &m, &v, &matrix, &vector};
    if (average.defined()) all.push_back(&average);
    return all;
  }
  std::vector<at::Tensor> copies() {
    std::vector<at::Tensor> all;
    for (const auto* t : arrayTensors()) all.push_back(t->clone());
    return all;
  }
  bool equals(const std::vector<at::Tensor>& kept) {
    bool same = true;
    const auto now = arrayTensors();
    for (std::size_t i = 0; i < kept.size(); ++i) same = same && at::equal(now[i]->cpu(), kept[i].cpu());
    return same;
  }
  void toCuda() {
    for (auto* t : arrayTensors()) *t = t->cuda();
    gradient = gradient.cuda();
    offsets = offsets.cuda();
    deviceChunks = at::from_blob(chunks.data(), {std::int64_t(chunks.size() * sizeof(FlatChunk))}, at::kByte).cuda();
  }
  template <typename T>
  FlatArrays<T> arrays() const {
    return {value.data_ptr<T>(),
            gradient.data_ptr<T>(),
            m.data_ptr<T>(),
            v.data_ptr<T>(),
            reinterpret_cast<const std::uint32_t*>(offsets.data_ptr<std::int32_t>()),
            matrix.data_ptr(),
            vector.data_ptr<T>(),
            n,
            matrixType,
            average.defined() ? average.data_ptr<T>() : nullptr};
  }
  template <typename T>
  void step(const OptimizerSettings& s, StepControl& control, double loss) const {
    updateOnCpu(s, control, loss, 2, chunks.data(), std::int64_t(chunks.size()), arrays<T>());
  }
  // True where the arena holds the values, rounded as torch rounds, and everything else is as it was.
  bool isInArena(const at::Tensor& matrixBefore, const at::Tensor& vectorBefore) const {
    const auto flat = value.cpu();
    const auto wantedMatrix = matrixBefore.index_copy(0, matrixPlaces, flat.index_select(0, matrixFlat).to(matrixBefore.scalar_type()));
    const auto wantedVector = vectorBefore.index_copy(0, vectorPlaces, flat.index_select(0, vectorFlat));
    return at::equal(matrix.cpu(), wantedMatrix) && at::equal(vector.cpu(), wantedVector);
  }
};

// The unscaled gradient of a step: of norm about 1, different each time.
inline at::Tensor gradientOf(const Problem& p, int step) {
  at::manual_seed(std::uint64_t(100 * step + 3));
  return at::randn({p.n}, at::kDouble) / std::sqrt(double(std::max<std::int64_t>(1, p.n))) * (0.5 + 0.25 * step);
}

// torch.nn.utils.clip_grad_norm_, then the update of torch.optim.Adam, AdamW or SGD, then the EMA of timm; whole tensors in fp64.
struct Reference {
  OptimizerSettings s;
  double lr;
  at::Tensor factors, w, m, v, average;
  int t = 0;
  Reference(const Problem& p, const OptimizerSettings& settings, double learningRate)
      : s(settings),
        lr(learningRate),
        factors(p.factors),
        w(p.value.to(at::kDouble, false, true)),
        m(at::zeros_like(w)),
        v(at::zeros_like(w)),
        average(w.clone()) {}
  void step(at::Tensor g) {
    ++t;
    if (s.clipNorm > 0) g = g * std::min(1.0, s.clipNorm / (g.norm().item<double>() + 1e-6));
    const auto rate = lr * factors;
    if (s.rule == UpdateRule::AdamW)
      w = w * (1 - rate * s.weightDecay);
    else
      g = g + s.weightDecay * w;
    if (s.rule == UpdateRule::Sgd) {
      m = t == 1 ? g : s.momentum * m + g;
      w = w - rate * m;
    } else {
      m = s.beta1 * m + (1 - s.beta1) * g;
      v = s.beta2 * v + (1 - s.beta2) * g * g;
      const auto mHat = m / (1 - std::pow(s.beta1, t)), vHat = v / (1 - std::pow(s.beta2, t));
      w = w - rate * mHat / (vHat.sqrt() + s.epsilon);
    }
    average = s.emaDecay * average + (1 - s.emaDecay) * w;
  }
};

}  // namespace gps::kernels::test
