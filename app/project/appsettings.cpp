#include "app/project/appsettings.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kTheme = "look/theme"_L1;
constexpr auto kLanguage = "look/language"_L1;
constexpr auto kRecent = "projects/recent"_L1;
constexpr auto kOpacity = "cases/overlayOpacity"_L1;
constexpr auto kCaseColumns = "cases/columns"_L1;
constexpr auto kReader = "cases/reader"_L1;
constexpr auto kGeometry = "window/geometry"_L1;
constexpr auto kScale = "look/scale"_L1;
constexpr auto kMotion = "look/reducedMotion"_L1;
constexpr auto kKeys = "keys/"_L1;
constexpr auto kOpensLast = "session/opensLast"_L1;
constexpr auto kLastProject = "session/project"_L1;
constexpr auto kLastPage = "session/page"_L1;
constexpr int kMaxRecent = 8;

QString settingsPath(const QString& path) {
  if (!path.isEmpty()) return path;
  const QString fromEnvironment = qEnvironmentVariable("GPS_SETTINGS");
  if (!fromEnvironment.isEmpty()) return fromEnvironment;
  return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + "/gps-workbench/settings.ini"_L1;
}

}  // namespace

AppSettings::AppSettings(const QString& path, QObject* parent) : QObject(parent), m_settings(settingsPath(path), QSettings::IniFormat) {}

QString AppSettings::theme() const { return m_settings.value(kTheme, u"system"_s).toString(); }

void AppSettings::setTheme(const QString& word) {
  if (word == theme()) return;
  m_settings.setValue(kTheme, word);
  Q_EMIT themeChanged(word);
}

QString AppSettings::language() const { return m_settings.value(kLanguage, u"system"_s).toString(); }

void AppSettings::setLanguage(const QString& code) {
  if (code == language()) return;
  m_settings.setValue(kLanguage, code);
  Q_EMIT languageChanged(code);
}

QStringList AppSettings::recentProjects() const { return m_settings.value(kRecent).toStringList(); }

void AppSettings::addRecentProject(const QString& folder) {
  const QString path = QDir::cleanPath(folder);
  QStringList recent = recentProjects();
  recent.removeAll(path);
  recent.prepend(path);
  m_settings.setValue(kRecent, QStringList(recent.mid(0, kMaxRecent)));
  Q_EMIT recentProjectsChanged();
}

void AppSettings::removeRecentProject(const QString& folder) {
  QStringList recent = recentProjects();
  if (recent.removeAll(QDir::cleanPath(folder)) == 0) return;
  m_settings.setValue(kRecent, recent);
  Q_EMIT recentProjectsChanged();
}

double AppSettings::overlayOpacity() const { return std::clamp(m_settings.value(kOpacity, 0.3).toDouble(), 0.0, 1.0); }
void AppSettings::setOverlayOpacity(double opacity) { m_settings.setValue(kOpacity, opacity); }
QStringList AppSettings::caseColumns() const { return m_settings.value(kCaseColumns).toStringList(); }
void AppSettings::setCaseColumns(const QStringList& keys) { m_settings.setValue(kCaseColumns, keys); }

QString AppSettings::readerName() const {
  const QString account = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
  return m_settings.value(kReader, account.isEmpty() ? u"reader"_s : account).toString();
}

void AppSettings::setReaderName(const QString& name) { m_settings.setValue(kReader, name); }
QByteArray AppSettings::windowGeometry() const { return m_settings.value(kGeometry).toByteArray(); }
void AppSettings::setWindowGeometry(const QByteArray& geometry) { m_settings.setValue(kGeometry, geometry); }

double AppSettings::textScale() const { return std::clamp(m_settings.value(kScale, 1.0).toDouble(), 1.0, 2.0); }

void AppSettings::setTextScale(double scale) {
  if (scale == textScale()) return;
  m_settings.setValue(kScale, scale);
  Q_EMIT textScaleChanged(textScale());
}

bool AppSettings::reducedMotion() const { return m_settings.value(kMotion, false).toBool(); }

void AppSettings::setReducedMotion(bool on) {
  if (on == reducedMotion()) return;
  m_settings.setValue(kMotion, on);
  Q_EMIT reducedMotionChanged(on);
}

std::optional<QString> AppSettings::shortcut(const QString& action) const {
  const QVariant keys = m_settings.value(kKeys + action);
  return keys.isValid() ? std::optional(keys.toString()) : std::nullopt;
}

void AppSettings::setShortcut(const QString& action, const std::optional<QString>& keys) {
  if (keys)
    m_settings.setValue(kKeys + action, *keys);
  else
    m_settings.remove(kKeys + action);
}

bool AppSettings::opensLastProject() const { return m_settings.value(kOpensLast, true).toBool(); }
void AppSettings::setOpensLastProject(bool on) { m_settings.setValue(kOpensLast, on); }
QString AppSettings::lastProject() const { return m_settings.value(kLastProject).toString(); }
QString AppSettings::lastPage() const { return m_settings.value(kLastPage).toString(); }

void AppSettings::setLast(const QString& project, const QString& page) {
  m_settings.setValue(kLastProject, project);
  m_settings.setValue(kLastPage, page);
}

}  // namespace gps::app
