#include "app/pages/classtext.h"

#include <QCoreApplication>
#include <QHash>

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
class ClassTexts {
  Q_DECLARE_TR_FUNCTIONS(ClassTexts)
};
}  // namespace

QStringList classTitles(const DataSummary& data) {
  const auto& names = data.classTitles.size() == data.classes.size() ? data.classTitles : data.classes;
  QStringList titles;
  for (const auto& name : names) titles << QString::fromStdString(name);
  return titles;
}

QStringList classTitles(const ClassificationScore& score, const DataSummary& data) {
  const QStringList known = classTitles(data);
  if (score.classes == data.classes) return known;
  QHash<std::string, QString> titles;
  for (qsizetype i = 0; i < known.size(); ++i) titles.insert(data.classes[std::size_t(i)], known[i]);
  QStringList all;
  for (const auto& name : score.classes) all << titles.value(name, QString::fromStdString(name));
  return all;
}

QString topOneDefinition(bool isClassSubset) {
  const QString text = ClassTexts::tr("Top-1: share of the pictures whose likeliest class is the true one.");
  return isClassSubset ? text + u' ' + ClassTexts::tr("Only the classes that occur are considered.") : text;
}

QString topFiveDefinition() { return ClassTexts::tr("Top-5: share of the pictures whose true class is among the five likeliest."); }

QString classAccuracyDefinition() {
  return ClassTexts::tr("Mean class accuracy: the share of right pictures in each class, averaged over the classes that have pictures.");
}

}  // namespace gps::app
