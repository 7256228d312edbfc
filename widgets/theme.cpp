#include "widgets/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QScreen>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/focusring.h"
#include "widgets/themestyle.h"

// Static libraries drop resources nobody asks for; this must stand outside any namespace.
static void initResources() { Q_INIT_RESOURCE(resources); }

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kThemes = 4;
constexpr double kBodySize = 13;  // logical pixels at 100 %; u is 8/13 of it

// Rows in the order of Token, columns light, dark, high contrast dark, high contrast light.
constexpr std::array<std::array<QRgb, kThemes>, 13> kTokens = {{
    {0xFFF5F6F8, 0xFF12161B, 0xFF000000, 0xFFFFFFFF},  // Window
    {0xFFFFFFFF, 0xFF1A1F26, 0xFF000000, 0xFFFFFFFF},  // Surface
    {0xFFEDF0F4, 0xFF232A33, 0xFF000000, 0xFFFFFFFF},  // Inset
    {0xFFD9DEE6, 0xFF313A46, 0xFFFFFFFF, 0xFF000000},  // Line
    {0xFF18212C, 0xFFE7EBF1, 0xFFFFFFFF, 0xFF000000},  // Text
    {0xFF566171, 0xFFA4B0BF, 0xFFFFFFFF, 0xFF000000},  // Text2
    {0xFF0B62B8, 0xFF6DB3FF, 0xFFFFD400, 0xFF0000C0},  // Accent
    {0xFFFFFFFF, 0xFF0B1118, 0xFF000000, 0xFFFFFFFF},  // OnAccent
    {0xFFE3EFFB, 0xFF20344A, 0xFF3A3000, 0xFFDCDCFF},  // AccentWash
    {0xFF0A7D5A, 0xFF4CC79B, 0xFF5CFFB0, 0xFF00552F},  // Good
    {0xFF8A5A00, 0xFFE0B04A, 0xFFFFD400, 0xFF5C3A00},  // Warn
    {0xFFB3261E, 0xFFFF8A80, 0xFFFF9A90, 0xFF9B0000},  // Bad
    {0xFFB8C1CD, 0xFF4C5766, 0xFFA0A0A0, 0xFF606060},  // Ghost
}};

// Okabe–Ito in the fixed order runs take them.
constexpr std::array<QRgb, 7> kRuns = {0xFF0072B2, 0xFFE69F00, 0xFF009E73, 0xFFD55E00, 0xFF56B4E9, 0xFFCC79A7, 0xFF8A7F00};

struct KindRow {
  QLatin1StringView kind;
  QRgb color;
  QLatin1StringView label;
};
// dwconv and downsample are a tint and a shade of "other conv", so that stacks of them can be read.
constexpr std::array<KindRow, 11> kKinds = {{{"qkv"_L1, 0xFF0072B2, "attn.qkv"_L1},
                                             {"proj"_L1, 0xFF56B4E9, "attn.proj"_L1},
                                             {"fc1"_L1, 0xFFE69F00, "mlp.fc1"_L1},
                                             {"fc2"_L1, 0xFFD55E00, "mlp.fc2"_L1},
                                             {"patch"_L1, 0xFF009E73, "patch"_L1},
                                             {"stem"_L1, 0xFF009E73, "stem"_L1},
                                             {"neck"_L1, 0xFF009E73, "neck"_L1},
                                             {"conv"_L1, 0xFFCC79A7, "conv"_L1},
                                             {"dwconv"_L1, 0xFFE3B4D0, "dwconv"_L1},
                                             {"downsample"_L1, 0xFF97507A, "downsample"_L1},
                                             {"decoder"_L1, 0xFFC7BC2A, "decoder"_L1}}};

constexpr std::array<QRgb, 17> kViridis = {0xFF440154, 0xFF481668, 0xFF482878, 0xFF433E85, 0xFF3B528B, 0xFF32648E,
                                           0xFF2A768E, 0xFF238A8D, 0xFF1F988B, 0xFF22A884, 0xFF35B779, 0xFF54C568,
                                           0xFF7AD151, 0xFFA5DB36, 0xFFD2E21B, 0xFFEFE51C, 0xFFFDE725};

}  // namespace

