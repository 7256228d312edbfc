#include "app/pages/cases/videopage.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMenu>
#include <QVBoxLayout>
#include <cmath>

#include "app/pages/cases/lookingcard.h"
#include "app/pages/cases/videocurve.h"
#include "app/pages/cases/videoscrub.h"
#include "app/pages/columns.h"
#include "app/pages/jobtext.h"
#include "app/project/appsettings.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/choicebox.h"
#include "widgets/curveplot.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/pageheader.h"
#include "widgets/progressvalue.h"
#include "widgets/theme.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Card;
using ui::Label;
using ui::TextRole;
using ui::Token;
using Phase = NewVideo::Phase;

namespace {
constexpr int kRefreshMs = 120;
constexpr double kCutShare = 0.98;  // files often announce a frame or two too many
}  // namespace

VideoPage::VideoPage(EngineApi& engine, Session& session, QWidget* parent)
    : Page(u"video"_s, session, parent), m_video(engine, session), m_settings(session.settings()) {
  m_notice = new ui::Badge({}, ui::Tone::Warn);
  header()->addWidget(m_notice);
  m_choose = header()->addAction({}, ButtonRole::Secondary, u"open-folder"_s);
  m_save = header()->addAction({}, ButtonRole::Primary, u"export"_s);
  connect(header(), &ui::PageHeader::parentRequested, this, [this] { Q_EMIT pageRequested(u"cases"_s); });
  connect(m_choose, &Button::clicked, this, &VideoPage::choose);
  connect(m_save, &Button::clicked, this, [this] {
    if (m_video.isSaving()) return m_video.cancelSave();
    askSave();
  });
  emptyState()->setIconName(u"play"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this, [this] {
    if (!takeWayOut()) choose();
  });
  auto* columns = new Columns;
  columns->setRightShown(false);
  columns->setMiddleFirst();
  buildDetails(columns);
  buildViewer(columns);
  setContent(columns);
  bindFailure(m_progress, JobKind::LookAtVideo);
  m_soon.setSingleShot(true);
  m_soon.setInterval(kRefreshMs);
  connect(&m_soon, &QTimer::timeout, this, [this] {
    if (m_follows && m_newest >= 0 && m_newest != m_current) showFrame(m_newest);
    refreshState();
    refreshDetails();
    m_curve->refresh(m_viewer->overlayStyle().threshold);
  });
  connectVideo();
  for (auto signal : {&Session::projectChanged, &Session::modelChanged, &Session::runChanged, &Session::jobStateChanged})
    connect(&session, signal, this, &VideoPage::refresh);
  connect(&session, &Session::jobChanged, this, &VideoPage::refreshState);
  connect(&session, &Session::epochAdded, m_look, &LookingCard::refreshRun);
  const auto still = [this] { m_scrub->setStill(this->session().settings().reducedMotion()); };
  connect(&session.settings(), &AppSettings::reducedMotionChanged, this, still);
  still();
  changeStyle(m_settings.style());
  connect(&session.settings(), &AppSettings::overlayStyleChanged, this, [this] {
    if (m_settings.style() != m_viewer->overlayStyle()) changeStyle(m_settings.style());
  });
  const auto takeLevels = [this] { m_viewer->setLevels(m_settings.brightness(), m_settings.contrast()); };
  connect(m_viewer, &ui::ImageViewer::levelsChanged, this,
          [this](double brightness, double contrast) { m_settings.setLevels(brightness, contrast); });
  connect(&session.settings(), &AppSettings::levelsChanged, this, takeLevels);
  takeLevels();
  retranslate();
}

void VideoPage::connectVideo() {
  connect(&m_video, &NewVideo::changed, this, [this] {
    if (!m_video.isOpen()) {
      m_current = m_newest = -1;
      m_follows = true;
      m_isUnreadable = false;
      m_scrub->play(false);
      m_viewer->setImage(nullptr);
      m_viewer->setPrediction(std::shared_ptr<const ProbabilityMap>());
    } else if (m_current < 0) {
      showFrame(0);
    }
    refresh();
  });
  connect(&m_video, &NewVideo::seen, this, [this](int number) {
    m_newest = number;
    if (number == m_current) m_video.show(number);
    if (!m_soon.isActive()) m_soon.start();
  });
  connect(&m_video, &NewVideo::shown, this, [this](int number, const auto& picture, const auto& map) {
    if (number != m_current) return;
    m_isUnreadable = !picture;
    if (picture) m_viewer->setPicture(picture);
    m_viewer->setPrediction(map, {});
    m_viewer->setStale(false);
    refreshDetails();
    m_scrub->arrived();
  });
  connect(&m_video, &NewVideo::saveProgress, this, [this](int done, int total) {
    m_look->setSavedText(tr("Saving: %L1 of %L2 frames").arg(done).arg(total));
    refreshState();
  });
  connect(&m_video, &NewVideo::saved, this, [this](const QString& folder, const QString& problem, const QString& details) {
    m_look->showSaved(folder, problem, details);
    refreshState();
  });
}

