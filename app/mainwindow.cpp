#include "app/mainwindow.h"

#include <QCloseEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/pages/casespage.h"
#include "app/pages/classcasespage.h"
#include "app/pages/comparepage.h"
#include "app/pages/datapage.h"
#include "app/pages/homepage.h"
#include "app/pages/jobtext.h"
#include "app/pages/modelpage.h"
#include "app/pages/selectionpage.h"
#include "app/pages/trainpage.h"
#include "app/systemtheme.h"
#include "widgets/icon.h"
#include "widgets/navigationrail.h"
#include "widgets/statusstrip.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Theme;

namespace {
constexpr double kCompactUnits = 137;  // 1100 px at 100 %
constexpr double kMinimumWidth = 112, kMinimumHeight = 75, kStartWidth = 180, kStartHeight = 112.5;
}  // namespace

MainWindow::MainWindow(EngineApi& engine, AppSettings& settings, Languages& languages, QWidget* parent)
    : QWidget(parent),
      m_engine(engine),
      m_settings(settings),
      m_languages(languages),
      m_session(engine, settings),
      m_library(engine.selectionSets(), m_session) {
  setObjectName(u"mainWindow"_s);
  setWindowIcon(ui::programIcon());
  setAcceptDrops(true);
  const auto& theme = Theme::instance();
  setMinimumSize(theme.px(kMinimumWidth), theme.px(kMinimumHeight));
  resize(theme.px(kStartWidth), theme.px(kStartHeight));

  m_rail = new ui::NavigationRail;
  m_stack = new QStackedWidget;
  m_strip = new ui::StatusStrip;
  auto* right = new QVBoxLayout;
  right->setSpacing(0);
  right->addWidget(m_stack, 1);
  right->addWidget(m_strip);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_rail);
  layout->addLayout(right, 1);

  connect(&m_session, &Session::dataChanged, this, [this] { m_pictures.setData(m_session.data(), m_session.images()); });
  addPage(new HomePage(m_session));
  addPage(new DataPage(m_session, m_pictures));
  addPage(new ModelPage(m_session));
  addPage(m_selection = new SelectionPage(m_session));
  m_selection->addShared(m_library);
  addSubPage(m_compare = new ComparePage(m_session, m_library), u"selection"_s);
  addPage(m_train = new TrainPage(m_session));
  addPage(m_cases = new CasesPage(m_session, m_pictures));
  m_classCases = new ClassCasesPage(m_session, m_pictures);
  m_stack->addWidget(m_classCases);
  connect(m_classCases, &Page::pageRequested, this, &MainWindow::showPage);
  for (auto signal : {&Session::dataChanged, &Session::projectChanged}) connect(&m_session, signal, this, &MainWindow::chooseCasesPage);

  connect(m_rail, &ui::NavigationRail::pageRequested, this, &MainWindow::showPage);
  connect(m_rail, &ui::NavigationRail::footRequested, this, [this](const QString& id) {
    if (id == "theme"_L1)
      toggleTheme();
    else
      toggleLanguage();
  });
  connect(m_strip, &ui::StatusStrip::languageRequested, this, &MainWindow::toggleLanguage);
  connect(m_strip, &ui::StatusStrip::cancelRequested, this, [this] { m_session.stopJob(); });
  connect(m_strip, &ui::StatusStrip::jobActivated, this, [this] {
    const QHash<JobKind, QString> pages{{JobKind::MakeDemo, u"data"_s},   {JobKind::OpenData, u"data"_s},
                                        {JobKind::OpenModel, u"model"_s}, {JobKind::GradientPass, u"selection"_s},
                                        {JobKind::Train, u"train"_s},     {JobKind::RebuildTable, u"selection"_s},
                                        {JobKind::Score, u"cases"_s},     {JobKind::Predict, u"cases"_s}};
    showPage(pages.value(m_session.job().kind, u"home"_s));
  });
  connect(&m_session, &Session::jobChanged, this, &MainWindow::refreshStrip);
  for (auto signal :
       {&Session::projectChanged, &Session::dataChanged, &Session::modelChanged, &Session::tableChanged, &Session::jobChanged})
    connect(&m_session, signal, this, &MainWindow::refreshRail);
  connect(&m_session, &Session::modelChanged, this, &MainWindow::refreshStrip);
  connect(&m_session, &Session::projectChanged, this, [this] {
    setWindowTitle(m_session.project().isOpen() ? tr("%1 – GPS workbench").arg(m_session.project().name) : tr("GPS workbench"));
    if (currentPage() == "home"_L1 && m_session.project().isOpen()) showPage(u"data"_s);
  });
  connect(
      &m_engine, &EngineApi::stateChanged, this,
      [this](RunState state) {
        if (m_isClosing && state == RunState::Idle) close();
      },
      Qt::QueuedConnection);  // after the session has handled the final message
  addShortcuts();
  retranslate();
  showPage(u"home"_s);
  if (!m_settings.windowGeometry().isEmpty()) restoreGeometry(m_settings.windowGeometry());
}

