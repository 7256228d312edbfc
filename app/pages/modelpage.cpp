#include "app/pages/modelpage.h"

#include <QDir>
#include <QFileInfo>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "app/pages/columns.h"
#include "app/pages/jobtext.h"
#include "app/project/modelwords.h"
#include "widgets/badge.h"
#include "widgets/blocktree.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/pageheader.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Card;
using ui::KeyValue;
using ui::Label;
using ui::TextRole;
using ui::Theme;
using ui::Token;
using ui::Tone;

static constexpr int kBlockRole = Qt::UserRole, kKindRole = Qt::UserRole + 1;

ModelPage::ModelPage(Session& session, QWidget* parent) : Page(u"model"_s, session, parent) {
  m_open = header()->addAction({}, ButtonRole::Secondary, u"open-folder"_s);
  m_next = header()->addAction({}, ButtonRole::Primary);
  connect(m_open, &Button::clicked, this, &ModelPage::chooseWeights);
  connect(m_next, &Button::clicked, this, [this] { Q_EMIT pageRequested(u"selection"_s); });
  emptyState()->setIconName(u"model"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this, [this] {
    if (this->session().project().isOpen())
      chooseWeights();
    else
      Q_EMIT pageRequested(u"data"_s);
  });
  connect(emptyState(), &ui::EmptyState::linkRequested, this, [this] {
    const QString sample = findSampleWeights();
    if (this->session().project().isOpen() && !sample.isEmpty())
      this->session().openWeights(sample);
    else
      this->session().openDemo();
  });

  auto* columns = new Columns;
  m_recognised = new Card;
  m_facts = new ui::KeyValueList;
  m_facts->setStrong(false);
  m_recognised->addBody(m_facts);
  columns->left()->addWidget(m_recognised);
  m_size = new Card;
  m_sizes = new ui::SegmentedControl;
  for (const int size : {128, 256}) m_sizes->addOption(QString::number(size), QString::number(size));
  m_sizeText = new Label({}, TextRole::Small, Token::Text2);
  m_sizeText->setWordWrap(true);
  m_size->addBody(m_sizes);
  m_size->addBody(m_sizeText);
  columns->left()->addWidget(m_size);
  m_keys = new Card;
  m_keyBadge = new ui::Badge;
  m_keys->addHeaderWidget(m_keyBadge);
  m_keyList = new ui::KeyValueList;
  m_keyList->setStrong(false);
  m_keyText = new Label({}, TextRole::Small, Token::Text2);
  m_keyText->setWordWrap(true);
  m_keys->addBody(m_keyList);
  m_keys->addBody(m_keyText);
  columns->left()->addWidget(m_keys);
  columns->left()->addStretch(1);

  m_tree = new Card;
  m_parts = new QTreeWidget;
  m_parts->setFrameShape(QFrame::NoFrame);
  m_parts->setRootIsDecorated(true);
  m_parts->setUniformRowHeights(true);
  m_parts->setSelectionMode(QAbstractItemView::SingleSelection);
  m_parts->setColumnCount(4);
  m_parts->header()->setStretchLastSection(true);
  m_parts->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
  m_parts->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  m_parts->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  m_parts->headerItem()->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
  m_tree->addBody(m_parts, 1);
  columns->middle()->addWidget(m_tree, 1);
  columns->setRightShown(false);
  setContent(columns);
  bindFailure(m_recognised, JobKind::OpenModel);

  BlockFocus* focus = &session.blockFocus();
  connect(m_parts, &QTreeWidget::currentItemChanged, focus, [focus](const QTreeWidgetItem* item) {
    if (item && item->data(0, kBlockRole).isValid()) focus->set(item->data(0, kBlockRole).toString(), item->data(0, kKindRole).toString());
  });
  connect(focus, &BlockFocus::changed, this, &ModelPage::markBlock);
  connect(m_sizes, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) { this->session().setImageSize(id.toInt()); });
  connect(&session, &Session::modelChanged, this, &ModelPage::refresh);
  connect(&session, &Session::projectChanged, this, &ModelPage::refresh);
  connect(&session, &Session::dataChanged, this, &ModelPage::refresh);
  connect(&session, &Session::tableChanged, this, &ModelPage::refreshTree);
  connect(&session, &Session::runChanged, this, &ModelPage::refreshTree);
  connect(&session, &Session::jobChanged, this, &ModelPage::refreshJob);
  connect(&Theme::instance(), &Theme::changed, this, &ModelPage::refreshTree);
  retranslate();
}

void ModelPage::chooseWeights() {
  chooseFile(this, tr("Choose weights"), tr("Weights (*.pth *.pt *.bin *.npz *.safetensors)"),
             [this](const QString& path) { session().openWeights(path); });
}

