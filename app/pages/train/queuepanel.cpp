#include "app/pages/train/queuepanel.h"

#include <QCoreApplication>
#include <QDialog>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPointer>
#include <QShortcut>
#include <QThreadPool>
#include <QTreeView>
#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/label.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;

namespace {
constexpr double kLogWidth = 90, kLogHeight = 60, kRows = 6;
constexpr qint64 kMostLog = 512 * 1024;  // the end of a long log
}  // namespace

QueuePanel::QueuePanel(Session& session, RunQueue& queue, QWidget* parent) : ui::Card({}, parent), m_session(session), m_queue(queue) {
  m_hold = new Button({}, ButtonRole::Secondary, u"pause"_s);
  addHeaderWidget(m_hold);
  m_sentence = new ui::Label({}, ui::TextRole::Small, ui::Token::Text2);
  m_sentence->setWordWrap(true);
  addBody(m_sentence);
  m_model = new QueueModel(queue, this);
  m_view = new QTreeView;
  m_view->setModel(m_model);
  m_view->setRootIsDecorated(false);
  m_view->setUniformRowHeights(true);
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setObjectName(u"queue"_s);
  m_view->header()->setStretchLastSection(false);
  m_view->header()->setSectionResizeMode(QueueModel::Run, QHeaderView::Stretch);
  m_view->header()->setSectionResizeMode(QueueModel::State, QHeaderView::ResizeToContents);
  m_view->header()->setSectionResizeMode(QueueModel::Added, QHeaderView::ResizeToContents);
  addBody(m_view, 1);
  m_actions = new QWidget;
  auto* row = new QHBoxLayout(m_actions);
  row->setContentsMargins({});
  for (Button** button : {&m_up, &m_down, &m_retry, &m_log, &m_remove, &m_clear}) {
    *button = new Button({}, ButtonRole::Ghost);
    row->addWidget(*button);
    if (button == &m_log) row->addStretch(1);
  }
  addBody(m_actions);

  connect(m_hold, &Button::clicked, this, [this] { m_queue.setPaused(!m_queue.isPaused()); });
  const auto move = [this](int by) {
    m_keep = marked();
    m_queue.move(m_keep, by);
  };
  connect(m_up, &Button::clicked, this, [move] { move(-1); });
  connect(m_down, &Button::clicked, this, [move] { move(1); });
  connect(m_remove, &Button::clicked, this, [this] { m_queue.remove(marked()); });
  connect(m_retry, &Button::clicked, this, [this] {
    m_keep = marked();
    m_queue.retry(m_keep);
  });
  connect(m_log, &Button::clicked, this, &QueuePanel::showLog);
  connect(m_clear, &Button::clicked, this, [this] { m_queue.clearEnded(); });
  const auto key = [this](const QKeySequence& keys, auto action) {
    auto* shortcut = new QShortcut(keys, m_view);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, action);
  };
  key(QKeySequence(Qt::ALT | Qt::Key_Up), [move] { move(-1); });
  key(QKeySequence(Qt::ALT | Qt::Key_Down), [move] { move(1); });
  key(QKeySequence(Qt::Key_Delete), [this] { m_queue.remove(marked()); });
  connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &QueuePanel::refresh);
  connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
    if (const int at = m_model->rowOf(m_keep); at >= 0) m_view->setCurrentIndex(m_model->index(at, 0));
  });
  connect(&queue, &RunQueue::changed, this, &QueuePanel::refresh);
  connect(&session, &Session::jobStateChanged, this, &QueuePanel::refresh);
}

QString QueuePanel::marked() const { return m_model->idAt(m_view->currentIndex().row()); }

void QueuePanel::retranslate() {
  setTitle(tr("What trains next?"));
  m_view->setAccessibleName(tr("Queue of runs"));
  m_up->setText(tr("Up"));
  m_down->setText(tr("Down"));
  m_remove->setText(tr("Remove"));
  m_retry->setText(tr("Try again"));
  m_log->setText(tr("Log"));
  m_clear->setText(tr("Clear ended"));
  m_model->retranslate();
  refresh();
}