Theme& Theme::instance() {
  static Theme theme;
  return theme;
}

void Theme::apply(QApplication& app, ThemeName name) {
  initResources();
  m_app = &app;
  m_name = name;
  app.setStyle(new ThemeStyle);  // the application owns it
  FocusRing::install(app);
  refresh();
}

void Theme::setName(ThemeName name) {
  if (name == m_name) return;
  m_name = name;
  refresh();
}

ThemeName Theme::parseName(const QString& word, bool* ok) {
  if (ok) *ok = true;
  if (word == u"light"_s) return ThemeName::Light;
  if (word == u"dark"_s) return ThemeName::Dark;
  if (word == u"contrast"_s) return ThemeName::HighContrastDark;
  if (word == u"contrast-light"_s) return ThemeName::HighContrastLight;
  if (ok) *ok = false;
  return ThemeName::Light;
}

QString Theme::wordOf(ThemeName name) {
  switch (name) {
    case ThemeName::Light:
      return u"light"_s;
    case ThemeName::Dark:
      return u"dark"_s;
    case ThemeName::HighContrastDark:
      return u"contrast"_s;
    case ThemeName::HighContrastLight:
      return u"contrast-light"_s;
  }
  return {};
}

void Theme::setTextScale(double scale) {
  const double former = m_textScale;
  m_textScale = std::clamp(scale, 0.75, 3.0);
  if (m_textScale == former) return;
  if (m_app) m_app->setFont(font(TextRole::Body));
  Q_EMIT scaled(m_textScale / former);
  refresh();
}

void Theme::refresh() {
  if (m_app) {
    m_app->setFont(font(TextRole::Body));
    m_app->setPalette(palette());
  }
  Q_EMIT changed();
}

QColor Theme::color(Token token, ThemeName name) { return QColor(kTokens[size_t(token)][size_t(name)]); }

QColor Theme::gridColor(ThemeName name) {
  const bool contrast = name == ThemeName::HighContrastDark || name == ThemeName::HighContrastLight;
  return mixed(color(Token::Surface, name), color(Token::Line, name), contrast ? 0.35 : 1.0);
}

QColor Theme::toneColor(Tone tone) const {
  switch (tone) {
    case Tone::Accent:
      return color(Token::Accent);
    case Tone::Good:
      return color(Token::Good);
    case Tone::Warn:
      return color(Token::Warn);
    case Tone::Bad:
      return color(Token::Bad);
    case Tone::Neutral:
      break;
  }
  return color(Token::Text2);
}

QColor Theme::kindColor(const QString& kind) const {
  for (const KindRow& row : kKinds)
    if (kind == row.kind) return QColor(row.color);
  return QColor(0xFFCC79A7);
}

QString Theme::kindLabel(const QString& kind) {
  for (const KindRow& row : kKinds)
    if (kind == row.kind) return QString(row.label);
  return kind;
}

QColor Theme::runColor(int index) const { return QColor(kRuns[size_t(std::max(index, 0)) % kRuns.size()]); }

QColor Theme::overlayColor(OverlayPart part) {
  switch (part) {
    case OverlayPart::Prediction:
    case OverlayPart::TruePositive:
      return QColor(0xFF00E5F5);
    case OverlayPart::Halo:
      return QColor(0xFF0B1118);
    case OverlayPart::Truth:
      return QColor(0xFFFFFFFF);
    case OverlayPart::FalsePositive:
      return QColor(0xFFFF3BD4);
    case OverlayPart::FalseNegative:
      return QColor(0xFFFFE100);
  }
  return {};
}

QColor Theme::viridis(double t) {
  const double at = std::clamp(std::isnan(t) ? 0.0 : t, 0.0, 1.0) * double(kViridis.size() - 1);
  const size_t low = std::min(size_t(at), kViridis.size() - 2);
  return mixed(QColor(kViridis[low]), QColor(kViridis[low + 1]), at - double(low));
}

