#include "app/mainwindow.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QCloseEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/actions.h"
#include "app/notices.h"
#include "app/pages/cases/blindpage.h"
#include "app/pages/cases/casekeys.h"
#include "app/pages/cases/newpicturespage.h"
#include "app/pages/cases/numberspage.h"
#include "app/pages/cases/outlinebar.h"
#include "app/pages/cases/videopage.h"
#include "app/pages/casespage.h"
#include "app/pages/classcasespage.h"
#include "app/pages/comparepage.h"
#include "app/pages/datapage.h"
#include "app/pages/homepage.h"
#include "app/pages/jobtext.h"
#include "app/pages/modelpage.h"
#include "app/pages/runspage.h"
#include "app/pages/selectionpage.h"
#include "app/pages/settingspage.h"
#include "app/pages/train/sweeppanel.h"
#include "app/pages/trainpage.h"
#include "app/shellactions.h"
#include "app/systemtheme.h"
#include "widgets/icon.h"
#include "widgets/navigationrail.h"
#include "widgets/noticebar.h"
#include "widgets/propertyform.h"
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
  fitScreen();
  resetLayout();

  m_rail = new ui::NavigationRail;
  m_stack = new QStackedWidget;
  m_strip = new ui::StatusStrip;
  m_noticeBar = new ui::NoticeBar;
  auto* right = new QVBoxLayout;
  right->setSpacing(0);
  right->addWidget(m_noticeBar);
  right->addWidget(m_stack, 1);
  right->addWidget(m_strip);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_rail);
  layout->addLayout(right, 1);

  connect(&m_session, &Session::dataChanged, this, [this] { m_pictures.setData(m_session.data(), m_session.images()); });
  connect(&m_session, &Session::projectMoved, &m_runNotes, &RunNotes::followProject);
  connect(&m_session, &Session::projectChanged, this, [this] {
    m_runNotes.setProject(m_session.project().folder);
    m_runs.setFolder(m_session.project().isOpen() ? m_session.project().runsFolder() : QString());
  });
  for (auto signal : {&Session::runChanged, &Session::epochAdded}) connect(&m_session, signal, &m_runs, &RunLibrary::look);
  addPage(new HomePage(m_session, m_runs, m_library, m_leaks));
  addPage(new DataPage(m_session, m_pictures));
  addPage(new ModelPage(m_session));
  addPage(m_selection = new SelectionPage(m_session, m_engine));
  m_selection->addShared(m_library);
  addSubPage(m_compare = new ComparePage(m_session, m_library), u"selection"_s);
  addPage(m_train = new TrainPage(m_session, m_leaks));
  connect(m_train->sweepPanel(), &SweepPanel::planRequested, this, &MainWindow::takeRunConfig);
  addPage(m_runsPage = new RunsPage(m_session, m_runs, m_runNotes, m_leaks));
  addPage(m_cases = new CasesPage(m_engine, m_session, m_pictures, m_runs, m_leaks));
  addSubPage(m_numbers = new NumbersPage(m_session, m_audits, m_leaks), u"cases"_s);
  addSubPage(m_blind = new BlindPage(m_session, m_engine, m_pictures, m_runs), u"cases"_s);
  m_scores.useCurves(m_cases->curves());
  m_audits.useCurves(m_cases->curves());
  m_cases->useAudits(m_audits);
  m_audits.useOutlines(m_outlines);
  m_cases->useOutlines(m_outlines);
  m_numbers->outlines()->use(m_outlines);
  connect(m_numbers, &NumbersPage::caseRequested, this, [this](const QString& id) {
    showPage(u"cases"_s);
    m_cases->showCase(id);
  });
  addSubPage(m_newPictures = new NewPicturesPage(m_engine, m_session), u"cases"_s);
  addSubPage(m_video = new VideoPage(m_engine, m_session), u"cases"_s);
  connect(m_newPictures, &NewPicturesPage::videoRequested, this, &MainWindow::showVideo);
  m_classCases = new ClassCasesPage(m_session, m_pictures, m_leaks);
  m_stack->addWidget(m_classCases);
  connect(m_classCases, &Page::pageRequested, this, &MainWindow::showPage);
  for (auto signal : {&Session::dataChanged, &Session::projectChanged}) connect(&m_session, signal, this, &MainWindow::chooseCasesPage);

  connect(m_rail, &ui::NavigationRail::pageRequested, this, &MainWindow::showPage);
  connect(m_rail, &ui::NavigationRail::footRequested, this, [this](const QString& id) {
    if (id == "settings"_L1)
      showPage(id);
    else if (id == "theme"_L1)
      toggleTheme();
    else
      toggleLanguage();
  });
  connect(m_strip, &ui::StatusStrip::languageRequested, this, &MainWindow::toggleLanguage);
  connect(m_strip, &ui::StatusStrip::cancelRequested, this, [this] { m_train->stop(); });
  connect(m_strip, &ui::StatusStrip::jobActivated, this, [this] {
    const QHash<JobKind, QString> pages{{JobKind::MakeDemo, u"data"_s},    {JobKind::OpenData, u"data"_s},
                                        {JobKind::OpenModel, u"model"_s},  {JobKind::GradientPass, u"selection"_s},
                                        {JobKind::Train, u"train"_s},      {JobKind::RebuildTable, u"selection"_s},
                                        {JobKind::Score, u"cases"_s},      {JobKind::MeasureCost, u"train"_s},
                                        {JobKind::Predict, u"cases"_s},    {JobKind::LookAtPictures, u"newpictures"_s},
                                        {JobKind::LookAtVideo, u"video"_s}};
    showPage(pages.value(m_session.job().kind, u"home"_s));
  });
  connect(&m_session, &Session::jobChanged, this, &MainWindow::refreshStrip);
  for (auto signal :
       {&Session::projectChanged, &Session::dataChanged, &Session::modelChanged, &Session::tableChanged, &Session::jobChanged})
    connect(&m_session, signal, this, &MainWindow::refreshRail);
  connect(&m_session, &Session::modelChanged, this, &MainWindow::refreshStrip);
  connect(&m_session, &Session::projectChanged, this, [this] {
    refreshTitle();
    if (m_session.project().folder == m_projectFolder) return;
    m_projectFolder = m_session.project().folder;
    if (m_question) m_question->close();  // it was about the former one
    goToOpened();
  });
  connect(&m_session, &Session::openedAgain, this, &MainWindow::goToOpened);
  connect(&m_session, &Session::replacementAsked, this, [this](const QString& name) {
    askToStop(
        tr("A run is training. Stop it and open %1?").arg(name), tr("Stop and open"), [this] { m_session.stopAndReplace(); },
        [this] { m_session.keepProject(); });
  });
  connect(&m_session.document(), &Document::modifiedChanged, this, &QWidget::setWindowModified);
  connect(
      &m_engine, &EngineApi::stateChanged, this,
      [this](RunState state) {
        if (m_isClosing && state == RunState::Idle) close();
      },
      Qt::QueuedConnection);  // after the session has handled the final message
  m_actions = new Actions(*this, m_settings);
  m_shell = new ShellActions(*this, *m_actions);
  addCaseActions(*m_actions, {m_cases->keyHost(*m_actions), m_newPictures->keyHost(), m_video->keyHost(), m_blind->keyHost()});
  m_settingsPage = new SettingsPage(m_session, *m_actions);
  m_pages.insert(m_settingsPage->id(), m_settingsPage);
  m_stack->addWidget(m_settingsPage);
  connect(m_settingsPage, &Page::pageRequested, this, &MainWindow::showPage);
  connect(m_settingsPage, &SettingsPage::languageRequested, this, &MainWindow::useLanguage);
  connect(m_settingsPage, &SettingsPage::layoutResetRequested, this, &MainWindow::resetLayout);
  m_notices = new Notices(m_session, *m_noticeBar, this);
  connect(&m_session, &Session::copyEnded, m_notices, &Notices::tellCopy);
  connect(
      &m_session, &Session::copyEnded, this,
      [this] {
        if (m_isClosing) close();
      },
      Qt::QueuedConnection);
  connect(m_notices, &Notices::saveAsRequested, this, &MainWindow::chooseSaveAs);
  connect(m_notices, &Notices::closeRequested, this, [this] {
    m_closesUnsaved = true;
    close();
  });
  connect(&m_settings, &AppSettings::themeChanged, this, &MainWindow::setTheme);
  connect(&m_settings, &AppSettings::textScaleChanged, &Theme::instance(), &Theme::setTextScale);
  connect(&m_settings, &AppSettings::reducedMotionChanged, this, [](bool on) { Theme::instance().setReducedMotion(on); });
  connect(&Theme::instance(), &Theme::scaled, this, [this](double ratio) { m_layoutScale.scale(*this, ratio); });
  connect(&Theme::instance(), &Theme::changed, this, [this] { m_rail->setCompact(width() < Theme::instance().px(kCompactUnits)); });
  // Tab leads to what is scrolled out of sight, too.
  connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
    if (!now || !isAncestorOf(now)) return;
    // A view is covered by what it shows.
    const auto* view = qobject_cast<QAbstractScrollArea*>(now);
    if (!(view ? view->viewport() : now)->visibleRegion().isEmpty()) return;
    for (QWidget* above = now->parentWidget(); above; above = above->parentWidget())
      if (auto* area = qobject_cast<QScrollArea*>(above)) area->ensureWidgetVisible(now);
  });
  qApp->installEventFilter(this);
  retranslate();
  showPage(u"home"_s);
  if (!m_settings.windowGeometry().isEmpty()) restoreGeometry(m_settings.windowGeometry());
}