void ModelPage::retranslate() {
  header()->setTitle(tr("Model"));
  m_open->setText(tr("Choose weights…"));
  m_next->setText(tr("Select parameters"));
  m_recognised->setTitle(tr("Which model is it?"));
  m_size->setTitle(tr("Input size"));
  m_sizeText->setText(tr("Pixels along each side of the picture that the model sees. Half the size is about five times faster."));
  m_keys->setTitle(tr("Does the file fit?"));
  m_tree->setTitle(tr("What trains, what stays frozen?"));
  m_parts->setHeaderLabels({tr("Part"), tr("Weights"), tr("State"), tr("Why")});
  m_parts->headerItem()->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
  refresh();
}

void ModelPage::refresh() {
  const auto model = session().model();
  const bool hasProject = session().project().isOpen(), isClassification = session().task() == TaskKind::Classification;
  emptyState()->setSentence(!hasProject ? tr("Open a folder of pictures first; then choose weights for it.")
                            : isClassification
                                ? tr("Choose pretrained weights of a ViT, Swin, ConvNeXt or DINOv2 model: .pth or .safetensors.")
                                : tr("Choose pretrained weights of the SAM family: .pth or .safetensors."));
  emptyState()->setPrimary(hasProject ? tr("Choose weights…") : tr("Go to Data"), hasProject ? u"open-folder"_s : u"data"_s);
  const bool hasSample = !isClassification && !findSampleWeights().isEmpty();
  emptyState()->setLink(!hasProject ? tr("Open the demo project") : hasSample ? tr("Use the sample weights") : QString());
  const QString misfit = session().whyModelDoesNotFit();
  m_next->setDisabledReason(model ? misfit : tr("Choose weights first."));
  m_recognised->setSubtitle(misfit);
  refreshJob();
  refreshTree();
  refreshSize();
  const QString path = QString::fromStdString(session().project().model.weightsPath);
  if (!model) {
    m_facts->setRows({{tr("File"), QFileInfo(path).fileName(), {}, Tone::Neutral, QDir::toNativeSeparators(path)}});
    m_keyList->setRows({});
    return;
  }
  QList<KeyValue> facts{{tr("Architecture"),
                         shortTitle(model->description),
                         {},
                         Tone::Neutral,
                         QString::fromStdString(model->description.title) + u'\n' + QString::fromStdString(model->description.id)},
                        {tr("File"), QFileInfo(path).fileName(), {}, Tone::Neutral, QDir::toNativeSeparators(path)},
                        {tr("Parameters"), ui::groupedCount(model->parameters), {}, Tone::Neutral, {}},
                        {tr("of these in the encoder"), ui::groupedCount(model->encoderParameters), {}, Tone::Neutral, {}},
                        {tr("Neurons to select for"),
                         ui::groupedCount(model->selectableRows),
                         {},
                         Tone::Neutral,
                         tr("Rows of the encoder's weight matrices and convolutions.")},
                        {tr("Input size"),
                         tr("%1 px").arg(session().imageSize()),
                         {},
                         Tone::Neutral,
                         tr("Along each side of the picture that the model sees.")},
                        {tr("Computes on"), session().device(), {}, Tone::Neutral, {}},
                        {tr("Base hash"),
                         QString::fromStdString(model->baseHash.substr(0, 12)) + u'…',
                         {},
                         Tone::Neutral,
                         QString::fromStdString(model->baseHash)}};
  const QList<KeyValue> head = headRows();
  for (qsizetype i = 0; i < head.size(); ++i) facts.insert(2 + i, head[i]);
  m_facts->setRows(facts);
  const KeyReport& keys = model->keys;
  m_keyList->setRows({{tr("Matched"), ui::groupedCount(keys.matched), {}, Tone::Neutral, {}},
                      {tr("Missing"), ui::groupedCount(qint64(keys.missing.size())), {}, Tone::Neutral, {}},
                      {tr("Unexpected"), ui::groupedCount(qint64(keys.unexpected.size())), {}, Tone::Neutral, {}},
                      {tr("Wrong shape"), ui::groupedCount(qint64(keys.shapeMismatch.size())), {}, Tone::Neutral, {}}});
  m_keyBadge->setText(keys.usable() ? tr("fits") : tr("does not fit"));
  m_keyBadge->setTone(keys.usable() ? Tone::Good : Tone::Bad);
  QStringList names;
  for (const auto& name : keys.missing) names << tr("missing: %1").arg(QString::fromStdString(name));
  for (const auto& m : keys.shapeMismatch)
    names << tr("%1 is %2, expected %3")
                 .arg(QString::fromStdString(m.name), QString::fromStdString(m.found), QString::fromStdString(m.expected));
  for (const auto& name : keys.unexpected) names << tr("not used: %1").arg(QString::fromStdString(name));
  m_keyText->setToolTip(names.join(u'\n'));
  const bool hasOtherHead = isClassifier() && session().fileClasses() > 0 && session().fileClasses() != model->classes;
  m_keyText->setText(names.isEmpty() ? hasOtherHead ? tr("Every tensor has its place in the model, save the head: it knows other classes.")
                                                    : tr("Every tensor of the file has its place in the model.")
                                     : QStringList(names.mid(0, 3)).join(u'\n') + (names.size() > 3 ? u"\n…"_s : QString()));
}

