#include "app/pages/comparepage.h"

#include <QComboBox>
#include <QDropEvent>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include "app/engine/failuretext.h"
#include "app/pages/columns.h"
#include "app/pages/combineform.h"
#include "app/pages/plotmenu.h"
#include "app/pages/selectionwords.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/choicecounts.h"
#include "widgets/emptystate.h"
#include "widgets/foldingrow.h"
#include "widgets/format.h"
#include "widgets/jaccardmatrix.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/pageheader.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/selectionlist.h"
#include "widgets/sharedbars.h"
#include "widgets/upsetbars.h"

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

ComparePage::ComparePage(Session& session, SelectionLibrary& library, QWidget* parent)
    : Page(u"compare"_s, session, parent), m_library(library), m_set(library) {
  setAcceptDrops(true);
  connect(header(), &ui::PageHeader::parentRequested, this, [this] { Q_EMIT pageRequested(u"selection"_s); });
  m_add = header()->addAction({}, ButtonRole::Secondary, u"plus"_s);
  m_train = header()->addAction({}, ButtonRole::Primary, u"train"_s);
  connect(m_add, &Button::clicked, this, &ComparePage::addFile);
  connect(m_train, &Button::clicked, this, &ComparePage::train);
  emptyState()->setIconName(u"selection"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this, [this] { Q_EMIT pageRequested(u"selection"_s); });
  connect(emptyState(), &ui::EmptyState::linkRequested, this, &ComparePage::addFile);
  auto* columns = new Columns;
  buildLeft(columns);
  buildMiddle(columns);
  buildRight(columns);
  setContent(columns);
  connectSet();
  retranslate();
}

void ComparePage::buildLeft(Columns* columns) {
  m_listCard = new Card;
  m_list = new ui::SelectionList;
  m_rename = new ui::IconButton(u"rename"_s, {});
  m_delete = new ui::IconButton(u"trash"_s, {});
  m_listCard->addHeaderWidget(m_rename);
  m_listCard->addHeaderWidget(m_delete);
  m_listCard->addBody(m_list, 1);
  columns->left()->addWidget(m_listCard, 1);
  connect(m_list, &ui::SelectionList::ticked, &m_set, &ComparisonSet::setTicked);
  connect(m_list, &ui::SelectionList::currentIdChanged, this, &ComparePage::refreshTrain);
  connect(m_list, &ui::SelectionList::renameRequested, this, &ComparePage::renameCurrent);
  connect(m_list, &ui::SelectionList::deleteRequested, this, &ComparePage::deleteCurrent);
  connect(m_list, &ui::SelectionList::menuRequested, this, &ComparePage::showMenu);
  connect(m_rename, &QToolButton::clicked, this, [this] { renameCurrent(m_list->currentId()); });
  connect(m_delete, &QToolButton::clicked, this, [this] { deleteCurrent(m_list->currentId()); });
}

void ComparePage::buildMiddle(Columns* columns) {
  m_upsetCard = new Card;
  m_scale = new ui::SegmentedControl;
  m_scale->addOption(u"linear"_s, {});
  m_scale->addOption(u"log"_s, {});
  m_upsetCard->addHeaderWidget(m_scale);
  m_upset = new ui::UpsetBars;
  m_hint = new Label({}, TextRole::Body, Token::Text2);
  m_hint->setAlignment(Qt::AlignCenter);
  m_hint->setWordWrap(true);
  auto* either = new QWidget;
  m_plotOrHint = new QStackedLayout(either);
  m_plotOrHint->addWidget(m_hint);
  m_plotOrHint->addWidget(m_upset);
  m_upsetCard->addBody(either, 1);
  columns->middle()->addWidget(m_upsetCard, 6);

  auto* lower = new ui::FoldingRow;
  m_sharedCard = new Card;
  m_kind = new QComboBox;
  m_kind->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_measure = new ui::SegmentedControl;
  m_measure->addOption(u"share"_s, {});
  m_measure->addOption(u"count"_s, {});
  m_sharedCard->addHeaderWidget(m_kind);
  m_sharedCard->addHeaderWidget(m_measure);
  m_shared = new ui::SharedBars;
  m_sharedCard->addBody(m_shared, 1);
  m_choicesCard = new Card;
  m_choices = new ui::ChoiceCounts;
  m_choicesCard->addBody(m_choices, 1);
  lower->add(m_sharedCard, 5);
  lower->add(m_choicesCard, 3);
  columns->middle()->addWidget(lower, 5);

  connect(m_scale, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) { m_upset->setLogScale(id == "log"_L1); });
  connect(m_measure, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) {
    m_shared->setMeasure(id == "count"_L1 ? ui::SharedBars::Measure::Count : ui::SharedBars::Measure::Share);
  });
  connect(m_kind, &QComboBox::currentIndexChanged, this, &ComparePage::refreshShared);
  BlockFocus* focus = &session().blockFocus();
  connect(m_shared, &ui::ItemPlot::itemActivated, focus,
          [this, focus](int item) { focus->set(m_shared->blocks()[item].block, m_kind->currentData().toString()); });
  connect(focus, &BlockFocus::changed, this, [this, focus] { m_shared->setHighlightedBlock(focus->block()); });
}

