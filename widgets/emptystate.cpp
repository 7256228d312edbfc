#include "widgets/emptystate.h"

#include <QVBoxLayout>
#include <algorithm>

#include "widgets/button.h"
#include "widgets/icon.h"
#include "widgets/label.h"

namespace gps::ui {

namespace {
constexpr double kNarrowest = 20, kWidest = 56;  // units, of the sentence
constexpr double kShare = 0.8;                   // of the page, at most
}  // namespace

using namespace Qt::StringLiterals;

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent),
      m_icon(new Label),
      m_sentence(new Label({}, TextRole::Body, Token::Text2)),
      m_primary(new Button({}, ButtonRole::Primary)),
      m_link(new Button({}, ButtonRole::Ghost)) {
  m_icon->setAlignment(Qt::AlignCenter);
  m_sentence->setAlignment(Qt::AlignCenter);
  m_sentence->setWordWrap(true);
  m_link->setProperty("gpsLink", true);
  m_primary->hide();
  m_link->hide();
  auto* layout = new QVBoxLayout(this);
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

void EmptyState::setSentence(const QString& text) {
  m_sentence->setText(text);
  balance();
}

void EmptyState::setPrimary(const QString& text, const QString& iconName) {
  m_primary->setText(text);
  m_primary->setIconName(iconName);
  m_primary->setVisible(!text.isEmpty());
}

void EmptyState::setLink(const QString& text) {
  m_link->setText(text);
  m_link->setVisible(!text.isEmpty());
}

// As narrow as its number of lines allows: lines of about one length, no last word alone.
void EmptyState::balance() {
  const Theme& theme = Theme::instance();
  const int narrowest = theme.px(kNarrowest), widest = std::clamp(int(width() * kShare), narrowest, theme.px(kWidest));
  const auto heightAt = [this](int width) {
    return m_sentence->fontMetrics()
        .boundingRect(0, 0, width, QWIDGETSIZE_MAX, Qt::AlignCenter | Qt::TextWordWrap, m_sentence->text())
        .height();
  };
  const int height = heightAt(widest);
  int enough = widest, tooLittle = narrowest - 1;
  while (enough - tooLittle > 1) {
    const int middle = (enough + tooLittle) / 2;
    (heightAt(middle) > height ? tooLittle : enough) = middle;
  }
  m_sentence->setMinimumWidth(narrowest);
  m_sentence->setMaximumWidth(std::min(enough + theme.px(0.25), widest));
}

void EmptyState::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  balance();
}

void EmptyState::refresh() {
  const Theme& theme = Theme::instance();
  layout()->setSpacing(theme.px(1.5));
  balance();
  m_icon->setPixmap(m_iconName.isEmpty() ? QPixmap() : iconPixmap(m_iconName, theme.color(Token::Ghost), theme.px(6), devicePixelRatioF()));
}

}  // namespace gps::ui
