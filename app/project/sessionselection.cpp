// The selection of the session: its scheme, the table that answers, the gradient pass.
#include <QDir>
#include "app/engine/schemes.h"
#include "app/project/session.h"
#include "core/backbones/defaultbatch.h"
#include "core/backbones/defaultpreprocess.h"

namespace gps::app {

using namespace Qt::StringLiterals;

const SelectionCounts* Session::counts(int keptPerRow) const {
  if (!m_table || keptPerRow < 1 || keptPerRow > int(m_table->counts.size())) return nullptr;
  return &m_table->counts[std::size_t(keptPerRow) - 1];
}

static bool isSameBudget(const SelectionSpec& a, const SelectionSpec& b) {
  return a.share == b.share && (a.share > 0 || a.keptPerRow == b.keptPerRow);
}

bool Session::isBudgetInTable() const {
  const SelectionSpec& spec = m_project.selection;
  return m_table && spec.share <= 0 && spec.keptPerRow <= int(m_table->counts.size());
}

const SelectionCounts* Session::presentCounts() const {
  if (!m_table || isBudgetInTable()) return counts(m_project.selection.keptPerRow);
  return m_table->own && isSameBudget(m_table->spec, m_project.selection) ? &*m_table->own : nullptr;
}

SelectionSpec Session::selectionSpec() const { return askedOf(m_project.selection); }

// The pass sees the network as training will: the same drop-path, the same views.
SelectionSpec Session::trainedSelection(SelectionSpec spec) const {
  if (task() == TaskKind::Classification) {
    spec.dropPath = m_project.train.dropPath;
    spec.randomInterpolation = m_project.train.augment == AugmentKind::Fgvc;
  }
  return spec;
}

SelectionSpec Session::askedOf(SelectionSpec spec) const {
  spec = trainedSelection(std::move(spec));
  if (spec.batch == 0) spec.batch = m_project.train.batch;
  if (!m_data || !m_model) return spec;
  const ModelSpec model = modelSpecOf(m_project.train);
  if (spec.batch == 0) spec.batch = defaultBatch(m_model->description, m_imageSize);
  spec.dataHash = m_data->dataHash;
  spec.baseHash = m_model->baseHash;
  spec.modelId = m_model->description.id;
  spec.imageSize = m_imageSize;
  spec.prompt = model.prompt;
  spec.preprocess = preprocessFor(m_model->description.task, model.preprocess);
  return spec;
}

void Session::setKeptPerRow(int keptPerRow) {
  if (keptPerRow == m_project.selection.keptPerRow || keptPerRow < 1) return;
  m_project.selection.keptPerRow = keptPerRow;
  Q_EMIT keptPerRowChanged(keptPerRow);
}

void Session::setSelection(const SelectionSpec& spec) {
  m_project.selection = spec;
  m_document.edited();
  Q_EMIT selectionChanged();
  Q_EMIT trainDraftChanged();
  requestTable();
}

void Session::setExcluded(const QStringList& blocks, const QStringList& kinds) {
  SelectionSpec spec = m_project.selection;
  spec.excludedBlocks.clear();
  spec.excludedKinds.clear();
  for (const QString& b : blocks) spec.excludedBlocks.push_back(b.toStdString());
  for (const QString& k : kinds) spec.excludedKinds.push_back(k.toStdString());
  setSelection(spec);
}

void Session::setSchemes(const QList<Scheme>& schemes) {
  if (schemes == m_project.schemes) return;
  m_project.schemes = schemes;
  m_document.edited();
}

bool Session::isTableOfScheme() const {
  return m_table && isSameTable(m_table->spec, m_project.selection) && isAnswerable(m_project.selection);
}

bool Session::isAnswerable(const SelectionSpec& spec) const {
  return m_data && m_model && isAnsweredBy(m_table && m_table->hasPass, m_table ? m_table->pass : SelectionSpec{}, askedOf(spec));
}

// The answer to the newest wish is the only one that counts.
void Session::requestTable() {
  if (isBusy() || !isAnswerable(m_project.selection)) return;
  const SelectionSpec& wanted = m_project.selection;
  const bool isOnItsWay = m_askedTable && isSameTable(*m_askedTable, wanted) && (isBudgetInTable() || isSameBudget(*m_askedTable, wanted));
  const bool isThere = !m_askedTable && isTableOfScheme() && (isBudgetInTable() || presentCounts());
  if (isOnItsWay || isThere) return;
  m_askedTable = selectionSpec();
  expect(JobKind::RebuildTable, m_engine.rebuildTable(*m_askedTable));
}

QString Session::whyNoGradientPass() const {
  if (!m_project.isOpen() || !m_data) return tr("Open pictures first.");
  if (!m_model) return tr("Choose weights first.");
  if (const QString why = whyModelDoesNotFit(); !why.isEmpty()) return why;
  if (isBusy()) return tr("Wait until the present job has ended.");
  if (const auto it = m_data->splits.find("train"); it == m_data->splits.end() || it->second == 0)
    return tr("The pictures hold no training split.");
  return {};
}

QString Session::passFile() const { return QDir(m_project.folder).filePath(u"pass.safetensors"_s); }

// The pass of an earlier session, once it is known what it would have to fit.
void Session::offerPass() {
  if (!m_data || !m_isDataChecked || !m_model || m_table) return;
  expect(JobKind::OpenPass, m_engine.openPass({passFile(), selectionSpec(), true}));
}

QString Session::whyNoPassOfFile() const {
  if (!m_project.isOpen() || !m_data) return tr("Open pictures first.");
  if (!m_model) return tr("Choose weights first.");
  return isBusy() || !m_isDataChecked ? tr("Wait until the present job has ended.") : QString();
}

void Session::openPass(const QString& path) {
  if (whyNoPassOfFile().isEmpty()) expect(JobKind::OpenPass, m_engine.openPass({path, selectionSpec()}));
}

void Session::runGradientPass() {
  if (!whyNoGradientPass().isEmpty()) return;
  save();
  SelectionSpec spec = selectionSpec();
  spec.trace = true;  // a few choices on the way: well under a hundredth of the pass
  expect(JobKind::GradientPass, m_engine.runGradientPass({modelSpecOf(m_project.train), spec}));
}

}  // namespace gps::app
