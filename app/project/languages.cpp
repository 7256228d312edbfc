#include "app/project/languages.h"

#include <QCoreApplication>
#include <QLocale>

namespace gps::app {

using namespace Qt::StringLiterals;

Languages::Languages(QObject* parent) : QObject(parent) { use(u"en"_s); }

bool Languages::use(const QString& code) {
  QString wanted = code;
  if (wanted == "system"_L1) wanted = QLocale::system().language() == QLocale::Chinese ? u"zh_CN"_s : u"en"_s;
  if (wanted == m_current) return true;
  QCoreApplication::removeTranslator(&m_own);
  QCoreApplication::removeTranslator(&m_qt);
  m_current = u"en"_s;
  const bool isThere = m_own.load(":/i18n/gps_"_L1 + wanted + ".qm"_L1);
  // English needs a file only for its plurals.
  if (!isThere && !m_own.load(u":/i18n/gps_en.qm"_s)) return false;
  QCoreApplication::installTranslator(&m_own);
  if (!isThere) return false;
  m_current = wanted;
  if (m_qt.load(":/i18n/qtbase_"_L1 + wanted + ".qm"_L1)) QCoreApplication::installTranslator(&m_qt);
  return true;
}

QString Languages::next() const { return m_current == "en"_L1 ? u"zh_CN"_s : u"en"_s; }

QString Languages::shortName(const QString& code) { return code == "zh_CN"_L1 ? u"中文"_s : u"EN"_s; }

}  // namespace gps::app
