#pragma once
// Which model it is, whether the file fits, and which parts train or stay frozen and why.
#include "app/pages/page.h"
#include "widgets/keyvaluelist.h"

class QTreeWidget;
class QTreeWidgetItem;

namespace gps::ui {
class Badge;
class Button;
class Card;
class Label;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class ModelPage : public Page {
  Q_OBJECT
 public:
  explicit ModelPage(Session& session, QWidget* parent = nullptr);
  QTreeWidget* parts() const { return m_parts; }

 protected:
  void retranslate() override;

 private:
  void refresh();
  void refreshTree();
  void markBlock();  // the one that is looked at
  void refreshSize();
  void refreshJob();
  void chooseWeights();
  struct Fate {
    QString state, why;
    bool trains = false;
  };
  bool isClassifier() const;
  QList<ui::KeyValue> headRows() const;
  static QString onlyHead(bool classifies);
  Fate fateOfBlock(const std::string& block, const std::string& kind) const;
  QTreeWidgetItem* addRow(QTreeWidgetItem* parent, const QString& name, qint64 weights, const Fate& fate);
  ui::Button *m_open, *m_next;
  ui::Card *m_recognised, *m_size, *m_keys, *m_tree;
  ui::KeyValueList *m_facts, *m_keyList;
  ui::Badge* m_keyBadge;
  ui::Label *m_keyText, *m_sizeText;
  ui::SegmentedControl* m_sizes;
  QTreeWidget* m_parts;
};

}  // namespace gps::app
