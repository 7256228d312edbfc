#pragma once
// What a gradient pass has to say for itself, done or stopped.
#include "app/cli/command.h"
#include "core/selection/gradientfield.h"

namespace gps::cli {

// images batches mean_loss seconds stopped_early precision snapshots[{batches,images,with_half,with_final}], null where there is no
// half or no trace.
Json passJson(const GradientField& field);
// The snapshots as a table, and that the pass ended early; nothing without them.
void printPass(const Json& pass, std::ostream& out);

// cancelled resumable partial: what a stopped pass leaves. Says on the log how to go on.
CommandResult stoppedPass(const std::string& partial, CommandContext& context);
void printStoppedPass(const Json& result, std::ostream& out);

}  // namespace gps::cli
