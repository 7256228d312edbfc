#include "widgets/blocktree.h"

#include <QHeaderView>
#include <QPainter>
#include <QSignalBlocker>
#include <algorithm>

#include "widgets/format.h"
#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {
// The internal id of a row at the top; a block row in a group carries twice its group's number and one, a kind row twice its block's.
constexpr quintptr kTop = ~quintptr(0);
constexpr quintptr idOfGroup(int group) { return 2 * quintptr(group) + 1; }
constexpr quintptr idOfBlock(int block) { return 2 * quintptr(block); }

// "2.1" and "downsample.2" are of stage 2; empty: of none.
QString stageOf(const QString& block) {
  const qsizetype dot = block.indexOf(u'.');
  if (dot < 0) return {};
  const QString head = block.left(dot);
  if (head == u"downsample"_s) return block.mid(dot + 1);
  bool isNumber = false;
  head.toInt(&isNumber);
  return isNumber ? head : QString();
}
}  // namespace

QString blockLabel(const QString& block) {
  if (block == u"patch_embed"_s) return BlockTreeModel::tr("patch embedding");
  if (block == u"neck"_s) return BlockTreeModel::tr("neck");
  if (block == u"decoder"_s) return BlockTreeModel::tr("decoder");
  if (block.startsWith(u"downsample."_s)) return BlockTreeModel::tr("downsampling %1").arg(block.mid(11));
  return BlockTreeModel::tr("block %1").arg(block);
}

BlockTreeModel::BlockTreeModel(QObject* parent) : QAbstractItemModel(parent) {}

void BlockTreeModel::setRows(const std::vector<BlockRow>& rows) {
  const QStringList outBlocks = excludedBlocks(), outKinds = excludedKinds();
  QList<Block> blocks;
  for (const BlockRow& row : rows) {
    const QString name = QString::fromStdString(row.block);
    auto at = std::find_if(blocks.begin(), blocks.end(), [&name](const Block& b) { return b.name == name; });
    if (at == blocks.end()) {
      blocks.append({name, {}, outBlocks.contains(name)});
      at = blocks.end() - 1;
    }
    const QString kind = QString::fromStdString(row.kind);
    const auto same = std::find_if(at->kinds.begin(), at->kinds.end(), [&kind](const Kind& k) { return k.name == kind; });
    if (same == at->kinds.end())
      at->kinds.append({kind, -1, row.available, row.rows, outKinds.contains(kind)});
    else
      same->available += row.available, same->rows += row.rows;
  }
  const auto isSameShape = [](const Block& a, const Block& b) {
    return a.name == b.name && std::equal(a.kinds.begin(), a.kinds.end(), b.kinds.begin(), b.kinds.end(),
                                          [](const Kind& x, const Kind& y) { return x.name == y.name; });
  };
  // What is open stays open.
  if (std::equal(blocks.begin(), blocks.end(), m_blocks.begin(), m_blocks.end(), isSameShape)) {
    m_blocks = blocks;
    return emitAllChanged();
  }
  beginResetModel();
  m_blocks = blocks;
  m_groups = groupsOf(blocks);
  m_top.clear();
  QList<int> groupOf(m_blocks.size(), -1);
  for (int g = 0; g < m_groups.size(); ++g)
    for (const int b : std::as_const(m_groups[g].blocks)) groupOf[b] = g;
  for (int b = 0; b < m_blocks.size(); ++b) {
    const int g = groupOf[b];
    if (g < 0)
      m_top.append({-1, b});
    else if (m_groups[g].blocks.first() == b)
      m_top.append({g, -1});
  }
  endResetModel();
}

// None where they would say nothing: a plain ViT, or one block a stage.
QList<BlockTreeModel::Group> BlockTreeModel::groupsOf(const QList<Block>& blocks) {
  QList<Group> stages;
  Group encoder{u"encoder"_s, {}};
  bool hasNeck = false;
  for (int b = 0; b < blocks.size(); ++b) {
    const QString& name = blocks[b].name;
    hasNeck = hasNeck || name == u"neck"_s;
    if (name != u"neck"_s && name != u"decoder"_s) encoder.blocks << b;
    const QString stage = stageOf(name);
    if (stage.isEmpty()) continue;
    const QString id = u"stage "_s + stage;
    const auto same = std::find_if(stages.begin(), stages.end(), [&id](const Group& g) { return g.name == id; });
    if (same == stages.end())
      stages.append({id, {b}});
    else
      same->blocks << b;
  }
  const bool hasStages = stages.size() > 1 && std::any_of(stages.begin(), stages.end(), [](const Group& g) { return g.blocks.size() > 1; });
  if (hasStages) return stages;
  return stages.isEmpty() && hasNeck && encoder.blocks.size() > 1 ? QList<Group>{encoder} : QList<Group>{};
}

