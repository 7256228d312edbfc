#pragma once
// What several selections have in common, beside what they would have by chance; and a new selection made of them, to train.
// Part of Selection: the rail shows that entry, a link in the header leads back.
#include "app/pages/page.h"
#include "app/project/comparisonset.h"

class QComboBox;
class QStackedLayout;

namespace gps::ui {
class Button;
class Card;
class ChoiceCounts;
class IconButton;
class JaccardMatrix;
class KeyValueList;
class Label;
class SegmentedControl;
class SelectionList;
class SharedBars;
class UpsetBars;
}  // namespace gps::ui

namespace gps::app {

class Columns;
class CombineForm;

class ComparePage : public Page {
  Q_OBJECT
 public:
  ComparePage(Session& session, SelectionLibrary& library, QWidget* parent = nullptr);
  ComparisonSet& set() { return m_set; }
  ui::SelectionList* list() const { return m_list; }
  ui::UpsetBars* upset() const { return m_upset; }
  ui::SharedBars* shared() const { return m_shared; }
  ui::JaccardMatrix* matrix() const { return m_matrix; }
  ui::ChoiceCounts* choices() const { return m_choices; }
  CombineForm* form() const { return m_form; }
  ui::Button* trainButton() const { return m_train; }
  bool isSettled() const { return !m_set.isStale() && (m_library.isListed() || !session().project().isOpen()); }

 protected:
  void retranslate() override;
  void showEvent(QShowEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void buildLeft(Columns* columns);
  void buildMiddle(Columns* columns);
  void buildRight(Columns* columns);
  void connectSet();
  void refresh();
  void refreshList();
  void refreshComparison();
  void refreshShared();
  void refreshTrain();
  void save();
  void train();
  void addFile();
  void renameCurrent(const QString& path);
  void deleteCurrent(const QString& path);
  void showMenu(const QString& path, const QPoint& at);
  SelectionLibrary& m_library;
  ComparisonSet m_set;
  SetRequestId m_saving = 0, m_copyToTrain = 0;
  QString m_pendingCurrent;  // becomes current once it is listed
  ui::Button *m_add, *m_train;
  ui::Card *m_listCard, *m_upsetCard, *m_sharedCard, *m_choicesCard, *m_matrixCard, *m_formCard;
  ui::SelectionList* m_list;
  ui::IconButton *m_rename, *m_delete;
  ui::Label *m_chance, *m_hint;
  ui::KeyValueList* m_headline;
  ui::UpsetBars* m_upset;
  ui::SharedBars* m_shared;
  ui::ChoiceCounts* m_choices;
  ui::JaccardMatrix* m_matrix;
  ui::SegmentedControl *m_scale, *m_measure;
  QComboBox* m_kind;
  QStackedLayout* m_plotOrHint;
  CombineForm* m_form;
};

}  // namespace gps::app
