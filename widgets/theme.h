#pragma once
// The one table of colours, type and measures. Widgets ask it and never write a colour or a pixel size.
//   Theme::instance().apply(*qApp, ThemeName::Dark);   once at start: style, palette, font
//   Theme::instance().setName(ThemeName::Light);       later; emits changed() after the palette has been set
#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>
#include <QString>

class QApplication;

namespace gps::ui {

enum class ThemeName { Light, Dark, HighContrastDark, HighContrastLight };

enum class Token { Window, Surface, Inset, Line, Text, Text2, Accent, OnAccent, AccentWash, Good, Warn, Bad, Ghost };

// Sizes at 100 %: 11, 12, 13, 13.5 semibold, 15 semibold, 44 semibold. Figures are tabular where the font has them.
enum class TextRole { Caption, Small, Body, Strong, Title, Page, Display };

// A state, always shown together with a word or sign.
enum class Tone { Neutral, Accent, Good, Warn, Bad };

// Colours that lie on tissue and therefore do not follow the theme.
enum class OverlayPart { Prediction, Halo, Truth, TruePositive, FalsePositive, FalseNegative };

class Theme : public QObject {
  Q_OBJECT
 public:
  static Theme& instance();

  // Installs our style, palette and font. Call once, on the GUI thread.
  void apply(QApplication& app, ThemeName name);
  void setName(ThemeName name);
  ThemeName name() const { return m_name; }
  bool isDark() const { return m_name == ThemeName::Dark || m_name == ThemeName::HighContrastDark; }
  bool isHighContrast() const { return m_name == ThemeName::HighContrastDark || m_name == ThemeName::HighContrastLight; }
  // "light", "dark", "contrast", "contrast-light"; an unknown word gives Light and *ok = false.
  static ThemeName parseName(const QString& word, bool* ok = nullptr);
  static QString wordOf(ThemeName name);

  // 1 at 100 %; 1.4 suits a projector. The screen's logical resolution is already in it. Clamped to 0.75 … 3.
  void setTextScale(double scale);
  double textScale() const { return m_textScale; }
  void setReducedMotion(bool on) { m_reducedMotion = on; }
  bool reducedMotion() const { return m_reducedMotion; }

  QColor color(Token token) const { return color(token, m_name); }
  static QColor color(Token token, ThemeName name);
  QColor toneColor(Tone tone) const;
  // The bright and the dimmed colour of a matrix kind (qkv, proj, fc1, …); unknown kinds get the "other conv" colour.
  QColor kindColor(const QString& kind) const;
  // "attn.qkv" style name of a kind for people; unknown kinds are returned as they are.
  static QString kindLabel(const QString& kind);
  // Runs take the Okabe–Ito family in a fixed order; index wraps.
  QColor runColor(int index) const;
  static QColor overlayColor(OverlayPart part);
  // Field colours; t in 0…1, clamped.
  static QColor viridis(double t);

  QFont font(TextRole role) const;
  // u: 8 logical pixels at 100 %; everything is a multiple of it.
  double unit() const;
  int px(double units) const { return qRound(unit() * units); }
  // Lines inside a plot: quieter than outlines in high contrast, where every hairline is 2 px of full contrast.
  static QColor gridColor(ThemeName name);
  // Hairline width: 1, or 2 in high contrast.
  double lineWidth() const { return isHighContrast() ? 2 : 1; }
  int controlHeight() const { return px(3.625); }
  QPalette palette() const;

  // While it lives, what is painted takes the light theme's colours; nothing on screen is told. For exports.
  class LightPainting {
   public:
    LightPainting() : m_former(instance().m_name) { instance().m_name = ThemeName::Light; }
    ~LightPainting() { instance().m_name = m_former; }
    LightPainting(const LightPainting&) = delete;
    LightPainting& operator=(const LightPainting&) = delete;

   private:
    ThemeName m_former;
  };

 Q_SIGNALS:
  // The text scale was multiplied by `ratio`; comes before changed(), for measures that nobody sets again (layoutscale.h).
  void scaled(double ratio);
  void changed();

 private:
  Theme() = default;
  void refresh();

  ThemeName m_name = ThemeName::Light;
  double m_textScale = 1;
  bool m_reducedMotion = false;
  QApplication* m_app = nullptr;
};

// A wash of `color` over `under`: amount 0…1.
QColor mixed(const QColor& under, const QColor& color, double amount);

}  // namespace gps::ui
