#include "widgets/noticebar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include "widgets/button.h"
#include "widgets/icon.h"
#include "widgets/label.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent),
      m_text(new Label({}, TextRole::Strong)),
      m_detail(new Label({}, TextRole::Small, Token::Text2)),
      m_primary(new Button({}, ButtonRole::Primary)),
      m_secondary(new Button),
      m_close(new IconButton(u"close"_s, {})) {
  auto* layout = new QHBoxLayout(this);
  auto* texts = new QVBoxLayout;
  texts->setSpacing(0);
  texts->addWidget(m_text);
  texts->addWidget(m_detail);
  for (Label* label : {m_text, m_detail}) label->setWordWrap(true);
  layout->addLayout(texts, 1);
  layout->addWidget(m_secondary);
  layout->addWidget(m_primary);
  layout->addWidget(m_close);
  connect(m_primary, &Button::clicked, this, &NoticeBar::primaryRequested);
  connect(m_secondary, &Button::clicked, this, &NoticeBar::secondaryRequested);
  connect(m_close, &IconButton::clicked, this, &NoticeBar::dismissed);
  connect(&Theme::instance(), &Theme::changed, this, &NoticeBar::refresh);
  refresh();
}

void NoticeBar::refresh() {
  const Theme& theme = Theme::instance();
  layout()->setContentsMargins(theme.px(5.5), theme.px(1), theme.px(1.5), theme.px(1));
  layout()->setSpacing(theme.px(1));
  m_close->setToolTip(tr("Close"));
  m_close->setAccessibleName(tr("Close"));
  update();
}

void NoticeBar::setNotice(Tone tone, const QString& text, const QString& detail, const QString& primary, const QString& secondary) {
  m_tone = tone;
  m_text->setText(text);
  m_detail->setText(detail);
  m_detail->setVisible(!detail.isEmpty());
  m_primary->setText(primary);
  m_primary->setVisible(!primary.isEmpty());
  m_secondary->setText(secondary);
  m_secondary->setVisible(!secondary.isEmpty());
  setAccessibleName(text);
  setAccessibleDescription(detail);
  update();
}

QString NoticeBar::text() const { return m_text->text(); }

void NoticeBar::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) refresh();
  QWidget::changeEvent(event);
}

void NoticeBar::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  const QColor tone = theme.toneColor(m_tone);
  QPainter painter(this);
  painter.fillRect(rect(), mixed(theme.color(Token::Surface), tone, theme.isHighContrast() ? 0 : 0.1));
  painter.fillRect(QRectF(0, height() - theme.lineWidth(), width(), theme.lineWidth()), theme.color(Token::Line));
  const int side = theme.px(2.5);
  const QString icon = m_tone == Tone::Bad ? u"error"_s : m_tone == Tone::Warn ? u"warning"_s : u"info"_s;
  painter.drawPixmap(QPointF(theme.px(2), (height() - side) / 2.0), iconPixmap(icon, tone, side, devicePixelRatioF()));
}

}  // namespace gps::ui