void VideoPage::buildViewer(Columns* columns) {
  m_view = new Card;
  m_viewer = new ui::ImageViewer;
  m_viewer->setIsPart(true);
  m_scrub = new VideoScrub;
  m_view->addBody(m_viewer, 1);
  m_view->addBody(m_scrub);
  columns->middle()->addWidget(m_view, 3);
  m_curve = new VideoCurve(m_video);
  columns->middle()->addWidget(m_curve, 2);
  // They share the height there is, so that both are in sight in a small window too.
  m_viewer->setSharesHeight(true);
  m_curve->plot()->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
  connect(m_scrub, &VideoScrub::frameWished, this, &VideoPage::pick);
  connect(m_curve, &VideoCurve::frameWished, this, &VideoPage::pick);
  connect(m_viewer, &ui::ImageViewer::overlayStyleChanged, this, &VideoPage::changeStyle);
  connect(m_viewer, &ui::ImageViewer::commanded, this, [this](ui::ViewerCommand command) {
    using C = ui::ViewerCommand;
    if (command == C::Next) pick(m_current + 1);
    if (command == C::Previous) pick(m_current - 1);
    if (command == C::First) pick(0);
    if (command == C::Last) pick(m_video.frameCount() - 1);
    if (command == C::GoTo) m_scrub->focusNumber();
  });
}

void VideoPage::buildDetails(Columns* columns) {
  m_progress = new Card;
  m_state = new Label({}, TextRole::Body);
  m_state->setWordWrap(true);
  m_cancel = new Button({}, ButtonRole::Secondary, u"stop"_s);
  m_trouble = new Label({}, TextRole::Small, Token::Warn);
  m_trouble->setWordWrap(true);
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(m_state, 1);
  row->addWidget(m_cancel);
  m_facts = new ui::KeyValueList;
  for (QWidget* w : std::initializer_list<QWidget*>{line, m_trouble, m_facts}) m_progress->addBody(w);
  columns->left()->addWidget(m_progress);
  m_everyLabel = new Label({}, TextRole::Small, Token::Text2);
  m_every = new ui::ChoiceBox;
  for (const char* n : {"1", "2", "5", "10", "25"}) m_every->addOption(QString::fromLatin1(n));
  m_look = new LookingCard(m_video, session(), {m_everyLabel, m_every});
  columns->left()->addWidget(m_look);
  columns->left()->addStretch(1);
  connect(m_look, &LookingCard::styleEdited, this, &VideoPage::changeStyle);
  connect(m_cancel, &Button::clicked, this, [this] {
    m_cancel->setEnabled(false);
    m_video.cancel();
    refreshState();
  });
  const auto again = [this] {
    if (!m_video.path().isEmpty()) m_video.open(m_video.path(), m_every->current().toInt(), m_look->wantsRun());
  };
  connect(m_look, &LookingCard::modelChosen, this, again);
  connect(m_every, &ui::ChoiceBox::chosen, this, again);
}

ui::LabelledSlider* VideoPage::threshold() const { return m_look->threshold(); }

void VideoPage::retranslate() {
  header()->setParentPage(tr("Cases"));
  header()->setTitle(tr("Video"));
  m_notice->setText(tr("Research use only, not for diagnosis"));
  m_choose->setText(tr("Choose video…"));
  m_cancel->setText(tr("Stop"));
  m_progress->setTitle(tr("This video"));
  m_look->retranslate();
  m_everyLabel->setText(tr("Frames looked at"));
  for (const char* n : {"1", "2", "5", "10", "25"}) {
    const QString id = QString::fromLatin1(n);
    m_every->setOptionText(id, id == "1"_L1 ? tr("All") : tr("One in %1").arg(id));
  }
  m_viewer->setPlaceholder(tr("The first frame appears here as soon as it is there."));
  refresh();
}

