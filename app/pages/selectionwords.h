#pragma once
// How a selection was made, in the user's words.
#include <QCoreApplication>
#include <QString>

#include "app/engine/selectionsetapi.h"
#include "core/values/names.h"

namespace gps::app {

class SelectionWords {
  Q_DECLARE_TR_FUNCTIONS(SelectionWords)
 public:
  static QString recipe(const SelectionFacts& facts);             // one line: "K = 3, neuron, gradient"
  static QString allTrained(DecoderMode decoder, TaskKind task);  // what a count of all trained values holds
  static QString full(const SelectionFacts& facts);               // several lines, for a tooltip
};

}  // namespace gps::app
