#include "widgets/card.h"

#include <QEvent>
#include <QGraphicsOpacityEffect>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "widgets/busyoverlay.h"
#include "widgets/errorbanner.h"
#include "widgets/label.h"
#include "widgets/themestyle.h"

namespace gps::ui {

Card::Card(const QString& title, QWidget* parent)
    : QWidget(parent),
      m_title(new Label(title, TextRole::Title)),
      m_note(new Label({}, TextRole::Small, Token::Text2)),
      m_subtitle(new Label({}, TextRole::Small, Token::Text2)),
      m_header(new QHBoxLayout),
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
  m_outer->addLayout(m_header);
  m_outer->addWidget(m_subtitle);
  m_bodyWidget->setLayout(m_body);
  m_body->setContentsMargins({});
  m_outer->addWidget(m_bodyWidget, 1);
  m_bodyWidget->installEventFilter(this);
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
  update();
}

void Card::setTitle(const QString& title) {
  m_title->setText(title);
  m_title->setVisible(!title.isEmpty());
  setAccessibleName(title);
}

void Card::setNote(const QString& note) {
  m_note->setText(note);
  m_note->setVisible(!note.isEmpty());
}

void Card::setSubtitle(const QString& subtitle) {
  m_subtitle->setText(subtitle);
  m_subtitle->setVisible(!subtitle.isEmpty());
}

void Card::addHeaderWidget(QWidget* widget) {
  // With controls at the right end the note stands beside the title.
  if (m_header->count() == 2) {
    m_header->setStretch(0, 0);
    m_header->addStretch(1);
  }
  m_header->addWidget(widget);
}

void Card::addBody(QWidget* widget, int stretch) { m_body->addWidget(widget, stretch); }

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

void Card::showError(const QString& what, const QString& why, const QString& remedy, const QString& details) {
  if (!m_error) {
    m_error = new ErrorBanner;
    m_outer->insertWidget(2, m_error);
    connect(m_error, &ErrorBanner::dismissed, this, [this] {
      clearError();
      Q_EMIT errorDismissed();
    });
  }
  m_error->setMessage(what, why, remedy, details);
  m_error->show();
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
  if (m_busy) m_busy->setGeometry(m_bodyWidget->geometry());
}

bool Card::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_bodyWidget && m_busy && (event->type() == QEvent::Resize || event->type() == QEvent::Move))
    m_busy->setGeometry(m_bodyWidget->geometry());
  return QWidget::eventFilter(watched, event);
}

}  // namespace gps::ui
