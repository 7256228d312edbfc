// What is dropped on the window or chosen in its place: a project, pictures, weights, settings of a run or a sweep, a video, a table.
#include <QCoreApplication>
#include <QDropEvent>
#include <QFile>
#include <QFileInfo>
#include <QMimeData>
#include <QPointer>
#include <QThreadPool>

#include "app/drops.h"
#include "app/mainwindow.h"
#include "app/notices.h"
#include "app/pages/cases/newpicturespage.h"
#include "app/pages/cases/videopage.h"
#include "app/pages/casespage.h"
#include "app/pages/classcasespage.h"
#include "app/pages/train/sweeppanel.h"
#include "app/pages/trainpage.h"
#include "app/project/newpictures.h"
#include "app/project/selectionlibrary.h"
#include "app/project/tablekind.h"
#include "app/project/tensorskind.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMostConfigBytes = 1 << 20;

struct SettingsText {
  bool isRead = false, isTooLarge = false;
  QByteArray text;
  QString why;  // it was not read
};

SettingsText settingsTextOf(const QString& path) {
  QFile file(path);
  SettingsText read;
  read.isRead = file.open(QIODevice::ReadOnly);
  read.isTooLarge = read.isRead && file.size() > kMostConfigBytes;
  if (read.isRead && !read.isTooLarge) read.text = file.readAll();
  read.why = file.errorString();
  return read;
}

class DropWords {
  Q_DECLARE_TR_FUNCTIONS(DropWords)
};

// %1: name of the file.
QString whatItHolds(TableKind kind) {
  switch (kind) {
    case TableKind::NewPictureAreas:
      return DropWords::tr("%1 is a table of results: the areas outlined in new pictures.");
    case TableKind::VideoAreas:
      return DropWords::tr("%1 is a table of results: the areas outlined in the frames of a video.");
    case TableKind::CaseFigures:
      return DropWords::tr("%1 is a table of results: the figures of every image.");
    case TableKind::Figures:
      return DropWords::tr("%1 is a table of results: figures of all images with their intervals.");
    case TableKind::Readings:
      return DropWords::tr("%1 is a table of results: ratings and remarks.");
    case TableKind::BlindReading:
      return DropWords::tr("%1 is a table of results: a blind reading.");
    case TableKind::PictureClasses:
      return DropWords::tr("%1 is a table of results: the classes that a model found.");
    case TableKind::SelectedWeights:
      return DropWords::tr("%1 is a table of results: how many weights of each layer are selected.");
    case TableKind::SelectionComparison:
      return DropWords::tr("%1 is a table of results: a comparison of selections.");
    case TableKind::Unreadable:
      return DropWords::tr("%1 cannot be read.");
    case TableKind::Pictures:
    case TableKind::Other:
      break;
  }
  return DropWords::tr("%1 is no list of pictures.");
}

QString whatToDrop(TableKind kind) {
  if (kind == TableKind::Unreadable)
    return DropWords::tr("Check that it is still there and that you may read it. What was open stays open.");
  return kind == TableKind::Other
             ? DropWords::tr(
                   "The first line of a list names the columns image and mask, or image and class. Correct it, or drop the "
                   "folder of the pictures. What was open stays open.")
             : DropWords::tr(
                   "It is for a spreadsheet. To look at the pictures, drop their folder or the pictures themselves. What was "
                   "open stays open.");
}

}  // namespace

void MainWindow::chooseProject() {
  chooseFolder(this, tr("Open project or pictures"), [this](const QString& path) { takeDrop(path); });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  event->acceptProposedAction();
  ++m_drops;
  QStringList pictures;
  for (const QUrl& url : event->mimeData()->urls())
    if (dropKindOf(url.toLocalFile()) == DropKind::Picture) pictures << url.toLocalFile();
  if (pictures.size() > 1 && outlinesPictures()) return showNewPictures(pictures);
  takeDrop(event->mimeData()->urls().first().toLocalFile());
}

bool MainWindow::outlinesPictures() const { return m_newPictures->pictures().whyNot().isEmpty(); }

void MainWindow::showNewPictures(const QStringList& files) {
  m_newPictures->open(files);
  showPage(m_newPictures->id());
}

void MainWindow::takeDrop(const QString& path) {
  switch (dropKindOf(path)) {
    case DropKind::Project:
      m_session.openProjectFolder(QFileInfo(path).isDir() ? path : QFileInfo(path).absolutePath());
      break;
    case DropKind::Pictures:
      return lookInto<bool>(path, holdsOnlyPictures, [this, path](bool isUnlabelled) {
        if (!isUnlabelled) return m_session.openPictures(path);
        m_newPictures->open(path);
        showPage(m_newPictures->id());
      });
    case DropKind::Table:
      takeTable(path);
      break;
    case DropKind::Tensors:
      takeTensors(path);
      break;
    case DropKind::Weights:
      takeWeights(path);
      break;
    case DropKind::RunConfig:
      takeRunConfig(path);
      break;
    case DropKind::Picture: {
      // One of the open pictures is shown; any other is looked at by the model, or brings its folder where none is open that could.
      const QString known = m_session.data() ? caseOfFile(*m_session.data(), path) : QString();
      if (known.isEmpty() && outlinesPictures()) return showNewPictures({path});
      if (known.isEmpty()) return m_session.openPictures(QFileInfo(path).absolutePath());
      showPage(u"cases"_s);
      if (m_pages.value(u"cases"_s) == m_cases)
        m_cases->showCase(known);
      else
        m_classCases->showCase(known);
      break;
    }
    case DropKind::Video:
      return showVideo(path);
    case DropKind::Unknown:
      m_notices->tell(tr("This kind of file is not known here."),
                      tr("Folders, lists of pictures (.csv), pictures, videos, weights (.pth, .pt, .npz, .bin, .safetensors), selections, "
                         "gradient passes, run.toml and plan.toml can be dropped."));
  }
}