QString BlockTreeModel::groupLabel(const QString& group) {
  return group == u"encoder"_s ? tr("image encoder") : tr("stage %1").arg(group.mid(6));
}

void BlockTreeModel::setCounts(const SelectionCounts& counts) {
  // Without rows of a model the counts themselves give the tree.
  bool known = !m_blocks.isEmpty();
  for (const BlockCount& count : counts.perBlock) known = known && indexOfBlock(QString::fromStdString(count.block)).isValid();
  if (!known) {
    std::vector<BlockRow> rows;
    for (const BlockCount& count : counts.perBlock) rows.push_back({count.block, count.kind, 0, count.available});
    setRows(rows);
  }
  for (Block& block : m_blocks)
    for (Kind& kind : block.kinds) kind.selected = 0;
  for (const BlockCount& count : counts.perBlock) {
    const QString name = QString::fromStdString(count.block), kindName = QString::fromStdString(count.kind);
    for (Block& block : m_blocks) {
      if (block.name != name) continue;
      for (Kind& kind : block.kinds)
        if (kind.name == kindName) kind.selected += count.selected;
    }
  }
  emitAllChanged();
}

void BlockTreeModel::emitAllChanged() { emitBelow({}); }

void BlockTreeModel::emitBelow(const QModelIndex& parent) {
  const int rows = rowCount(parent);
  if (rows == 0) return;
  Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, 1, parent));
  for (int row = 0; row < rows; ++row) emitBelow(index(row, 0, parent));
}

void BlockTreeModel::setExcluded(const QStringList& blocks, const QStringList& kinds) {
  for (Block& block : m_blocks) {
    block.excluded = blocks.contains(block.name);
    for (Kind& kind : block.kinds) kind.excluded = kinds.contains(kind.name);
  }
  emitAllChanged();
}

QStringList BlockTreeModel::excludedBlocks() const {
  QStringList all;
  for (const Block& block : m_blocks)
    if (block.excluded) all << block.name;
  return all;
}

QStringList BlockTreeModel::excludedKinds() const {
  QStringList all, kept;
  for (const Block& block : m_blocks)
    for (const Kind& kind : block.kinds) (kind.excluded ? all : kept) << kind.name;
  all.removeDuplicates();
  for (const QString& kind : std::as_const(kept)) all.removeAll(kind);
  return all;
}

int BlockTreeModel::includedBlockCount() const {
  return int(std::count_if(m_blocks.begin(), m_blocks.end(), [this](const Block& b) { return blockState(b) != Qt::Unchecked; }));
}

BlockTreeModel::Node BlockTreeModel::nodeAt(const QModelIndex& index) const {
  if (!index.isValid()) return {};
  const quintptr id = index.internalId();
  if (id == kTop) return {m_top[index.row()].group, m_top[index.row()].block, -1};
  if (id % 2 == 1) return {int(id / 2), m_groups[int(id / 2)].blocks[index.row()], -1};
  return {-1, int(id / 2), index.row()};
}

QModelIndex BlockTreeModel::indexOf(int block) const {
  for (int row = 0; row < m_top.size(); ++row)
    if (m_top[row].block == block) return createIndex(row, 0, kTop);
  for (int g = 0; g < m_groups.size(); ++g)
    if (const qsizetype row = m_groups[g].blocks.indexOf(block); row >= 0) return createIndex(int(row), 0, idOfGroup(g));
  return {};
}

QModelIndex BlockTreeModel::indexOfBlock(const QString& block) const {
  for (int b = 0; b < m_blocks.size(); ++b)
    if (m_blocks[b].name == block) return indexOf(b);
  return {};
}