double Theme::unit() const {
  // A desktop that enlarges text says so by its logical resolution; 96 dpi is 100 %.
  const QScreen* screen = qobject_cast<QGuiApplication*>(QCoreApplication::instance()) ? QGuiApplication::primaryScreen() : nullptr;
  const double dpi = screen ? std::clamp(screen->logicalDotsPerInch() / 96.0, 1.0, 3.0) : 1.0;
  return 8 * m_textScale * dpi;
}

QFont Theme::font(TextRole role) const {
  static const QStringList families = [] {
    QStringList all;
    if (QFontDatabase::hasFamily(u"Inter"_s)) all << u"Inter"_s;
    all << QFontDatabase::systemFont(QFontDatabase::GeneralFont).families();
    for (const QString& chinese : {u"Noto Sans CJK SC"_s, u"Source Han Sans SC"_s, u"Microsoft YaHei"_s, u"WenQuanYi Micro Hei"_s})
      if (QFontDatabase::hasFamily(chinese)) all << chinese;
    return all;
  }();
  double size = kBodySize;
  QFont::Weight weight = QFont::Normal;
  switch (role) {
    case TextRole::Caption:
      size = 11;
      break;
    case TextRole::Small:
      size = 12;
      break;
    case TextRole::Body:
      break;
    case TextRole::Strong:
      weight = QFont::DemiBold;
      break;
    case TextRole::Title:
      size = 13.5, weight = QFont::DemiBold;
      break;
    case TextRole::Page:
      size = 15, weight = QFont::DemiBold;
      break;
    case TextRole::Display:
      size = 44, weight = QFont::DemiBold;
      break;
  }
  QFont font;
  font.setFamilies(families);
  // Point sizes carry the fraction that pixel sizes would lose; 72 points are 96 logical pixels times the screen's own factor.
  const QScreen* screen = qobject_cast<QGuiApplication*>(QCoreApplication::instance()) ? QGuiApplication::primaryScreen() : nullptr;
  const double dpi = screen ? screen->logicalDotsPerInch() : 96;
  font.setPointSizeF(size * unit() / 8 * 72 / dpi);
  font.setWeight(weight);
  font.setHintingPreference(QFont::PreferNoHinting);
  font.setStyleStrategy(QFont::PreferAntialias);
  if (role == TextRole::Display) font.setLetterSpacing(QFont::PercentageSpacing, 97);
  return font;
}

QPalette Theme::palette() const {
  const QColor text = color(Token::Text), quiet = mixed(color(Token::Surface), color(Token::Text2), isHighContrast() ? 0.75 : 0.62);
  QPalette p;
  p.setColor(QPalette::Window, color(Token::Window));
  p.setColor(QPalette::WindowText, text);
  p.setColor(QPalette::Base, color(Token::Surface));
  p.setColor(QPalette::AlternateBase, color(Token::Inset));
  p.setColor(QPalette::Text, text);
  p.setColor(QPalette::PlaceholderText, color(Token::Text2));
  p.setColor(QPalette::Button, color(Token::Surface));
  p.setColor(QPalette::ButtonText, text);
  p.setColor(QPalette::BrightText, color(Token::Bad));
  p.setColor(QPalette::Highlight, color(Token::AccentWash));
  p.setColor(QPalette::HighlightedText, text);
  p.setColor(QPalette::Link, color(Token::Accent));
  p.setColor(QPalette::LinkVisited, color(Token::Accent));
  p.setColor(QPalette::ToolTipBase, color(Token::Surface));
  p.setColor(QPalette::ToolTipText, text);
  p.setColor(QPalette::Light, color(Token::Surface));
  p.setColor(QPalette::Midlight, color(Token::Inset));
  p.setColor(QPalette::Mid, color(Token::Line));
  p.setColor(QPalette::Dark, color(Token::Line));
  p.setColor(QPalette::Shadow, color(Token::Line));
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
    p.setColor(QPalette::Disabled, role, quiet);
  return p;
}

QColor mixed(const QColor& under, const QColor& color, double amount) {
  const auto mix = [amount](int a, int b) { return int(std::lround(a + (b - a) * amount)); };
  return QColor(mix(under.red(), color.red()), mix(under.green(), color.green()), mix(under.blue(), color.blue()));
}

}  // namespace gps::ui