MainWindow::~MainWindow() = default;

void MainWindow::addPage(Page* page) {
  m_pages.insert(page->id(), page);
  m_order << page->id();
  m_stack->addWidget(page);
  m_rail->addPage(page->id(), page->id(), {});
  connect(page, &Page::pageRequested, this, &MainWindow::showPage);
}

void MainWindow::addSubPage(Page* page, const QString& parentId) {
  m_pages.insert(page->id(), page);
  m_parents.insert(page->id(), parentId);
  m_stack->addWidget(page);
  connect(page, &Page::pageRequested, this, &MainWindow::showPage);
}

// Masks and classes have a page each; the rail shows one entry.
void MainWindow::chooseCasesPage() {
  Page* wanted = m_session.task() == TaskKind::Classification ? static_cast<Page*>(m_classCases) : m_cases;
  if (m_pages.value(wanted->id()) == wanted) return;
  m_pages.insert(wanted->id(), wanted);
  if (currentPage() == wanted->id()) showPage(wanted->id());
}

void MainWindow::addShortcuts() {
  const auto add = [this](const QKeySequence& keys, auto action) {
    connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
  };
  add(QKeySequence(Qt::CTRL | Qt::Key_R), [this] {
    if (!m_session.isBusy()) m_train->startOrResume();
  });
  add(QKeySequence(Qt::CTRL | Qt::Key_P), [this] {
    if (m_session.isTraining()) m_train->pauseOrContinue();
  });
  add(QKeySequence(Qt::CTRL | Qt::Key_Period), [this] { m_session.stopJob(); });
  add(QKeySequence(Qt::CTRL | Qt::Key_O), [this] {
    chooseFolder(this, tr("Open project or pictures"), [this](const QString& path) {
      if (isProjectFolder(path))
        m_session.openProjectFolder(path);
      else
        m_session.openPictures(path);
    });
  });
  for (int i = 0; i < m_order.size(); ++i) add(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)), [this, id = m_order[i]] { showPage(id); });
}

void MainWindow::retranslate() {
  const QHash<QString, QString> labels{{u"home"_s, tr("Home")},           {u"data"_s, tr("Data")},   {u"model"_s, tr("Model")},
                                       {u"selection"_s, tr("Selection")}, {u"train"_s, tr("Train")}, {u"cases"_s, tr("Cases")}};
  for (const QString& id : m_order) m_rail->setLabel(id, labels.value(id));
  m_rail->addFoot(u"theme"_s, Theme::instance().isDark() ? u"sun"_s : u"moon"_s, tr("Theme"));
  m_rail->addFoot(u"language"_s, u"language"_s, m_languages.current() == "en"_L1 ? u"中文"_s : u"English"_s);
  setWindowTitle(m_session.project().isOpen() ? tr("%1 – GPS workbench").arg(m_session.project().name) : tr("GPS workbench"));
  refreshRail();
  refreshStrip();
}

