#include "app/project/leaks.h"

#include <algorithm>
#include <numeric>

#include "app/project/selectionlibrary.h"
#include "app/project/session.h"

namespace gps::app {

using namespace Qt::StringLiterals;

static QString splitName(const QString& split) {
  return split == "val"_L1 ? Leaks::tr("validation") : split == "test"_L1 ? Leaks::tr("test") : split;
}

QList<LeakFinding> leakFindings(const LeakEvidence& evidence) {
  QList<LeakFinding> findings;
  if (evidence.pairs > 0)
    findings << LeakFinding{LeakFinding::Kind::Splits, Leaks::tr("splits leak"),
                            Leaks::tr("%n pair(s) of pictures stand on two sides of a split; scores flatter.", nullptr, evidence.pairs)};
  if (!evidence.heldOut.isEmpty()) {
    QStringList parts;
    for (auto it = evidence.heldOut.cbegin(); it != evidence.heldOut.cend(); ++it)
      parts << Leaks::tr("%1: %2").arg(splitName(it.key())).arg(it.value());
    const int all = std::accumulate(evidence.heldOut.cbegin(), evidence.heldOut.cend(), 0);
    findings << LeakFinding{
        LeakFinding::Kind::Pictures, Leaks::tr("made from held-out pictures"),
        Leaks::tr("%n picture(s) outside the training split were used to select or to train (%1); scores on them flatter.", nullptr, all)
            .arg(parts.join(u", "_s))};
  }
  if (!evidence.seen.isEmpty())
    findings << LeakFinding{LeakFinding::Kind::Weights, Leaks::tr("seen by the weights"),
                            Leaks::tr("These weights may have seen %1 before; scores on it flatter.").arg(evidence.seen.join(u", "_s))};
  return findings;
}

Leaks::Leaks(Session& session, RunLibrary& runs, SelectionLibrary& selections, QObject* parent)
    : QObject(parent), m_session(session), m_runs(runs), m_selections(selections) {
  for (auto signal : {&Session::dataChanged, &Session::contaminationChanged, &Session::trainDraftChanged})
    connect(&session, signal, this, &Leaks::changed);
  connect(&runs, &RunLibrary::changed, this, &Leaks::changed);
  connect(&selections, &SelectionLibrary::changed, this, &Leaks::changed);
}

LeakEvidence Leaks::ofBase() const {
  LeakEvidence evidence;
  const auto data = m_session.data();
  evidence.isChecked = data && m_session.isDataChecked();
  if (evidence.isChecked) evidence.pairs = int(data->leaks.size());
  for (const KnownContamination& known : m_session.contamination()) evidence.seen << known.dataSet;
  return evidence;
}

LeakEvidence Leaks::ofRun(const QString& folder) const {
  LeakEvidence evidence = ofBase();
  const RunPtr run = folder.isEmpty() ? nullptr : m_runs.runIn(folder);
  if (!run) return evidence;
  const LeakEvidence own = recorded(*run);
  for (const QString& set : own.seen)
    if (!evidence.seen.contains(set)) evidence.seen << set;
  evidence.heldOut = own.heldOut;
  return evidence;
}

LeakEvidence Leaks::ofNextRun() const {
  LeakEvidence evidence = ofBase();
  const TrainSpec& draft = m_session.project().train;
  if (draft.method != Method::Gps) return evidence;
  if (const SelectionFacts* facts = m_selections.find(m_session.selectionFile()))
    evidence.heldOut = heldOutAmong(facts->pictures, draft.trainOnVal);
  return evidence;
}

LeakEvidence Leaks::recorded(const RunEntry& run) const {
  LeakEvidence evidence = run.recordedLeaks;
  evidence.heldOut = heldOutAmong(run.pictures, run.record.spec.trainOnVal);
  return evidence;
}

QMap<QString, int> Leaks::heldOutAmong(const std::vector<std::uint64_t>& pictures, bool trainsOnVal) const {
  QMap<QString, int> found;
  const auto data = m_session.data();
  const auto heldOut = m_session.heldOut();
  if (!data || !heldOut || heldOut->size() != data->items.size() || pictures.empty()) return found;
  for (std::size_t i = 0; i < heldOut->size(); ++i) {
    if ((*heldOut)[i] == 0 || (trainsOnVal && data->items[i].split == "val")) continue;
    if (std::binary_search(pictures.begin(), pictures.end(), (*heldOut)[i])) ++found[QString::fromStdString(data->items[i].split)];
  }
  return found;
}

}  // namespace gps::app