void ComparePage::buildRight(Columns* columns) {
  m_matrixCard = new Card;
  m_matrix = new ui::JaccardMatrix;
  m_headline = new ui::KeyValueList;
  m_chance = new Label({}, TextRole::Small, Token::Text2);
  m_chance->setWordWrap(true);
  m_matrixCard->addBody(m_headline);
  m_matrixCard->addBody(m_matrix, 1);
  m_matrixCard->addBody(m_chance);
  columns->right()->addWidget(m_matrixCard, 1);
  m_formCard = new Card;
  m_form = new CombineForm;
  m_form->setNameCheck([this](const QString& name) { return m_library.whyNotName(name); });
  m_formCard->addBody(m_form);
  columns->right()->addWidget(m_formCard);
  connect(m_form, &CombineForm::saveRequested, this, &ComparePage::save);
  connect(m_upset, &ui::UpsetBars::combinationActivated, m_form, &CombineForm::setChosenCombination);
  addPlotMenu(m_upsetCard, m_upset, *m_upset);
  addPlotMenu(m_sharedCard, m_shared, *m_shared);
  addPlotMenu(m_choicesCard, m_choices, *m_choices);
  addPlotMenu(m_matrixCard, m_matrix, *m_matrix);
}

void ComparePage::connectSet() {
  SelectionSetApi& sets = m_library.sets();
  connect(&session(), &Session::projectMoved, &m_set, &ComparisonSet::followProject);
  connect(&m_set, &ComparisonSet::tickedChanged, this, &ComparePage::refresh);
  connect(&m_set, &ComparisonSet::comparisonChanged, this, &ComparePage::refreshComparison);
  connect(m_upsetCard, &Card::errorDismissed, &m_set, &ComparisonSet::dismissFailure);
  connect(&m_library, &SelectionLibrary::added, this, [this](const QString& path) { m_pendingCurrent = path; });
  connect(&m_library, &SelectionLibrary::failed, this, [this](const Failure& failure) {
    const FailureText text = FailureTexts::of(failure);
    m_listCard->showError(text.what, text.why, text.remedy, text.details);
  });
  connect(m_listCard, &Card::errorDismissed, m_listCard, &Card::clearError);
  connect(m_formCard, &Card::errorDismissed, m_formCard, &Card::clearError);
  connect(&sets, &SelectionSetApi::written, this, [this](quint64 id, const QString& path) {
    if (id == m_copyToTrain) {
      m_copyToTrain = 0;
      session().setSelectionFile(path);
      Q_EMIT pageRequested(u"train"_s);
    }
    if (id != m_saving) return;
    m_saving = 0;
    m_form->setBusy(false);
    m_pendingCurrent = path;
  });
  connect(&sets, &SelectionSetApi::failed, this, [this](quint64 id, const Failure& failure) {
    if (id != m_saving && id != m_copyToTrain) return;
    m_copyToTrain = 0;
    if (id == m_saving) m_form->setBusy(false);
    m_saving = 0;
    const FailureText text = FailureTexts::of(failure);
    m_formCard->showError(text.what, text.why, text.remedy, text.details);
  });
  for (auto signal : {&Session::modelChanged, &Session::dataChanged, &Session::projectChanged})
    connect(&session(), signal, this, &ComparePage::refreshTrain);
}

