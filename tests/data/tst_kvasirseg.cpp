// The real Kvasir-SEG copies, where the shared data are there.
#include <cstdlib>

#include "core/data/checks/leakcheck.h"
#include "core/data/dataset.h"
#include "core/data/loader.h"
#include "tests/data/fakepictures.h"
#ifdef GPS_WITH_OPENCV
#include "core/io/opencvimagesource.h"
#endif

namespace gps {
namespace {

class KvasirSeg : public testing::Test {
 protected:
  void SetUp() override {
#ifndef GPS_WITH_OPENCV
    GTEST_SKIP() << "built without OpenCV";
#else
    const char* shared = std::getenv("GPS_TEST_DATA");
    if (shared == nullptr) GTEST_SKIP() << "GPS_TEST_DATA is not set";
    m_folder = std::string(shared) + "/data/kvasir_seg";
    if (!std::filesystem::is_directory(m_folder)) GTEST_SKIP() << m_folder << " is not there";
    m_source = std::make_shared<OpenCvImageSource>();
#endif
  }
  std::string m_folder;
  std::shared_ptr<const ImageSource> m_source;
};

TEST_F(KvasirSeg, IsComplete) {
  DatasetOptions deep;
  deep.deepCheck = true;
  const auto s = openDataset(m_folder, m_source.get(), deep);
  EXPECT_EQ(s.layout, "kvasir");
  EXPECT_EQ(s.splits, (std::map<std::string, int>{{"train", 878}, {"val", 120}}));
  for (const auto& p : s.problems) ADD_FAILURE() << p.text;
}

TEST_F(KvasirSeg, HasNoLeaks) {
  for (const auto& leak : findLeaks(openDataset(m_folder, nullptr), *m_source))
    ADD_FAILURE() << leak.idA << " (" << leak.splitA << ") and " << leak.idB << " (" << leak.splitB << "): " << leak.kind;
}

TEST_F(KvasirSeg, LoadsBatches) {
  LoaderSpec spec;
  spec.items = itemsOfSplit(openDataset(m_folder, nullptr), "val");
  spec.preprocess = {128, PreprocessKind::Squash, Normalisation::MinMax};
  Loader loader(spec, m_source);
  loader.startEpoch(1);
  int pictures = 0;
  while (const auto batch = loader.next()) {
    pictures += batch->count;
    for (const float value : batch->masks) ASSERT_TRUE(value == 0 || value == 1);
  }
  EXPECT_EQ(pictures, 120);
}

}  // namespace
}  // namespace gps
