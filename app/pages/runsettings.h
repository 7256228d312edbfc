#pragma once
// The settings of runs, and those in which they differ. Pure functions of values.
#include <QList>
#include <QString>
#include <QStringList>

#include "app/project/runlibrary.h"

namespace gps::app {

// A value of run.toml as people read it: no quotes, no "3e-04".
QString settingValue(const std::string& value);
// What a run of this method has no use for: the settings of a selection it does not make.
bool isIdle(const RunEntry& run, const std::string& key);
// Where a run was computed and by how many threads says nothing of what it is.
bool isAside(const std::string& key);

struct SettingAcross {
  QString key;         // "training.batch"
  QStringList values;  // of each run, as people read it; empty: it has no use for the setting
};
// By key; what a run has no use for makes no difference.
QList<SettingAcross> differingSettings(const QList<RunPtr>& runs);
// "batch"; the whole key where another one ends alike.
QString shortKey(const QString& key, const QList<SettingAcross>& among);

}  // namespace gps::app
