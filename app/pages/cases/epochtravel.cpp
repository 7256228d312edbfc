#include "app/pages/cases/epochtravel.h"

#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QMenu>
#include <QSignalBlocker>
#include <algorithm>
#include <utility>

#include "app/engine/failuretext.h"
#include "app/pages/page.h"
#include "app/project/predictions.h"
#include "app/project/session.h"
#include "widgets/button.h"
#include "widgets/flowlayout.h"
#include "widgets/label.h"
#include "widgets/slider.h"
#include "widgets/theme.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Theme;

namespace {
constexpr qint64 kMostAheadPixels = 32 * 1024 * 1024;  // of all maps together: half of what Predictions keeps
}

EpochTravel::EpochTravel(EngineApi& engine, Session& session, RunLibrary& runs, Predictions& predictions,
                         std::function<ui::Composition()> look, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_predictions(predictions),
      m_look(std::move(look)),
      m_movie(engine, session, runs),
      m_play(new ui::IconButton(u"play"_s, {})),
      m_slider(new ui::Slider),
      m_label(new ui::Label({}, ui::TextRole::Small, ui::Token::Text2)),
      m_export(new ui::Button({}, ui::ButtonRole::Ghost)) {
  const Theme& theme = Theme::instance();
  auto* row = new ui::FlowLayout(this);
  row->setContentsMargins({});
  row->setSpacing(theme.px(1));
  row->addWidget(m_play);
  row->addWidget(m_slider);
  row->addWidget(m_label);
  row->addWidget(m_export);
  m_label->setMinimumWidth(theme.px(14));
  m_slider->setPageStep(1);
  m_step.setInterval(kStepMs);
  connect(&m_step, &QTimer::timeout, this, &EpochTravel::step);
  connect(m_slider, &ui::Slider::valueChanged, this, &EpochTravel::wish);
  connect(m_play, &ui::IconButton::clicked, this, [this] { play(!isPlaying()); });
  connect(m_export, &ui::Button::clicked, this, [this] {
    if (m_movie.isRunning())
      m_movie.cancel();
    else
      askExport();
  });
  connect(&m_movie, &EpochMovie::progressed, this, [this] {
    m_note = tr("Writing, %1 of %2").arg(std::min(m_movie.done() + 1, m_movie.total())).arg(m_movie.total());
    refresh();
  });
  connect(&m_movie, &EpochMovie::finished, this, [this] {
    m_note.clear();
    if (const auto& failure = m_movie.failure())
      m_note = tr("Not written: %1").arg(FailureTexts::of(*failure).why);
    else if (!m_movie.written().isEmpty())
      m_note = tr("Written: %1").arg(QFileInfo(m_movie.written()).fileName());
    refresh();
  });
  for (auto signal : {&Session::runChanged, &Session::epochAdded, &Session::jobStateChanged})
    connect(&session, signal, this, &EpochTravel::refresh);
  connect(&session.settings(), &AppSettings::reducedMotionChanged, this, &EpochTravel::refresh);
  retranslate();
}

void EpochTravel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

void EpochTravel::hideEvent(QHideEvent* event) {
  play(false);
  QWidget::hideEvent(event);
}

void EpochTravel::retranslate() {
  m_slider->setAccessibleName(tr("Version that is shown"));
  m_slider->setToolTip(
      tr("The prediction of each version that training kept, numbered as on the Runs page; 0 is the model before training."));
  refresh();
}

void EpochTravel::setShown(const QString& caseId, const MapSource& shown) {
  if (caseId != m_caseId) {
    m_isTravelling = isPlaying();
    if (!m_movie.isRunning()) m_note.clear();
  }
  m_caseId = caseId;
  m_shown = shown;
  refresh();
}

void EpochTravel::refresh() {
  const RunView& run = m_session.run();
  QList<int> epochs;
  for (const EpochRecord& record : run.epochs) epochs << record.epoch;
  const bool isThere = epochs.size() > 1 && m_session.task() == TaskKind::Segmentation && !m_caseId.isEmpty();
  const int best = run.bestEpoch();
  const int at = int(epochs.indexOf(m_shown.epoch == Session::kNow ? run.lastEpoch() : m_shown.isBase() ? 0 : m_shown.epoch));
  if (epochs != m_epochs) {
    m_epochs = epochs;
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, std::max(0, int(epochs.size()) - 1));
  }
  if (isThere) {
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(std::max(0, at));
    m_slider->setDefaultValue(std::max(0, int(epochs.indexOf(best))));
  }
  const bool isStill = m_session.settings().reducedMotion();
  if (isStill || !isThere) play(false);
  m_play->setEnabled(!isStill);
  m_play->setIconName(isPlaying() ? u"pause"_s : u"play"_s);
  m_play->setToolTip(isStill       ? tr("Nothing plays by itself while motion is reduced (Settings).")
                     : isPlaying() ? tr("Stop")
                                   : tr("Play the versions"));
  m_play->setAccessibleName(isPlaying() ? tr("Stop") : tr("Play the versions"));
  const QString place = at < 0 ? QString() : tr("version %1 of %2").arg(epochs.value(at)).arg(run.lastEpoch());
  m_label->setText(m_note.isEmpty() ? place : m_note);
  m_label->setToolTip(m_movie.isRunning() ? QString()
                      : m_movie.failure() ? tr("Details: %1").arg(m_movie.failure()->details)
                                          : m_movie.written());
  m_export->setText(m_movie.isRunning() ? tr("Cancel") : tr("Export versions…"));
  m_export->setDisabledReason(m_movie.isRunning() ? QString() : m_movie.whyNot(run.folder));
  setVisible(isThere);
}

