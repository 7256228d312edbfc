#pragma once
// Every page as PNG, in the asked themes and languages: PAGE-THEME-LANGUAGE.png, with @2x at scale 2.
#include <QObject>
#include <QStringList>

#include "app/mainwindow.h"

namespace gps::app {

class Screenshots : public QObject {
  Q_OBJECT
 public:
  Screenshots(MainWindow& window, Languages& languages, const QString& folder, const QStringList& themes, const QStringList& codes,
              QObject* parent = nullptr);
  void start();

 Q_SIGNALS:
  void finished(bool ok);

 private:
  void next();
  void grab(int waitsLeft);
  MainWindow& m_window;
  Languages& m_languages;
  QString m_folder;
  struct Shot {
    QString theme, code, page;
  };
  QList<Shot> m_shots;
  Shot m_shot;
};

}  // namespace gps::app