// A field that is being typed into gives its value away when it loses the focus: while the session is still there.
MainWindow::~MainWindow() {
  qApp->removeEventFilter(this);
  m_asks = false;
  hide();
  delete m_stack;
}

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

QString MainWindow::pageName(const QString& id) const {
  const QHash<QString, QString> names{{u"home"_s, tr("Home")},
                                      {u"data"_s, tr("Data")},
                                      {u"model"_s, tr("Model")},
                                      {u"selection"_s, tr("Selection")},
                                      {u"train"_s, tr("Train")},
                                      {u"runs"_s, tr("Runs")},
                                      {u"cases"_s, tr("Cases")},
                                      {u"compare"_s, tr("Comparison")},
                                      {u"numbers"_s, tr("Numbers")},
                                      {u"blind"_s, tr("Blind reading")},
                                      {u"newpictures"_s, tr("New pictures")},
                                      {u"video"_s, tr("Video")},
                                      {u"settings"_s, tr("Settings")}};
  return names.value(id, id);
}

void MainWindow::retranslate() {
  for (const QString& id : m_order) m_rail->setLabel(id, pageName(id));
  m_rail->addFoot(u"settings"_s, u"settings"_s, pageName(u"settings"_s));
  m_rail->addFoot(u"theme"_s, Theme::instance().isDark() ? u"sun"_s : u"moon"_s, tr("Theme"));
  m_rail->addFoot(u"language"_s, u"language"_s, m_languages.current() == "en"_L1 ? u"中文"_s : u"English"_s);
  m_notices->retranslate();
  refreshTitle();
  refreshRail();
  refreshStrip();
}

