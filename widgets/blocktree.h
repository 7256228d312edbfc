#pragma once
// Blocks and their matrix kinds with counts and a tick each: unticked means left out of the selection. Where a model has stages (Swin,
// ConvNeXt, TinyViT) or an encoder before a neck (SAM), a row above its blocks stands for all of them.
// A tick is partial when some of what is below it is out.
#include <QAbstractItemModel>
#include <QTreeView>

#include "core/values/modelinfo.h"
#include "core/values/selectioncounts.h"

namespace gps::ui {

class BlockTreeModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Role { BlockRole = Qt::UserRole + 1, KindRole, CountRole, AvailableRole };
  // Kind ticks either belong to one block, or (the rule of a SelectionSpec, which lists blocks and kinds) act in every block.
  enum class KindScope { EveryBlock, OneBlock };

  explicit BlockTreeModel(QObject* parent = nullptr);
  void setKindScope(KindScope scope) { m_scope = scope; }
  // The tree of a model; ticks of blocks and kinds that are still there are kept.
  void setRows(const std::vector<BlockRow>& rows);
  // Numbers beside the names; the tree keeps its shape when the blocks are the same. Before this the available weights are shown.
  void setCounts(const SelectionCounts& counts);
  void setExcluded(const QStringList& blocks, const QStringList& kinds);  // does not emit
  QStringList excludedBlocks() const;                                     // blocks with every kind out by the block's own tick
  QStringList excludedKinds() const;                                      // kinds out in every block
  int includedBlockCount() const;
  int blockCount() const { return int(m_blocks.size()); }
  QModelIndex indexOfBlock(const QString& block) const;
  int groupCount() const { return int(m_groups.size()); }
  QModelIndex indexOfGroup(int group) const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& child) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 Q_SIGNALS:
  void excludedChanged(const QStringList& blocks, const QStringList& kinds);  // by the user

 private:
  struct Kind {
    QString name;
    qint64 selected = -1, available = 0, rows = 0;
    bool excluded = false;
  };
  struct Block {
    QString name;
    QList<Kind> kinds;
    bool excluded = false;
  };
  struct Group {
    QString name;       // "stage 2", "encoder"; for the program
    QList<int> blocks;  // their places in m_blocks
  };
  struct Place {
    int group = -1, block = -1;  // one of them at the top
  };
  // What an index stands for; kind: -1 for a block, block: -1 for a group.
  struct Node {
    int group = -1, block = -1, kind = -1;
  };
  Node nodeAt(const QModelIndex& index) const;
  QModelIndex indexOf(int block) const;
  static QList<Group> groupsOf(const QList<Block>& blocks);
  static QString groupLabel(const QString& group);
  Qt::CheckState blockState(const Block& block) const;
  Qt::CheckState groupState(const Group& group) const;
  void emitAllChanged();
  void emitBelow(const QModelIndex& parent);
  QList<Block> m_blocks;
  QList<Group> m_groups;
  QList<Place> m_top;
  KindScope m_scope = KindScope::EveryBlock;
};

// "patch embedding", "block 2", "neck"…
QString blockLabel(const QString& block);

class BlockTree : public QTreeView {
  Q_OBJECT
 public:
  explicit BlockTree(QWidget* parent = nullptr);
  BlockTreeModel* blockModel() const { return m_model; }
  void setRows(const std::vector<BlockRow>& rows) { m_model->setRows(rows); }  // groups of another model are open
  void setCounts(const SelectionCounts& counts) { m_model->setCounts(counts); }
  void setCurrentBlock(const QString& block);  // does not emit

 Q_SIGNALS:
  void excludedChanged(const QStringList& blocks, const QStringList& kinds);
  void blockActivated(const QString& block);                     // the current row became one of this block, by the user
  void rowActivated(const QString& block, const QString& kind);  // the same, of every row; kind: empty for a block's own

 protected:
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
  void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;

 private:
  BlockTreeModel* m_model;
  bool m_quiet = false;
};

}  // namespace gps::ui
