#include "app/pages/runsettings.h"

#include <QSet>
#include <algorithm>
#include <set>

namespace gps::app {

using namespace Qt::StringLiterals;

QString settingValue(const std::string& value) {
  QString text = QString::fromStdString(value);
  if (text.size() >= 2 && (text.startsWith(u'"') || text.startsWith(u'\''))) return text.mid(1, text.size() - 2);
  bool isNumber = false;
  const double number = text.toDouble(&isNumber);
  return isNumber && text.contains(u'e') ? QString::number(number, 'g', 6) : text;
}

bool isIdle(const RunEntry& run, const std::string& key) { return key.starts_with("selection.") && run.record.spec.method != Method::Gps; }

bool isAside(const std::string& key) { return key == "device.threads" || key == "device.field_memory"; }

QList<SettingAcross> differingSettings(const QList<RunPtr>& runs) {
  std::set<std::string> keys;
  for (const RunPtr& run : runs)
    for (const auto& [key, value] : run->settings) keys.insert(key);
  QList<SettingAcross> differing;
  for (const std::string& key : keys) {
    SettingAcross setting{QString::fromStdString(key), {}};
    std::set<std::string> used;
    for (const RunPtr& run : runs) {
      const auto it = run->settings.find(key);
      const bool isUsed = it != run->settings.end() && !isIdle(*run, key);
      setting.values << (isUsed ? settingValue(it->second) : QString());
      if (isUsed) used.insert(it->second);
    }
    if (used.size() > 1) differing << setting;
  }
  return differing;
}

QString shortKey(const QString& key, const QList<SettingAcross>& among) {
  const QString end = key.section(u'.', -1);
  const auto alike = std::count_if(among.begin(), among.end(), [&](const SettingAcross& s) { return s.key.section(u'.', -1) == end; });
  return alike > 1 ? key : end;
}

}  // namespace gps::app
