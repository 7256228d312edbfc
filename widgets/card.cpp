#include "widgets/card.h"

#include <QAbstractButton>
#include <QEvent>
#include <QGraphicsOpacityEffect>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "widgets/busyoverlay.h"
#include "widgets/errorbanner.h"
#include "widgets/flowlayout.h"
#include "widgets/label.h"
#include "widgets/themestyle.h"

namespace gps::ui {

Card::Card(const QString& title, QWidget* parent)
    : QWidget(parent),
      m_title(new Label(title, TextRole::Title)),
      m_note(new Label({}, TextRole::Small, Token::Text2)),
      m_subtitle(new Label({}, TextRole::Small, Token::Text2)),
      m_header(new QHBoxLayout),
      m_controls(new QWidget),
      m_outer(new QVBoxLayout(this)),
      m_body(new QVBoxLayout),
      m_bodyWidget(new QWidget) {
  m_title->setElided(true);
  m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_subtitle->setWordWrap(true);
  m_note->hide();
  m_subtitle->hide();
  m_title->setVisible(!title.isEmpty());
  m_header->addWidget(m_title, 1);
  m_header->addWidget(m_note);
  auto* controls = new FlowLayout(m_controls);
  controls->setWraps(false);
  controls->setContentsMargins({});
  m_controls->hide();
  m_header->addWidget(m_controls);
  m_outer->addLayout(m_header);
  m_outer->addWidget(m_subtitle);
  m_bodyWidget->setLayout(m_body);
  m_body->setContentsMargins({});
  m_outer->addWidget(m_bodyWidget, 1);
  m_bodyWidget->installEventFilter(this);
  m_controls->installEventFilter(this);
  setAccessibleName(title);
  connect(&Theme::instance(), &Theme::changed, this, &Card::refresh);
  refresh();
}

void Card::refresh() {
  const Theme& theme = Theme::instance();
  m_outer->setContentsMargins(theme.px(2), theme.px(1.5), theme.px(2), theme.px(2));
  m_outer->setSpacing(theme.px(1));
  m_body->setSpacing(theme.px(1));
  m_header->setSpacing(theme.px(1));
  m_controls->layout()->setSpacing(theme.px(1));
  fitHeader();
  update();
}

void Card::setTitle(const QString& title) {
  const QString former = m_title->text();
  m_title->setText(title);
  m_title->setVisible(!title.isEmpty());
  setAccessibleName(title);
  nameBody(former);
  fitHeader();
}

void Card::setNote(const QString& note) {
  m_note->setText(note);
  m_note->setVisible(!note.isEmpty());
  fitHeader();
}

void Card::setSubtitle(const QString& subtitle) {
  m_subtitle->setText(subtitle);
  m_subtitle->setVisible(!subtitle.isEmpty());
}

void Card::addHeaderWidget(QWidget* widget) {
  QLayout* controls = m_controls->layout();
  // With controls at the right end the note stands beside the title.
  if (controls->count() == 0) {
    m_header->setStretch(0, 0);
    m_header->insertStretch(2, 1);
    m_controls->show();
  }
  controls->addWidget(widget);
}

// A note or controls that do not fit beside the title go under it; a title too long for a line of its own wraps.
void Card::fitHeader() {
  const QMargins margins = m_outer->contentsMargins();
  const bool hasControls = m_controls->layout()->count() > 0;
  const int room = width() - margins.left() - margins.right();
  const int title = m_title->fontMetrics().horizontalAdvance(m_title->text()) + m_header->spacing();
  const int note = m_note->isVisibleTo(this) ? m_note->fontMetrics().horizontalAdvance(m_note->text()) + m_header->spacing() : 0;
  lowerNote(note > 0 && title + note > room);
  const int words = title + (title + note > room ? 0 : note);
  const int controls = hasControls ? m_controls->sizeHint().width() + m_header->spacing() : 0;
  const bool isNarrow = words + controls > room, wraps = words > room;
  if (wraps != m_title->wordWrap()) {
    m_title->setElided(!wraps);
    m_title->setWordWrap(wraps);
    if (hasControls) m_header->setStretch(0, wraps ? 1 : 0);
  }
  if (isNarrow == m_isNarrow) return;
  m_isNarrow = isNarrow;
  if (!hasControls) return;
  static_cast<FlowLayout*>(m_controls->layout())->setWraps(isNarrow);
  m_header->removeWidget(m_controls);
  m_outer->removeWidget(m_controls);
  if (isNarrow)
    m_outer->insertWidget(1, m_controls, 0, Qt::AlignLeft);
  else
    m_header->addWidget(m_controls);
}

void Card::lowerNote(bool on) {
  if (on == m_note->wordWrap()) return;
  m_note->setWordWrap(on);
  m_note->setAlignment((on ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  m_header->removeWidget(m_note);
  m_outer->removeWidget(m_note);
  if (on)
    m_outer->insertWidget(1, m_note);
  else
    m_header->insertWidget(1, m_note);
}

void Card::addBody(QWidget* widget, int stretch) {
  m_body->addWidget(widget, stretch);
  nameBody({});
}

// A plot or a list answers the question in the card's title and is named by it for screen readers, unless it has a name of its own.
void Card::nameBody(const QString& former) {
  for (int i = 0; i < m_body->count(); ++i) {
    QWidget* widget = m_body->itemAt(i)->widget();
    if (!widget || !(widget->focusPolicy() & Qt::TabFocus) || qobject_cast<QAbstractButton*>(widget)) continue;
    if (widget->accessibleName().isEmpty() || widget->accessibleName() == former) widget->setAccessibleName(m_title->text());
  }
}

void Card::setBodyMargins(double unitsX, double unitsBottom) {
  const Theme& theme = Theme::instance();
  // The card's own padding stays for the header; the body moves against it.
  m_body->setContentsMargins(theme.px(unitsX - 2), 0, theme.px(unitsX - 2), theme.px(unitsBottom - 2));
}

void Card::setBusy(const ProgressValue& progress, bool canCancel) {
  if (!m_busy) {
    m_busy = new BusyOverlay(this);
    connect(m_busy, &BusyOverlay::cancelRequested, this, &Card::cancelRequested);
  }
  m_busy->setProgress(progress, canCancel);
  m_busy->setGeometry(m_bodyWidget->geometry());
  m_busy->raise();
  m_busy->show();
}

void Card::clearBusy() {
  if (m_busy) m_busy->hide();
}

bool Card::isBusy() const { return m_busy && m_busy->isVisibleTo(this); }

ErrorBanner* Card::banner() {
  if (m_error) return m_error;
  m_error = new ErrorBanner;
  m_error->hide();
  m_outer->insertWidget(m_outer->indexOf(m_subtitle) + 1, m_error);
  connect(m_error, &ErrorBanner::dismissed, this, [this] {
    clearError();
    Q_EMIT errorDismissed();
  });
  connect(m_error, &ErrorBanner::actionRequested, this, &Card::errorActionRequested);
  return m_error;
}

void Card::showError(const QString& what, const QString& why, const QString& remedy, const QString& details) {
  banner()->setMessage(what, why, remedy, details);
  m_error->show();
}

void Card::setErrorActions(const QStringList& texts) {
  if (m_error || !texts.isEmpty()) banner()->setActions(texts);
}

void Card::clearError() {
  if (m_error) m_error->hide();
}

bool Card::hasError() const { return m_error && m_error->isVisibleTo(this); }

void Card::setStale(bool stale) {
  if (stale == m_stale) return;
  m_stale = stale;
  if (stale) {
    auto* effect = new QGraphicsOpacityEffect(m_bodyWidget);
    effect->setOpacity(0.45);
    m_bodyWidget->setGraphicsEffect(effect);
  } else {
    m_bodyWidget->setGraphicsEffect(nullptr);
  }
}

void Card::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  QPainter painter(this);
  drawRounded(painter, rect(), theme.unit(), theme.color(Token::Surface), theme.color(Token::Line), theme.lineWidth());
}

void Card::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitHeader();
  if (m_busy) m_busy->setGeometry(m_bodyWidget->geometry());
}

bool Card::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_bodyWidget && m_busy && (event->type() == QEvent::Resize || event->type() == QEvent::Move))
    m_busy->setGeometry(m_bodyWidget->geometry());
  // The controls want another size: words of another language or size, or one more of them.
  if (watched == m_controls && event->type() == QEvent::LayoutRequest) fitHeader();
  return QWidget::eventFilter(watched, event);
}

}  // namespace gps::ui
