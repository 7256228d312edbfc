#pragma once
// What belongs to the person, not to a project. One INI file; keys are written here once.
#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QStringList>
#include <optional>

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
  QStringList caseColumns() const;  // of the table of cases, by CaseModel::key; empty: the usual ones
  void setCaseColumns(const QStringList& keys);
  QString readerName() const;  // who rates; the name of the user's account until told otherwise
  void setReaderName(const QString& name);
  QByteArray windowGeometry() const;
  void setWindowGeometry(const QByteArray& geometry);  // empty: the window's own size at the next start
  double textScale() const;                            // 1 … 2
  void setTextScale(double scale);
  bool reducedMotion() const;
  void setReducedMotion(bool on);
  // Keys the user gave an action, as text in QKeySequence's portable format; nullopt: the action's own.
  std::optional<QString> shortcut(const QString& action) const;
  void setShortcut(const QString& action, const std::optional<QString>& keys);
  // What was open when the program ended.
  bool opensLastProject() const;
  void setOpensLastProject(bool on);
  QString lastProject() const;
  QString lastPage() const;
  void setLast(const QString& project, const QString& page);
  QString fileName() const { return m_settings.fileName(); }

 Q_SIGNALS:
  void themeChanged(const QString& word);
  void languageChanged(const QString& code);
  void recentProjectsChanged();
  void textScaleChanged(double scale);
  void reducedMotionChanged(bool on);
  void overlayStyleChanged();  // ViewSettings::style(), whichever page changed it
  void levelsChanged();        // ViewSettings::brightness(), contrast()

 private:
  QSettings m_settings;
};

}  // namespace gps::app
