#include "app/screenshots.h"

#include <QDir>
#include <QPixmap>
#include <QTimer>

#include "app/pages/casespage.h"
#include "app/pages/classcasespage.h"
#include "app/pages/comparepage.h"
#include "app/pages/selectionpage.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
constexpr int kSettleMs = 350;  // queued replots, thumbnails
constexpr int kMostWaits = 40;
}  // namespace

Screenshots::Screenshots(MainWindow& window, Languages& languages, const QString& folder, const QStringList& themes,
                         const QStringList& codes, QObject* parent)
    : QObject(parent), m_window(window), m_languages(languages), m_folder(folder) {
  for (const QString& theme : themes)
    for (const QString& code : codes)
      for (const QString& page : window.pageIds() + QStringList{u"settings"_s}) m_shots.append({theme, code, page});
}

void Screenshots::start() {
  if (!QDir().mkpath(m_folder)) {
    Q_EMIT finished(false);
    return;
  }
  next();
}

void Screenshots::next() {
  if (m_shots.isEmpty()) {
    Q_EMIT finished(true);
    return;
  }
  m_shot = m_shots.takeFirst();
  m_window.setTheme(m_shot.theme);
  m_languages.use(m_shot.code);
  m_window.showPage(m_shot.page);
  QTimer::singleShot(kSettleMs, this, [this] { grab(kMostWaits); });
}

void Screenshots::grab(int waitsLeft) {
  const bool isSettled =
      m_window.page(u"cases"_s) == m_window.casesPage() ? m_window.casesPage()->isSettled() : m_window.classCasesPage()->isSettled();
  const bool waitsForCases = m_shot.page == "cases"_L1 && !m_window.page(u"cases"_s)->isEmptyShown() && !isSettled;
  const bool waits = waitsForCases || (m_shot.page == "compare"_L1 && !m_window.comparePage()->isSettled()) ||
                     (m_shot.page == "selection"_L1 && !m_window.selectionPage()->isSettled());
  if (waits && waitsLeft > 0) {
    QTimer::singleShot(kSettleMs, this, [this, waitsLeft] { grab(waitsLeft - 1); });
    return;
  }
  const QPixmap picture = m_window.grab();
  const QString scale = picture.devicePixelRatio() > 1 ? u"@%1x"_s.arg(picture.devicePixelRatio()) : QString();
  const QString path = m_folder + u'/' + m_shot.page + u'-' + m_shot.theme + u'-' + m_shot.code + scale + ".png"_L1;
  if (!picture.save(path)) {
    Q_EMIT finished(false);
    return;
  }
  next();
}

}  // namespace gps::app