bool ModelPage::isClassifier() const {
  const auto model = session().model();
  return model && model->description.task == TaskKind::Classification;
}

// Whether the head comes from the file or is new.
QList<KeyValue> ModelPage::headRows() const {
  if (!isClassifier()) return {};
  const int inFile = session().fileClasses(), inModel = session().model()->classes;
  const auto pictures = session().data();
  const bool isWanted = pictures && pictures->task == TaskKind::Classification;
  const int wanted = isWanted ? int(pictures->classes.size()) : inModel;
  const QString count = tr("%n class(es)", nullptr, inFile);
  if (inFile == 0)
    return {{tr("Head"),
             tr("none: a new one is trained"),
             {},
             Tone::Neutral,
             tr("The file brings no classification head; a new one for the classes of the pictures is trained.")}};
  if (wanted == inFile || wanted == 0) return {{tr("Head"), count, {}, Tone::Neutral, tr("The classification head of the file.")}};
  return {{tr("Head"),
           tr("new, %n class(es)", nullptr, wanted),
           {},
           Tone::Neutral,
           tr("The file's head has %1; a new one for the classes of the pictures is trained.").arg(count)}};
}

// Only the small model takes several sizes; the others show the one they have.
void ModelPage::refreshSize() {
  const auto model = session().model();
  const bool isFlexible = model && model->description.id == "lite_medsam";
  m_size->setVisible(isFlexible);
  if (!isFlexible) return;
  for (const int size : {128, 256}) {
    m_sizes->setOptionEnabled(QString::number(size), !session().isBusy() || size == session().imageSize(),
                              tr("Wait until the present job has ended."));
  }
  m_sizes->setCurrent(QString::number(session().imageSize()));
}

QString ModelPage::onlyHead(bool classifies) {
  return classifies ? tr("This method trains the head only.") : tr("This method trains the decoder only.");
}

ModelPage::Fate ModelPage::fateOfBlock(const std::string& block, const std::string& kind) const {
  const auto& project = session().project();
  const auto& selection = project.selection;
  const auto contains = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  const bool classifies = isClassifier();
  if (block == "decoder" && classifies) {
    if (project.train.method == Method::Bias)
      return {tr("trains"), tr("The head learns the classes of the pictures beside the biases."), true};
    return {tr("trains"), tr("The head learns the classes of the pictures as a whole."), true};
  }
  if (block == "decoder") {
    switch (project.train.selection.decoder) {
      case DecoderMode::Train:
        return {tr("trains"), tr("The mask decoder learns the new task as a whole."), true};
      case DecoderMode::Sparse:
        return {tr("K per neuron"), tr("The decoder is selected like the encoder."), true};
      case DecoderMode::Freeze:
        return {tr("frozen"), tr("The decoder is frozen in the training form."), false};
    }
  }
  switch (project.train.method) {
    case Method::Gps:
      if (contains(selection.excludedBlocks, block) || contains(selection.excludedKinds, kind))
        return {tr("frozen"), tr("Left out on the Selection page."), false};
      return {tr("%1 per neuron").arg(selection.keptPerRow), tr("The inputs with the largest gradient train, the others keep their value."),
              true};
    case Method::Full:
      return {tr("trains"), tr("Full fine-tuning trains every weight."), true};
    case Method::Decoder:
    case Method::Linear:
      return {tr("frozen"), onlyHead(classifies), false};
    case Method::Bias:
      return {tr("frozen"), tr("This method trains biases only."), false};
  }
  return {};
}

QTreeWidgetItem* ModelPage::addRow(QTreeWidgetItem* parent, const QString& name, qint64 weights, const Fate& fate) {
  auto* item = parent ? new QTreeWidgetItem(parent) : new QTreeWidgetItem(m_parts);
  item->setText(0, name);
  item->setText(1, ui::groupedCount(weights));
  item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
  item->setText(2, fate.state);
  item->setText(3, fate.why);
  item->setToolTip(3, fate.why);
  const auto& theme = Theme::instance();
  item->setForeground(2, theme.color(fate.trains ? Token::Good : Token::Text2));
  item->setForeground(3, theme.color(Token::Text2));
  return item;
}