template <typename Kind>
void MainWindow::lookInto(const QString& path, Kind (*kindOf)(const QString&), std::function<void(Kind)> take) {
  QThreadPool::globalInstance()->start([path, kindOf, take = std::move(take), drop = m_drops, guard = QPointer<MainWindow>(this)] {
    const Kind kind = kindOf(path);
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [kind, take, drop, guard] {
          if (guard && guard->m_drops == drop) take(kind);
        },
        Qt::QueuedConnection);
  });
}

void MainWindow::takeTable(const QString& path) {
  lookInto<TableKind>(path, tableKindOf, [this, path](TableKind kind) {
    if (kind == TableKind::Pictures) return m_session.openPictures(path);
    m_notices->tell(whatItHolds(kind).arg(QFileInfo(path).fileName()), whatToDrop(kind));
  });
}

void MainWindow::takeTensors(const QString& path) {
  lookInto<TensorsKind>(path, tensorsKindOf, [this, path](TensorsKind kind) {
    const QString name = QFileInfo(path).fileName();
    switch (kind) {
      case TensorsKind::Weights:
        return takeWeights(path);
      case TensorsKind::Pack:
        return m_session.openPictures(path);
      case TensorsKind::Selection:
      case TensorsKind::Delta:
        if (!m_session.project().isOpen()) return m_notices->tell(tr("A selection needs a project. Open pictures first."), path);
        m_library.add(path);
        return showPage(u"compare"_s);
      case TensorsKind::GradientPass:
        return takePass(path);
      case TensorsKind::Other:
        return m_notices->tell(tr("%1 is nothing that can be opened here.").arg(name),
                               tr("Weights, packs of pictures, selections, deltas and gradient passes can be. What was open stays open."));
      case TensorsKind::Unreadable:
        return m_notices->tell(tr("%1 cannot be read.").arg(name),
                               tr("Check that it is still there and that you may read it. What was open stays open."));
    }
  });
}

void MainWindow::takeWeights(const QString& path) {
  if (!m_session.project().isOpen()) return m_notices->tell(tr("Weights need a project. Open pictures first."), path);
  if (const QString why = m_session.whyNoWeights(); !why.isEmpty()) return m_notices->tell(why, path);
  m_session.openWeights(path);
  showPage(u"model"_s);
}

void MainWindow::takePass(const QString& path) {
  if (const QString why = m_session.whyNoPassOfFile(); !why.isEmpty()) return m_notices->tell(why, path);
  m_session.openPass(path);
  showPage(u"selection"_s);
}

void MainWindow::choosePass() {
  chooseFile(this, tr("Open a gradient pass"), tr("Gradient passes (*.safetensors)"), [this](const QString& path) { takePass(path); });
}

void MainWindow::showVideo(const QString& path) {
  m_video->open(path);
  showPage(m_video->id());
}

// Reads it beside the window; what is dropped meanwhile counts instead.
void MainWindow::takeRunConfig(const QString& path) {
  if (!m_session.project().isOpen()) return m_notices->tell(tr("Settings need a project. Open pictures first."), path);
  ++m_drops;
  lookInto<SettingsText>(path, settingsTextOf, [this, path](const SettingsText& read) {
    const QString name = QFileInfo(path).fileName();
    if (!read.isRead) return m_notices->tell(tr("%1 cannot be read.").arg(name), read.why);
    if (read.isTooLarge) return m_notices->tell(tr("%1 is too large for settings of a run.").arg(name), path);
    if (m_session.project().isOpen()) adoptSettings(name, QString::fromUtf8(read.text));
  });
}

void MainWindow::adoptSettings(const QString& name, const QString& toml) {
  showPage(u"train"_s);
  if (isSweepPlan(toml.toStdString())) {
    SweepPanel& sweep = *m_train->sweepPanel();
    const QString problem = sweep.takePlan(toml, name);
    if (!problem.isEmpty()) return m_notices->tell(tr("%1 was not taken over.").arg(name), problem);
    const QString stays = tr("The model and the pictures stay as they are. Ctrl+Z takes the settings back, the lists stay.");
    QStringList kept;
    for (const SweepAxis& axis : sweep.kept()) kept << QString::fromStdString(axis.name);
    return m_notices->tell(tr("The sweep of %1 is in the form now: %n run(s).", nullptr, sweep.runs()).arg(name),
                           kept.isEmpty() ? stays : tr("The form has no list for %1; it is kept. %2").arg(kept.join(u", "_s), stays));
  }
  const auto problem = m_train->draft().adoptRun(toml);
  if (!problem)
    m_notices->tell(tr("The settings of %1 are in the form now.").arg(name),
                    tr("The model and the pictures stay as they are. Ctrl+Z takes it back."));
  else
    m_notices->tell(tr("%1 was not taken over.").arg(name),
                    problem->line > 0 ? tr("Line %1: %2").arg(problem->line).arg(problem->text) : problem->text);
}

}  // namespace gps::app
