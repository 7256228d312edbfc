// Renders the widgets to PNG so that people can look at them: gallery OUT [--theme light|dark|contrast] [--zh] [--translation F.qm]
// [--picture P --mask M]. The scale comes from QT_SCALE_FACTOR.
#include <QApplication>
#include <QDir>
#include <QTranslator>

#include "tests/widgets/gallerypages.h"
#include "widgets/theme.h"

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  const QStringList args = app.arguments();
  const auto option = [&args](const QString& name) {
    const qsizetype at = args.indexOf(name);
    return at >= 0 && at + 1 < args.size() ? args[at + 1] : QString();
  };
  gps::test::GalleryOptions options;
  options.chinese = args.contains(QStringLiteral("--zh"));
  options.picture = option(QStringLiteral("--picture"));
  options.mask = option(QStringLiteral("--mask"));
  QTranslator translator;
  if (const QString file = option(QStringLiteral("--translation")); !file.isEmpty() && translator.load(file))
    app.installTranslator(&translator);
  const auto name = gps::ui::Theme::parseName(option(QStringLiteral("--theme")));
  gps::ui::Theme::instance().apply(app, name);
  const QString folder = args.value(1, QStringLiteral("gallery"));
  QDir().mkpath(folder);
  const QString tail = QStringLiteral("-%1-%2-%3x.png")
                           .arg(gps::ui::Theme::wordOf(name), options.chinese ? QStringLiteral("zh") : QStringLiteral("en"))
                           .arg(qRound(app.devicePixelRatio()));
  bool written = true;
  for (const auto& [page, make] : gps::test::galleryPages()) {
    std::unique_ptr<QWidget> window(make(options));
    window->resize(1440, 900);
    window->show();
    // Lazy requests and queued replots come with the event loop.
    for (int i = 0; i < 12; ++i) {
      QCoreApplication::sendPostedEvents();
      QEventLoop loop;
      QTimer::singleShot(10, &loop, &QEventLoop::quit);
      loop.exec();
    }
    written = window->grab().save(folder + QLatin1Char('/') + page + tail) && written;
  }
  return written ? 0 : 1;
}