void QueuePanel::refresh() {
  const int waiting = m_queue.waiting(), all = int(m_queue.runs().size());
  m_view->setVisible(all > 0);
  m_actions->setVisible(all > 0);
  m_view->setMinimumHeight(ui::Theme::instance().px(3.5 * std::min(kRows, double(all) + 1)));
  m_hold->setVisible(all > 0);
  m_hold->setText(m_queue.isPaused() ? tr("Run queue") : tr("Pause queue"));
  m_hold->setIconName(m_queue.isPaused() ? u"play"_s : u"pause"_s);
  m_hold->setDisabledReason(
      {}, m_queue.isPaused() ? tr("Trains what waits, one run after the other.") : tr("Begins no further run; the one that runs goes on."));
  m_sentence->setText(all == 0       ? tr("Nothing waits. “Add to queue” keeps a copy of the settings as they are at that moment.")
                      : waiting == 0 ? tr("Nothing waits.")
                      : m_queue.isPaused() ? tr("%n run(s) wait; the queue is paused.", nullptr, waiting)
                      : m_session.isBusy() ? tr("%n run(s) wait for what runs now.", nullptr, waiting)
                                           : tr("%n run(s) wait.", nullptr, waiting));
  const QString id = marked();
  const QueuedRun* run = m_queue.run(id);
  const QString none = run ? QString() : tr("Mark a run first.");
  const bool isWaiting = run && run->state == QueueState::Waiting;
  const bool hasEnded = run && (run->state == QueueState::Failed || run->state == QueueState::Cancelled);
  const QString fixed = !none.isEmpty() ? none : isWaiting ? tr("It is at the end already.") : tr("Only runs that wait can be moved.");
  m_up->setDisabledReason(m_queue.canMove(id, -1) ? QString() : fixed, tr("Alt+Up"));
  m_down->setDisabledReason(m_queue.canMove(id, 1) ? QString() : fixed, tr("Alt+Down"));
  m_remove->setDisabledReason(!run                                ? none
                              : run->state == QueueState::Running ? tr("It runs; stop it first.")
                                                                  : QString(),
                              tr("Takes it off the queue; a run folder it has stays. Del"));
  m_retry->setDisabledReason(!run       ? none
                             : hasEnded ? QString()
                                        : tr("It did not fail."),
                             tr("It waits again, and goes on from what it has saved."));
  m_log->setDisabledReason(!run ? none : run->spec.runFolder.empty() ? tr("It has not begun.") : QString());
  m_clear->setDisabledReason(all > waiting + (m_session.isTraining() ? 1 : 0) ? QString() : tr("Nothing has ended."));
}

void QueuePanel::showLog() {
  const QueuedRun* run = m_queue.run(marked());
  if (!run || run->spec.runFolder.empty()) return;
  const QString folder = QString::fromStdString(run->spec.runFolder);
  auto* dialog = new QDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Log of %1").arg(QFileInfo(folder).fileName()));
  dialog->resize(ui::Theme::instance().px(kLogWidth), ui::Theme::instance().px(kLogHeight));
  auto* text = new QPlainTextEdit;
  text->setReadOnly(true);
  text->setObjectName(u"log"_s);
  auto* layout = new QVBoxLayout(dialog);
  layout->addWidget(text);
  QString problem = run->problem;
  QThreadPool::globalInstance()->start([target = QPointer<QPlainTextEdit>(text), folder, problem] {
    QFile file(folder + "/log.txt"_L1);
    QString all;
    if (file.open(QIODevice::ReadOnly)) {
      if (file.size() > kMostLog) file.seek(file.size() - kMostLog);
      all = QString::fromUtf8(file.readAll());
    }
    if (!problem.isEmpty()) all += u'\n' + problem;
    QMetaObject::invokeMethod(
        qApp,
        [target, all] {
          if (!target) return;
          target->setPlainText(all);
          target->moveCursor(QTextCursor::End);
        },
        Qt::QueuedConnection);
  });
  dialog->open();
}

}  // namespace gps::app
