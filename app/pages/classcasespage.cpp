#include "app/pages/classcasespage.h"

#include <QKeyEvent>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "app/pages/classtext.h"
#include "app/pages/columns.h"
#include "app/pages/epochchoice.h"
#include "app/pages/leakbadge.h"
#include "app/project/leaks.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/classlist.h"
#include "widgets/classtable.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/imageviewer.h"
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
using ui::Tone;

namespace {

QList<ui::ClassifiedRow> rowsOf(const ClassificationScore& score) {
  QList<ui::ClassifiedRow> rows;
  rows.reserve(qsizetype(score.perImage.size()));
  for (const ClassCase& c : score.perImage)
    rows.append({QString::fromStdString(c.id), c.truth, c.predicted, c.probability, c.truthProbability});
  return rows;
}

// Before they are scored the pictures stand there with their true class.
QList<ui::ClassifiedRow> unscoredRows(const DataSummary& data, const QString& split) {
  QHash<std::string, int> classes;
  for (std::size_t i = 0; i < data.classes.size(); ++i) classes.insert(data.classes[i], int(i));
  QList<ui::ClassifiedRow> rows;
  const std::string wanted = split.toStdString();
  for (const DataItem& item : data.items)
    if (item.split == wanted) rows.append({QString::fromStdString(item.id), classes.value(item.className, -1), -1, 0, 0});
  return rows;
}

}  // namespace

ClassCasesPage::ClassCasesPage(Session& session, PictureLoader& pictures, const Leaks& leaks, QWidget* parent)
    : Page(u"cases"_s, session, parent), m_pictures(pictures), m_leaks(leaks) {
  setObjectName(u"classCasesPage"_s);
  m_score = header()->addAction({}, ButtonRole::Primary);
  connect(m_score, &Button::clicked, this, [this] { this->session().scoreCases(); });
  emptyState()->setIconName(u"cases"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this,
          [this] { Q_EMIT pageRequested(!this->session().data() ? u"data"_s : u"model"_s); });

  auto* columns = new Columns;
  m_list = new Card;
  m_wrong = new ui::SegmentedControl;
  m_wrong->addOption(u"all"_s, {});
  m_wrong->addOption(u"wrong"_s, {});
  m_scopeButton = new Button({}, ButtonRole::Secondary, u"close"_s);
  m_scopeButton->hide();
  m_cases = new ui::ClassList;
  m_list->addBody(m_wrong);
  m_list->addBody(m_scopeButton);
  m_list->addBody(m_cases, 1);
  columns->left()->addWidget(m_list, 1);
  buildMiddle(columns);
  buildRight(columns);
  setContent(columns);
  bindFailure(m_list, JobKind::Score);

  connect(m_wrong, &ui::SegmentedControl::currentChanged, this, &ClassCasesPage::applyFilter);
  connect(m_scopeButton, &Button::clicked, this, [this] { setScope({}); });
  connect(m_cases, &ui::ClassList::currentIdChanged, this, &ClassCasesPage::showCase);
  connect(m_cases, &ui::ClassList::thumbnailsRequested, &m_pictures, &PictureLoader::requestThumbnails);
  connect(m_cases, &ui::ClassList::filterChanged, this, &ClassCasesPage::refreshGallery);
  connect(&m_pictures, &PictureLoader::thumbnailReady, m_cases, &ui::ClassList::setThumbnail);
  connect(&m_pictures, &PictureLoader::caseReady, this, &ClassCasesPage::caseLoaded);
  for (auto signal : {&Session::dataChanged, &Session::modelChanged, &Session::runChanged})
    connect(&session, signal, this, &ClassCasesPage::refresh);
  connect(&leaks, &Leaks::changed, this, &ClassCasesPage::refreshLeaks);
  connect(&session, &Session::scoresChanged, this, &ClassCasesPage::refreshScores);
  connect(&session, &Session::epochAdded, m_epochs, &EpochChoice::refresh);
  connect(&session, &Session::jobChanged, this, &ClassCasesPage::refreshJob);
  retranslate();
}

const ClassificationScore* ClassCasesPage::score() const {
  const EpochScores* scores = session().scores(m_epochs->epoch());
  return scores ? scores->classes.get() : nullptr;
}