QModelIndex BlockTreeModel::indexOfGroup(int group) const {
  for (int row = 0; row < m_top.size(); ++row)
    if (m_top[row].group == group && group >= 0) return createIndex(row, 0, kTop);
  return {};
}

QModelIndex BlockTreeModel::index(int row, int column, const QModelIndex& parent) const {
  if (row < 0 || column < 0 || column > 1 || row >= rowCount(parent)) return {};
  if (!parent.isValid()) return createIndex(row, column, kTop);
  const Node node = nodeAt(parent);
  return createIndex(row, column, node.block < 0 ? idOfGroup(node.group) : idOfBlock(node.block));
}

QModelIndex BlockTreeModel::parent(const QModelIndex& child) const {
  if (!child.isValid() || child.internalId() == kTop) return {};
  const int number = int(child.internalId() / 2);
  return child.internalId() % 2 == 1 ? indexOfGroup(number) : indexOf(number);
}

int BlockTreeModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return int(m_top.size());
  if (parent.column() != 0) return 0;
  const Node node = nodeAt(parent);
  if (node.kind >= 0) return 0;
  return node.block < 0 ? int(m_groups[node.group].blocks.size()) : int(m_blocks[node.block].kinds.size());
}

int BlockTreeModel::columnCount(const QModelIndex&) const { return 2; }

Qt::CheckState BlockTreeModel::blockState(const Block& block) const {
  if (block.excluded) return Qt::Unchecked;
  const auto out = std::count_if(block.kinds.begin(), block.kinds.end(), [](const Kind& k) { return k.excluded; });
  if (out == 0) return Qt::Checked;
  return out == block.kinds.size() ? Qt::Unchecked : Qt::PartiallyChecked;
}

Qt::CheckState BlockTreeModel::groupState(const Group& group) const {
  const Qt::CheckState first = blockState(m_blocks[group.blocks.first()]);
  const bool isUniform = std::all_of(group.blocks.begin(), group.blocks.end(), [&](int b) { return blockState(m_blocks[b]) == first; });
  return isUniform ? first : Qt::PartiallyChecked;
}

QVariant BlockTreeModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Node node = nodeAt(index);
  const Group* group = node.block < 0 ? &m_groups[node.group] : nullptr;
  const Block* block = group ? nullptr : &m_blocks[node.block];
  const Kind* kind = node.kind < 0 ? nullptr : &block->kinds[node.kind];
  qint64 selected = 0, available = 0, rows = 0;
  bool counted = false;
  const auto add = [&](const Kind& k) {
    counted = counted || k.selected >= 0;
    selected += std::max<qint64>(0, k.selected), available += k.available, rows += k.rows;
  };
  if (kind)
    add(*kind);
  else if (block)
    for (const Kind& k : block->kinds) add(k);
  else
    for (const int b : group->blocks)
      for (const Kind& k : m_blocks[b].kinds) add(k);
  const Qt::CheckState state = kind    ? (kind->excluded || block->excluded ? Qt::Unchecked : Qt::Checked)
                               : block ? blockState(*block)
                                       : groupState(*group);
  const bool out = state == Qt::Unchecked;
  switch (role) {
    case Qt::DisplayRole:
      if (index.column() == 0) return kind ? Theme::kindLabel(kind->name) : block ? blockLabel(block->name) : groupLabel(group->name);
      return groupedCount(counted ? selected : available);
    case Qt::CheckStateRole:
      if (index.column() != 0) return {};
      return state;
    case Qt::TextAlignmentRole:
      if (index.column() == 1) return int(Qt::AlignRight | Qt::AlignVCenter);
      return {};
    case Qt::ForegroundRole:
      if (index.column() == 1 || out) return Theme::instance().color(Token::Text2);
      return {};
    case Qt::ToolTipRole: {
      QStringList lines;
      if (counted)
        lines << tr("%1 of %2 weights selected").arg(groupedCount(selected), groupedCount(available));
      else
        lines << tr("%1 weights").arg(groupedCount(available));
      if (rows > 0) lines << tr("%1 neurons").arg(groupedCount(rows));
      if (kind && m_scope == KindScope::EveryBlock) lines << tr("The tick acts on %1 in every block").arg(Theme::kindLabel(kind->name));
      return lines.join(u'\n');
    }
    case BlockRole:
      return block ? block->name : QString();
    case KindRole:
      return kind ? kind->name : QString();
    case CountRole:
      return counted ? selected : -1;
    case AvailableRole:
      return available;
    default:
      return {};
  }
}

