#include "app/pages/cases/readingcard.h"

#include <QEvent>
#include <QFileInfo>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

#include "app/pages/cases/savebytes.h"
#include "widgets/button.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;
QString predictionsKey(const RunView& run, int epoch) {
  if (epoch == 0 || run.folder.isEmpty()) return u"untuned"_s;
  if (epoch == Session::kNow) return {};  // they are gone a moment later
  return QFileInfo(run.folder).fileName() + u'@' + QString::number(epoch);
}

ReadingCard::ReadingCard(Session& session, QWidget* parent) : ui::Card({}, parent), m_session(session) {
  m_more = new ui::IconButton(u"more"_s, {});
  addHeaderWidget(m_more);
  m_ratings = new ui::SegmentedControl;
  for (int r = 1; r <= Readings::kMost; ++r) m_ratings->addOption(QString::number(r), QString::number(r));
  m_remark = new QLineEdit;
  addBody(m_ratings);
  addBody(m_remark);
  connect(m_ratings, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) { rate(id.toInt()); });
  connect(m_remark, &QLineEdit::editingFinished, this, &ReadingCard::keepRemark);
  connect(m_remark, &QLineEdit::returnPressed, this, &ReadingCard::remarkEnded);
  connect(m_more, &QToolButton::clicked, this, &ReadingCard::showMenu);
  connect(&m_readings, &Readings::changed, this, [this] {
    refresh();
    Q_EMIT readingsChanged();
  });
  connect(&m_readings, &Readings::problemChanged, this, [this] {
    if (m_readings.problem().isEmpty()) return clearError();
    showError(tr("Your readings are not on the disk."), {}, tr("Check the free space and the permissions."), m_readings.problem());
  });
  connect(this, &ui::Card::errorDismissed, this, &ui::Card::clearError);
  connect(&session, &Session::projectMoved, &m_readings, &Readings::followProject);
  connect(&session, &Session::projectChanged, this, [this] { m_readings.setProject(m_session.project().folder); });
  m_readings.setReader(session.settings().readerName());
  m_readings.setProject(session.project().folder);
  retranslate();
}

void ReadingCard::setCase(const QString& id, int epoch, int total) {
  if (id != m_case) keepRemark();
  m_case = id;
  m_total = total;
  m_readings.setPredictions(predictionsKey(m_session.run(), epoch));
  refresh();
}

void ReadingCard::rate(int rating) {
  const bool isAgain = m_readings.of(m_case).rating == rating;
  m_readings.rate(m_case, rating);
  if (m_goesOn && !isAgain) Q_EMIT nextRequested();
}

void ReadingCard::keepRemark() {
  if (!m_case.isEmpty() && m_remark->isModified()) m_readings.setRemark(m_case, m_remark->text());
  m_remark->setModified(false);
}

void ReadingCard::refresh() {
  const bool isReadable = !m_case.isEmpty() && !m_readings.predictions().isEmpty() && m_readings.isRead();
  const Reading reading = m_readings.of(m_case);
  m_ratings->setEnabled(isReadable);
  m_remark->setEnabled(isReadable);
  m_ratings->setCurrent(reading.rating > 0 ? QString::number(reading.rating) : QString());
  if (!m_remark->isModified()) {
    m_remark->setText(reading.remark);
    m_remark->setModified(false);
  }
  setNote(tr("%1 of %2 read").arg(m_readings.count()).arg(m_total));
}

void ReadingCard::watch(QWidget* widget) { widget->installEventFilter(this); }

bool ReadingCard::handleKey(int key) {
  if (!m_ratings->isEnabled() || !isVisible()) return false;
  if (key >= Qt::Key_1 && key < Qt::Key_1 + Readings::kMost) {
    rate(key - Qt::Key_1 + 1);
    return true;
  }
  if (key != Qt::Key_R) return false;
  m_remark->setFocus(Qt::ShortcutFocusReason);
  m_remark->selectAll();
  return true;
}

bool ReadingCard::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const auto modifiers = key->modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::NoModifier && handleKey(key->key())) return true;
  }
  return ui::Card::eventFilter(watched, event);
}

void ReadingCard::showMenu() {
  auto* menu = new QMenu(this);
  menu->setObjectName(u"readingMenu"_s);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  connect(menu->addAction(tr("Reader: %1…").arg(m_readings.reader())), &QAction::triggered, this, &ReadingCard::askReader);
  auto* next = menu->addAction(tr("Next image after rating"));
  next->setCheckable(true);
  next->setChecked(m_goesOn);
  connect(next, &QAction::toggled, this, &ReadingCard::setGoesOn);
  const QString last = m_readings.last();
  auto* back = menu->addAction(last.isEmpty() ? tr("Where I left") : tr("Where I left: %1").arg(last));
  back->setEnabled(!last.isEmpty() && last != m_case);
  connect(back, &QAction::triggered, this, [this, last] { Q_EMIT caseRequested(last); });
  menu->addSeparator();
  connect(menu->addAction(tr("Save all readings as CSV…")), &QAction::triggered, this,
          [this] { chooseAndSave(this, tr("Save readings"), u"readings.csv"_s, tr("CSV table (*.csv)"), m_readings.csv()); });
  connect(menu->addAction(tr("Save all readings as JSON…")), &QAction::triggered, this,
          [this] { chooseAndSave(this, tr("Save readings"), u"readings.json"_s, tr("JSON (*.json)"), m_readings.json()); });
  menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

void ReadingCard::askReader() {
  auto* dialog = new QInputDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Reader"));
  dialog->setLabelText(tr("Who reads? Every reader's ratings are kept apart."));
  dialog->setTextValue(m_readings.reader());
  connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& text) {
    const QString name = text.trimmed();
    if (name.isEmpty()) return;
    m_session.settings().setReaderName(name);
    m_readings.setReader(name);
  });
  dialog->open();
}

void ReadingCard::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  ui::Card::changeEvent(event);
}

void ReadingCard::retranslate() {
  setTitle(tr("Your reading"));
  for (int r = 1; r <= Readings::kMost; ++r) m_ratings->setOptionText(QString::number(r), QString::number(r));
  m_ratings->setAccessibleName(tr("Rating"));
  m_ratings->setToolTip(tr("1: useless … 5: perfect. Keys 1 to 5; the same key again takes it back."));
  m_remark->setPlaceholderText(tr("Add a remark…"));
  m_remark->setToolTip(tr("Key R; Enter goes back to the picture."));
  m_remark->setAccessibleName(tr("Remark"));
  m_more->setToolTip(tr("Reader, where I left, save"));
  m_more->setAccessibleName(m_more->toolTip());
  refresh();
}

}  // namespace gps::app