QString VideoPage::fileFilter() {
  return tr("Videos (%1)").arg(u"*.mp4 *.m4v *.mov *.avi *.mkv *.webm *.mpg *.mpeg *.ts *.mts *.m2ts *.wmv *.flv *.ogv"_s);
}

void VideoPage::open(const QString& path) {
  m_look->setSavedText({});
  m_video.open(path, m_every->current().toInt(), m_look->wantsRun());
}

void VideoPage::choose() {
  chooseFile(this, tr("Choose a video"), fileFilter(), [this](const QString& path) { open(path); });
}

void VideoPage::askSave() {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const auto add = [this, menu](const QString& text, NewVideo::What what, bool isPossible) {
    QAction* action = menu->addAction(text, this, [this, what] {
      chooseFolder(this, tr("Choose where the results go"), [this, what](const QString& folder) { saveTo(folder, what); });
    });
    action->setEnabled(isPossible);
  };
  const auto* frame = m_video.seenFrame(m_current);
  add(tr("All frames looked at…"), NewVideo::What::AllFrames, true);
  add(tr("This frame…"), NewVideo::What::OneFrame, frame && frame->problem.isEmpty());
  add(tr("The table of areas…"), NewVideo::What::AreasOnly, true);
  menu->popup(m_save->mapToGlobal(QPoint(0, m_save->height())));
}

void VideoPage::saveTo(const QString& folder, NewVideo::What what) {
  m_video.save(folder, {m_viewer->overlayStyle(), m_viewer->brightness(), m_viewer->contrast()}, what, m_current);
}

void VideoPage::pick(int number) {
  m_follows = false;
  showFrame(number);
}

void VideoPage::showFrame(int number) {
  const int count = m_video.frameCount();
  if (count == 0) return;
  m_current = std::clamp(number, 0, count - 1);
  m_viewer->setStale(true);
  m_video.show(m_current);
  refreshDetails();
}

void VideoPage::changeStyle(const OverlayStyle& style) {
  const bool isOther = style.threshold != m_viewer->overlayStyle().threshold;
  m_viewer->setOverlayStyle(style);
  m_settings.setStyle(style);
  m_look->setStyle(style);
  if (isOther) m_curve->refresh(style.threshold);
  refreshDetails();
}

void VideoPage::refresh() {
  const QString why = m_video.whyNot();
  showEmpty(m_video.phase() == Phase::Empty || !why.isEmpty());
  emptyState()->setSentence(!why.isEmpty() ? why : tr("Choose a video, or drop one on the window. Nothing of it leaves this computer."));
  offerWayOut(tr("Choose video…"), u"open-folder"_s);
  m_choose->setDisabledReason(why);
  m_look->refreshRun();
  refreshState();
  refreshDetails();
  m_curve->refresh(m_viewer->overlayStyle().threshold);
}

QString VideoPage::progressSentence() const {
  const ui::ProgressValue progress = progressValue(session().job());
  const int seen = int(m_video.seenFrames().size());
  switch (m_video.phase()) {
    case Phase::Empty:
      return {};
    case Phase::Waiting:
      if (session().isTraining()) return tr("A run is training. The video is looked at when it has ended.");
      return session().isBusy() ? tr("The video is looked at when the present job has ended.") : tr("Beginning…");
    case Phase::Looking:
      if (session().job().state == RunState::Stopping) return tr("Stopping…");
      if (progress.total > 0) return ui::progressLine(progress);
      return seen > 0 ? tr("%n frame(s) so far; the video does not say how many it has.", nullptr, seen) : tr("Beginning…");
    case Phase::Cancelled:
      return tr("Stopped after %n frame(s).", nullptr, seen);
    case Phase::Failed:
      return tr("Ended early after %n frame(s).", nullptr, seen);
    case Phase::Done:
      return tr("%n frame(s) looked at.", nullptr, seen);
  }
  return {};
}

QString VideoPage::trouble() const {
  QStringList lines;
  const QList<int> unreadable = m_video.unreadable();
  if (!unreadable.isEmpty())
    lines << tr("%n frame(s) could not be read and were passed over, the first is %1.", nullptr, int(unreadable.size()))
                 .arg(unreadable.first());
  const int announced = m_video.info().announcedFrames;
  if (m_video.isCounted() && m_video.frameCount() < announced * kCutShare)
    lines << tr("The file announces %L1 frames but %L2 can be read: it may be cut short.").arg(announced).arg(m_video.frameCount());
  return lines.join(u'\n');
}