void ClassCasesPage::retranslate() {
  header()->setTitle(tr("Cases"));
  m_score->setText(tr("Score all"));
  m_list->setTitle(tr("Worst first"));
  m_wrong->setOptionText(u"all"_s, tr("All"));
  m_wrong->setOptionText(u"wrong"_s, tr("Wrong only"));
  for (auto [button, text] : {std::pair{m_closer, tr("Zoom in (+ or Ctrl and the wheel)")}, std::pair{m_fit, tr("All classes (F)")}}) {
    button->setToolTip(text);
    button->setAccessibleName(text);
  }
  m_view->setOptionText(u"matrix"_s, tr("Matrix"));
  m_view->setOptionText(u"classes"_s, tr("Per class"));
  m_classes->setColumns(tr("Class"), {{tr("Pictures"), tr("Scored pictures of the class"), false, false},
                                      {tr("Right"), tr("Pictures whose likeliest class is the true one"), false, false},
                                      {tr("Accuracy"), tr("Right of all pictures of the class"), true, true}});
  m_all->setTitle(tr("How many are right?"));
  m_image->setTitle(tr("This image"));
  m_viewer->setPlaceholder(tr("Choose a picture at the left."));
  refresh();
}

void ClassCasesPage::refresh() {
  const Session& s = session();
  if (s.data() != m_shownData) {
    if (!s.data() || !m_shownData || s.data()->folder != m_shownData->folder) {
      m_cases->forgetThumbnails();
      m_scope = {};
      m_loaded = {};
    }
    m_shownData = s.data();
  }
  showEmpty(!s.data() || !s.model());
  emptyState()->setSentence(!s.data() ? tr("Cases need pictures. Open a folder of pictures first.")
                                      : tr("Cases need a model. Choose pretrained weights first."));
  emptyState()->setPrimary(!s.data() ? tr("Go to Data") : tr("Go to Model"), !s.data() ? u"data"_s : u"model"_s);
  m_epochs->refresh();
  refreshScores();
  refreshJob();
}

void ClassCasesPage::refreshLeaks() {
  const QString run = m_epochs->epoch() > 0 ? session().run().folder : QString();
  showLeaks(*m_leak, run.isEmpty() ? m_leaks.ofBase() : m_leaks.ofRun(run));
}

void ClassCasesPage::refreshScores() {
  refreshLeaks();
  const auto pictures = session().data();
  if (!pictures || pictures->task != TaskKind::Classification) return;
  const ClassificationScore* now = score();
  const QStringList titles = now ? classTitles(*now, *pictures) : classTitles(*pictures);
  m_cases->setClasses(titles);
  m_cases->setRows(now ? rowsOf(*now) : unscoredRows(*pictures, session().scoredSplit()));
  if (now) m_matrix->setMatrix(titles, QList<int>(now->confusion.begin(), now->confusion.end()));
  QList<ui::ClassRow> rows;
  for (int c = 0; c < titles.size(); ++c) {
    const double none = qQNaN();
    if (now) {
      const int all = now->pictures(c);
      rows.append(
          {c, titles[c], {double(all), all > 0 ? double(now->count(c, c)) : none, all > 0 ? double(now->count(c, c)) / all : none}});
    } else {
      rows.append({c, titles[c], {none, none, none}});
    }
  }
  m_classes->setRows(rows);
  showView(m_view->current());
  applyFilter();
  refreshSummary();
  // Whoever comes later finds the worst one chosen.
  if (m_cases->currentId().isEmpty() || !isVisible()) m_cases->setCurrentId(m_cases->visibleIds().value(0));
  if (isVisible() && m_cases->currentId() != m_current) showCase(m_cases->currentId());
  refreshImage();
}

void ClassCasesPage::showView(const QString& id) {
  const bool isMatrix = id == "matrix"_L1, isScored = score() != nullptr;
  m_matrixCard->setTitle(isMatrix ? tr("Which class is taken for which?") : tr("How well is each class recognised?"));
  m_matrixStack->setCurrentWidget(!isScored ? static_cast<QWidget*>(m_noMatrix) : isMatrix ? static_cast<QWidget*>(m_matrix) : m_classes);
  for (QWidget* button : {m_closer, m_fit}) button->setVisible(isMatrix && isScored);
}

