#pragma once
// Answers to prompts, kept apart from the other jobs because they come within the steps of a run, too: pictures that were read with a set
// of values, and those values' small decoders, are kept so that an answer needs the model no more.
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/engine/engineworker.h"
#include "app/engine/promptmessages.h"
#include "core/evaluation/prompting.h"

namespace gps::app {

class PromptJobs {
 public:
  // ---- GUI thread
  // The newest question; older ones that wait are given up.
  void ask(const SegmentRequest& request, quint64 number);
  // Takes over the newest question into the job that reads this picture; false: no such job is on, and one has to be posted.
  bool joins(const SegmentRequest& request);

  // ---- engine thread
  bool isNewest(quint64 number) const;
  // False: the picture has to be read first. Throws nothing.
  bool answerFromMemory(const JobContext& context, const SegmentRequest& request, quint64 number);
  // Reads the picture and answers the newest question about it. The model holds the request's values.
  void readAndAnswer(const JobContext& context, const Model& model, const SegmentRequest& request, quint64 number,
                     const RunControl* control);
  // A job of its own: until no question about the picture is open.
  void runAlone(const JobContext& context, const Model& model, const SegmentRequest& request, quint64 number);
  void leaveJob();  // its end, however it comes
  void clear();     // another model

  static constexpr std::size_t kPictures = 6, kHeads = 3;

 private:
  struct Question {
    SegmentRequest request;
    quint64 number = 0;
  };
  struct Known {
    std::string values, picture;
    std::shared_ptr<PromptedPicture> prompted;
  };
  struct Head {
    std::string values;
    std::shared_ptr<const PromptHead> head;
  };
  static std::string valuesOf(const SegmentRequest& request);
  PromptedPicture* find(const SegmentRequest& request);
  void read(const Model& model, const SegmentRequest& request, const RunControl* control);
  void answer(const JobContext& context, PromptedPicture& picture, const Question& question, bool wasReady);
  Question newest() const;

  mutable std::mutex m_mutex;  // of the questions
  Question m_newest;
  std::optional<SegmentRequest> m_reading;  // by the job of its own that is on
  quint64 m_answered = 0;
  std::deque<Known> m_known;  // newest first
  std::deque<Head> m_heads;
};

}  // namespace gps::app
