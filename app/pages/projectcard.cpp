#include "app/pages/projectcard.h"

#include <QDir>
#include <QEvent>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/pages/leakbadge.h"
#include "app/pages/page.h"
#include "app/pages/runviews.h"
#include "app/pages/whenshown.h"
#include "app/project/leaks.h"
#include "widgets/badge.h"
#include "widgets/format.h"
#include "widgets/keyvaluelist.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::KeyValue;

ProjectCard::ProjectCard(Session& session, RunLibrary& runs, SelectionLibrary& selections, const Leaks& leaks, QWidget* parent)
    : ui::Card({}, parent),
      m_session(session),
      m_runs(runs),
      m_selections(selections),
      m_leaks(leaks),
      m_leak(new ui::Badge),
      m_list(new ui::KeyValueList) {
  m_list->setStrong(false);
  addHeaderWidget(m_leak);
  addBody(m_list);
  bodyLayout()->addStretch(1);
  auto* refreshing = new WhenShown(this, [this] { refresh(); });
  for (auto signal : {&Session::projectChanged, &Session::dataChanged, &Session::modelChanged})
    connect(&session, signal, refreshing, &WhenShown::ask);
  connect(&runs, &RunLibrary::changed, refreshing, &WhenShown::ask);
  connect(&selections, &SelectionLibrary::changed, refreshing, &WhenShown::ask);
  connect(&leaks, &Leaks::changed, refreshing, &WhenShown::ask);
  refresh();
}

void ProjectCard::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) refresh();
  ui::Card::changeEvent(event);
}

void ProjectCard::refresh() {
  setTitle(tr("In this project"));
  QList<KeyValue> rows;
  const auto add = [&rows](const QString& key, const QString& value, const QString& tip = {}) {
    rows.append({key, value, {}, ui::Tone::Neutral, tip});
  };
  if (const auto pictures = m_session.data()) {
    for (const char* split : {"train", "val", "test"})
      if (const auto it = pictures->splits.find(split); it != pictures->splits.end() && it->second > 0)
        add(splitLabel(QString::fromLatin1(split)), tr("%n picture(s)", nullptr, int(it->second)),
            QDir::toNativeSeparators(m_session.project().dataFolder));
    if (m_session.isDataChecked() && !pictures->leaks.empty())
      add(tr("Leaks"), tr("%n pair(s)", nullptr, int(pictures->leaks.size())),
          tr("Pictures that are in two splits, by name, by bytes or to the eye."));
  }
  if (const auto model = m_session.model())
    add(tr("Weights"), ui::compactCount(double(model->parameters)),
        QDir::toNativeSeparators(QString::fromStdString(m_session.project().model.weightsPath)));
  const auto& all = m_selections.selections();
  add(tr("Saved selections"), QString::number(std::count_if(all.begin(), all.end(), [](const SelectionFacts& s) { return !s.isRun; })));
  const auto& runs = m_runs.runs();
  add(tr("Runs"), QString::number(runs.size()));
  RunPtr best;
  for (const RunPtr& run : runs)
    if (const double value = bestValue(*run); std::isfinite(value) && (!best || value > bestValue(*best))) best = run;
  if (best)
    add(isClassification(*best) ? tr("Best top-1") : tr("Best mean Dice"),
        isClassification(*best) ? QString::number(100 * bestValue(*best), 'f', 1) + u" %"_s : QString::number(bestValue(*best), 'f', 3),
        best->id);
  showLeaks(*m_leak, best ? m_leaks.ofRun(best->folder) : m_leaks.ofBase());
  m_list->setRows(rows);
}

}  // namespace gps::app