void ClassCasesPage::setScope(ui::ConfusionCell scope) {
  m_scope = scope;
  // A cell of right pictures has nothing to show among the wrong ones.
  if (scope.isValid() && scope.truth == scope.predicted) m_wrong->setCurrent(u"all"_s);
  applyFilter();
  if (const QString first = m_cases->visibleIds().value(0); m_cases->currentId().isEmpty() && !first.isEmpty()) showCase(first);
}

void ClassCasesPage::applyFilter() {
  const int classes = int(m_cases->model()->classCount());
  if (m_scope.truth >= classes || m_scope.predicted >= classes) m_scope = {};
  m_cases->setFilter(m_wrong->current() == "wrong"_L1, m_scope.truth, m_scope.predicted);
  m_matrix->setSelectedCell(m_scope.isValid() ? m_scope : ui::ConfusionCell{});
  m_classes->setCurrentClass(m_scope.predicted < 0 ? m_scope.truth : -1);
  m_scopeButton->setVisible(m_scope.truth >= 0);
  if (m_scope.truth < 0) return;
  const QString truth = m_cases->model()->className(m_scope.truth);
  const QString text = m_scope.predicted < 0 ? truth : tr("%1 → %2").arg(truth, m_cases->model()->className(m_scope.predicted));
  m_scopeButton->setText(m_scopeButton->fontMetrics().elidedText(text, Qt::ElideMiddle, ui::Theme::instance().px(27)));
  m_scopeButton->setToolTip(m_scope.predicted < 0 ? tr("Only pictures of the class %1. Click to show all.").arg(truth)
                                                  : tr("Only this cell of the matrix. Click to show all."));
  m_scopeButton->setAccessibleName(text);
}

void ClassCasesPage::refreshGallery() {
  const auto* model = m_cases->model();
  const bool isRightCell = m_scope.isValid() && m_scope.truth == m_scope.predicted;
  QList<ui::ThumbnailItem> items;
  for (int i = 0; i < model->rowCount(); ++i) {
    const ui::ClassifiedRow& row = model->row(i);
    if (!row.isScored() || (row.isRight() && !isRightCell)) continue;
    const QString share = tr("%1 %").arg(qRound(row.probability * 100));
    const QString caption = row.isRight()
                                ? model->className(row.truth) + u'\n' + share
                                : model->className(row.truth) + u'\n' + tr("→ %1, %2").arg(model->className(row.predicted), share);
    items.append({row.id, caption, {}, Tone::Neutral});
  }
  m_galleryCard->setTitle(isRightCell ? tr("Recognised") : tr("Misclassified"));
  m_galleryCard->setNote(score() ? ui::groupedCount(items.size()) : QString());
  m_noGallery->setText(!score()                                                ? tr("Known once the pictures are scored.")
                       : m_scope.truth >= 0 || !model->filter().text.isEmpty() ? tr("No picture of this choice is misclassified.")
                                                                               : tr("No picture is misclassified."));
  if (items != m_galleryItems) m_gallery->setItems(items);
  m_galleryItems = items;
  m_gallery->setCurrentId(m_current);
  m_galleryStack->setCurrentWidget(items.isEmpty() ? static_cast<QWidget*>(m_noGallery) : m_gallery);
  refreshJob();
}

