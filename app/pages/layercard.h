#pragma once
// One weight matrix seen closely: which inputs its neurons keep.
#include "app/project/explorer.h"
#include "widgets/card.h"

namespace gps::ui {
class ChoiceBox;
class HeatStrip;
class IconButton;
class Label;
}  // namespace gps::ui

namespace gps::app {

class LayerCard : public ui::Card {
  Q_OBJECT
 public:
  LayerCard(Session& session, Explorer& explorer, QWidget* parent = nullptr);
  ui::HeatStrip* strip() const { return m_strip; }
  ui::ChoiceBox* layers() const { return m_layers; }
  void showBlock(const QString& block, const QString& kind);  // its first matrix, unless one of it is shown already
  void refresh();

 Q_SIGNALS:
  void layerChosen(const QString& block, const QString& kind);  // from the list

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void refreshFailure();
  Session& m_session;
  Explorer& m_explorer;
  ui::ChoiceBox* m_layers;
  ui::IconButton* m_fit;
  ui::HeatStrip* m_strip;
  ui::Label *m_used, *m_most;
  QString m_wantedBlock, m_wantedKind;
  const SelectionStructure* m_listed = nullptr;
  std::shared_ptr<const LayerLook> m_shown;
};

}  // namespace gps::app