void ComparePage::retranslate() {
  header()->setTitle(tr("Comparison"));
  header()->setParentPage(tr("Selection"));
  m_add->setText(tr("Add from file…"));
  m_add->setToolTip(tr("A selection, a delta or the base file of a run, made elsewhere; it is copied into the project."));
  m_train->setText(tr("Train with this selection"));
  m_listCard->setTitle(tr("Selections"));
  m_rename->setToolTip(tr("Rename (F2)"));
  m_rename->setAccessibleName(tr("Rename (F2)"));
  m_delete->setToolTip(tr("Move to the trash (Del)"));
  m_delete->setAccessibleName(tr("Move to the trash (Del)"));
  m_upsetCard->setTitle(tr("Which selections chose the same weights?"));
  m_scale->setOptionText(u"linear"_s, tr("Linear"));
  m_scale->setOptionText(u"log"_s, tr("Log"));
  m_sharedCard->setTitle(tr("Shared per block"));
  m_measure->setOptionText(u"share"_s, tr("Share"));
  m_measure->setOptionText(u"count"_s, tr("Count"));
  m_kind->setAccessibleName(tr("Matrix type"));
  m_choicesCard->setTitle(tr("Chosen how often?"));
  m_matrixCard->setTitle(tr("How alike are they?"));
  m_formCard->setTitle(tr("Make a new selection"));
  m_shared->setAxisCaption(tr("block"));
  m_form->retranslate();
  refresh();
  refreshComparison();
}

void ComparePage::showEvent(QShowEvent* event) {
  m_library.refresh();
  Page::showEvent(event);
}

void ComparePage::refresh() {
  const bool isEmpty = m_library.selections().size() < 2 && m_library.comparable().size() < 2;
  showEmpty(isEmpty);
  if (!session().project().isOpen()) {
    emptyState()->setSentence(tr("A comparison needs two selections made on the same weights. Open pictures and choose weights first."));
  } else {
    emptyState()->setSentence(
        tr("A comparison needs two selections made on the same weights. Save the one of the Selection page, train a run, or add files."));
  }
  emptyState()->setPrimary(tr("Go to Selection"), u"selection"_s);
  emptyState()->setLink(session().project().isOpen() ? tr("Add selections from files…") : QString());
  m_add->setDisabledReason(session().project().isOpen() ? QString() : tr("Open pictures first."), m_add->toolTip());
  refreshList();
  refreshTrain();
}

void ComparePage::refreshList() {
  QList<ui::SelectionRow> rows;
  int number = 0;
  for (const SelectionFacts& facts : m_library.selections()) {
    ui::SelectionRow row;
    row.id = facts.path;
    row.name = facts.name;
    row.detail = SelectionWords::recipe(facts);
    row.count = ui::compactCount(double(facts.selected));
    row.isTicked = m_set.isTicked(facts.path);
    if (row.isTicked) {
      row.color = Theme::instance().runColor(m_set.colorIndex(facts.path));
      row.number = ++number;
    }
    row.refusal = m_set.whyRefused(facts);
    row.toolTip = SelectionWords::full(facts);
    rows << row;
  }
  m_list->setRows(rows);
  if (!m_pendingCurrent.isEmpty() && m_library.find(m_pendingCurrent)) m_list->setCurrentId(std::exchange(m_pendingCurrent, {}));
  const int ticked = int(m_set.ticked().size());
  m_listCard->setNote(tr("%1 of %2").arg(ticked).arg(rows.size()));
}

void ComparePage::refreshTrain() {
  const SelectionFacts* facts = m_library.find(m_list->currentId());
  const bool isFile = facts && !facts->isRun;
  m_rename->setEnabled(isFile);
  m_delete->setEnabled(isFile);
  QString why;
  if (!facts)
    why = tr("Choose a selection in the list at the left.");
  else if (!session().model() || !session().data())
    why = !session().data() ? tr("Open pictures first.") : tr("Choose weights first.");
  else
    why = m_library.whyRefused(*facts);
  m_train->setDisabledReason(
      why, facts ? tr("The next run trains the %1 weights of %2.").arg(ui::groupedCount(facts->selected), facts->name) : QString());
}

