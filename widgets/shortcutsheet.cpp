#include "widgets/shortcutsheet.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include "widgets/label.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

ShortcutSheet::ShortcutSheet(QWidget* host) : OverlayPanel(host), m_content(new QWidget), m_grid(new QGridLayout(m_content)) {
  setObjectName(u"shortcutSheet"_s);
  setPanelSize(104, 72);
  auto* scroll = new QScrollArea;
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setWidget(m_content);
  scroll->setFocusPolicy(Qt::StrongFocus);  // arrow keys scroll
  scroll->setAccessibleName(tr("Keys"));
  m_grid->setContentsMargins({});
  body()->addWidget(scroll, 1);
}

void ShortcutSheet::show(const QString& title, const QList<KeyGroup>& groups) {
  const Theme& theme = Theme::instance();
  setTitle(title);
  while (QLayoutItem* item = m_grid->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  m_grid->setHorizontalSpacing(theme.px(2));
  m_grid->setVerticalSpacing(theme.px(0.75));
  m_text.clear();
  // Two columns of groups, each group whole, the shorter column first.
  int rows[2] = {0, 0};
  for (const KeyGroup& group : groups) {
    if (group.rows.isEmpty()) continue;
    const int side = rows[1] < rows[0] ? 1 : 0, column = 3 * side;
    int& row = rows[side];
    auto* heading = new Label(group.title, TextRole::Strong);
    heading->setContentsMargins(0, row > 0 ? theme.px(1.5) : 0, 0, 0);
    m_grid->addWidget(heading, row++, column, 1, 2);
    for (const auto& [keys, what] : group.rows) {
      auto* key = new Label(keys, TextRole::Body, Token::Text2);
      auto* text = new Label(what);
      text->setWordWrap(true);
      m_grid->addWidget(key, row, column, Qt::AlignLeft | Qt::AlignTop);
      m_grid->addWidget(text, row++, column + 1, Qt::AlignTop);
      m_text += keys + u'\t' + what + u'\n';
    }
  }
  m_grid->setColumnStretch(1, 1);
  m_grid->setColumnStretch(4, 1);
  m_grid->setColumnMinimumWidth(2, theme.px(2));
  m_grid->setRowStretch(std::max(rows[0], rows[1]), 1);
  m_content->setAccessibleDescription(m_text);
  open();
}

}  // namespace gps::ui
