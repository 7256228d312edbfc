#include <QIcon>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <cmath>

#include "tests/widgets/widgettest.h"
#include "widgets/format.h"
#include "widgets/icon.h"
#include "widgets/label.h"
#include "widgets/progressvalue.h"
#include "widgets/runrow.h"

using namespace gps::ui;

namespace {

double luminance(const QColor& c) {
  const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

double contrast(const QColor& a, const QColor& b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace

class ThemeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { Theme::instance().setTextScale(1), Theme::instance().setName(ThemeName::Light); }

  void textIsReadableInEveryTheme() {
    for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::HighContrastDark, ThemeName::HighContrastLight}) {
      for (const Token ground : {Token::Window, Token::Surface, Token::Inset, Token::AccentWash})
        QVERIFY2(contrast(Theme::color(Token::Text, name), Theme::color(ground, name)) >= 7, qPrintable(Theme::wordOf(name)));
      for (const Token token : {Token::Text2, Token::Accent, Token::Good, Token::Warn, Token::Bad})
        QVERIFY2(contrast(Theme::color(token, name), Theme::color(Token::Surface, name)) >= 4.5, qPrintable(Theme::wordOf(name)));
      QVERIFY(contrast(Theme::color(Token::OnAccent, name), Theme::color(Token::Accent, name)) >= 4.5);
    }
  }

  void nameChangesPaletteBeforeTheSignal() {
    QColor seen;
    QObject context;
    connect(&Theme::instance(), &Theme::changed, &context, [&seen] { seen = qApp->palette().color(QPalette::Window); });
    Theme::instance().setName(ThemeName::Dark);
    QCOMPARE(seen, QColor(0x12161B));
    QSignalSpy spy(&Theme::instance(), &Theme::changed);
    Theme::instance().setName(ThemeName::Dark);
    QCOMPARE(spy.count(), 0);
  }