void ComparePage::refreshComparison() {
  const auto comparison = m_set.comparison();
  const QStringList& names = m_set.request().names;
  const bool isStale = m_set.isStale() && comparison;
  for (Card* card : {m_upsetCard, m_sharedCard, m_choicesCard, m_matrixCard}) card->setStale(isStale);
  if (const auto& failure = m_set.failure()) {
    const FailureText text = FailureTexts::of(*failure);
    m_upsetCard->showError(text.what, text.why, text.remedy, text.details);
  } else if (m_upsetCard->hasError()) {
    m_upsetCard->clearError();
  }
  m_plotOrHint->setCurrentIndex(comparison ? 1 : 0);
  m_hint->setText(m_set.isStale() ? tr("Reading the selections…") : tr("Tick two or more selections at the left."));
  m_form->setComparison(comparison, m_set.request());

  QList<QColor> colors;
  for (const QString& path : m_set.request().paths) colors << Theme::instance().runColor(std::max(0, m_set.colorIndex(path)));
  QList<qint64> counts;
  QList<ui::SetCombination> combinations;
  QList<double> jaccards, chances;
  QList<qint64> times;
  QList<double> timesChance;
  const auto n = names.size();
  if (comparison) {
    for (const ComparedSelection& one : comparison->selections) counts << one.selected;
    for (const Combination& c : comparison->combinations) combinations << ui::SetCombination{c.members, c.count};
    jaccards = QList<double>(n * n, std::numeric_limits<double>::quiet_NaN());
    chances = jaccards;
    for (const PairAgreement& pair : comparison->pairs)
      for (const auto at : {pair.a * n + pair.b, pair.b * n + pair.a}) {
        jaccards[at] = pair.jaccard;
        chances[at] = pair.jaccardChance;
      }
    times = QList<qint64>(comparison->chosenTimes.begin(), comparison->chosenTimes.end());
    timesChance = QList<double>(comparison->chosenTimesChance.begin(), comparison->chosenTimesChance.end());
  }
  m_upset->setCombinations(names, colors, counts, combinations);
  m_matrix->setPairs(names, colors, jaccards, chances);
  m_choices->setCounts(times, timesChance);

  const QString kind = m_kind->currentData().toString();
  {
    const QSignalBlocker quiet(m_kind);
    m_kind->clear();
    m_kind->addItem(tr("all types"), QString());
    if (comparison)
      for (const ComparedBlock& row : comparison->kinds)
        m_kind->addItem(Theme::kindLabel(QString::fromStdString(row.kind)), QString::fromStdString(row.kind));
    m_kind->setCurrentIndex(std::max(0, m_kind->findData(kind)));
  }
  refreshShared();

  QList<KeyValue> rows;
  if (comparison) {
    const auto share = [](double value) { return std::isnan(value) ? u"–"_s : ui::sharePercent(value); };
    rows << KeyValue{tr("Shared with another"),
                     share(comparison->inAnother.share),
                     {},
                     Tone::Neutral,
                     tr("Mean over the selections: the share of its weights that one of the others chose too.")}
         << KeyValue{tr("by chance"), share(comparison->inAnother.chance), {}, Tone::Neutral, {}};
    if (n > 2)
      rows << KeyValue{tr("Shared by all"),
                       share(comparison->inAllOf.share),
                       {},
                       Tone::Neutral,
                       tr("Mean over the selections: the share of its weights that all of the others chose too.")};
    rows << KeyValue{tr("Specific"),
                     share(1 - comparison->inAnother.share),
                     {},
                     Tone::Neutral,
                     tr("Mean over the selections: the share of its weights that none of the others chose.")};
  }
  m_headline->setRows(rows);
  m_chance->setText(!comparison             ? QString()
                    : comparison->isRowWise ? tr("Chance: each choosing as many inputs of every neuron, at random.")
                                            : tr("Chance: each choosing as many entries of every matrix, at random."));
  refreshTrain();
}

void ComparePage::refreshShared() {
  QList<ui::SharedBlock> blocks;
  const auto comparison = m_set.comparison();
  const QString kind = m_kind->currentData().toString();
  if (comparison) {
    for (const ComparedBlock& row : kind.isEmpty() ? comparison->blocks : comparison->perBlock) {
      if (!kind.isEmpty() && row.kind != kind.toStdString()) continue;
      double chance = 0;
      for (std::size_t m = 1; m < row.chosenTimesChance.size(); ++m) chance += row.chosenTimesChance[m];
      blocks << ui::SharedBlock{QString::fromStdString(row.block),
                                row.inAllOf.share,
                                row.inAnother.share,
                                row.inAnother.chance,
                                row.inAll,
                                row.shared - row.inAll,
                                row.specific,
                                chance,
                                row.jaccardMean,
                                row.jaccardChanceMean};
    }
  }
  m_shared->setBlocks(blocks, comparison ? int(comparison->selections.size()) : 0);
}

