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
// The internal id of a block row; a kind row carries its block's number.
constexpr quintptr kTop = ~quintptr(0);
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
  beginResetModel();
  m_blocks = blocks;
  endResetModel();
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

void BlockTreeModel::emitAllChanged() {
  if (m_blocks.isEmpty()) return;
  Q_EMIT dataChanged(index(0, 0), index(int(m_blocks.size()) - 1, 1));
  for (int b = 0; b < m_blocks.size(); ++b) {
    const int kinds = int(m_blocks[b].kinds.size());
    const QModelIndex parent = index(b, 0);
    if (kinds > 0) Q_EMIT dataChanged(index(0, 0, parent), index(kinds - 1, 1, parent));
  }
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

QModelIndex BlockTreeModel::indexOfBlock(const QString& block) const {
  for (int b = 0; b < m_blocks.size(); ++b)
    if (m_blocks[b].name == block) return index(b, 0);
  return {};
}

QModelIndex BlockTreeModel::index(int row, int column, const QModelIndex& parent) const {
  if (row < 0 || column < 0 || column > 1) return {};
  if (!parent.isValid()) return row < m_blocks.size() ? createIndex(row, column, kTop) : QModelIndex();
  if (parent.internalId() != kTop || parent.column() != 0 || row >= m_blocks[parent.row()].kinds.size()) return {};
  return createIndex(row, column, quintptr(parent.row()));
}

QModelIndex BlockTreeModel::parent(const QModelIndex& child) const {
  if (!child.isValid() || child.internalId() == kTop) return {};
  return createIndex(int(child.internalId()), 0, kTop);
}

int BlockTreeModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return int(m_blocks.size());
  return parent.internalId() == kTop && parent.column() == 0 ? int(m_blocks[parent.row()].kinds.size()) : 0;
}

int BlockTreeModel::columnCount(const QModelIndex&) const { return 2; }

Qt::CheckState BlockTreeModel::blockState(const Block& block) const {
  if (block.excluded) return Qt::Unchecked;
  const auto out = std::count_if(block.kinds.begin(), block.kinds.end(), [](const Kind& k) { return k.excluded; });
  if (out == 0) return Qt::Checked;
  return out == block.kinds.size() ? Qt::Unchecked : Qt::PartiallyChecked;
}

QVariant BlockTreeModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const bool top = index.internalId() == kTop;
  const Block& block = m_blocks[top ? index.row() : int(index.internalId())];
  const Kind* kind = top ? nullptr : &block.kinds[index.row()];
  qint64 selected = 0, available = 0, rows = 0;
  bool counted = false;
  const auto add = [&](const Kind& k) {
    counted = counted || k.selected >= 0;
    selected += std::max<qint64>(0, k.selected), available += k.available, rows += k.rows;
  };
  if (kind)
    add(*kind);
  else
    for (const Kind& k : block.kinds) add(k);
  const bool out = kind ? kind->excluded || block.excluded : blockState(block) == Qt::Unchecked;
  switch (role) {
    case Qt::DisplayRole:
      if (index.column() == 0) return kind ? Theme::kindLabel(kind->name) : blockLabel(block.name);
      return groupedCount(counted ? selected : available);
    case Qt::CheckStateRole:
      if (index.column() != 0) return {};
      if (kind) return out ? Qt::Unchecked : Qt::Checked;
      return blockState(block);
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
      return block.name;
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
  if (index.internalId() == kTop) {
    Block& block = m_blocks[index.row()];
    block.excluded = out;
    // Ticking a partial block takes everything of it in again where its kinds are its own.
    if (!out && m_scope == KindScope::OneBlock)
      for (Kind& kind : block.kinds) kind.excluded = false;
  } else {
    const QString name = m_blocks[int(index.internalId())].kinds[index.row()].name;
    for (int b = 0; b < m_blocks.size(); ++b) {
      if (m_scope == KindScope::OneBlock && b != int(index.internalId())) continue;
      for (Kind& kind : m_blocks[b].kinds)
        if (kind.name == name) kind.excluded = out;
    }
    // A kind ticked inside a block that is out brings the block back.
    if (!out) m_blocks[int(index.internalId())].excluded = false;
  }
  emitAllChanged();
  Q_EMIT excludedChanged(excludedBlocks(), excludedKinds());
  return true;
}

Qt::ItemFlags BlockTreeModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::NoItemFlags;
  Qt::ItemFlags f = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
  if (index.column() == 0) f |= Qt::ItemIsUserCheckable;
  if (index.internalId() != kTop) f |= Qt::ItemNeverHasChildren;
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
