#include "app/pages/homepage.h"

#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <optional>

#include "app/pages/columns.h"
#include "app/pages/latestruns.h"
#include "app/pages/projectcard.h"
#include "app/project/modelwords.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/foldingrow.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/pageheader.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Card;
using ui::Label;
using ui::TextRole;
using ui::Token;
using ui::Tone;

HomePage::HomePage(Session& session, RunLibrary& runs, SelectionLibrary& selections, const Leaks& leaks, QWidget* parent)
    : Page(u"home"_s, session, parent) {
  m_openProject = header()->addAction({}, ButtonRole::Secondary, u"open-folder"_s);
  m_openPictures = header()->addAction({}, ButtonRole::Secondary, u"image"_s);
  m_openDemo = header()->addAction({}, ButtonRole::Primary, u"play"_s);
  connect(m_openDemo, &Button::clicked, this, [this] { this->session().openDemo(); });
  connect(m_openPictures, &Button::clicked, this,
          [this] { chooseFolder(this, tr("Open pictures"), [this](const QString& path) { this->session().openPictures(path); }); });
  connect(m_openProject, &Button::clicked, this,
          [this] { chooseFolder(this, tr("Open project"), [this](const QString& path) { this->session().openProjectFolder(path); }); });

  auto* columns = new Columns;
  m_intro = new Card;
  m_introText = new Label({}, TextRole::Body, Token::Text);
  m_sampleNote = new Label({}, TextRole::Small, Token::Text2);
  m_privacy = new Label({}, TextRole::Small, Token::Text2);
  for (Label* label : {m_introText, m_sampleNote, m_privacy}) {
    label->setWordWrap(true);
    m_intro->addBody(label);
  }
  columns->left()->addWidget(m_intro);
  m_recent = new Card;
  auto* list = new QWidget;
  m_recentList = new QVBoxLayout(list);
  m_recentList->setContentsMargins(0, 0, 0, 0);
  m_noRecent = new Label({}, TextRole::Small, Token::Text2);
  m_noRecent->setWordWrap(true);
  m_recent->addBody(list);
  m_recent->addBody(m_noRecent);
  m_recent->bodyLayout()->addStretch(1);
  columns->left()->addWidget(m_recent, 1);

  m_steps = new Card;
  auto* grid = new QWidget;
  auto* rows = new QGridLayout(grid);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setHorizontalSpacing(ui::Theme::instance().px(2));
  rows->setVerticalSpacing(ui::Theme::instance().px(2.5));
  rows->setColumnStretch(1, 1);
  const QStringList pages{u"data"_s, u"model"_s, u"selection"_s, u"train"_s, u"cases"_s};
  for (int i = 0; i < pages.size(); ++i) {
    Step step{pages[i], new Label({}, TextRole::Strong), new Label({}, TextRole::Body, Token::Text2), new ui::Badge, new Button};
    step.text->setWordWrap(true);
    rows->addWidget(step.name, i, 0);
    rows->addWidget(step.text, i, 1);
    rows->addWidget(step.badge, i, 2, Qt::AlignRight | Qt::AlignVCenter);
    rows->addWidget(step.open, i, 3);
    connect(step.open, &Button::clicked, this, [this, page = pages[i]] { Q_EMIT pageRequested(page); });
    m_rows.append(step);
  }
  m_steps->addBody(grid);
  columns->middle()->addWidget(m_steps);
  auto* lower = new ui::FoldingRow;
  m_latest = new LatestRuns(session, runs, leaks);
  m_inProject = new ProjectCard(session, runs, selections, leaks);
  lower->add(m_latest, 5);
  lower->add(m_inProject, 3);
  columns->middle()->addWidget(lower, 1);
  columns->middle()->addStretch(0);
  connect(m_latest, &LatestRuns::opened, this, [this] { Q_EMIT pageRequested(u"train"_s); });
  connect(m_latest, &LatestRuns::allRequested, this, [this] { Q_EMIT pageRequested(u"runs"_s); });
  columns->setRightShown(false);
  setContent(columns);
  showEmpty(false);
  bindFailure(m_recent, JobKind::OpenData);

  for (auto signal : {&Session::projectChanged, &Session::dataChanged, &Session::modelChanged, &Session::tableChanged, &Session::runChanged,
                      &Session::epochAdded, &Session::scoresChanged})
    connect(&session, signal, this, &HomePage::refreshSteps);
  connect(&session, &Session::keptPerRowChanged, this, &HomePage::refreshSteps);
  connect(&session.settings(), &AppSettings::recentProjectsChanged, this, &HomePage::refreshRecent);
  retranslate();
}

void HomePage::retranslate() {
  header()->setTitle(tr("Home"));
  m_openDemo->setText(tr("Open demo project"));
  m_openPictures->setText(tr("Open pictures…"));
  m_openProject->setText(tr("Open project…"));
  m_intro->setTitle(tr("Tune a few connections, keep the rest"));
  m_introText->setText(
      tr("Of every neuron, only the K input connections with the largest gradient for your pictures are fine-tuned. "
         "Everything else stays exactly as it was."));
  m_sampleNote->setText(
      findSampleWeights().isEmpty()
          ? tr("The sample weights are not on this computer. Run scripts/demo.sh once, or choose weights of your own on the Model page.")
          : tr("The demo project brings drawn polyp pictures and a small pretrained model. It needs no graphics card and no network."));
  m_privacy->setText(tr("Pictures stay on this computer; the program never uses the network."));
  m_recent->setTitle(tr("Recent projects"));
  m_noRecent->setText(tr("Projects that you open appear here. You can also drop a folder of pictures on this window."));
  m_steps->setTitle(tr("The steps"));
  const QStringList names{tr("Data"), tr("Model"), tr("Selection"), tr("Train"), tr("Cases")};
  for (int i = 0; i < m_rows.size(); ++i) {
    m_rows[i].name->setText(names[i]);
    m_rows[i].open->setAccessibleName(tr("Show %1").arg(names[i]));
  }
  refreshRecent();
  refreshSteps();
}

