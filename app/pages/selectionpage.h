#pragma once
// One gradient pass, then K, level and criterion choose which weights would train; every picture follows at once.
#include <optional>

#include "app/engine/schemes.h"
#include "app/pages/page.h"
#include "core/values/trainedcounts.h"

class QBoxLayout;

namespace gps::ui {
class BlockBars;
class BlockTree;
class Button;
class Card;
class KeyValueList;
class KSlider;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class Columns;
class Explorer;
class LayerCard;
class SaveDialog;
class SchemeCard;
class SchemesCard;
class StabilityCard;
class SelectionLibrary;
class SharedCard;

class SelectionPage : public Page {
  Q_OBJECT
 public:
  SelectionPage(Session& session, EngineApi& engine, QWidget* parent = nullptr);
  ui::KSlider* slider() const { return m_slider; }
  ui::BlockBars* bars() const { return m_bars; }
  ui::BlockTree* tree() const { return m_tree; }
  ui::SegmentedControl* measure() const { return m_measure; }
  ui::Card* barsCard() const { return m_barsCard; }
  ui::KeyValueList* list() const { return m_list; }
  SchemeCard* schemeCard() const { return m_scheme; }
  SchemesCard* schemesCard() const { return m_schemes; }
  LayerCard* layerCard() const { return m_layer; }
  StabilityCard* stabilityCard() const { return m_stability; }
  Explorer& explorer() const { return *m_explorer; }
  SaveDialog* saveSelection();                // opened; deletes itself when closed
  void addShared(SelectionLibrary& library);  // the card that compares with saved selections; once
  SharedCard* sharedCard() const { return m_shared; }
  bool isSettled() const;  // every question that the page has asked is answered

 protected:
  void retranslate() override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  // A choice as the user left it.
  struct Choice {
    std::shared_ptr<const SelectionTable> table;
    int keptPerRow = 1;
  };
  void buildLeft(Columns* columns);
  void buildMiddle(Columns* columns);
  void buildRight(Columns* columns);
  void forget();  // what was before, once there is no table
  void noteChoice();
  void showBlock();  // the one that is looked at, in every view
  void nameBars();
  void refresh();        // everything
  void refreshCounts();  // what follows the slider
  void refreshList(const SelectionCounts& counts, const ModelInfo& model);
  TrainedCounts trainedWith(const SelectionCounts& counts) const;
  void refreshJob();
  void refreshStale();
  void slide(int k);
  void commit(int k);
  void showGhost();
  QString ghostLabel() const;
  Explorer* m_explorer;
  ui::Button *m_compare, *m_run, *m_save, *m_train;
  SchemeCard* m_scheme;
  SchemesCard* m_schemes;
  LayerCard* m_layer;
  StabilityCard* m_stability;
  ui::Card *m_keep, *m_blocks, *m_barsCard, *m_what;
  ui::SegmentedControl *m_measure, *m_scale;
  QBoxLayout* m_right;
  SharedCard* m_shared = nullptr;
  ui::KSlider* m_slider;
  ui::BlockTree* m_tree;
  ui::BlockBars* m_bars;
  ui::KeyValueList* m_list;
  QBoxLayout* m_lower;
  std::optional<Choice> m_shown, m_former;
  bool m_isSliding = false;
};

}  // namespace gps::app
