#pragma once
// What belongs to the person, not to a project. One INI file; keys are written here once.
#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QStringList>

namespace gps::app {

class AppSettings : public QObject {
  Q_OBJECT
 public:
  // Empty path: $GPS_SETTINGS, else the user's own configuration folder.
  explicit AppSettings(const QString& path = {}, QObject* parent = nullptr);

  QString theme() const;  // "system", "light", "dark", "contrast"
  void setTheme(const QString& word);
  QString language() const;  // "system", "en", "zh_CN"
  void setLanguage(const QString& code);
  QStringList recentProjects() const;  // newest first
  void addRecentProject(const QString& folder);
  void removeRecentProject(const QString& folder);
  double overlayOpacity() const;  // 0…1
  void setOverlayOpacity(double opacity);
  QByteArray windowGeometry() const;
  void setWindowGeometry(const QByteArray& geometry);

 Q_SIGNALS:
  void themeChanged(const QString& word);
  void languageChanged(const QString& code);
  void recentProjectsChanged();

 private:
  QSettings m_settings;
};

}  // namespace gps::app
