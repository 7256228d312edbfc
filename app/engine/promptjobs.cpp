#include "app/engine/promptjobs.h"

#include <algorithm>
#include <chrono>
#include <exception>

#include "core/data/fingerprint.h"

namespace gps::app {

namespace {

// The picture is told by its content: a case of the same name may come from another folder.
std::string pictureOf(const SegmentRequest& request) {
  return request.caseId.toStdString() + '#' + std::to_string(pictureFingerprint(*request.image));
}

bool isSamePicture(const SegmentRequest& a, const SegmentRequest& b) {
  return a.image == b.image && a.runFolder == b.runFolder && a.epoch == b.epoch && a.generation == b.generation &&
         a.model.weightsPath == b.model.weightsPath && a.model.imageSize == b.model.imageSize && a.model.prompt == b.model.prompt;
}

}  // namespace

std::string PromptJobs::valuesOf(const SegmentRequest& r) {
  const auto part = [](int n) { return '|' + std::to_string(n); };
  std::string key =
      r.model.weightsPath + '|' + r.model.id + part(r.model.imageSize) + part(int(r.model.preprocess)) + part(int(r.model.prompt));
  if (r.epoch != 0) key += '|' + r.runFolder.toStdString() + part(r.epoch);
  return r.epoch < 0 ? key + part(r.generation) : key;
}

void PromptJobs::ask(const SegmentRequest& request, quint64 number) {
  const std::lock_guard lock(m_mutex);
  m_newest = {request, number};
}

bool PromptJobs::joins(const SegmentRequest& request) {
  const std::lock_guard lock(m_mutex);
  return m_reading && isSamePicture(*m_reading, request);
}

PromptJobs::Question PromptJobs::newest() const {
  const std::lock_guard lock(m_mutex);
  return m_newest;
}

bool PromptJobs::isNewest(quint64 number) const {
  const std::lock_guard lock(m_mutex);
  return m_newest.number == number;
}

PromptedPicture* PromptJobs::find(const SegmentRequest& request) {
  const auto values = valuesOf(request), picture = pictureOf(request);
  const auto it = std::find_if(m_known.begin(), m_known.end(), [&](const Known& k) { return k.values == values && k.picture == picture; });
  if (it == m_known.end()) return nullptr;
  std::rotate(m_known.begin(), it, it + 1);
  return m_known.front().prompted.get();
}

void PromptJobs::read(const Model& model, const SegmentRequest& request, const RunControl* control) {
  const auto values = valuesOf(request);
  const auto encoded = std::make_shared<const EncodedPicture>(model, *request.image, request.model, control);
  auto head = std::find_if(m_heads.begin(), m_heads.end(), [&](const Head& h) { return h.values == values; });
  if (head == m_heads.end()) {
    m_heads.push_front({values, copyPromptHead(model)});
    head = m_heads.begin();
    if (m_heads.size() > kHeads) m_heads.pop_back();
  }
  m_known.push_front({values, pictureOf(request), std::make_shared<PromptedPicture>(head->head, encoded, request.model.prompt)});
  if (m_known.size() > kPictures) m_known.pop_back();
}

void PromptJobs::answer(const JobContext& context, PromptedPicture& picture, const Question& question, bool wasReady) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  Segmented result;
  result.request = question.number;
  result.wasReady = wasReady;
  try {
    PromptAnswer found = picture.answer(question.request.prompts);
    result.map = std::make_shared<const ProbabilityMap>(std::move(found.map));
    result.predictedIou = found.predictedIou;
  } catch (const std::exception& error) {
    result.problem = QString::fromUtf8(error.what());
  }
  result.answerSeconds = std::chrono::duration<double>(Clock::now() - start).count();
  const std::lock_guard lock(m_mutex);
  m_answered = question.number;
  context.send(std::move(result));
}

bool PromptJobs::answerFromMemory(const JobContext& context, const SegmentRequest& request, quint64 number) {
  PromptedPicture* known = find(request);
  if (known) answer(context, *known, {request, number}, true);
  return known != nullptr;
}

void PromptJobs::readAndAnswer(const JobContext& context, const Model& model, const SegmentRequest& request, quint64 number,
                               const RunControl* control) {
  PromptedPicture* known = find(request);
  const bool wasReady = known != nullptr;
  if (!known) {
    context.send(PictureBeingRead{number});
    read(model, request, control);
    known = find(request);
  }
  Question question{request, number};
  if (const Question now = newest(); isSamePicture(now.request, request)) question = now;  // asked meanwhile
  answer(context, *known, question, wasReady);
}

void PromptJobs::runAlone(const JobContext& context, const Model& model, const SegmentRequest& request, quint64 number) {
  {
    const std::lock_guard lock(m_mutex);
    m_reading = request;
  }
  readAndAnswer(context, model, request, number, &context.control());
  for (;;) {
    Question next;
    {
      const std::lock_guard lock(m_mutex);
      if (m_newest.number == m_answered || !isSamePicture(m_newest.request, request)) {
        m_reading.reset();  // from here on a question needs a job of its own
        return;
      }
      next = m_newest;
    }
    if (PromptedPicture* known = find(next.request)) answer(context, *known, next, true);
  }
}

void PromptJobs::leaveJob() {
  const std::lock_guard lock(m_mutex);
  m_reading.reset();
}

void PromptJobs::clear() {
  m_known.clear();
  m_heads.clear();
}

}  // namespace gps::app
