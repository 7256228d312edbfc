#pragma once
// English source, other languages from compiled translations in the resources. A missing one falls back to English.
#include <QObject>
#include <QTranslator>

namespace gps::app {

class Languages : public QObject {
  Q_OBJECT
 public:
  explicit Languages(QObject* parent = nullptr);
  // "en", "zh_CN" or "system". False: there is no such translation and the program stays English.
  bool use(const QString& code);
  QString current() const { return m_current; }   // "en" or "zh_CN"
  QString next() const;                           // the other one
  static QString shortName(const QString& code);  // "EN", "中文"

 private:
  QTranslator m_own, m_qt;
  QString m_current;
};

}  // namespace gps::app