bool BlockTreeModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || role != Qt::CheckStateRole || index.column() != 0) return false;
  const bool out = value.toInt() == Qt::Unchecked;
  const Node node = nodeAt(index);
  if (node.kind < 0) {
    const QList<int> ticked = node.block < 0 ? m_groups[node.group].blocks : QList<int>{node.block};
    for (const int b : ticked) {
      m_blocks[b].excluded = out;
      // Ticking a partial block takes everything of it in again where its kinds are its own.
      if (!out && m_scope == KindScope::OneBlock)
        for (Kind& kind : m_blocks[b].kinds) kind.excluded = false;
    }
  } else {
    const QString name = m_blocks[node.block].kinds[node.kind].name;
    for (int b = 0; b < m_blocks.size(); ++b) {
      if (m_scope == KindScope::OneBlock && b != node.block) continue;
      for (Kind& kind : m_blocks[b].kinds)
        if (kind.name == name) kind.excluded = out;
    }
    // A kind ticked inside a block that is out brings the block back.
    if (!out) m_blocks[node.block].excluded = false;
  }
  emitAllChanged();
  Q_EMIT excludedChanged(excludedBlocks(), excludedKinds());
  return true;
}

Qt::ItemFlags BlockTreeModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::NoItemFlags;
  Qt::ItemFlags f = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
  if (index.column() == 0) f |= Qt::ItemIsUserCheckable;
  if (nodeAt(index).kind >= 0) f |= Qt::ItemNeverHasChildren;
  return f;
}

BlockTree::BlockTree(QWidget* parent) : QTreeView(parent), m_model(new BlockTreeModel(this)) {
  setModel(m_model);
  setHeaderHidden(true);
  setUniformRowHeights(true);
  setAllColumnsShowFocus(true);
  setSelectionBehavior(SelectRows);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setExpandsOnDoubleClick(true);
  setMouseTracking(true);
  header()->setStretchLastSection(false);
  header()->setSectionResizeMode(0, QHeaderView::Stretch);
  header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  connect(m_model, &BlockTreeModel::excludedChanged, this, &BlockTree::excludedChanged);
  connect(m_model, &BlockTreeModel::modelReset, this, [this] {
    for (int g = 0; g < m_model->groupCount(); ++g) expand(m_model->indexOfGroup(g));
  });
  connect(&Theme::instance(), &Theme::changed, this, [this] {
    setIndentation(Theme::instance().px(2.25));
    viewport()->update();
  });
  setIndentation(Theme::instance().px(2.25));
}

void BlockTree::setCurrentBlock(const QString& block) {
  const QModelIndex at = m_model->indexOfBlock(block);
  if (currentIndex().data(BlockTreeModel::BlockRole).toString() == block && at.isValid()) return;
  m_quiet = true;
  setCurrentIndex(at);
  if (at.isValid()) scrollTo(at);
  m_quiet = false;
}

void BlockTree::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QTreeView::currentChanged(current, previous);
  if (m_quiet || !current.isValid()) return;
  const QString block = current.data(BlockTreeModel::BlockRole).toString();
  if (block.isEmpty()) return;  // a group lights up nothing
  if (block != previous.data(BlockTreeModel::BlockRole).toString()) Q_EMIT blockActivated(block);
  Q_EMIT rowActivated(block, current.data(BlockTreeModel::KindRole).toString());
}

void BlockTree::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const {
  if (selectionModel() && selectionModel()->isSelected(index)) {
    const double r = Theme::instance().unit() * 0.5;
    painter->save();
    painter->setClipRect(rect);
    drawRounded(*painter, QRectF(rect).adjusted(0, 0, 2 * r, 0), r, Theme::instance().color(Token::AccentWash));
    painter->restore();
  }
  if (!m_model->rowCount(index)) return;
  const QRectF branch(rect.right() - indentation(), rect.top(), indentation(), rect.height());
  drawChevron(*painter, branch.center(), Theme::instance().unit(), isExpanded(index) ? 0 : -90, Theme::instance().color(Token::Text2));
}

}  // namespace gps::ui
