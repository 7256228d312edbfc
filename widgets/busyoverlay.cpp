#include "widgets/busyoverlay.h"

#include <QEvent>
#include <QPainter>
#include <QProgressBar>
#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/themestyle.h"

namespace gps::ui {

namespace {
constexpr int kBarSteps = 1000;
constexpr int kFrameMs = 40;
}  // namespace

ProgressDriver::ProgressDriver(QProgressBar* bar) : QObject(bar), m_bar(bar) {
  m_bar->setTextVisible(false);
  m_timer.setInterval(kFrameMs);
  connect(&m_timer, &QTimer::timeout, this, &ProgressDriver::advance);
}

void ProgressDriver::show(const ProgressValue& progress) {
  if (progress.total > 0) {
    stop();
    m_bar->setRange(0, kBarSteps);
    m_bar->setValue(int(double(std::clamp<qint64>(progress.done, 0, progress.total)) / double(progress.total) * kBarSteps));
    return;
  }
  m_bar->setRange(0, 0);
  m_bar->setProperty("gpsPhase", m_phase);
  if (!Theme::instance().reducedMotion() && !m_timer.isActive()) m_timer.start();
}

void ProgressDriver::stop() { m_timer.stop(); }

void ProgressDriver::advance() {
  if (!m_bar->isVisible()) return;
  m_phase = m_phase >= 1 ? 0 : m_phase + 0.02;
  m_bar->setProperty("gpsPhase", m_phase);
  m_bar->update();
}

BusyOverlay::BusyOverlay(QWidget* parent)
    : QWidget(parent),
      m_text(new Label({}, TextRole::Strong)),
      m_bar(new QProgressBar),
      m_driver(new ProgressDriver(m_bar)),
      m_line(new Label({}, TextRole::Small, Token::Text2)),
      m_cancel(new Button(tr("Cancel"))) {
  const Theme& theme = Theme::instance();
  m_text->setAlignment(Qt::AlignCenter);
  m_text->setWordWrap(true);
  m_line->setAlignment(Qt::AlignCenter);
  m_line->setWordWrap(true);
  m_bar->setMaximumWidth(theme.px(40));
  m_bar->setMinimumWidth(theme.px(12));
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(theme.px(1));
  layout->addStretch();
  layout->addWidget(m_text);
  auto* barRow = new QHBoxLayout;
  barRow->addStretch(1);
  barRow->addWidget(m_bar, 6);
  barRow->addStretch(1);
  layout->addLayout(barRow);
  layout->addWidget(m_line);
  layout->addWidget(m_cancel, 0, Qt::AlignHCenter);
  layout->addStretch();
  connect(m_cancel, &QPushButton::clicked, this, [this] {
    // The answer is instant; the job ends at its next poll.
    m_stopping = true;
    m_cancel->setText(tr("Stopping…"));
    m_cancel->setEnabled(false);
    Q_EMIT cancelRequested();
  });
}

void BusyOverlay::setProgress(const ProgressValue& progress, bool canCancel) {
  if (progress.text != m_job || !isVisible()) m_stopping = m_stopping && isVisible() && progress.text == m_job;
  m_job = progress.text;
  m_text->setText(progress.text);
  m_driver->show(progress);
  m_line->setText(progressLine(progress));
  m_cancel->setVisible(canCancel);
  m_cancel->setEnabled(!m_stopping);
  m_cancel->setText(m_stopping ? tr("Stopping…") : tr("Cancel"));
}

void BusyOverlay::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  QColor veil = Theme::instance().color(Token::Surface);
  veil.setAlphaF(0.86f);
  painter.fillRect(rect(), veil);
}

void BusyOverlay::hideEvent(QHideEvent* event) {
  m_driver->stop();
  m_stopping = false;
  QWidget::hideEvent(event);
}

void BusyOverlay::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) m_cancel->setText(m_stopping ? tr("Stopping…") : tr("Cancel"));
  QWidget::changeEvent(event);
}

}  // namespace gps::ui
