#include "app/pages/cases/comparebar.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>

#include "app/engine/failuretext.h"
#include "app/pages/cases/sourcechoice.h"
#include "app/pages/cases/sourcewords.h"
#include "app/project/runlibrary.h"
#include "app/project/session.h"
#include "widgets/button.h"
#include "widgets/label.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
constexpr double kTwoUnits = 74;
}

CompareBar::CompareBar(Session& session, RunLibrary& runs, Predictions& predictions, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_runs(runs),
      m_predictions(predictions),
      m_shown(new SourceChoice(session, runs, SourceChoice::Kind::Shown)),
      m_compared(new SourceChoice(session, runs, SourceChoice::Kind::Compared)),
      m_add(new ui::IconButton(u"plus"_s, {})),
      m_cancel(new ui::Button({}, ui::ButtonRole::Ghost)),
      m_state(new ui::Label({}, ui::TextRole::Small, ui::Token::Text2)),
      m_progress(new QWidget),
      m_grid(new QGridLayout(this)) {
  m_grid->setContentsMargins({});
  auto* foot = new QHBoxLayout(m_progress);
  foot->setContentsMargins({});
  foot->addWidget(m_state, 1);
  foot->addWidget(m_cancel);
  m_state->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  foot->setSpacing(ui::Theme::instance().px(1));
  for (SourceChoice* choice : {m_shown, m_compared})
    connect(choice, &SourceChoice::changed, this, [this] {
      refresh();
      Q_EMIT changed();
    });
  connect(m_add, &ui::IconButton::clicked, this, [this] {
    addExtra();
    Q_EMIT changed();
  });
  connect(m_cancel, &ui::Button::clicked, &m_predictions, &Predictions::cancel);
  connect(&m_predictions, &Predictions::changed, this, &CompareBar::refreshProgress);
  connect(&m_runs, &RunLibrary::changed, this, &CompareBar::refresh);
  retranslate();
}

void CompareBar::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

void CompareBar::retranslate() {
  m_shown->setLabel(tr("Shown"));
  m_compared->setLabel(tr("against"));
  m_add->setAccessibleName(tr("Add a prediction to compare with"));
  m_cancel->setText(tr("Cancel"));
  m_cancel->setAccessibleName(tr("Cancel the predictions"));
  refresh();
}

void CompareBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

// Two in a row where there is room.
void CompareBar::arrange() {
  const int columns = width() < ui::Theme::instance().px(kTwoUnits) ? 1 : 2;
  if (columns == m_columns) return;
  m_columns = columns;
  m_grid->setHorizontalSpacing(ui::Theme::instance().px(2));
  m_grid->setVerticalSpacing(ui::Theme::instance().px(0.75));
  QList<QWidget*> cells{m_shown, m_compared};
  for (SourceChoice* extra : std::as_const(m_extras)) cells << extra;
  for (QWidget* cell : cells) m_grid->removeWidget(cell);
  m_grid->removeWidget(m_add);
  for (int i = 0; i < cells.size(); ++i) {
    m_grid->addWidget(cells[i], i / columns, i % columns);
    cells[i]->show();
  }
  m_grid->addWidget(m_add, 0, columns);
  for (int c = 0; c < 3; ++c) m_grid->setColumnStretch(c, c < columns ? 1 : 0);
}

MapSource CompareBar::shown() const { return m_shown->source(); }

QList<MapSource> CompareBar::sources() const {
  QList<MapSource> list{m_shown->source()};
  QList<const SourceChoice*> others{m_compared};
  for (const SourceChoice* extra : m_extras) others << extra;
  for (const SourceChoice* choice : others)
    if (!list.contains(choice->source())) list << choice->source();
  return list;
}

// Best and last epochs of the runs that are not on the list yet, newest run first.
QList<MapSource> CompareBar::freeSources() const {
  QList<MapSource> free, taken = sources();
  const auto offer = [&](const MapSource& source) {
    if (!taken.contains(source) && !free.contains(source)) free << source;
  };
  offer({});
  for (const RunPtr& run : m_runs.runs()) {
    if (run->record.epochs.empty() || run->record.epochs.back().task != TaskKind::Segmentation) continue;
    if (run->record.bestEpoch > 0) offer({run->folder, run->record.bestEpoch});
  }
  for (const RunPtr& run : m_runs.runs()) {
    if (run->record.epochs.empty() || run->record.epochs.back().task != TaskKind::Segmentation) continue;
    for (auto it = run->record.epochs.rbegin(); it != run->record.epochs.rend(); ++it)
      if (it->epoch > 0) offer({run->folder, it->epoch});
  }
  return free;
}

void CompareBar::addExtra() {
  const QList<MapSource> free = freeSources();
  if (m_extras.size() >= kMostExtras || free.isEmpty()) return;
  auto* extra = new SourceChoice(m_session, m_runs, SourceChoice::Kind::Extra);
  extra->setSource(free.first());
  m_extras << extra;
  m_columns = 0;
  connect(extra, &SourceChoice::changed, this, [this] {
    refresh();
    Q_EMIT changed();
  });
  connect(extra, &SourceChoice::removeRequested, this, [this, extra] {
    m_extras.removeAll(extra);
    m_columns = 0;
    m_grid->removeWidget(extra);
    extra->hide();
    extra->deleteLater();
    refresh();
    Q_EMIT changed();
  });
  refresh();
}

void CompareBar::refresh() {
  for (SourceChoice* choice : {m_shown, m_compared}) choice->refresh();
  for (SourceChoice* extra : std::as_const(m_extras)) {
    extra->setLabel(tr("and"));
    extra->refresh();
  }
  m_add->setVisible(m_extras.size() < kMostExtras);
  m_add->setEnabled(!freeSources().isEmpty());
  m_add->setToolTip(m_add->isEnabled() ? tr("Add a prediction to compare with; up to four stand side by side.")
                                       : tr("There is no other run or version."));
  arrange();
  refreshProgress();
}

void CompareBar::refreshProgress() {
  const int pending = m_predictions.pending();
  m_cancel->setVisible(pending > 0);
  QString text, details;
  if (pending > 0) text = tr("Computing, %n left", nullptr, pending);
  for (const MapSource& source : sources()) {
    if (!text.isEmpty()) break;
    text = m_predictions.whyNot(source);
    if (const auto failure = m_predictions.failure(source)) {
      const FailureText said = FailureTexts::of(*failure);
      text = said.what;
      details = said.why + u' ' + said.remedy + u'\n' + tr("Details: %1").arg(said.details);
    }
  }
  m_state->setToolTip(details);
  m_state->setText(text);
}

}  // namespace gps::app
