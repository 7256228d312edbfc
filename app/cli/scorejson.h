#pragma once
// The audit of scores of masks as JSON and on a terminal.
#include "app/cli/command.h"
#include "core/evaluation/figures/audit.h"

namespace gps::cli {

// Adds metrics (KEY_mean, KEY_pooled), intervals (the same keys: [low, high]), defined_pictures (of what is not defined for all),
// upstream_script, sanity, impossible_pairs, definitions.
void addAudit(Json& json, const ScoreAudit& audit);
void printAudit(const Json& result, std::ostream& out);

}  // namespace gps::cli
