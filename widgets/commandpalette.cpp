#include "widgets/commandpalette.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/fuzzymatch.h"
#include "widgets/label.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

void CommandModel::setCommands(const QList<Command>& commands) {
  beginResetModel();
  m_commands = commands;
  refilter();
  endResetModel();
}

void CommandModel::setFilter(const QString& typed) {
  beginResetModel();
  m_typed = typed;
  refilter();
  endResetModel();
}

void CommandModel::refilter() {
  QList<std::pair<int, int>> found;  // score, number
  for (int i = 0; i < m_commands.size(); ++i) {
    const Command& c = m_commands[i];
    const int own = fuzzyScore(m_typed, c.text), both = fuzzyScore(m_typed, c.category + u' ' + c.text);
    const int score = std::max(own, both / 2);
    if (own >= 0 || both >= 0) found.append({score, i});
  }
  std::stable_sort(found.begin(), found.end(), [this](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first > b.first;
    return m_commands[a.second].reason.isEmpty() && !m_commands[b.second].reason.isEmpty();
  });
  m_rows.clear();
  for (const auto& [score, i] : found) m_rows << i;
}

int CommandModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

QVariant CommandModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= m_rows.size()) return {};
  const Command& c = at(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return c.text;
    case Qt::ToolTipRole:
      return c.reason.isEmpty() ? QVariant() : c.reason;
    case Qt::AccessibleTextRole: {
      QStringList parts{c.category, c.text, c.keys, c.reason};
      parts.removeAll(QString());
      return parts.join(u", "_s);
    }
    case Keys:
      return c.keys;
    case Category:
      return c.category;
    case Reason:
      return c.reason;
    case Id:
      return c.id;
    default:
      return {};
  }
}

class CommandPalette::RowPainter : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
    const Theme& theme = Theme::instance();
    const bool hasReason = !index.data(CommandModel::Reason).toString().isEmpty();
    return {theme.px(20), theme.px(hasReason ? 5.5 : 4)};
  }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Theme& theme = Theme::instance();
    const double u = theme.unit();
    const QRectF row = QRectF(option.rect).adjusted(u * 0.25, 1, -u * 0.25, -1);
    if (option.state & QStyle::State_Selected)
      drawRounded(*painter, row, u * 0.75, theme.color(Token::AccentWash), theme.isHighContrast() ? theme.color(Token::Accent) : QColor(),
                  2);
    const QString reason = index.data(CommandModel::Reason).toString(), keys = index.data(CommandModel::Keys).toString();
    QRectF line = row.adjusted(u * 1.25, 0, -u * 1.25, 0);
    if (!reason.isEmpty()) line.setHeight(row.height() * 0.55);
    const QFont body = theme.font(TextRole::Body), small = theme.font(TextRole::Small);
    painter->setFont(small);
    painter->setPen(theme.color(Token::Text2));
    const double keysWidth = QFontMetricsF(small).horizontalAdvance(keys);
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, keys);
    const QString category = index.data(CommandModel::Category).toString();
    const double categoryWidth = QFontMetricsF(small).horizontalAdvance(category) + u;
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, category);
    painter->setFont(body);
    painter->setPen(theme.color(reason.isEmpty() ? Token::Text : Token::Text2));
    const QRectF text = line.adjusted(categoryWidth, 0, -keysWidth - u, 0);
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetricsF(body).elidedText(index.data().toString(), Qt::ElideRight, text.width()));
    if (reason.isEmpty()) return;
    painter->setFont(small);
    painter->setPen(theme.color(Token::Warn));
    const QRectF below(text.left(), line.bottom() - u * 0.25, row.right() - u * 1.25 - text.left(), row.height() * 0.45);
    painter->drawText(below, Qt::AlignLeft | Qt::AlignTop, QFontMetricsF(small).elidedText(reason, Qt::ElideRight, below.width()));
  }
};

CommandPalette::CommandPalette(QWidget* host)
    : OverlayPanel(host),
      m_field(new QLineEdit),
      m_list(new QListView),
      m_model(new CommandModel(this)),
      m_none(new Label({}, TextRole::Body, Token::Text2)) {
  setObjectName(u"commandPalette"_s);
  setPanelSize(84, 64);
  m_list->setModel(m_model);
  m_list->setItemDelegate(new RowPainter(m_list));
  m_list->setFrameShape(QFrame::NoFrame);
  m_list->setFocusPolicy(Qt::NoFocus);  // the field keeps the keyboard and moves the row
  m_list->setMouseTracking(true);
  body()->addWidget(m_field);
  body()->addWidget(m_none);
  body()->addWidget(m_list, 1);
  m_field->installEventFilter(this);
  connect(m_field, &QLineEdit::textChanged, this, [this](const QString& typed) {
    m_model->setFilter(typed);
    m_list->setCurrentIndex(m_model->index(0));
    m_none->setVisible(m_model->rowCount() == 0);
  });
  connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { run(index.row()); });
  retranslate();
}

void CommandPalette::show(const QList<Command>& commands) {
  m_model->setCommands(commands);
  m_field->clear();
  m_model->setFilter({});
  m_none->hide();
  m_list->setCurrentIndex(m_model->index(0));
  m_list->scrollToTop();
  open(m_field);
}

void CommandPalette::retranslate() {
  setAccessibleName(tr("Commands"));
  m_field->setPlaceholderText(tr("What do you want to do?"));
  m_field->setAccessibleName(tr("Search the commands"));
  m_list->setAccessibleName(tr("Commands"));
  m_none->setText(tr("No command has these letters."));
}

void CommandPalette::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  OverlayPanel::changeEvent(event);
}

void CommandPalette::run(int row) {
  if (row < 0 || row >= m_model->rowCount()) return;
  const Command command = m_model->at(row);
  if (!command.reason.isEmpty()) return;  // the row says why
  close();
  Q_EMIT chosen(command.id);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched != m_field || event->type() != QEvent::KeyPress) return OverlayPanel::eventFilter(watched, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  const int at = m_list->currentIndex().row(), last = m_model->rowCount() - 1;
  const auto move = [&](int to) {
    m_list->setCurrentIndex(m_model->index(std::clamp(to, 0, std::max(0, last))));
    return true;
  };
  switch (key->key()) {
    case Qt::Key_Down:
      return move(at + 1);
    case Qt::Key_Up:
      return move(at - 1);
    case Qt::Key_PageDown:
      return move(at + 8);
    case Qt::Key_PageUp:
      return move(at - 8);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      run(at);
      return true;
    default:
      return OverlayPanel::eventFilter(watched, event);
  }
}

}  // namespace gps::ui
