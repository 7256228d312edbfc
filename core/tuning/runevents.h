#pragma once
// The event file of a run: losses, learning rate and scores, and after every epoch how the trained values have changed, what the last
// gradient looked like and how a few pictures are predicted. Counted in steps of the whole run throughout. No run fails for its sake: what
// cannot be written is reported once, and no more is tried.
#include <ATen/core/Tensor.h>

#include <memory>

#include "core/control/logsink.h"
#include "core/tuning/eventfile.h"
#include "core/tuning/trainer.h"
#include "core/values/metrics.h"

namespace gps {

class RunEvents {
 public:
  // isSilent: of a rank that writes nothing.
  RunEvents(std::string folder, bool isSilent, LogSink log);
  // Before anything else. step: done in the whole run; continues: older files tell of the steps before it.
  void begin(std::int64_t step, bool continues);
  void addStep(const StepPoint& point);
  void addEpoch(const EpochRecord& record, std::int64_t step);
  void addAgain(const EpochRecord& record, std::int64_t step);  // the best epoch in fp32
  // values, base, gradient: flat, of one size; waits for the device.
  void addValues(const at::Tensor& values, const at::Tensor& base, std::int64_t step);
  void addGradient(const at::Tensor& gradient, std::int64_t step);
  void addPicture(const CompressedPicture& picture, const std::string& tag, std::int64_t step);

 private:
  template <typename Work>
  void guarded(const Work& work);
  void addHistogram(const std::string& tag, const at::Tensor& flat, std::int64_t step);
  std::string m_folder;
  bool m_isSilent;
  LogSink m_log;
  std::unique_ptr<EventFile> m_file;
};

}  // namespace gps
