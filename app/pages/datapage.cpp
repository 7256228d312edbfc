#include "app/pages/datapage.h"

#include <QDir>
#include <QFileInfo>
#include <QListWidget>
#include <QVBoxLayout>

#include "app/engine/failuretext.h"
#include "app/engine/pictureloader.h"
#include "app/pages/classtext.h"
#include "app/pages/columns.h"
#include "app/pages/datawords.h"
#include "app/pages/jobtext.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/classtable.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/pageheader.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/thumbnailgrid.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Card;
using ui::KeyValue;
using ui::Label;
using ui::TextRole;
using ui::Token;
using ui::Tone;

namespace {

constexpr int kMostSplits = 4, kClassStretch = 1000;  // the classes take what is left

// Fits over a column of numbers.
QString shortSplitLabel(const QString& split) {
  if (split == "train"_L1) return DataPage::tr("Train");
  if (split == "val"_L1) return DataPage::tr("Val");
  if (split == "test"_L1) return DataPage::tr("Test");
  return split;
}

}  // namespace

static QListWidget* makeList() {
  auto* list = new QListWidget;
  list->setFrameShape(QFrame::NoFrame);
  list->setWordWrap(true);
  list->setSelectionMode(QAbstractItemView::NoSelection);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  return list;
}

DataPage::DataPage(Session& session, PictureLoader& pictures, QWidget* parent) : Page(u"data"_s, session, parent), m_pictures(pictures) {
  m_open = header()->addAction({}, ButtonRole::Secondary, u"open-folder"_s);
  m_next = header()->addAction({}, ButtonRole::Primary);
  const auto choose = [this] {
    chooseFolder(this, tr("Open pictures"), [this](const QString& path) { this->session().openPictures(path); });
  };
  connect(m_open, &Button::clicked, this, choose);
  connect(m_next, &Button::clicked, this, [this] { Q_EMIT pageRequested(u"model"_s); });
  emptyState()->setIconName(u"data"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this, choose);
  connect(emptyState(), &ui::EmptyState::linkRequested, this, [this] { this->session().openDemo(); });

  auto* columns = new Columns;
  m_folder = new Card;
  m_folderList = new ui::KeyValueList;
  m_folderList->setStrong(false);
  m_folder->addBody(m_folderList);
  columns->left()->addWidget(m_folder);
  m_splits = new Card;
  m_splitList = new ui::KeyValueList;
  m_splitNote = new Label({}, TextRole::Small, Token::Text2);
  m_splitNote->setWordWrap(true);
  m_splits->addBody(m_splitList);
  m_splits->addBody(m_splitNote);
  columns->left()->addWidget(m_splits);
  m_classes = new Card;
  m_classTable = new ui::ClassTable;
  m_classTable->sortBy(1, Qt::DescendingOrder);
  m_classes->addBody(m_classTable, 1);
  columns->left()->addWidget(m_classes, kClassStretch);
  columns->left()->addStretch(1);

  m_grid = new Card;
  m_filter = new ui::SegmentedControl;
  m_filter->addOption(u"all"_s, {});
  for (const char* split : {"train", "val", "test"}) m_filter->addOption(QString::fromLatin1(split), {});
  m_grid->addHeaderWidget(m_filter);
  m_thumbnails = new ui::ThumbnailGrid;
  m_grid->addBody(m_thumbnails, 1);
  columns->middle()->addWidget(m_grid, 1);

  m_leaks = new Card;
  m_leakBadge = new ui::Badge;
  m_leaks->addHeaderWidget(m_leakBadge);
  m_leakText = new Label({}, TextRole::Body, Token::Text2);
  m_leakText->setWordWrap(true);
  m_leakList = makeList();
  m_leaks->addBody(m_leakText);
  m_leaks->addBody(m_leakList, 1);
  columns->right()->addWidget(m_leaks);
  m_problems = new Card;
  m_noProblems = new Label({}, TextRole::Body, Token::Text2);
  m_noProblems->setWordWrap(true);
  m_problemList = makeList();
  m_problems->addBody(m_noProblems);
  m_problems->addBody(m_problemList, 1);
  m_problems->bodyLayout()->addStretch();
  columns->right()->addWidget(m_problems, 1);
  setContent(columns);
  bindFailure(m_folder, JobKind::OpenData);
  bindFailure(m_grid, JobKind::MakeDemo);

  connect(m_classTable, &ui::ClassTable::classActivated, this, [this](int index) {
    m_class = index;
    refreshGrid();
  });
  connect(m_filter, &ui::SegmentedControl::currentChanged, this, &DataPage::refreshGrid);
  connectThumbnails(m_pictures, m_thumbnails);
  connect(m_grid, &Card::cancelRequested, this, [this] { this->session().stopJob(); });
  connect(&session, &Session::dataChanged, this, &DataPage::refresh);
  connect(&session, &Session::projectChanged, this, &DataPage::refresh);
  connect(&session, &Session::jobChanged, this, &DataPage::refreshJob);
  retranslate();
}

