#include "app/pages/cases/newpicturespage.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QKeyEvent>
#include <QVBoxLayout>

#include "app/pages/cases/lookingcard.h"
#include "app/pages/cases/videopage.h"
#include "app/pages/columns.h"
#include "app/pages/jobtext.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/gotofield.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/pageheader.h"
#include "widgets/progressvalue.h"
#include "widgets/thumbnailgrid.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Card;
using ui::Label;
using ui::TextRole;
using ui::Token;
using Phase = NewPictures::Phase;

namespace {
constexpr int kRefreshMs = 120, kRedrawMs = 250;
}

NewPicturesPage::NewPicturesPage(EngineApi& engine, Session& session, QWidget* parent)
    : Page(u"newpictures"_s, session, parent), m_pictures(engine, session), m_settings(session.settings()) {
  m_notice = new ui::Badge({}, ui::Tone::Warn);
  header()->addWidget(m_notice);
  m_choose = header()->addAction({}, ButtonRole::Secondary, u"open-folder"_s);
  m_video = header()->addAction({}, ButtonRole::Secondary, u"play"_s);
  m_save = header()->addAction({}, ButtonRole::Primary, u"export"_s);
  connect(header(), &ui::PageHeader::parentRequested, this, [this] { Q_EMIT pageRequested(u"cases"_s); });
  connect(m_choose, &Button::clicked, this, &NewPicturesPage::choose);
  connect(m_video, &Button::clicked, this, [this] {
    chooseFile(this, tr("Choose a video"), VideoPage::fileFilter(), [this](const QString& path) { Q_EMIT videoRequested(path); });
  });
  connect(m_save, &Button::clicked, this, [this] {
    if (m_pictures.isSaving()) return m_pictures.cancelSave();
    chooseFolder(this, tr("Choose where the results go"), [this](const QString& folder) { saveTo(folder); });
  });
  emptyState()->setIconName(u"image"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this, [this] {
    if (!takeWayOut()) choose();
  });
  connect(emptyState(), &ui::EmptyState::linkRequested, m_video, &Button::click);
  auto* columns = new Columns;
  buildGallery(columns);
  buildViewer(columns);
  buildDetails(columns);
  setContent(columns);
  bindFailure(m_list, JobKind::LookAtPictures);
  m_soon.setSingleShot(true);
  m_soon.setInterval(kRefreshMs);
  connect(&m_soon, &QTimer::timeout, this, [this] {
    refreshGallery();
    refreshState();
  });
  m_redraw.setSingleShot(true);
  m_redraw.setInterval(kRedrawMs);
  connect(&m_redraw, &QTimer::timeout, this, [this] { m_pictures.redrawThumbnails(m_viewer->overlayStyle()); });
  connect(&m_pictures, &NewPictures::changed, this, [this] {
    if (m_pictures.items().isEmpty()) {
      m_current = -1;
      m_follows = true;
      m_viewer->setImage(nullptr);
      m_viewer->setPrediction(std::shared_ptr<const ProbabilityMap>());
    }
    refresh();
  });
  connect(&m_pictures, &NewPictures::seen, this, [this](int index) {
    m_pictures.drawThumbnails({index}, m_viewer->overlayStyle());
    if (m_follows && m_pictures.items()[index].isSeen) pick(index);
    if (!m_soon.isActive()) m_soon.start();
  });
  connect(&m_pictures, &NewPictures::shown, this, [this](int index, const auto& picture, const auto& map) {
    if (index != m_current) return;
    m_viewer->setPicture(picture);
    m_viewer->setPrediction(map, {});
    m_viewer->setStale(false);
  });
  connect(&m_pictures, &NewPictures::thumbnailReady, this,
          [this](int index, const QImage& image) { m_gallery->setThumbnail(QString::number(index), image); });
  connect(&m_pictures, &NewPictures::saveProgress, this, [this](int done, int total) {
    m_look->setSavedText(tr("Saving: %1 of %2 pictures").arg(done).arg(total));
    refreshState();
  });
  connect(&m_pictures, &NewPictures::saved, this, [this](const QString& folder, const QString& problem, const QString& details) {
    m_look->showSaved(folder, problem, details);
    refreshState();
  });
  for (auto signal : {&Session::projectChanged, &Session::modelChanged, &Session::runChanged, &Session::jobStateChanged})
    connect(&session, signal, this, &NewPicturesPage::refresh);
  connect(&session, &Session::jobChanged, this, &NewPicturesPage::refreshState);
  connect(&session, &Session::epochAdded, m_look, &LookingCard::refreshRun);
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

void NewPicturesPage::buildGallery(Columns* columns) {
  m_list = new Card;
  m_state = new Label({}, TextRole::Body);
  m_state->setWordWrap(true);
  m_cancel = new Button({}, ButtonRole::Secondary, u"stop"_s);
  m_unreadable = new Label({}, TextRole::Small, Token::Warn);
  m_unreadable->setWordWrap(true);
  m_gallery = new ui::ThumbnailGrid;
  m_gallery->setCaptionLines(2);
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(m_state, 1);
  row->addWidget(m_cancel);
  m_list->addBody(line);
  m_list->addBody(m_unreadable);
  m_asVideo = new Button({}, ButtonRole::Ghost, u"play"_s);
  m_list->addHeaderWidget(m_asVideo);
  connect(m_asVideo, &Button::clicked, this, [this] { Q_EMIT videoRequested(m_pictures.folder()); });
  m_goTo = new ui::GoToField([this] {
    QStringList names;
    for (const auto& item : m_pictures.items()) names << item.name;
    return names;
  });
  m_list->addBody(m_goTo);
  m_list->addBody(m_gallery, 1);
  m_gallery->installEventFilter(this);
  columns->left()->addWidget(m_list, 1);
  connect(m_cancel, &Button::clicked, this, [this] {
    m_cancel->setEnabled(false);
    m_pictures.cancel();
    refreshState();
  });
  connect(m_goTo, &ui::GoToField::chosen, this, [this](int index) {
    m_follows = false;
    pick(index);
    m_viewer->setFocus();
  });
  connect(m_gallery, &ui::ThumbnailGrid::currentIdChanged, this, [this](const QString& id) {
    m_follows = false;
    pick(id.toInt());
  });
  connect(m_gallery, &ui::ThumbnailGrid::thumbnailsRequested, this, [this](const QStringList& ids, int) {
    QList<int> indices;
    for (const QString& id : ids) indices << id.toInt();
    m_pictures.drawThumbnails(indices, m_viewer->overlayStyle());
  });
}

void NewPicturesPage::buildViewer(Columns* columns) {
  m_view = new Card;
  m_viewer = new ui::ImageViewer;
  m_viewer->setIsPart(true);
  m_view->addBody(m_viewer, 1);
  columns->middle()->addWidget(m_view, 1);
  connect(m_viewer, &ui::ImageViewer::overlayStyleChanged, this, &NewPicturesPage::changeStyle);
  connect(m_viewer, &ui::ImageViewer::commanded, this, [this](ui::ViewerCommand command) {
    using C = ui::ViewerCommand;
    if (command == C::Next) step(1);
    if (command == C::Previous) step(-1);
    if (command == C::First) step(-int(m_pictures.items().size()));
    if (command == C::Last) step(int(m_pictures.items().size()));
    if (command == C::GoTo) m_goTo->ask();
  });
}

void NewPicturesPage::buildDetails(Columns* columns) {
  m_one = new Card;
  m_facts = new ui::KeyValueList;
  m_one->addBody(m_facts);
  columns->right()->addWidget(m_one);
  m_look = new LookingCard(m_pictures, session());
  columns->right()->addWidget(m_look);
  columns->right()->addStretch(1);
  connect(m_look, &LookingCard::styleEdited, this, &NewPicturesPage::changeStyle);
  connect(m_look, &LookingCard::modelChosen, this, [this] {
    if (!m_pictures.folder().isEmpty()) m_pictures.openAgain(m_look->wantsRun());
  });
}

ui::LabelledSlider* NewPicturesPage::threshold() const { return m_look->threshold(); }

void NewPicturesPage::retranslate() {
  header()->setParentPage(tr("Cases"));
  header()->setTitle(tr("New pictures"));
  m_notice->setText(tr("Research use only, not for diagnosis"));
  m_choose->setText(tr("Choose folder…"));
  m_video->setText(tr("Choose video…"));
  m_asVideo->setText(tr("As a video"));
  m_asVideo->setToolTip(tr("Show these pictures as the frames of one video, in the order of their numbers."));
  m_cancel->setText(tr("Stop"));
  m_list->setTitle(tr("Pictures"));
  m_one->setTitle(tr("This picture"));
  m_look->retranslate();
  m_viewer->setPlaceholder(tr("The first picture appears here as soon as it is there."));
  refresh();
}

void NewPicturesPage::open(const QString& folder) {
  m_look->setSavedText({});
  m_pictures.open(folder, m_look->wantsRun());
}

void NewPicturesPage::open(const QStringList& files) {
  m_look->setSavedText({});
  m_pictures.open(files, m_look->wantsRun());
}

void NewPicturesPage::choose() {
  chooseFolder(this, tr("Choose a folder of pictures"), [this](const QString& folder) { open(folder); });
}

void NewPicturesPage::saveTo(const QString& folder) {
  m_pictures.save(folder, {m_viewer->overlayStyle(), m_viewer->brightness(), m_viewer->contrast()});
}

void NewPicturesPage::pick(int index) {
  if (index < 0 || index >= m_pictures.items().size()) return;
  m_current = index;
  m_gallery->setCurrentId(QString::number(index));
  m_viewer->setStale(true);
  m_pictures.show(index);
  refreshDetails();
}

void NewPicturesPage::step(int by) {
  const int count = int(m_pictures.items().size());
  if (count == 0) return;
  int next = std::clamp(m_current + by, 0, count - 1);
  const int onward = by > 0 ? 1 : -1;
  if (std::abs(by) > 1 && !m_pictures.items()[next].isSeen)
    while (next >= 0 && next < count && !m_pictures.items()[next].isSeen) next -= onward;
  else
    while (next >= 0 && next < count && !m_pictures.items()[next].isSeen) next += onward;
  if (next < 0 || next >= count) return;
  m_follows = false;
  pick(next);
}

void NewPicturesPage::changeStyle(const OverlayStyle& style) {
  const bool isOther = style.threshold != m_viewer->overlayStyle().threshold;
  m_viewer->setOverlayStyle(style);
  m_settings.setStyle(style);
  m_look->setStyle(style);
  if (m_pictures.items().isEmpty()) return;
  if (isOther) refreshGallery();
  m_redraw.start();
  refreshDetails();
}

void NewPicturesPage::refresh() {
  const QString why = m_pictures.whyNot();
  const bool isEmpty = m_pictures.phase() == Phase::Empty || !why.isEmpty();
  showEmpty(isEmpty);
  emptyState()->setSentence(!why.isEmpty() ? why
                                           : tr("Choose a folder of pictures, or drop one on the window; a video, too. They need no masks, "
                                                "and they stay on this computer."));
  emptyState()->setLink(why.isEmpty() ? tr("Choose video…") : QString());
  offerWayOut(tr("Choose folder…"), u"open-folder"_s);
  m_choose->setDisabledReason(why);
  m_video->setDisabledReason(why);
  m_look->refreshRun();
  refreshGallery();
  refreshState();
  refreshDetails();
}

void NewPicturesPage::refreshGallery() {
  QList<ui::ThumbnailItem> items;
  const double threshold = m_viewer->overlayStyle().threshold;
  for (int i = 0; i < m_pictures.items().size(); ++i) {
    const auto& item = m_pictures.items()[i];
    ui::ThumbnailItem cell{QString::number(i), item.name + u'\n', {}, ui::Tone::Neutral};
    if (item.isSeen) cell.caption += tr("%1 of the picture").arg(ui::sharePercent(m_pictures.share(i, threshold)));
    if (!item.problem.isEmpty()) {
      cell.note = tr("not readable");
      cell.tone = ui::Tone::Bad;
    }
    items << cell;
  }
  m_gallery->setItems(items);
  if (m_current >= 0) m_gallery->setCurrentId(QString::number(m_current));
}

QString NewPicturesPage::progressSentence() const {
  const ui::ProgressValue progress = progressValue(session().job());
  switch (m_pictures.phase()) {
    case Phase::Empty:
      return {};
    case Phase::Waiting:
      if (session().isTraining()) return tr("A run is training. The pictures are looked at when it has ended.");
      return session().isBusy() ? tr("The pictures are looked at when the present job has ended.") : tr("Beginning…");
    case Phase::Looking:
      if (session().job().state == RunState::Stopping) return tr("Stopping…");
      return progress.total > 0 ? ui::progressLine(progress) : tr("Beginning…");
    case Phase::Cancelled:
      return tr("Stopped after %n picture(s).", nullptr, m_pictures.seenCount());
    case Phase::Failed:
      return tr("Ended early after %n picture(s).", nullptr, m_pictures.seenCount());
    case Phase::Done:
      return tr("%n picture(s) looked at.", nullptr, m_pictures.seenCount());
  }
  return {};
}

void NewPicturesPage::refreshState() {
  const Phase phase = m_pictures.phase();
  const bool isOn = phase == Phase::Looking || phase == Phase::Waiting;
  m_state->setText(progressSentence());
  m_cancel->setVisible(isOn);
  m_cancel->setEnabled(session().job().state != RunState::Stopping || phase == Phase::Waiting);
  m_asVideo->setVisible(!m_pictures.isOfFiles());
  m_list->setNote(m_pictures.folder().isEmpty() ? QString() : QFileInfo(QDir::cleanPath(m_pictures.folder())).fileName());
  const QStringList unreadable = m_pictures.unreadable();
  m_unreadable->setVisible(!unreadable.isEmpty());
  m_unreadable->setText(
      tr("%n picture(s) could not be read and were passed over: %1", nullptr, int(unreadable.size())).arg(unreadable.join(u", "_s)));
  m_save->setText(m_pictures.isSaving() ? tr("Stop saving") : tr("Save results…"));
  m_save->setDisabledReason(m_pictures.seenCount() > 0 ? QString() : tr("No picture has been looked at yet."),
                            tr("Masks, pictures with the outline and a table of areas, in a new folder."));
}

void NewPicturesPage::refreshDetails() {
  const bool isThere = m_current >= 0 && m_current < m_pictures.items().size();
  const auto* item = isThere ? &m_pictures.items()[m_current] : nullptr;
  m_view->setTitle(item ? item->name : tr("No picture"));
  m_view->setNote(item ? tr("%1 of %2").arg(m_current + 1).arg(m_pictures.items().size()) : QString());
  QList<ui::KeyValue> rows;
  const auto add = [&rows](const QString& key, const QString& value, const QString& toolTip) {
    rows.append({key, value, {}, ui::Tone::Neutral, toolTip});
  };
  const bool isSeen = item && item->isSeen;
  const double share = isSeen ? m_pictures.share(m_current, m_viewer->overlayStyle().threshold) : 0;
  add(tr("Size"), isSeen ? tr("%1 × %2 pixels").arg(item->width).arg(item->height) : u"–"_s, tr("Width and height of the picture."));
  add(tr("Outlined area"), isSeen ? ui::sharePercent(share) : u"–"_s, tr("Of the picture, at the threshold below."));
  m_facts->setRows(rows);
}

PictureHost NewPicturesPage::keyHost() {
  return {id(),
          [this](ui::ViewerCommand command) {
            Q_EMIT pageRequested(id());
            m_viewer->perform(command);
          },
          [this] { return isEmptyShown() ? tr("Choose a folder of pictures first.") : QString(); },
          [this](const ui::ViewerKeys& keys) { m_viewer->setKeys(keys); }};
}

bool NewPicturesPage::eventFilter(QObject* watched, QEvent* event) {
  return takeFromList(event, m_viewer) || Page::eventFilter(watched, event);
}

void NewPicturesPage::keyPressEvent(QKeyEvent* event) { forwardKey(event, m_viewer); }
void NewPicturesPage::keyReleaseEvent(QKeyEvent* event) { forwardKey(event, m_viewer); }

}  // namespace gps::app
