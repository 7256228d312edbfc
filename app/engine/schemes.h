#pragma once
// Which selections can be made from what is in hand.
#include <QList>

#include "core/values/runspec.h"

namespace gps::app {

// Level, criterion and what lies beside them without K, exclusions and the pass.
struct Scheme {
  Level level = Level::Neuron;
  LayerBudget layerBudget = LayerBudget::Share;
  Criterion criterion = Criterion::Gradient;
  bool operator==(const Scheme& other) const {
    return level == other.level && criterion == other.criterion && (level != Level::Layer || layerBudget == other.layerBudget);
  }
};

// Those that a new project shows side by side: the paper's, and chance.
QList<Scheme> defaultSchemes();
Scheme schemeOf(const SelectionSpec& spec);
SelectionSpec withScheme(SelectionSpec spec, const Scheme& scheme);

// Whether `wanted` needs no pass, or only what a pass of the recipe `pass` has measured: the same pictures through the same network in the
// same batches. Level, budget, exclusions and the criteria of one field may differ. Both with their origin filled in (passrecipe.h).
bool isAnsweredBy(bool hasPass, const SelectionSpec& pass, const SelectionSpec& wanted);
// The same choice but for K: a table of one is a table of the other.
bool isSameTable(const SelectionSpec& a, const SelectionSpec& b);
// `wanted` as it is written down: how the pass ran is that of `pass`.
SelectionSpec answerOf(bool hasPass, const SelectionSpec& pass, const SelectionSpec& wanted);

}  // namespace gps::app