QList<MapSource> EpochTravel::ahead() const {
  if (!m_isTravelling || m_epochs.size() < 2) return {};
  const ui::Composition look = m_look();
  if (!look.picture) return {};
  const qint64 pixels = qint64(look.picture->width()) * look.picture->height();
  const qint64 most = kMostAheadPixels / std::max<qint64>(1, pixels);
  const int here = m_slider->value();
  QList<int> indices;
  for (int i = 0; i < m_epochs.size(); ++i) indices << i;
  // What plays comes in turn; a hand may go either way.
  const auto distance = [&](int i) { return isPlaying() ? (i - here + int(m_epochs.size())) % int(m_epochs.size()) : std::abs(i - here); };
  std::stable_sort(indices.begin(), indices.end(), [&](int a, int b) { return distance(a) < distance(b); });
  QList<MapSource> sources;
  for (const int i : std::as_const(indices))
    if (sources.size() < most) sources << (m_epochs[i] == 0 ? MapSource{} : MapSource{m_session.run().folder, m_epochs[i]});
  return sources;
}

void EpochTravel::wish(int index) {
  if (index < 0 || index >= m_epochs.size()) return;
  m_isTravelling = true;
  if (!m_movie.isRunning()) m_note.clear();
  Q_EMIT epochWished(m_epochs[index]);
}

void EpochTravel::play(bool on) {
  if (on == isPlaying()) return;
  if (on) {
    m_step.start();
    m_isTravelling = true;
    wish(m_slider->value());  // what comes next is computed
  } else {
    m_step.stop();
  }
  refresh();
}

// The next epoch, once its prediction is there.
void EpochTravel::step() {
  if (m_epochs.size() < 2) return play(false);
  const int next = (m_slider->value() + 1) % int(m_epochs.size());
  const int epoch = m_epochs[next];
  if (m_predictions.map(m_caseId, epoch == 0 ? MapSource{} : MapSource{m_session.run().folder, epoch})) m_slider->setValue(next);
}

void EpochTravel::askExport() {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addAction(tr("Animated GIF…"), this, [this] {
    chooseSaveFile(this, tr("Export versions"), QFileInfo(m_caseId).fileName() + "_versions.gif"_L1, tr("Animated GIF (*.gif)"),
                   [this](const QString& path) { exportGif(path); });
  });
  menu->addAction(tr("PNG sequence…"), this, [this] {
    chooseFolder(this, tr("Folder that receives the folder of pictures"), [this](const QString& folder) { exportPictures(folder); });
  });
  menu->popup(m_export->mapToGlobal(QPoint(0, m_export->height())));
}

void EpochTravel::exportGif(const QString& path) {
  exportMovie(MovieOrder::Kind::Gif, QFileInfo(path).suffix().isEmpty() ? path + ".gif"_L1 : path);
}

void EpochTravel::exportPictures(const QString& folder) { exportMovie(MovieOrder::Kind::Pictures, folder); }

void EpochTravel::exportMovie(MovieOrder::Kind kind, const QString& path) {
  play(false);
  MovieOrder order{kind, path, m_caseId, m_session.run().folder, m_epochs, {}, m_look()};
  for (const int epoch : std::as_const(m_epochs)) order.labels << tr("version %1").arg(epoch);
  m_movie.start(order);
}

}  // namespace gps::app