// The kind's own row where its block is open.
void ModelPage::markBlock() {
  const BlockFocus& focus = session().blockFocus();
  const QSignalBlocker quiet(m_parts);
  QTreeWidgetItem* marked = nullptr;
  for (int i = 0; i < m_parts->topLevelItemCount() && !focus.block().isEmpty(); ++i) {
    QTreeWidgetItem* block = m_parts->topLevelItem(i);
    if (block->data(0, kBlockRole).toString() != focus.block()) continue;
    marked = block;
    for (int k = 0; k < block->childCount() && block->isExpanded(); ++k)
      if (block->child(k)->data(0, kKindRole).toString() == focus.kind() && !focus.kind().isEmpty()) marked = block->child(k);
  }
  if (marked == m_parts->currentItem()) return;
  m_parts->setCurrentItem(marked);
  if (marked) m_parts->scrollToItem(marked);
  m_parts->viewport()->update();
}

void ModelPage::refreshTree() {
  const QSignalBlocker quiet(m_parts);
  QStringList open;
  for (int i = 0; i < m_parts->topLevelItemCount(); ++i)
    if (m_parts->topLevelItem(i)->isExpanded()) open << m_parts->topLevelItem(i)->text(0);
  m_parts->clear();
  const auto model = session().model();
  if (!model) return;
  QTreeWidgetItem* block = nullptr;
  std::string current;
  qint64 sum = 0;
  bool anyTrains = false;
  const auto close = [&] {
    if (block) block->setText(1, ui::groupedCount(sum));
    if (block && !anyTrains) block->setForeground(2, Theme::instance().color(Token::Text2));
  };
  for (const BlockRow& row : model->blocks) {
    if (row.block == "decoder") continue;
    if (row.block != current) {
      close();
      current = row.block;
      sum = 0;
      anyTrains = false;
      block = addRow(nullptr, ui::blockLabel(QString::fromStdString(row.block)), 0, fateOfBlock(row.block, {}));
      block->setData(0, kBlockRole, QString::fromStdString(row.block));
    }
    sum += row.available;
    const Fate fate = fateOfBlock(row.block, row.kind);
    anyTrains = anyTrains || fate.trains;
    QTreeWidgetItem* kind = addRow(block, Theme::kindLabel(QString::fromStdString(row.kind)), row.available, fate);
    kind->setData(0, kBlockRole, QString::fromStdString(row.block));
    kind->setData(0, kKindRole, QString::fromStdString(row.kind));
  }
  close();
  const Method method = session().project().train.method;
  const bool vectorsTrain = method == Method::Gps || method == Method::Full || method == Method::Bias;
  addRow(nullptr, tr("biases and bias tables"), model->trainedVectors,
         vectorsTrain ? Fate{tr("train"), tr("They are few and always train beside the selection."), true}
                      : Fate{tr("frozen"), onlyHead(isClassifier()), false});
  const qint64 rest = model->encoderParameters - model->selectableWeights - model->trainedVectors;
  if (rest > 0)
    addRow(nullptr, tr("norms and embeddings"), rest,
           method == Method::Full ? Fate{tr("train"), tr("Full fine-tuning trains every weight."), true}
                                  : Fate{tr("frozen"), tr("Scales and statistics stay as they were learnt."), false});
  if (!isClassifier() || model->decoderParameters > 0)
    addRow(nullptr, isClassifier() ? tr("classification head") : tr("mask decoder"), model->decoderParameters, fateOfBlock("decoder", {}));
  const qint64 prompt = isClassifier() ? 0 : model->parameters - model->encoderParameters - model->decoderParameters;
  if (prompt > 0) addRow(nullptr, tr("prompt encoder"), prompt, {tr("frozen"), tr("No prompts are used for training."), false});
  for (int i = 0; i < m_parts->topLevelItemCount(); ++i)
    if (open.contains(m_parts->topLevelItem(i)->text(0))) m_parts->topLevelItem(i)->setExpanded(true);
  markBlock();
  m_tree->setNote(tr("%1 parameters").arg(ui::compactCount(double(model->parameters))));
}

void ModelPage::refreshJob() {
  const JobStatus& job = session().job();
  const bool isOurs = session().isBusy() && job.kind == JobKind::OpenModel;
  if (isOurs)
    m_tree->setBusy(progressValue(job), false);
  else if (m_tree->isBusy())
    m_tree->clearBusy();
  const bool isWaiting = session().isBusy() && !session().project().model.weightsPath.empty();
  showEmpty(!session().model() && !isWaiting && !session().failure(JobKind::OpenModel));
  m_open->setDisabledReason(session().project().isOpen() ? session().whyNoWeights() : QString());
  refreshSize();
}

}  // namespace gps::app
