#include "app/pages/cases/outlinebar.h"

#include <QEvent>
#include <QHBoxLayout>

#include "app/engine/failuretext.h"
#include "app/project/outlinescores.h"
#include "core/values/overlaystyle.h"
#include "widgets/button.h"
#include "widgets/label.h"

namespace gps::app {

using namespace Qt::StringLiterals;

OutlineBar::OutlineBar(QWidget* parent)
    : QWidget(parent),
      m_text(new ui::Label({}, ui::TextRole::Small, ui::Token::Text2)),
      m_button(new ui::Button({}, ui::ButtonRole::Secondary)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(m_text, 1);
  row->addWidget(m_button);
  m_text->setWordWrap(true);
  connect(m_button, &ui::Button::clicked, this, [this] {
    if (!m_scores) return;
    if (!m_scores->isRunning()) return m_scores->compute(m_source, m_threshold);
    m_isStopping = true;
    m_scores->cancel();
    refresh();
  });
  hide();
}

void OutlineBar::use(OutlineScores& scores) {
  m_scores = &scores;
  connect(&scores, &OutlineScores::changed, this, &OutlineBar::refresh);
}

void OutlineBar::ask(const MapSource& source, double threshold, bool isMissing) {
  m_source = source;
  m_threshold = threshold;
  m_isMissing = isMissing;
  refresh();
}

void OutlineBar::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) refresh();
  QWidget::changeEvent(event);
}

void OutlineBar::refresh() {
  const bool isRunning = m_scores && m_scores->isRunning();
  if (!isRunning) m_isStopping = false;
  setVisible(m_scores && (isRunning || m_isMissing));
  if (!m_scores) return;
  const auto textOf = [](double threshold) { return QString::number(threshold, 'f', 2); };
  m_text->setToken(ui::Token::Text2);
  m_button->setIconName(isRunning ? u"stop"_s : QString());
  if (isRunning) {
    const auto& progress = m_scores->progress();
    m_text->setText(m_isStopping ? tr("Stopping…")
                    : progress && progress->total > 0
                        ? tr("Outlines at %1: %2 of %3 images").arg(textOf(m_scores->runningAt())).arg(progress->done).arg(progress->total)
                        : tr("Outlines at %1: beginning…").arg(textOf(m_scores->runningAt())));
    m_button->setText(tr("Stop"));
    m_button->setDisabledReason(m_isStopping ? tr("It stops after the images that are under way.") : QString());
    return;
  }
  m_text->setText(tr("Boundary F and HD95 are known at %1.").arg(textOf(OverlayStyle().threshold)));
  if (const auto& failure = m_scores->failure()) {
    const FailureText words = FailureTexts::of(*failure);
    m_text->setText(words.what + u' ' + words.why + u' ' + words.remedy);
    m_text->setToken(ui::Token::Bad);
  }
  m_button->setText(tr("Compute at %1").arg(textOf(m_threshold)));
  m_button->setDisabledReason(m_scores->whyNot(),
                              tr("Goes through all scored images once more, beside the window; the figures are kept with the scores."));
}

}  // namespace gps::app