  void wordsRoundTrip() {
    for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::HighContrastDark, ThemeName::HighContrastLight}) {
      bool ok = false;
      QCOMPARE(Theme::parseName(Theme::wordOf(name), &ok), name);
      QVERIFY(ok);
    }
    bool ok = true;
    QCOMPARE(Theme::parseName(QStringLiteral("purple"), &ok), ThemeName::Light);
    QVERIFY(!ok);
  }

  void unitFollowsTextScale() {
    const double before = Theme::instance().unit();
    const double height = QFontMetricsF(Theme::instance().font(TextRole::Body)).height();
    Theme::instance().setTextScale(2);
    QCOMPARE(Theme::instance().unit(), before * 2);
    QVERIFY(std::abs(QFontMetricsF(Theme::instance().font(TextRole::Body)).height() - 2 * height) < 2);
    Theme::instance().setTextScale(99);
    QCOMPARE(Theme::instance().textScale(), 3.0);
  }

  void labelTakesTheThemesColour() {
    Label label(QStringLiteral("12"), TextRole::Small, Token::Bad);
    Theme::instance().setName(ThemeName::Dark);
    QCOMPARE(label.palette().color(QPalette::Active, QPalette::WindowText), QColor(0xFF8A80));
  }

  void kindsAndRunsAreOkabeIto() {
    QCOMPARE(Theme::instance().kindColor(QStringLiteral("qkv")), QColor(0x0072B2));
    QCOMPARE(Theme::instance().kindColor(QStringLiteral("patch")), Theme::instance().kindColor(QStringLiteral("neck")));
    QCOMPARE(Theme::instance().kindColor(QStringLiteral("something new")), QColor(0xCC79A7));
    QVERIFY(Theme::instance().runColor(0) != Theme::instance().runColor(1));
  }

  // Strokes are told from the ground they stand on (WCAG 2.2, 1.4.11: 3 to 1).
  void runColoursAreSeenOnDark() {
    const auto luminance = [](const QColor& c) {
      const auto linear = [](double x) { return x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4); };
      return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
    };
    for (const ThemeName name : {ThemeName::Dark, ThemeName::HighContrastDark}) {
      Theme::instance().setName(name);
      for (int run = 0; run < kRunColours; ++run) {
        const double a = luminance(Theme::instance().runColor(run)), b = luminance(Theme::instance().color(Token::Surface));
        QVERIFY2((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05) >= 3, qPrintable(QStringLiteral("run %1").arg(run)));
      }
    }
  }

  void viridisRisesInLightness() {
    double last = -1;
    for (int i = 0; i <= 64; ++i) {
      const double light = luminance(Theme::viridis(i / 64.0));
      QVERIFY(light > last);
      last = light;
    }
    QCOMPARE(Theme::viridis(-3), Theme::viridis(0));
    QCOMPARE(Theme::viridis(std::nan("")), Theme::viridis(0));
  }

  void iconsAreDrawnInTheirColour_data() {
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"home",        "data",     "model", "selection", "train",    "cases",   "play",         "pause",         "stop",
          "open-folder", "warning",  "check", "info",      "error",    "image",   "chevron-left", "chevron-right", "chevron-down",
          "close",       "settings", "moon",  "sun",       "language", "export",  "search",       "refresh",       "plus",
          "fit",         "download", "copy",  "more",      "wipe",     "overlay", "blink",        "error-map"})
      QTest::newRow(name) << QString::fromLatin1(name);
  }

  void iconsAreDrawnInTheirColour() {
    QFETCH(QString, name);
    const QPixmap pixmap = iconPixmap(name, QColor(10, 200, 30), 24, 2);
    QCOMPARE(pixmap.size(), QSize(48, 48));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
    const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
    int drawn = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) {
        const QColor c = image.pixelColor(x, y);
        if (c.alpha() < 250) continue;
        ++drawn;
        QVERIFY(std::abs(c.green() - 200) < 8 && std::abs(c.red() - 10) < 8);
      }
    QVERIFY(drawn > 8);
    QVERIFY(drawn < image.width() * image.height() / 2);
  }

  void unknownIconIsEmpty() {
    QVERIFY(iconPixmap(QStringLiteral("no such drawing"), Qt::red, 24, 1).isNull());
    QVERIFY(!programPixmap(64, 1).isNull());
  }

  // One icon, never made again: sharp at every size and density, in the colours of the present theme.
  void iconFollowsTheTheme() {
    Theme& theme = Theme::instance();
    const QIcon icon = themedIcon(QStringLiteral("data"), Token::Text);
    const auto strongest = [&icon](QIcon::Mode mode) {
      const QImage image = icon.pixmap(QSize(24, 24), 1, mode).toImage();
      QColor found(0, 0, 0, 0);
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
          if (image.pixelColor(x, y).alpha() > found.alpha()) found = image.pixelColor(x, y);
      return found;
    };
    for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::HighContrastDark}) {
      theme.setName(name);
      QCOMPARE(strongest(QIcon::Normal).rgb(), theme.color(Token::Text).rgb());
      QCOMPARE(strongest(QIcon::Disabled).rgb(), theme.color(Token::Ghost).rgb());
    }
    theme.setName(ThemeName::Light);
    const QPixmap dense = icon.pixmap(QSize(16, 16), 2);
    QCOMPARE(dense.size(), QSize(32, 32));
    QCOMPARE(dense.devicePixelRatio(), 2.0);
    QImage painted(20, 20, QImage::Format_ARGB32_Premultiplied);
    painted.fill(Qt::transparent);
    QPainter painter(&painted);
    icon.paint(&painter, QRect(0, 2, 20, 16));
    painter.end();
    QCOMPARE(painted.copy(2, 2, 16, 16), icon.pixmap(QSize(16, 16), 1).toImage().convertedTo(QImage::Format_ARGB32_Premultiplied));
  }

  void numbers() {
    QCOMPARE(groupedCount(251136), QStringLiteral("251,136"));
    QCOMPARE(compactCount(85.8e6), QStringLiteral("85.8 M"));
    QCOMPARE(compactCount(7077888), QStringLiteral("7.08 M"));
    QCOMPARE(compactCount(950), QStringLiteral("950"));
    QCOMPARE(sharePercent(0.0029), QStringLiteral("0.29 %"));
    QCOMPARE(sharePercent(1), QStringLiteral("100 %"));
    QCOMPARE(sharePercent(0), QStringLiteral("0 %"));
    QCOMPARE(sharePercent(std::nan("")), QStringLiteral("–"));
    QCOMPARE(significant(0.8772, 3), QStringLiteral("0.877"));
    QCOMPARE(significant(1234, 2), QStringLiteral("1,234"));
    QCOMPARE(significant(5.01e-5, 3), QStringLiteral("5.01e-5"));
    QCOMPARE(significant(-2e-12, 3), QStringLiteral("-2e-12"));
    QCOMPARE(settingNumber(2e-4), QStringLiteral("2e-4"));
    QCOMPARE(settingNumber(0.05), QStringLiteral("0.05"));
    QCOMPARE(settingNumber(3e10), QStringLiteral("3e10"));
    QCOMPARE(signedNumber(0.447, 2), QStringLiteral("+0.45"));
    QCOMPARE(signedNumber(-31.4, 1), QStringLiteral("−31.4"));
    QCOMPARE(signedNumber(-0.001, 2), QStringLiteral("±0.00"));
    QCOMPARE(bytesText(1.4e6), QStringLiteral("1.40 MB"));
    QCOMPARE(durationText(41.2), QStringLiteral("41 s"));
    QCOMPARE(durationText(185), QStringLiteral("3 min 05 s"));
    QCOMPARE(durationText(7810), QStringLiteral("2 h 10 min"));
    QCOMPARE(durationText(-1), QStringLiteral("–"));
  }

  void progressLeavesOutWhatIsNotKnown() {
    ProgressValue p{QStringLiteral("x"), 12, 55, QStringLiteral("images"), 0, 0, -1};
    QCOMPARE(progressLine(p), QStringLiteral("12 of 55 images"));
    p.perSecond = 1.3, p.remainingS = 32;
    QCOMPARE(progressLine(p), QStringLiteral("12 of 55 images · 1.3 images/s · 32 s left"));
    QCOMPARE(progressLine({}), QString());
  }
};

GPS_WIDGET_TEST_MAIN(ThemeTest)
#include "tst_theme.moc"