void DataPage::retranslate() {
  header()->setTitle(tr("Data"));
  m_open->setText(tr("Open pictures…"));
  m_next->setText(tr("Choose weights"));
  emptyState()->setSentence(tr("Open a folder of pictures to begin: with masks, or with one folder for each class."));
  emptyState()->setPrimary(tr("Open pictures…"), u"open-folder"_s);
  emptyState()->setLink(tr("Open the demo project"));
  m_folder->setTitle(tr("Which pictures?"));
  m_splits->setTitle(tr("How are they split?"));
  m_classes->setTitle(tr("Classes"));
  m_filter->setOptionText(u"all"_s, tr("All"));
  for (const char* split : {"train", "val", "test"})
    m_filter->setOptionText(QString::fromLatin1(split), splitLabel(QString::fromLatin1(split)));
  m_leaks->setTitle(tr("Do the splits leak?"));
  m_problems->setTitle(tr("What is wrong with them?"));
  refresh();
}

void DataPage::refresh() {
  const auto pictures = session().data();
  const bool isOpening = session().isBusy() && session().project().isOpen() && !session().project().dataFolder.isEmpty();
  showEmpty(!pictures && !isOpening && !session().failure(JobKind::OpenData) && !session().failure(JobKind::MakeDemo));
  m_next->setDisabledReason(pictures ? QString() : tr("Open pictures first."));
  refreshClasses();
  refreshGrid();
  refreshProblems();
  refreshJob();
  if (!pictures) {
    m_folderList->setRows({{tr("Folder"), QFileInfo(session().project().dataFolder).fileName(), {}, Tone::Neutral, {}}});
    m_splitList->setRows({});
    return;
  }
  const QString folder = QString::fromStdString(pictures->folder);
  const bool isClassification = pictures->task == TaskKind::Classification;
  QList<KeyValue> rows{{tr("Folder"), QFileInfo(folder).fileName(), {}, Tone::Neutral, QDir::toNativeSeparators(folder)},
                       {tr("Layout"), layoutLabel(QString::fromStdString(pictures->layout)), {}, Tone::Neutral, {}},
                       {isClassification ? tr("Pictures") : tr("Pictures with masks"),
                        ui::groupedCount(qint64(pictures->items.size())),
                        {},
                        Tone::Neutral,
                        {}},
                       {tr("Data hash"),
                        pictures->dataHash.empty() ? tr("being taken") : QString::fromStdString(pictures->dataHash.substr(0, 12)) + u'…',
                        {},
                        Tone::Neutral,
                        QString::fromStdString(pictures->dataHash)}};
  if (isClassification) rows.insert(3, {tr("Classes"), ui::groupedCount(qint64(pictures->classes.size())), {}, Tone::Neutral, {}});
  m_folderList->setRows(rows);
  QList<KeyValue> splits;
  const QStringList present = orderedSplits(*pictures);
  for (const char* split : {"train", "val", "test"}) {
    const QString id = QString::fromLatin1(split);
    m_filter->setOptionEnabled(id, present.contains(id), tr("There are no pictures in this split."));
  }
  for (const QString& split : present)
    splits.append({splitLabel(split), ui::groupedCount(pictures->splits.at(split.toStdString())), {}, Tone::Neutral, {}});
  m_splitList->setRows(splits);
  m_splitNote->setText(tr("From %1. Gradients and training use the training split only; scores come from the validation split.")
                           .arg(splitRuleLabel(QString::fromStdString(pictures->splitRule))));
}

// One row a class with its pictures in every split.
void DataPage::refreshClasses() {
  const auto pictures = session().data();
  const bool isClassification = pictures && pictures->task == TaskKind::Classification;
  m_classes->setVisible(isClassification);
  m_thumbnails->setCaptionLines(isClassification ? 2 : 1);
  m_titles = isClassification ? classTitles(*pictures) : QStringList();
  m_classIndex.clear();
  if (!isClassification) {
    m_class = -1;
    return;
  }
  for (std::size_t c = 0; c < pictures->classes.size(); ++c) m_classIndex.insert(pictures->classes[c], int(c));
  if (m_class >= m_titles.size()) m_class = -1;
  const QStringList splits = orderedSplits(*pictures).mid(0, kMostSplits);
  QList<ui::ClassColumn> columns;
  QHash<std::string, qsizetype> splitIndex;
  for (const QString& split : splits) {
    splitIndex.insert(split.toStdString(), columns.size());
    columns.append({splits.size() > 2 ? shortSplitLabel(split) : splitLabel(split), tr("Pictures in the split %1").arg(splitLabel(split)),
                    false, columns.isEmpty()});
  }
  QList<ui::ClassRow> rows;
  for (int c = 0; c < m_titles.size(); ++c) rows.append({c, m_titles[c], QList<double>(columns.size(), 0)});
  for (const DataItem& item : pictures->items) {
    const int c = m_classIndex.value(item.className, -1);
    const qsizetype split = splitIndex.value(item.split, -1);
    if (c >= 0 && split >= 0) ++rows[c].values[split];
  }
  m_classTable->setColumns(tr("Class"), columns);
  m_classTable->setRows(rows);
  m_classTable->setCurrentClass(m_class);
  m_classes->setNote(ui::groupedCount(m_titles.size()));
}

