#pragma once
// The badge that stands beside every score: whether it can be trusted, and what speaks against it.
#include "app/project/leakevidence.h"
#include "widgets/theme.h"

namespace gps::ui {
class Badge;
}

namespace gps::app {

// Names the worst finding and counts the others; all of them in its tooltip. Hidden while nothing is known.
void showLeaks(ui::Badge& badge, const LeakEvidence& evidence);
// For lists: all words, "–" where it was never looked for.
QString leakWords(const LeakEvidence& evidence);
ui::Tone leakTone(const LeakEvidence& evidence);  // Neutral: never looked for
QString leakSentences(const LeakEvidence& evidence);

}  // namespace gps::app
