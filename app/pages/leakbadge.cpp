#include "app/pages/leakbadge.h"

#include <QCoreApplication>
#include <algorithm>

#include "widgets/badge.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
class LeakBadge {
  Q_DECLARE_TR_FUNCTIONS(LeakBadge)
};
}  // namespace

void showLeaks(ui::Badge& badge, const LeakEvidence& evidence) {
  const QList<LeakFinding> findings = leakFindings(evidence);
  badge.setVisible(evidence.isChecked || !findings.isEmpty());
  badge.setTone(leakTone(evidence));
  badge.setText(findings.isEmpty()     ? LeakBadge::tr("no leak found")
                : findings.size() == 1 ? findings.first().word
                                       : LeakBadge::tr("%1 + %2").arg(findings.first().word).arg(findings.size() - 1));
  const QString sentences =
      findings.isEmpty() ? LeakBadge::tr("No picture stands on two sides of a split, and nothing else is known.") : leakSentences(evidence);
  badge.setToolTip(sentences);
  badge.setAccessibleDescription(sentences);
}

// That weights may have seen the pictures is known of their kind, not found in them.
ui::Tone leakTone(const LeakEvidence& evidence) {
  const QList<LeakFinding> findings = leakFindings(evidence);
  if (findings.isEmpty()) return evidence.isChecked ? ui::Tone::Good : ui::Tone::Neutral;
  const bool isCertain =
      std::any_of(findings.begin(), findings.end(), [](const LeakFinding& f) { return f.kind != LeakFinding::Kind::Weights; });
  return isCertain ? ui::Tone::Bad : ui::Tone::Warn;
}

QString leakWords(const LeakEvidence& evidence) {
  QStringList words;
  for (const LeakFinding& finding : leakFindings(evidence)) words << finding.word;
  return !words.isEmpty() ? words.join(u" · "_s) : evidence.isChecked ? LeakBadge::tr("none found") : u"–"_s;
}

QString leakSentences(const LeakEvidence& evidence) {
  QStringList sentences;
  for (const LeakFinding& finding : leakFindings(evidence)) sentences << finding.sentence;
  return sentences.join(u'\n');
}

}  // namespace gps::app
