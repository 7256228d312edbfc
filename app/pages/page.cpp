#include "app/pages/page.h"

#include <QApplication>
#include <QEvent>
#include <QFileDialog>
#include <QKeyEvent>
#include <QPointer>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>
#include <utility>

#include "app/engine/failuretext.h"
#include "app/engine/pictureloader.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/imageviewer.h"
#include "widgets/pageheader.h"
#include "widgets/thumbnailgrid.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
constexpr int kApartMs = 12;
}

Page::Page(const QString& id, Session& session, QWidget* parent) : QWidget(parent), m_id(id), m_session(session) {
  setObjectName(id + "Page"_L1);
  m_layout = new QVBoxLayout(this);
  m_layout->setContentsMargins(0, 0, 0, 0);
  m_layout->setSpacing(0);
  m_header = new ui::PageHeader;
  m_layout->addWidget(m_header);
  auto* body = new QWidget;
  m_stack = new QStackedLayout(body);
  m_empty = new ui::EmptyState;
  addScrolled(m_empty);
  m_layout->addWidget(body, 1);
  const auto nameProject = [this] { m_header->setProject(m_session.project().name); };
  connect(&m_session, &Session::projectChanged, this, nameProject);
  connect(&m_session, &Session::failuresChanged, this, &Page::refreshFailures);
  connect(m_header, &ui::PageHeader::projectRequested, this, [this] { Q_EMIT pageRequested(u"home"_s); });
  nameProject();
}

void Page::setContent(QWidget* content) { addScrolled(content); }

void Page::addScrolled(QWidget* content) {
  auto* scroll = new QScrollArea;
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(content);
  m_stack->addWidget(scroll);
}

void Page::showEmpty(bool on) { m_stack->setCurrentIndex(on || m_stack->count() < 2 ? 0 : 1); }
bool Page::isEmptyShown() const { return m_stack->currentIndex() == 0; }

// A text that was changed while the page was hidden may take another height; a layout tells its scroll area so, a bare label does not.
void Page::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (!std::exchange(m_isRetold, false)) return;
  for (QScrollArea* area : findChildren<QScrollArea*>())
    if (area->widget() && !area->widget()->layout()) QCoreApplication::postEvent(area, new QEvent(QEvent::LayoutRequest));
}

void Page::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) {
    if (isVisible())
      nameAgain();
    else
      nameSoon();
  }
  QWidget::changeEvent(event);
}

bool Page::event(QEvent* event) {
  if (event->type() == QEvent::Show && m_isInFormerLanguage) {
    nameAgain();
    m_isRetold = true;  // showEvent() comes next
  }
  return QWidget::event(event);
}

void Page::nameAgain() {
  m_isInFormerLanguage = false;
  m_isRetold = !isVisible();
  retranslate();
  refreshFailures();
}

// Pages that nobody sees take the language one after the other: all at once would hold up the window.
void Page::nameSoon() {
  static int waiting = 0;
  m_isInFormerLanguage = true;
  QTimer::singleShot(kApartMs * ++waiting, qApp, [page = QPointer<Page>(this)] {
    --waiting;
    if (page && page->m_isInFormerLanguage) page->nameAgain();
  });
}

void Page::bindFailure(ui::Card* card, JobKind kind) {
  m_failureCards.append({card, kind});
  connect(card, &ui::Card::errorDismissed, this, [this, kind] { m_session.dismissFailure(kind); });
}

void Page::refreshFailures() {
  for (const auto& [card, kind] : m_failureCards) {
    if (const auto failure = m_session.failure(kind)) {
      const FailureText text = FailureTexts::of(*failure);
      card->showError(text.what, text.why, text.remedy, text.details);
    } else if (card->hasError()) {
      card->clearError();
    }
  }
}

void Page::offerWayOut(const QString& otherwise, const QString& iconName) {
  if (!m_session.project().isOpen())
    m_empty->setPrimary(tr("Go to Home"), u"home"_s);
  else if (!m_session.model())
    m_empty->setPrimary(tr("Go to Model"), u"model"_s);
  else
    m_empty->setPrimary(otherwise, iconName);
}

bool Page::takeWayOut() {
  if (m_session.project().isOpen() && m_session.model()) return false;
  Q_EMIT pageRequested(m_session.project().isOpen() ? u"model"_s : u"home"_s);
  return true;
}

void Page::forwardKey(QKeyEvent* event, QWidget* viewer) {
  if (m_isForwarding || isEmptyShown()) return event->ignore();
  m_isForwarding = true;
  QCoreApplication::sendEvent(viewer, event);
  m_isForwarding = false;
}

bool Page::takeFromList(QEvent* event, ui::ImageViewer* viewer) {
  if (event->type() != QEvent::KeyPress || m_isForwarding) return false;
  auto* key = static_cast<QKeyEvent*>(event);
  const bool isOfList = key->key() >= Qt::Key_Home && key->key() <= Qt::Key_PageDown && key->modifiers() == Qt::NoModifier;
  if (isOfList || ui::commandOf(viewer->keys(), *key) == ui::ViewerCommand::None) return false;
  forwardKey(key, viewer);
  return true;
}

static QFileDialog* makeDialog(QWidget* parent, const QString& title, const std::function<void(const QString&)>& chosen) {
  auto* dialog = new QFileDialog(parent, title);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  QObject::connect(dialog, &QFileDialog::fileSelected, parent, chosen);
  return dialog;
}

void chooseFolder(QWidget* parent, const QString& title, const std::function<void(const QString&)>& chosen) {
  auto* dialog = makeDialog(parent, title, chosen);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  dialog->open();
}

void chooseFile(QWidget* parent, const QString& title, const QString& filter, const std::function<void(const QString&)>& chosen) {
  auto* dialog = makeDialog(parent, title, chosen);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilter(filter);
  dialog->open();
}

void chooseSaveFile(QWidget* parent, const QString& title, const QString& name, const QString& filter,
                    const std::function<void(const QString&)>& chosen) {
  auto* dialog = makeDialog(parent, title, chosen);
  dialog->setFileMode(QFileDialog::AnyFile);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilter(filter);
  dialog->selectFile(name);
  dialog->open();
}

void connectThumbnails(PictureLoader& pictures, ui::ThumbnailGrid* grid) {
  QObject::connect(grid, &ui::ThumbnailGrid::thumbnailsRequested, &pictures, &PictureLoader::requestThumbnails);
  QObject::connect(&pictures, &PictureLoader::thumbnailReady, grid, [grid](const QString& id, const QImage& image, int pixelEdge) {
    if (2 * pixelEdge > grid->pixelEdge()) grid->setThumbnail(id, image);
  });
}

QString splitLabel(const QString& split) {
  if (split == "train"_L1) return QCoreApplication::translate("splits", "Training");
  if (split == "val"_L1) return QCoreApplication::translate("splits", "Validation");
  if (split == "test"_L1) return QCoreApplication::translate("splits", "Test");
  return split;
}

QString splitRuleLabel(const QString& rule) {
  if (rule == "folders"_L1) return QCoreApplication::translate("splits", "folder names");
  if (rule == "pack"_L1) return QCoreApplication::translate("splits", "the pack file");
  return rule;
}

}  // namespace gps::app
