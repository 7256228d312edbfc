#include "widgets/statusstrip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <algorithm>
#include <initializer_list>

#include "widgets/busyoverlay.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

class StatusStrip::Dot : public QWidget {
 public:
  using QWidget::QWidget;
  void setState(JobState state) {
    m_state = state;
    update();
  }
  QSize sizeHint() const override { return {Theme::instance().px(1.25), Theme::instance().px(1.25)}; }

 protected:
  void paintEvent(QPaintEvent*) override {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    QColor color = theme.color(Token::Ghost);
    switch (m_state) {
      case JobState::Running:
        color = theme.color(Token::Accent);
        break;
      case JobState::Pausing:
      case JobState::Paused:
      case JobState::Stopping:
      case JobState::Cancelled:
        color = theme.color(Token::Warn);
        break;
      case JobState::Finished:
        color = theme.color(Token::Good);
        break;
      case JobState::Failed:
        color = theme.color(Token::Bad);
        break;
      case JobState::Idle:
        break;
    }
    const double d = theme.unit();
    const QRectF spot(QRectF(rect()).center() - QPointF(d / 2, d / 2), QSizeF(d, d));
    // A ring while it waits, a disc otherwise: not told by colour alone.
    const bool ring = m_state == JobState::Paused || m_state == JobState::Pausing || m_state == JobState::Idle;
    drawRounded(painter, spot, d / 2, ring ? QColor() : color, color, theme.unit() / 5);
  }

 private:
  JobState m_state = JobState::Idle;
};

StatusStrip::StatusStrip(QWidget* parent)
    : QWidget(parent),
      m_dot(new Dot),
      m_job(new Button({}, ButtonRole::Ghost)),
      m_bar(new QProgressBar),
      m_remaining(new Label({}, TextRole::Small, Token::Text2)),
      m_cancel(new Button({}, ButtonRole::Ghost)),
      m_notice(new Label({}, TextRole::Small, Token::Text2)),
      m_device(new Label({}, TextRole::Small, Token::Text2)),
      m_language(new Button({}, ButtonRole::Ghost)) {
  new ProgressDriver(m_bar);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  auto* layout = new QHBoxLayout(this);
  layout->setSpacing(0);
  auto* left = new QHBoxLayout;
  for (QWidget* part : std::initializer_list<QWidget*>{m_dot, m_job, m_bar, m_remaining, m_cancel}) left->addWidget(part);
  layout->addLayout(left);
  layout->addStretch(1);
  layout->addWidget(m_notice);
  layout->addWidget(m_device);
  layout->addWidget(m_language);
  m_notice->setObjectName(u"researchNotice"_s);
  m_language->setObjectName(u"languageButton"_s);
  m_cancel->setObjectName(u"cancelJob"_s);
  m_job->setObjectName(u"jobText"_s);
  for (Button* button : {m_job, m_cancel, m_language}) button->setProperty("gpsTight", true);
  m_language->hide();
  m_device->hide();
  connect(m_cancel, &QPushButton::clicked, this, &StatusStrip::cancelRequested);
  connect(m_job, &QPushButton::clicked, this, &StatusStrip::jobActivated);
  connect(m_language, &QPushButton::clicked, this, &StatusStrip::languageRequested);
  connect(&Theme::instance(), &Theme::changed, this, &StatusStrip::refresh);
  refresh();
}

void StatusStrip::setJob(JobState state, const QString& text) {
  if (state != m_state) m_progress = {};
  m_state = state;
  m_text = text;
  refresh();
}

void StatusStrip::setProgress(const ProgressValue& progress) {
  m_progress = progress;
  refresh();
}

void StatusStrip::setDevice(const QString& text) {
  m_device->setText(u"· "_s % text);
  m_hasDevice = !text.isEmpty();
  fit();
}

void StatusStrip::setLanguage(const QString& text) {
  m_language->setText(u"· "_s % text);
  m_hasLanguage = !text.isEmpty();
  fit();
}

QString StatusStrip::jobText() const { return m_job->text(); }

void StatusStrip::refresh() {
  const Theme& theme = Theme::instance();
  const int height = theme.px(4);
  setFixedHeight(height);
  auto* box = static_cast<QHBoxLayout*>(layout());
  box->setContentsMargins(theme.px(1.5), 0, theme.px(2), 0);
  box->itemAt(0)->layout()->setSpacing(theme.px(0.5));
  // As far from the notice as the language, a button, stands from the device by its own margin.
  m_device->setContentsMargins(theme.px(0.5), 0, 0, 0);
  for (Button* button : {m_job, m_cancel, m_language}) {
    button->setFont(theme.font(TextRole::Small));
    button->setMaximumHeight(height - theme.px(0.25));
  }
  const bool active =
      m_state == JobState::Running || m_state == JobState::Pausing || m_state == JobState::Paused || m_state == JobState::Stopping;
  m_dot->setState(m_state);
  m_job->setToolTip(m_state == JobState::Idle ? QString() : tr("Show the page this job belongs to"));
  m_bar->setFixedWidth(theme.px(16));
  m_bar->setVisible(active);
  if (active) m_bar->findChild<ProgressDriver*>()->show(m_progress);
  if (!active || m_state == JobState::Paused) m_bar->findChild<ProgressDriver*>()->stop();
  m_remaining->setText(progressLine(m_progress));
  m_remaining->setVisible(active && !m_remaining->text().isEmpty());
  m_cancel->setVisible(active);
  m_cancel->setEnabled(m_state != JobState::Stopping);
  m_cancel->setText(m_state == JobState::Stopping ? tr("Stopping…") : tr("Cancel"));
  m_notice->setText(tr("Research use only, not for diagnosis"));
  m_language->setToolTip(tr("Change the language"));
  fit();
  update();
}

// The job's name and the notice always show; what else does not fit goes, the least important first, and at last the end of the name.
void StatusStrip::fit() {
  const bool active =
      m_state == JobState::Running || m_state == JobState::Pausing || m_state == JobState::Paused || m_state == JobState::Stopping;
  const std::pair<QWidget*, bool> parts[] = {
      {m_remaining, active && !m_remaining->text().isEmpty()}, {m_device, m_hasDevice}, {m_bar, active}, {m_language, m_hasLanguage}};
  for (const auto& [part, wanted] : parts) part->setVisible(wanted);
  const QString text = m_text.isEmpty() ? tr("Ready") : m_text;
  m_job->setText(text);
  for (const auto& [part, wanted] : parts) {
    if (width() <= 0 || lacking() <= 0) return;
    part->hide();
  }
  if (const int lack = lacking(); lack > 0) {
    const int advance = m_job->fontMetrics().horizontalAdvance(text);
    m_job->setText(m_job->fontMetrics().elidedText(text, Qt::ElideRight, std::max(advance - lack, advance / 4)));
    m_job->setToolTip(text);
  }
}

// How much wider than the strip its parts are at least.
int StatusStrip::lacking() const {
  layout()->itemAt(0)->layout()->invalidate();  // the outer one is not told that a part of it was hidden
  layout()->invalidate();
  return layout()->minimumSize().width() - width();
}

void StatusStrip::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fit();
}

void StatusStrip::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) refresh();
  QWidget::changeEvent(event);
}

void StatusStrip::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  QPainter painter(this);
  painter.fillRect(rect(), theme.color(Token::Surface));
  painter.fillRect(QRectF(0, 0, width(), theme.lineWidth()), theme.color(Token::Line));
}

}  // namespace gps::ui