void MainWindow::refreshRail() {
  const bool hasData = m_session.data() != nullptr, hasModel = m_session.model() != nullptr;
  m_rail->setReady(u"data"_s, m_session.project().isOpen(), tr("Open pictures first."));
  m_rail->setReady(u"model"_s, m_session.project().isOpen(), tr("Open pictures first."));
  for (const QString& id : {u"selection"_s, u"train"_s, u"cases"_s})
    m_rail->setReady(id, hasData && hasModel, hasData ? tr("Choose weights first.") : tr("Open pictures first."));
  const JobStatus& job = m_session.job();
  m_rail->setMarked(u"train"_s, m_session.isTraining());
  m_rail->setMarked(u"selection"_s, m_session.isBusy() && job.kind == JobKind::GradientPass);
}

void MainWindow::refreshStrip() {
  const JobStatus& job = m_session.job();
  m_strip->setJob(stripState(job), m_isClosing && m_engine.state() != RunState::Idle
                                       ? tr("Stopping; the window closes when everything is saved.")
                                       : jobSentence(job));
  m_strip->setProgress(progressValue(job));
  m_strip->setDevice(m_session.device());
  m_strip->setLanguage(Languages::shortName(m_languages.current()));
}

void MainWindow::showPage(const QString& id) {
  Page* page = m_pages.value(id);
  if (!page) return;
  m_stack->setCurrentWidget(page);
  m_current = id;
  m_rail->setCurrent(m_parents.value(id, id));
}

void MainWindow::setTheme(const QString& word) {
  Theme::instance().setName(word == "system"_L1 ? systemTheme() : Theme::parseName(word));
  m_rail->setFootIcon(u"theme"_s, Theme::instance().isDark() ? u"sun"_s : u"moon"_s);
}

void MainWindow::toggleTheme() {
  const QString word = Theme::instance().isDark() ? u"light"_s : u"dark"_s;
  m_settings.setTheme(word);
  setTheme(word);
}

void MainWindow::toggleLanguage() {
  const QString code = m_languages.next();
  m_settings.setLanguage(code);
  m_languages.use(code);
}

void MainWindow::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  m_rail->setCompact(event->size().width() < Theme::instance().px(kCompactUnits));
  QWidget::resizeEvent(event);
}

void MainWindow::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), Theme::instance().color(ui::Token::Window)); }

// The question is no dialog that blocks; its answer closes again, and the final message of the job closes for good.
void MainWindow::askToClose() {
  if (!m_question) {
    m_question = new QMessageBox(QMessageBox::Question, tr("GPS workbench"), tr("A run is training. Stop it and close?"),
                                 QMessageBox::NoButton, this);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    m_question->setInformativeText(tr("What was learnt is kept, and the run can be resumed."));
    auto* stop = m_question->addButton(tr("Stop and close"), QMessageBox::AcceptRole);
    m_question->addButton(tr("Go on training"), QMessageBox::RejectRole);
    connect(stop, &QPushButton::clicked, this, [this] {
      m_asks = false;
      close();
    });
    connect(m_question, &QObject::destroyed, this, [this] { m_question = nullptr; });
  }
  m_question->open();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (m_engine.state() != RunState::Idle) {
    event->ignore();
    if (m_session.isTraining() && m_asks && !m_isClosing) {
      askToClose();
      return;
    }
    m_isClosing = true;
    m_session.stopJob();
    refreshStrip();
    return;
  }
  m_settings.setWindowGeometry(saveGeometry());
  event->accept();
  Q_EMIT closed();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  const QString path = event->mimeData()->urls().first().toLocalFile();
  event->acceptProposedAction();
  if (QFileInfo(path).isDir()) {
    if (isProjectFolder(path))
      m_session.openProjectFolder(path);
    else
      m_session.openPictures(path);
  } else if (path.endsWith(".csv"_L1) || !m_session.project().isOpen()) {
    m_session.openPictures(path);
  } else {
    m_session.openWeights(path);
    showPage(u"model"_s);
  }
}

}  // namespace gps::app