void VideoPage::refreshState() {
  const Phase phase = m_video.phase();
  m_state->setText(progressSentence());
  m_cancel->setVisible(phase == Phase::Looking || phase == Phase::Waiting);
  m_cancel->setEnabled(session().job().state != RunState::Stopping || phase == Phase::Waiting);
  m_trouble->setText(trouble());
  m_trouble->setVisible(!m_trouble->text().isEmpty());
  m_save->setText(m_video.isSaving() ? tr("Stop saving") : tr("Save results…"));
  m_save->setDisabledReason(m_video.seenFrames().isEmpty() ? tr("No frame has been looked at yet.") : QString(),
                            tr("Masks, frames with the outline and the table of areas, in a new folder."));
}

void VideoPage::refreshDetails() {
  const int count = m_video.frameCount(), every = m_video.every();
  const VideoInfo& info = m_video.info();
  const QString name = QFileInfo(QDir::cleanPath(m_video.path())).fileName();
  m_view->setTitle(m_video.path().isEmpty() ? tr("No video") : name);
  m_scrub->setFrames(count);
  m_scrub->setFrame(std::max(0, m_current));
  m_scrub->setSeconds(m_video.secondsOf(m_current), m_video.secondsOf(count - 1));
  m_scrub->setPace(every, info.framesPerSecond > 0 ? int(std::lround(1000 * every / info.framesPerSecond)) : 100);
  m_curve->setFrame(m_current);

  QList<ui::KeyValue> rows;
  const auto add = [&rows](const QString& key, const QString& value, const QString& toolTip) {
    rows.append({key, value, {}, ui::Tone::Neutral, toolTip});
  };
  const bool isOpen = m_video.isOpen();
  add(tr("Size"), isOpen ? tr("%1 × %2 pixels").arg(info.width).arg(info.height) : u"–"_s, tr("Width and height of a frame."));
  add(tr("Frames"),
      !isOpen               ? u"–"_s
      : m_video.isCounted() ? ui::groupedCount(count)
                            : tr("about %1").arg(ui::groupedCount(count)),
      m_video.isCounted() ? tr("Counted while the video was read.") : tr("As the file says; they are counted while it is read."));
  if (isOpen && !info.isSequence) {
    const double last = m_video.secondsOf(count - 1);
    add(tr("Length"), std::isnan(last) ? u"–"_s : frameTimeText(last),
        info.framesPerSecond > 0
            ? tr("Time of the last frame; %1 frames per second, as the file says.").arg(ui::significant(info.framesPerSecond, 4))
            : tr("Time of the last frame."));
  }
  m_facts->setRows(rows);
  m_view->setNote(frameSentence());
}

QString VideoPage::frameSentence() const {
  if (m_current < 0) return {};
  if (m_isUnreadable) return tr("Frame %L1: it cannot be read").arg(m_current);
  const VideoFrameSeen* frame = m_video.seenFrame(m_current);
  const double threshold = m_viewer->overlayStyle().threshold;
  if (frame && frame->problem.isEmpty())
    return tr("Frame %L1: outlined are %2 of the picture, %3 pixels")
        .arg(m_current)
        .arg(ui::sharePercent(frame->areas.shareAt(threshold)), ui::groupedCount(frame->areas.at(threshold)));
  return m_current % m_video.every() != 0 ? tr("Frame %L1: left out, one in %2 is looked at").arg(m_current).arg(m_video.every())
                                          : tr("Frame %L1: nobody has looked at it yet").arg(m_current);
}

PictureHost VideoPage::keyHost() {
  return {id(),
          [this](ui::ViewerCommand command) {
            Q_EMIT pageRequested(id());
            m_viewer->perform(command);
          },
          [this] { return isEmptyShown() ? tr("Choose a video first.") : QString(); },
          [this](const ui::ViewerKeys& keys) { m_viewer->setKeys(keys); }};
}

void VideoPage::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_K && event->modifiers() == Qt::NoModifier && !isEmptyShown()) {
    if (!event->isAutoRepeat()) m_scrub->play(!m_scrub->isPlaying());
    return;
  }
  forwardKey(event, m_viewer);
}

void VideoPage::keyReleaseEvent(QKeyEvent* event) { forwardKey(event, m_viewer); }

}  // namespace gps::app
