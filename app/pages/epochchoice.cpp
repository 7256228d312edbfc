#include "app/pages/epochchoice.h"

#include <QEvent>
#include <QVBoxLayout>

#include "widgets/label.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;

EpochChoice::EpochChoice(Session& session, Kind kind, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_kind(kind),
      m_label(new ui::Label({}, ui::TextRole::Small, ui::Token::Text2)),
      m_control(new ui::SegmentedControl) {
  if (kind == Kind::WithUntuned) m_control->addOption(u"untuned"_s, {});
  for (const char* id : {"best", "last"}) m_control->addOption(QString::fromLatin1(id), {});
  if (kind == Kind::WithNow) m_control->addOption(u"now"_s, {});
  m_control->setCurrent(u"best"_s);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(ui::Theme::instance().px(1));
  layout->addWidget(m_label);
  layout->addWidget(m_control);
  connect(m_control, &ui::SegmentedControl::currentChanged, this, &EpochChoice::changed);
  retranslate();
}

void EpochChoice::retranslate() {
  m_label->setText(m_kind == Kind::WithNow ? tr("After means") : tr("Shown"));
  m_control->setOptionText(u"untuned"_s, tr("Before"));
  m_control->setOptionText(u"best"_s, tr("Best"));
  m_control->setOptionText(u"last"_s, tr("Last"));
  m_control->setOptionText(u"now"_s, tr("Now"));
  refresh();
}

void EpochChoice::refresh() {
  const bool hasEpochs = m_session.run().lastEpoch() > 0, isTraining = m_session.isTraining();
  const QString why = tr("Nothing has been trained yet.");
  m_control->setOptionEnabled(u"best"_s, hasEpochs, why);
  m_control->setOptionEnabled(u"last"_s, hasEpochs, why);
  m_control->setOptionEnabled(u"now"_s, isTraining, tr("Only while a run trains."));
  if (m_kind == Kind::WithUntuned) {
    // Until there is an epoch the untuned model is what can be shown.
    if (!hasEpochs) m_control->setCurrent(u"untuned"_s);
    if (hasEpochs && m_waits) m_control->setCurrent(u"best"_s);
    m_waits = !hasEpochs;
    return;
  }
  if (isTraining && !hasEpochs) m_control->setCurrent(u"now"_s);
  if (!isTraining && m_control->current() == "now"_L1) m_control->setCurrent(u"best"_s);
}

void EpochChoice::setCurrent(const QString& id) { m_control->setCurrent(id); }

int EpochChoice::epoch() const {
  const auto& run = m_session.run();
  const QString choice = m_control->current();
  if (choice == "untuned"_L1) return 0;
  if (choice == "now"_L1 && m_session.isTraining()) return Session::kNow;
  return choice == "last"_L1 ? run.lastEpoch() : run.bestEpoch();
}

QString EpochChoice::label(int epoch) {
  if (epoch == 0) return tr("before · untuned");
  if (epoch == Session::kNow) return tr("now · training");
  return tr("after · version %1").arg(epoch);
}

void EpochChoice::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

}  // namespace gps::app