void MainWindow::refreshTitle() {
  setWindowTitle(m_session.project().isOpen() ? tr("%1[*] – GPS workbench").arg(m_session.project().name) : tr("GPS workbench"));
  setWindowModified(m_session.document().isModified());
}

void MainWindow::refreshRail() {
  const bool hasData = m_session.data() != nullptr, hasModel = m_session.model() != nullptr;
  m_rail->setReady(u"data"_s, m_session.project().isOpen(), tr("Open pictures first."));
  m_rail->setReady(u"model"_s, m_session.project().isOpen(), tr("Open pictures first."));
  m_rail->setReady(u"runs"_s, m_session.project().isOpen(), tr("Open pictures first."));
  for (const QString& id : {u"selection"_s, u"train"_s, u"cases"_s})
    m_rail->setReady(id, hasData && hasModel, hasData ? tr("Choose weights first.") : tr("Open pictures first."));
  const JobStatus& job = m_session.job();
  m_rail->setMarked(u"train"_s, m_session.isTraining());
  m_rail->setMarked(u"selection"_s, m_session.isBusy() && job.kind == JobKind::GradientPass);
}

void MainWindow::refreshStrip() {
  const JobStatus& job = m_session.job();
  m_strip->setJob(stripState(job), m_isClosing && (m_engine.state() != RunState::Idle || m_session.isCopying())
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
  // The keys of cases are those of pictures with masks.
  if (m_actions) m_actions->setPage(page == m_classCases ? QString() : id);
  m_rail->setCurrent(m_parents.value(id, id));
}

// From the home page on; other pages show the project that is open now.
void MainWindow::goToOpened() {
  if (!m_pageToRestore.isEmpty())
    showPage(std::exchange(m_pageToRestore, {}));
  else if (currentPage() == "home"_L1 && m_session.project().isOpen())
    showPage(u"data"_s);
}

void MainWindow::setTheme(const QString& word) {
  Theme::instance().setName(word == "system"_L1 ? systemTheme() : Theme::parseName(word));
  m_rail->setFootIcon(u"theme"_s, Theme::instance().isDark() ? u"sun"_s : u"moon"_s);
}

void MainWindow::toggleTheme() { m_settings.setTheme(Theme::instance().isDark() ? u"light"_s : u"dark"_s); }

void MainWindow::toggleLanguage() { useLanguage(m_languages.next()); }

void MainWindow::useLanguage(const QString& code) {
  m_settings.setLanguage(code);
  m_languages.use(code);
}

// The same whatever the text scale is: a screen does not grow with it.
void MainWindow::fitScreen() {
  const auto& theme = Theme::instance();
  const double scale = theme.textScale();
  setMinimumSize(theme.px(kMinimumWidth / scale), theme.px(kMinimumHeight / scale));
}

void MainWindow::resetLayout() {
  const auto& theme = Theme::instance();
  QSize size(theme.px(kStartWidth), theme.px(kStartHeight));
  if (const QScreen* own = screen()) size = size.boundedTo(own->availableGeometry().size());
  setWindowState(windowState() & ~(Qt::WindowMaximized | Qt::WindowFullScreen));
  resize(size);
  m_settings.setWindowGeometry({});
}

void MainWindow::restoreLast(bool endedBadly) {
  const QString project = m_settings.lastProject();
  const bool isThere = !project.isEmpty() && isProjectFolder(project);
  if (endedBadly) return m_notices->tellEndedBadly(isThere ? project : QString());
  if (!isThere || !m_settings.opensLastProject()) return;
  m_pageToRestore = m_pages.contains(m_settings.lastPage()) ? m_settings.lastPage() : QString();
  m_session.openProjectFolder(project);
}

void MainWindow::chooseSaveAs() {
  if (!m_session.whyNoSaveAs().isEmpty()) return;
  chooseFolder(this, tr("Choose a folder for the project"), [this](const QString& path) { m_session.saveProjectAs(path); });
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

// The question is no dialog that blocks. A new one takes the place of one that is open.
void MainWindow::askToStop(const QString& question, const QString& stopText, const std::function<void()>& stop,
                           const std::function<void()>& goOn) {
  delete m_question;
  m_question = new QMessageBox(QMessageBox::Question, tr("GPS workbench"), question, QMessageBox::NoButton, this);
  m_question->setAttribute(Qt::WA_DeleteOnClose);
  m_question->setInformativeText(tr("What was learnt is kept, and the run can be resumed."));
  auto* stopIt = m_question->addButton(stopText, QMessageBox::AcceptRole);
  auto* on = m_question->addButton(tr("Go on training"), QMessageBox::RejectRole);
  m_question->setEscapeButton(on);
  connect(stopIt, &QPushButton::clicked, this, stop);
  connect(on, &QPushButton::clicked, this, goOn);
  m_question->open();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (m_engine.state() != RunState::Idle || m_session.isCopying()) {
    event->ignore();
    // The answer closes again, and the final message of the job closes for good.
    if (m_session.isTraining() && m_asks && !m_isClosing) {
      const auto stop = [this] {
        m_asks = false;
        close();
      };
      return askToStop(tr("A run is training. Stop it and close?"), tr("Stop and close"), stop, [] {});
    }
    m_isClosing = true;
    m_session.stopJob();
    refreshStrip();
    return;
  }
  if (m_session.document().isModified() && !m_closesUnsaved && !m_session.document().save()) {
    event->ignore();
    m_isClosing = false;  // the next close is asked for by a person again
    m_asks = true;
    m_notices->askToCloseUnsaved();
    return;
  }
  m_session.document().autosave().flush();
  m_settings.setWindowGeometry(saveGeometry());
  m_settings.setLast(m_session.project().folder, currentPage());
  event->accept();
  Q_EMIT closed();
}

// Undo belongs to the project where a field writes into it with every key; search fields and texts keep their own.
bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && (qobject_cast<QLineEdit*>(watched) || qobject_cast<QAbstractSpinBox*>(watched))) {
    bool isOfProject = false;
    for (QObject* above = watched; above; above = above->parent())
      isOfProject = isOfProject || qobject_cast<QAbstractSpinBox*>(above) || qobject_cast<ui::PropertyForm*>(above);
    const auto* key = static_cast<QKeyEvent*>(event);
    const QKeySequence pressed(key->keyCombination());
    const bool isUndo = m_actions->keys(u"edit.undo"_s).contains(pressed) || m_actions->keys(u"edit.redo"_s).contains(pressed);
    if (isOfProject && isUndo) {
      event->ignore();
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace gps::app
