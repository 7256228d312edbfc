#pragma once
// What the last pass measured and every selection drawn from it. Engine thread.
#include <functional>
#include <list>
#include <memory>
#include <optional>

#include "core/backbones/model.h"
#include "core/selection/gradientfield.h"
#include "core/selection/levels/selectionexplorer.h"

namespace gps::app {

class Explorers {
 public:
  // Of another model or other pictures: everything goes.
  void clear();
  // The field may stay in host memory while a pass runs for the next one.
  void makeRoom();
  // recipe: of the pass (passrecipe.h). Without a field: of a criterion that needs none.
  void setPass(std::optional<GradientField> field, SelectionSpec recipe);

  bool hasPass() const { return m_field.has_value(); }
  int passNumber() const { return m_passNumber; }
  bool isEmpty() const { return !m_recipe; }
  const std::optional<GradientField>& field() const { return m_field; }
  const SelectionSpec& pass() const { return *m_recipe; }
  bool answers(const SelectionSpec& wanted) const;
  // `wanted` as it is written down.
  SelectionSpec specOf(const SelectionSpec& wanted) const;

  // The scores of wanted's criterion. base: gives the model with untuned weights; asked for only when they are needed. The reference holds
  // until the next call. Throws Error(NotFound) when the pass in hand does not answer.
  SelectionExplorer& explorerFor(const SelectionSpec& wanted, const Model& present, const std::function<const Model&()>& base);
  // With the fingerprints of the pictures it was made from. The last one is kept.
  std::shared_ptr<const Selection> select(const SelectionSpec& wanted, const Model& present, const std::function<const Model&()>& base);

 private:
  struct Held {
    Criterion criterion;
    std::uint64_t seed;
    SelectionExplorer explorer;
  };
  std::optional<SelectionSpec> m_recipe;
  std::optional<GradientField> m_field;
  int m_passNumber = 0;
  std::shared_ptr<const ParameterMap> m_map;
  std::list<Held> m_held;  // the last asked first
  std::shared_ptr<const Selection> m_selection;
};

}  // namespace gps::app
