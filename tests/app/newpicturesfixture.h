#pragma once
// A window over a made-up engine and a folder of pictures without masks, of which one cannot be read; what the engine says of them.
#include <QDir>
#include <QFile>
#include <QImage>
#include <algorithm>
#include <cmath>
#include <memory>

#include "app/pages/cases/newpicturespage.h"
#include "lookingfixture.h"

namespace gps::app {

class DiscMaps : public NewPictureMaps {
 public:
  static constexpr int kSide = 40;
  ProbabilityMap map(int index) const override {
    ProbabilityMap map{kSide, kSide, {}};
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x) map.values.push_back(float(1 / (1 + std::exp(std::hypot(x - 20, y - 20) - 6 - index))));
    return map;
  }
};

class NewPicturesFixture : protected LookingFixture {
 protected:
  static constexpr int kSide = DiscMaps::kSide;
  void begin() {
    WindowFixture::begin();
    showWindow();
    m_folder = m_dir->path() + QStringLiteral("/new pictures");
    QDir().mkpath(m_folder);
    QImage image(kSide, kSide, QImage::Format_RGB888);
    image.fill(QColor(190, 80, 70));
    for (const char* name : {"a.png", "b.png", "b.jpg", "d.png"}) image.save(m_folder + u'/' + QString::fromLatin1(name));
    QFile broken(m_folder + QStringLiteral("/c.png"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("no picture");
  }
  NewPicturesPage* page() const { return m_window->newPicturesPage(); }
  QString words() const { return wordsOn(*page()); }
  static double shareOf(const ProbabilityMap& map, double threshold) {
    const auto above = std::count_if(map.values.begin(), map.values.end(), [&](float p) { return double(p) > threshold; });
    return double(above) / double(map.values.size());
  }
  void find() {
    NewPicturesFound found{m_folder, {}, {}, std::make_shared<DiscMaps>()};
    for (const char* name : {"a.png", "b.jpg", "b.png", "c.png", "d.png"}) {
      found.names << QString::fromLatin1(name);
      found.paths << m_folder + u'/' + QString::fromLatin1(name);
    }
    m_engine->say(found);
  }
  void see(int index) {
    NewPictureSeen seen;
    seen.index = index;
    seen.width = seen.height = kSide;
    const ProbabilityMap map = DiscMaps().map(index);
    for (std::size_t i = 0; i <= 100; ++i)
      seen.above[i] =
          std::uint32_t(std::count_if(map.values.begin(), map.values.end(), [&](float p) { return double(p) > double(i) / 100; }));
    seen.thumbnail = std::make_shared<RgbImage>(RgbImage{kSide, kSide, std::vector<std::uint8_t>(kSide * kSide * 3, 150)});
    for (const float p : map.values) seen.thumbnailMap.push_back(std::uint8_t(std::lround(p * 255)));
    m_engine->say(seen);
  }
  void broken(int index) {
    NewPictureSeen seen;
    seen.index = index;
    seen.problem = QStringLiteral("is no picture that can be read");
    m_engine->say(seen);
  }
  void lookAtAll() {
    drop(m_folder);
    find();
    for (const int i : {0, 1, 2}) see(i);
    broken(3);
    see(4);
    m_engine->end();
  }
  void train(bool toTheEnd) {
    runPass();
    m_window->session().startTraining();
    for (int e = 0; e < 3; ++e) m_engine->say(EpochDone{sampleEpoch(e)});
    if (toTheEnd) m_engine->end();
  }
  QString m_folder;
};

}  // namespace gps::app