void ComparePage::save() {
  if (m_saving != 0 || !m_set.comparison()) return;
  CombineRequest request = m_form->request();
  request.out = m_library.pathFor(m_form->name());
  m_formCard->clearError();
  m_form->setBusy(true);
  m_saving = m_library.sets().combine(request);
}

void ComparePage::train() {
  const SelectionFacts* facts = m_library.find(m_list->currentId());
  if (!facts || m_copyToTrain != 0) return;
  if (facts->isRun) {  // a run is trained from a selection file
    m_copyToTrain = m_library.sets().copyIn(facts->path, m_library.pathFor(m_library.nameTakenFrom(facts->path)));
    return;
  }
  session().setSelectionFile(facts->path);
  Q_EMIT pageRequested(u"train"_s);
}

void ComparePage::addFile() {
  chooseFile(this, tr("Add a selection"), tr("Selections, deltas and base files of runs (*.safetensors)"),
             [this](const QString& path) { m_library.add(path); });
}

void ComparePage::renameCurrent(const QString& path) {
  const SelectionFacts* facts = m_library.find(path);
  if (!facts || facts->isRun) return;
  auto* dialog = new QInputDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Rename selection"));
  dialog->setLabelText(tr("New name of %1").arg(facts->name));
  dialog->setTextValue(facts->name);
  connect(dialog, &QInputDialog::textValueSelected, this, [this, path, before = facts->name](const QString& name) {
    if (name.trimmed() == before) return;
    if (const QString why = m_library.whyNotName(name); !why.isEmpty())
      m_listCard->showError(tr("The selection keeps its name."), why, {});
    else
      m_library.rename(path, name);
  });
  dialog->open();
}

void ComparePage::deleteCurrent(const QString& path) {
  const SelectionFacts* facts = m_library.find(path);
  if (!facts || facts->isRun) return;
  auto* question = new QMessageBox(QMessageBox::Question, tr("Move to the trash"),
                                   tr("Move the selection %1 to the trash?").arg(facts->name), QMessageBox::NoButton, this);
  question->setAttribute(Qt::WA_DeleteOnClose);
  question->setInformativeText(tr("Runs that were trained with it keep theirs."));
  auto* yes = question->addButton(tr("Move to the trash"), QMessageBox::AcceptRole);
  question->addButton(tr("Keep it"), QMessageBox::RejectRole);
  connect(yes, &QPushButton::clicked, this, [this, path] { m_library.moveToTrash(path); });
  question->open();
}

void ComparePage::showMenu(const QString& path, const QPoint& at) {
  const SelectionFacts* facts = m_library.find(path);
  if (!facts) return;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addAction(tr("Train with this selection"), this, &ComparePage::train)->setEnabled(m_train->isEnabled());
  menu->addSeparator();
  if (facts->isRun) {
    menu->addAction(tr("Copy into the project's selections"), this, [this, path] { m_library.add(path); });
  } else {
    menu->addAction(tr("Rename…"), this, [this, path] { renameCurrent(path); });
    menu->addAction(tr("Move to the trash…"), this, [this, path] { deleteCurrent(path); });
  }
  menu->popup(at);
}

void ComparePage::dragEnterEvent(QDragEnterEvent* event) {
  const QList<QUrl> urls = event->mimeData()->urls();
  const auto isSelection = [](const QUrl& url) { return url.toLocalFile().endsWith(".safetensors"_L1); };
  if (session().project().isOpen() && !urls.isEmpty() && std::all_of(urls.begin(), urls.end(), isSelection)) event->acceptProposedAction();
}

void ComparePage::dropEvent(QDropEvent* event) {
  event->acceptProposedAction();
  for (const QUrl& url : event->mimeData()->urls()) m_library.add(url.toLocalFile());
}

}  // namespace gps::app