void DataPage::refreshGrid() {
  const auto pictures = session().data();
  QList<ui::ThumbnailItem> items;
  const QString filter = m_filter->current();
  if (pictures) {
    const bool isClassification = pictures->task == TaskKind::Classification;
    const std::string wanted = m_class >= 0 ? pictures->classes[std::size_t(m_class)] : std::string();
    for (const DataItem& item : pictures->items) {
      const QString split = QString::fromStdString(item.split);
      if (filter != "all"_L1 && filter != split) continue;
      if (m_class >= 0 && item.className != wanted) continue;
      const QString id = QString::fromStdString(item.id);
      if (isClassification)
        items.append({id, m_titles.value(m_classIndex.value(item.className, -1)) + u'\n' + id.section(u'/', -1), {}, Tone::Neutral});
      else
        items.append({id, id, item.maskPath.empty() ? tr("no mask") : QString(), Tone::Warn});
    }
  }
  m_grid->setTitle(m_class >= 0 ? tr("Pictures of the class %1").arg(m_titles[m_class]) : tr("Pictures"));
  m_grid->setNote(pictures ? tr("%1 of %2").arg(ui::groupedCount(items.size()), ui::groupedCount(qint64(pictures->items.size())))
                           : QString());
  m_thumbnails->setItems(items);
}

void DataPage::refreshProblems() {
  const auto pictures = session().data();
  const bool isChecked = session().isDataChecked();
  m_problemList->clear();
  m_leakList->clear();
  if (pictures) {
    for (const DataProblem& problem : pictures->problems) {
      auto* item = new QListWidgetItem(problemText(problem), m_problemList);
      item->setToolTip(QString::fromStdString(problem.text));
    }
    const QHash<QString, QString> kinds{
        {u"same name"_s, tr("same name")}, {u"same bytes"_s, tr("same bytes")}, {u"near duplicate"_s, tr("near duplicate")}};
    for (const DataLeak& leak : pictures->leaks) {
      const QString kind = QString::fromStdString(leak.kind);
      new QListWidgetItem(
          tr("%1 (%2) and %3 (%4): %5")
              .arg(QString::fromStdString(leak.idA), splitLabel(QString::fromStdString(leak.splitA)), QString::fromStdString(leak.idB),
                   splitLabel(QString::fromStdString(leak.splitB)), kinds.value(kind, kind)),
          m_leakList);
    }
  }
  const int problems = pictures ? int(pictures->problems.size()) : 0;
  const int leaks = pictures ? int(pictures->leaks.size()) : 0;
  m_leakBadge->setVisible(pictures != nullptr);
  m_problems->setNote(problems > 0 ? ui::groupedCount(problems) : QString());
  m_problemList->setVisible(problems > 0);
  m_noProblems->setVisible(problems == 0);
  if (!pictures) {
    m_noProblems->clear();
    m_leakText->clear();
    return;
  }
  m_noProblems->setText(noProblemText(pictures->task, isChecked));
  m_leakList->setVisible(leaks > 0);
  if (!isChecked) {
    m_leakBadge->setText(tr("checking"));
    m_leakBadge->setTone(Tone::Neutral);
    m_leakText->setText(tr("Looking for the same picture on two sides of a split."));
  } else if (leaks == 0) {
    m_leakBadge->setText(tr("no leak found"));
    m_leakBadge->setTone(Tone::Good);
    m_leakText->setText(tr("No picture stands on two sides of a split, by name, by bytes or by likeness."));
  } else {
    m_leakBadge->setText(tr("%n leak(s)", nullptr, leaks));
    m_leakBadge->setTone(Tone::Bad);
    m_leakText->setText(tr("Scores on these pictures look better than they are. Move one of each pair."));
  }
}

void DataPage::refreshJob() {
  const JobStatus& job = session().job();
  const bool isOurs = session().isBusy() && (job.kind == JobKind::OpenData || job.kind == JobKind::MakeDemo);
  if (isOurs && !session().data())
    m_grid->setBusy(progressValue(job));
  else if (m_grid->isBusy())
    m_grid->clearBusy();
  if (!session().data()) showEmpty(!isOurs && !session().failure(JobKind::OpenData) && !session().failure(JobKind::MakeDemo));
}

}  // namespace gps::app