void ClassCasesPage::refreshSummary() {
  const ClassificationScore* now = score();
  const EpochScores* scores = session().scores(m_epochs->epoch());
  const EpochScores* untuned = session().scores(0);
  const ClassificationScore* before = m_epochs->epoch() != 0 && untuned ? untuned->classes.get() : nullptr;
  const bool isScoring = scores && !now;
  m_noMatrix->setText(isScoring ? tr("Being scored…") : tr("Known once the pictures are scored."));
  const auto pictures = session().data();
  const QString definition = topOneDefinition(pictures && pictures->isClassSubset);
  m_topOne->setToolTip(definition);
  m_topOne->setText(now ? ui::sharePercent(now->top1) : u"–"_s);
  m_topText->setToolTip(definition);
  if (now)
    m_topText->setText(tr("top-1 of %n picture(s), %1", nullptr, now->n).arg(EpochChoice::label(m_epochs->epoch())));
  else
    m_topText->setText(isScoring ? tr("Being scored…") : tr("Not scored yet."));
  QList<KeyValue> rows;
  const auto add = [&](const QString& name, const QString& tip, auto value) {
    KeyValue row{name, now ? ui::sharePercent(value(*now)) : u"–"_s, {}, Tone::Neutral, tip};
    if (now && before) {
      const double change = 100 * (value(*now) - value(*before));
      row.change = ui::signedNumber(change, 1);
      row.tone = change >= 0.05 ? Tone::Good : change <= -0.05 ? Tone::Bad : Tone::Neutral;
    }
    rows.append(row);
  };
  add(tr("Top-1"), definition, [](const ClassificationScore& s) { return s.top1; });
  add(tr("Top-5"), topFiveDefinition(), [](const ClassificationScore& s) { return s.top5; });
  add(tr("Mean class accuracy"), classAccuracyDefinition(), [](const ClassificationScore& s) { return s.meanClassAccuracy(); });
  m_numbers->setRows(rows);
}

void ClassCasesPage::showEvent(QShowEvent* event) {
  Page::showEvent(event);
  if (m_cases->currentId() != m_current || m_loaded.id != m_current) showCase(m_cases->currentId());
}

void ClassCasesPage::showCase(const QString& id) {
  m_current = id;
  m_cases->setCurrentId(id);
  m_gallery->setCurrentId(id);
  refreshJob();
  refreshImage();
  if (id.isEmpty() || m_loaded.id == id) return;
  m_viewer->setStale(true);
  m_pictures.requestCase(id);
}

void ClassCasesPage::caseLoaded(const LoadedCase& loaded) {
  if (loaded.id != m_current || session().task() != TaskKind::Classification) return;
  m_loaded = loaded;
  m_viewer->setImage(loaded.image);
  m_viewer->setStale(false);
}

bool ClassCasesPage::isSettled() const { return m_current.isEmpty() || m_loaded.id == m_current; }

void ClassCasesPage::refreshImage() {
  const auto* model = m_cases->model();
  const ui::ClassifiedRow* row = m_current.isEmpty() ? nullptr : model->find(m_current);
  const auto share = [row](double value) { return row && row->isScored() ? ui::sharePercent(value) : QString(u"–"_s); };
  const QString truth = row ? model->className(row->truth) : QString(u"–"_s);
  const QString predicted = row && row->isScored() ? model->className(row->predicted) : QString(u"–"_s);
  m_facts->setRows({{tr("True class"), truth, {}, Tone::Neutral, truth},
                    {tr("Predicted"), predicted, {}, Tone::Neutral, predicted},
                    {tr("its probability"), share(row ? row->probability : 0), {}, Tone::Neutral, {}},
                    {tr("of the true class"),
                     share(row ? row->truthProbability : 0),
                     {},
                     Tone::Neutral,
                     tr("Probability that the model gives to the true class.")}});
  m_image->setSubtitle(m_current);
}

void ClassCasesPage::refreshJob() {
  const Session& s = session();
  const bool isScoring = s.isBusy() && s.job().kind == JobKind::Score;
  const int total = m_cases->model()->totalCount(), visible = m_cases->visibleCount();
  m_list->setNote(visible == total ? tr("%n image(s)", nullptr, total) : tr("%1 of %2").arg(visible).arg(total));
  m_score->setDisabledReason(isScoring ? tr("Scoring is under way.") : s.whyNoScores());
}

// Letters that nothing else wanted step through the list.
void ClassCasesPage::keyPressEvent(QKeyEvent* event) {
  const bool isStep = event->key() == Qt::Key_A || event->key() == Qt::Key_D;
  if (isEmptyShown() || !isStep || event->modifiers() != Qt::NoModifier) return Page::keyPressEvent(event);
  m_cases->step(event->key() == Qt::Key_D ? 1 : -1);
}

}  // namespace gps::app
