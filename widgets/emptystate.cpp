#include "widgets/emptystate.h"

#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/icon.h"
#include "widgets/label.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent),
      m_icon(new Label),
      m_sentence(new Label({}, TextRole::Body, Token::Text2)),
      m_primary(new Button({}, ButtonRole::Primary)),
      m_link(new Button({}, ButtonRole::Ghost)) {
  const Theme& theme = Theme::instance();
  m_icon->setAlignment(Qt::AlignCenter);
  m_sentence->setAlignment(Qt::AlignCenter);
  m_sentence->setWordWrap(true);
  m_sentence->setMinimumWidth(theme.px(20));
  m_sentence->setMaximumWidth(theme.px(56));
  m_link->setProperty("gpsLink", true);
  m_primary->hide();
  m_link->hide();
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(theme.px(1.5));
  layout->addStretch();
  layout->addWidget(m_icon, 0, Qt::AlignHCenter);
  auto* row = new QHBoxLayout;
  row->addStretch(1);
  row->addWidget(m_sentence, 8);
  row->addStretch(1);
  layout->addLayout(row);
  layout->addWidget(m_primary, 0, Qt::AlignHCenter);
  layout->addWidget(m_link, 0, Qt::AlignHCenter);
  layout->addStretch();
  connect(m_primary, &QPushButton::clicked, this, &EmptyState::primaryRequested);
  connect(m_link, &QPushButton::clicked, this, &EmptyState::linkRequested);
  connect(&Theme::instance(), &Theme::changed, this, &EmptyState::refresh);
  refresh();
}

void EmptyState::setIconName(const QString& name) {
  m_iconName = name;
  refresh();
}

void EmptyState::setSentence(const QString& text) { m_sentence->setText(text); }

void EmptyState::setPrimary(const QString& text, const QString& iconName) {
  m_primary->setText(text);
  m_primary->setIconName(iconName);
  m_primary->setVisible(!text.isEmpty());
}

void EmptyState::setLink(const QString& text) {
  m_link->setText(text);
  m_link->setVisible(!text.isEmpty());
}

void EmptyState::refresh() {
  const Theme& theme = Theme::instance();
  m_icon->setPixmap(m_iconName.isEmpty() ? QPixmap() : iconPixmap(m_iconName, theme.color(Token::Ghost), theme.px(6), devicePixelRatioF()));
}

}  // namespace gps::ui
