// Runs a libFuzzer target without libFuzzer: every file of a corpus as it is, then seeded mutations of them until the time is over.
//   fuzz_readers CORPUS_FOLDER SECONDS [SEED]
// Before each input it is written to fuzz-last-input in the working folder, so that a crash leaves what caused it.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;
constexpr std::size_t kLargest = 1 << 16;

void run(const Input& input) {
  std::ofstream("fuzz-last-input", std::ios::binary).write(reinterpret_cast<const char*>(input.data()), std::streamsize(input.size()));
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

// Flips, interesting numbers, cuts, doublings and crossings, a few at a time.
void mutate(Input& input, const std::vector<Input>& corpus, std::mt19937_64& random) {
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : std::size_t(random() % n); };
  for (std::size_t times = 1 + below(6); times-- > 0;) {
    const std::size_t at = below(input.size());
    switch (below(6)) {
      case 0:
        if (!input.empty()) input[at] = std::uint8_t(input[at] ^ (1u << below(8)));
        break;
      case 1: {
        static constexpr std::uint8_t kBytes[] = {0, 1, 0x7f, 0x80, 0xff};
        for (std::size_t i = at, n = 1 + below(8), b = below(5); i < input.size() && n-- > 0; ++i) input[i] = kBytes[b];
        break;
      }
      case 2:
        input.resize(at);
        break;
      case 3:
        input.insert(input.begin() + std::ptrdiff_t(at), 1 + below(16), std::uint8_t(random()));
        break;
      case 4: {
        const auto& other = corpus[below(corpus.size())];
        const std::size_t from = below(other.size()), count = std::min(below(64), other.size() - from);
        input.insert(input.begin() + std::ptrdiff_t(at), other.begin() + std::ptrdiff_t(from),
                     other.begin() + std::ptrdiff_t(from + count));
        break;
      }
      default:
        if (input.size() > at)
          input.erase(input.begin() + std::ptrdiff_t(at), input.begin() + std::ptrdiff_t(std::min(input.size(), at + 1 + below(32))));
        break;
    }
  }
  if (input.size() > kLargest) input.resize(kLargest);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Input> corpus;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    Input input{std::istreambuf_iterator<char>(in), {}};
    if (input.size() > kLargest) continue;
    run(input);
    corpus.push_back(std::move(input));
  }
  if (corpus.empty()) return 2;
  std::mt19937_64 random(argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(argv[2]));
  long runs = 0;
  for (; std::chrono::steady_clock::now() < end; ++runs) {
    auto input = corpus[random() % corpus.size()];
    mutate(input, corpus, random);
    run(input);
  }
  std::filesystem::remove("fuzz-last-input");
  std::printf("%zu files and %ld mutations of them\n", corpus.size(), runs);
}