void HomePage::setStep(int index, const QString& text, bool isDone) {
  m_rows[index].text->setText(text);
  m_rows[index].isDone = isDone;
}

void HomePage::refreshSteps() {
  const Session& s = session();
  m_steps->setNote(s.project().isOpen() ? s.project().name : tr("no project yet"));
  const bool isClassification = s.task() == TaskKind::Classification;
  const QString rule = s.data() ? splitRuleLabel(QString::fromStdString(s.data()->splitRule)) : QString();
  if (s.data())
    setStep(0,
            (isClassification ? tr("%n picture(s) in %1 classes, %2", nullptr, int(s.data()->items.size()))
                                    .arg(ui::groupedCount(qint64(s.data()->classes.size())), rule)
                              : tr("%n picture(s) with masks, %1", nullptr, int(s.data()->items.size())).arg(rule)),
            true);
  else
    setStep(0, tr("A folder of pictures with masks or in class folders, split into training and validation"), false);
  if (s.model())
    setStep(1, tr("%1, %2 parameters").arg(shortTitle(s.model()->description), ui::compactCount(double(s.model()->parameters))), true);
  else
    setStep(1, tr("Pretrained weights, recognised by their content: SAM for masks; ViT, Swin, ConvNeXt, DINOv2 for classes"), false);
  if (const auto* counts = s.presentCounts())
    setStep(2, tr("K = %1: %2 weights selected").arg(counts->keptPerRow).arg(ui::groupedCount(counts->selected)), true);
  else
    setStep(2, tr("One gradient pass, then K chooses how many inputs every neuron keeps"), false);
  const auto& run = s.run();
  const auto* found = run.record(run.bestEpoch());
  if (const auto best = found ? std::optional(found->measuredLast()) : std::nullopt; best && best->epoch > 0)
    setStep(3,
            !best->isScored ? tr("%n epoch(s), nothing scored", nullptr, run.lastEpoch())
            : best->task == TaskKind::Classification
                ? tr("%n epoch(s); best top-1 %1", nullptr, run.lastEpoch()).arg(ui::sharePercent(best->top1))
                : tr("%n epoch(s); best mean Dice %1", nullptr, run.lastEpoch()).arg(ui::significant(best->diceMean, 3)),
            true);
  else
    setStep(3, tr("Fine-tune the selected connections; pause and go on at any time"), false);
  const EpochScores* scores = run.bestEpoch() > 0 ? s.scores(run.bestEpoch()) : nullptr;
  if (scores && scores->isComplete())
    setStep(4, tr("%n picture(s) scored", nullptr, scores->summary ? scores->summary->n : scores->classes->n), true);
  else
    setStep(4, tr("Look at every picture, worst first, before and after"), false);
  const bool hasProject = s.project().isOpen();
  // What follows the last one that is done is next: a run that is opened again has no table of its pass in hand, and needs none.
  const auto last = std::find_if(m_rows.rbegin(), m_rows.rend(), [](const Step& row) { return row.isDone; });
  const auto next = last.base();
  for (Step& row : m_rows) {
    const bool isNext = hasProject && next != m_rows.end() && row.page == next->page;
    row.badge->setText(row.isDone ? tr("done") : isNext ? tr("next") : tr("open"));
    row.badge->setTone(row.isDone ? Tone::Good : isNext ? Tone::Accent : Tone::Neutral);
    row.open->setText(isNext ? tr("Go on") : tr("Show"));
    row.open->setRole(isNext ? ButtonRole::Primary : ButtonRole::Secondary);
    row.open->setDisabledReason(hasProject ? QString() : tr("Open a project first."));
  }
  // What is next is the page's one primary button.
  m_openDemo->setRole(hasProject && next != m_rows.end() ? ButtonRole::Secondary : ButtonRole::Primary);
  m_latest->setVisible(hasProject);
  m_inProject->setVisible(hasProject);
}

void HomePage::refreshRecent() {
  while (QLayoutItem* item = m_recentList->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  const QStringList recent = session().settings().recentProjects();
  for (const QString& folder : recent) {
    auto* row = new QWidget;
    auto* layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    QString name = QFileInfo(folder).fileName();
    if (folder == demoProject().folder) name = tr("Demo project");
    auto* open = new Button(name, ButtonRole::Ghost, u"open-folder"_s);
    open->setProperty("gpsTight", true);
    open->setToolTip(QDir::toNativeSeparators(folder));
    connect(open, &Button::clicked, this, [this, folder] { session().openProjectFolder(folder); });
    layout->addWidget(open, 0, Qt::AlignLeft);
    m_recentList->addWidget(row);
  }
  m_noRecent->setVisible(recent.isEmpty());
}

}  // namespace gps::app
