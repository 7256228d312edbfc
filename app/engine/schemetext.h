#pragma once
// Selection schemes in the language of the moment.
#include <QCoreApplication>
#include <QString>

#include "app/engine/schemes.h"

namespace gps::app {

class SchemeText {
  Q_DECLARE_TR_FUNCTIONS(SchemeText)
 public:
  static QString level(Level level);
  static QString levelTip(Level level);
  static QString budget(LayerBudget budget);
  static QString budgetTip(LayerBudget budget);
  static QString criterion(Criterion criterion);
  static QString criterionTip(Criterion criterion);
  static QString loss(LossKind loss);
  static QString title(const Scheme& scheme);     // "Neuron · gradient"
  static QString scoreName(Criterion criterion);  // "|gradient|"
  static QString keptTitle(Level level);          // "Inputs kept per neuron, K"
  static QString id(const Scheme& scheme);        // "layer share gradient"; for the program
  static Scheme fromId(const QString& id);
};

}  // namespace gps::app
