#include "core/selection/pass/passsnapshots.h"

#include <algorithm>

#include "core/backbones/modelparts.h"
#include "core/selection/criteria.h"
#include "core/selection/levels/choose.h"
#include "core/selection/sets/setalgebra.h"

namespace gps {

static bool isRound(int batches) {
  while (batches % 2 == 0) batches /= 2;
  return batches == 1 || batches == 3;
}

PassSnapshots::PassSnapshots(const Model& model, SelectionSpec spec, std::vector<PassSnapshot> before)
    : m_model(&model), m_spec(std::move(spec)), m_all(std::move(before)) {}

bool PassSnapshots::isDue(int batches, bool isLast) const {
  return (m_spec.earlyStop > 0 || m_spec.trace) && batches > 0 && (isLast || isRound(batches));
}

void PassSnapshots::take(const GradientField& field) {
  PassSnapshot now;
  now.agreement.batches = field.batches;
  now.agreement.images = field.images;
  now.offsets = chooseEntries(field.map, scoresFor(*m_model, &field, m_spec), m_spec).offsets;
  for (const auto& earlier : m_all)
    if (earlier.agreement.batches * 2 == field.batches) now.agreement.withHalf = jaccard(earlier.offsets, now.offsets);
  m_all.push_back(std::move(now));
}

bool PassSnapshots::isSettled() const {
  if (m_spec.earlyStop <= 0) return false;
  int agreeing = 0;
  for (auto s = m_all.rbegin(); s != m_all.rend() && agreeing < 2; ++s) {
    if (s->agreement.withHalf < 0) continue;
    if (s->agreement.withHalf <= m_spec.earlyStop) return false;
    ++agreeing;
  }
  return agreeing == 2;
}

std::vector<SnapshotAgreement> PassSnapshots::agreements() const {
  std::vector<SnapshotAgreement> all;
  for (const auto& s : m_all) {
    all.push_back(s.agreement);
    if (m_spec.trace) all.back().withFinal = jaccard(s.offsets, m_all.back().offsets);
  }
  return all;
}

}  // namespace gps
