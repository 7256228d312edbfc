#include "app/project/viewsettings.h"

#include <algorithm>
#include <utility>

#include "app/project/appsettings.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kOpacity = "cases/overlayOpacity"_L1;
constexpr auto kThreshold = "cases/threshold"_L1;
constexpr auto kFill = "cases/fill"_L1;
constexpr auto kContour = "cases/contour"_L1;
constexpr auto kTruth = "cases/truth"_L1;
constexpr auto kHatch = "cases/hatch"_L1;
constexpr auto kBand = "cases/boundaryBand"_L1;
constexpr auto kMode = "cases/mode"_L1;
constexpr auto kLinked = "cases/linked"_L1;
constexpr auto kBrightness = "cases/brightness"_L1;
constexpr auto kContrast = "cases/contrast"_L1;
constexpr auto kListing = "cases/listing"_L1;
constexpr auto kSortedBy = "cases/sortedBy"_L1;
constexpr auto kAscending = "cases/ascending"_L1;
constexpr auto kExports = "cases/exports"_L1;
constexpr auto kSmoothing = "curves/smoothing-"_L1;
constexpr std::pair<const char*, bool ExportKinds::*> kExportKinds[] = {{"overlay", &ExportKinds::overlay},
                                                                        {"mask", &ExportKinds::mask},
                                                                        {"indexed", &ExportKinds::indexed},
                                                                        {"probability", &ExportKinds::probability},
                                                                        {"rle", &ExportKinds::runs}};

double within(const QVariant& value, double low, double high, double otherwise) {
  bool isNumber = false;
  const double number = value.toDouble(&isNumber);
  return isNumber ? std::clamp(number, low, high) : otherwise;
}

}  // namespace

ViewSettings::ViewSettings(AppSettings& settings) : m_app(settings), m_settings(settings.fileName(), QSettings::IniFormat) {}

OverlayStyle ViewSettings::style() const {
  OverlayStyle style;
  style.opacity = within(m_settings.value(kOpacity), 0, 1, style.opacity);
  style.threshold = within(m_settings.value(kThreshold), 0.01, 0.99, style.threshold);
  style.fill = m_settings.value(kFill, style.fill).toBool();
  style.contour = m_settings.value(kContour, style.contour).toBool() || !style.fill;
  style.truth = m_settings.value(kTruth, style.truth).toBool();
  style.hatch = m_settings.value(kHatch, style.hatch).toBool();
  style.bandWidth = within(m_settings.value(kBand), 0, 64, style.bandWidth);
  return style;
}

void ViewSettings::setStyle(const OverlayStyle& style) {
  const OverlayStyle former = this->style();
  m_settings.setValue(kOpacity, style.opacity);
  m_settings.setValue(kThreshold, style.threshold);
  m_settings.setValue(kFill, style.fill);
  m_settings.setValue(kContour, style.contour);
  m_settings.setValue(kTruth, style.truth);
  m_settings.setValue(kHatch, style.hatch);
  m_settings.setValue(kBand, style.bandWidth);
  if (this->style() != former) Q_EMIT m_app.overlayStyleChanged();
}

void ViewSettings::setThreshold(double threshold) {
  OverlayStyle style = this->style();
  style.threshold = threshold;
  setStyle(style);
}

QString ViewSettings::mode() const { return m_settings.value(kMode, u"overlay"_s).toString(); }
void ViewSettings::setMode(const QString& mode) { m_settings.setValue(kMode, mode); }
bool ViewSettings::isLinked() const { return m_settings.value(kLinked, true).toBool(); }
void ViewSettings::setLinked(bool on) { m_settings.setValue(kLinked, on); }
double ViewSettings::brightness() const { return within(m_settings.value(kBrightness), -1, 1, 0); }
double ViewSettings::contrast() const { return within(m_settings.value(kContrast), 0.25, 4, 1); }

void ViewSettings::setLevels(double brightness, double contrast) {
  if (brightness == this->brightness() && contrast == this->contrast()) return;
  m_settings.setValue(kBrightness, brightness);
  m_settings.setValue(kContrast, contrast);
  Q_EMIT m_app.levelsChanged();
}

QString ViewSettings::listing() const { return m_settings.value(kListing, u"list"_s).toString(); }
void ViewSettings::setListing(const QString& listing) { m_settings.setValue(kListing, listing); }
QString ViewSettings::sortedBy() const { return m_settings.value(kSortedBy).toString(); }
bool ViewSettings::isAscending() const { return m_settings.value(kAscending, true).toBool(); }

void ViewSettings::setSorting(const QString& key, bool isAscending) {
  m_settings.setValue(kSortedBy, key);
  m_settings.setValue(kAscending, isAscending);
}

ExportKinds ViewSettings::exportKinds() const {
  const QStringList words = m_settings.value(kExports, QStringList{u"overlay"_s}).toStringList();
  ExportKinds kinds;
  for (const auto& [word, kind] : kExportKinds) kinds.*kind = words.contains(QLatin1StringView(word));
  return kinds;
}

void ViewSettings::setExportKinds(const ExportKinds& kinds) {
  QStringList words;
  for (const auto& [word, kind] : kExportKinds)
    if (kinds.*kind) words << QString::fromLatin1(word);
  m_settings.setValue(kExports, words);
}

double ViewSettings::smoothing(const QString& page, double otherwise) const {
  return within(m_settings.value(kSmoothing + page), 0, 0.99, otherwise);
}

void ViewSettings::setSmoothing(const QString& page, double weight) { m_settings.setValue(kSmoothing + page, weight); }

}  // namespace gps::app
