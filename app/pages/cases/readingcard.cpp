#include "app/pages/cases/readingcard.h"

#include <QCheckBox>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

#include "app/pages/cases/savebytes.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Label;
using ui::TextRole;
using ui::Theme;
using ui::Token;

QString predictionsKey(const RunView& run, int epoch) {
  if (epoch == 0 || run.folder.isEmpty()) return u"untuned"_s;
  if (epoch == Session::kNow) return {};  // they are gone a moment later
  return QFileInfo(run.folder).fileName() + u'@' + QString::number(epoch);
}

ReadingCard::ReadingCard(Session& session, QWidget* parent) : ui::Card({}, parent), m_session(session) {
  m_export = new ui::IconButton(u"export"_s, {});
  addHeaderWidget(m_export);
  m_ratings = new ui::SegmentedControl;
  for (int r = 1; r <= Readings::kMost; ++r) m_ratings->addOption(QString::number(r), QString::number(r));
  m_remark = new QLineEdit;
  m_reader = new QLineEdit;
  m_readerLabel = new Label({}, TextRole::Small, Token::Text2);
  m_readerLabel->setBuddy(m_reader);
  m_progress = new Label({}, TextRole::Small, Token::Text2);
  m_goesOn = new QCheckBox;
  m_goesOn->setChecked(true);
  m_resume = new ui::Button({}, ui::ButtonRole::Ghost);
  auto* who = new QWidget;
  auto* row = new QHBoxLayout(who);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(m_readerLabel);
  row->addWidget(m_reader, 1);
  row->addWidget(m_resume);
  for (QWidget* w : std::initializer_list<QWidget*>{m_ratings, m_remark, m_goesOn, who, m_progress}) addBody(w);

  connect(m_ratings, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) { rate(id.toInt()); });
  connect(m_remark, &QLineEdit::editingFinished, this, &ReadingCard::keepRemark);
  connect(m_remark, &QLineEdit::returnPressed, this, &ReadingCard::remarkEnded);
  connect(m_reader, &QLineEdit::editingFinished, this, [this] {
    const QString name = m_reader->text().trimmed();
    if (name.isEmpty()) return refresh();
    m_session.settings().setReaderName(name);
    m_readings.setReader(name);
  });
  connect(m_resume, &ui::Button::clicked, this, [this] { Q_EMIT caseRequested(m_readings.last()); });
  connect(m_export, &QToolButton::clicked, this, &ReadingCard::showExportMenu);
  connect(&m_readings, &Readings::changed, this, [this] {
    refresh();
    Q_EMIT readingsChanged();
  });
  connect(&m_readings, &Readings::problemChanged, this, [this] {
    if (m_readings.problem().isEmpty()) return clearError();
    showError(tr("Your readings are not on the disk."), m_readings.problem(), tr("Check the free space and the permissions."));
  });
  connect(this, &ui::Card::errorDismissed, this, &ui::Card::clearError);
  connect(&session, &Session::projectChanged, this, [this] { m_readings.setProject(m_session.project().folder); });
  m_readings.setReader(session.settings().readerName());
  m_readings.setProject(session.project().folder);
  retranslate();
}

void ReadingCard::setCase(const QString& id, int epoch, int total) {
  if (id != m_case) keepRemark();
  const bool isOther = id != m_case;
  m_case = id;
  m_total = total;
  m_readings.setPredictions(predictionsKey(m_session.run(), epoch));
  if (isOther && !id.isEmpty()) m_readings.setLast(id);
  refresh();
}

void ReadingCard::rate(int rating) {
  const bool isAgain = m_readings.of(m_case).rating == rating;
  m_readings.rate(m_case, rating);
  if (m_goesOn->isChecked() && !isAgain) Q_EMIT nextRequested();
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
  if (!m_reader->hasFocus()) m_reader->setText(m_readings.reader());
  m_progress->setText(tr("%1 of %n image(s) read", nullptr, m_total).arg(m_readings.count()));
  const QString last = m_readings.last();
  m_resume->setVisible(!last.isEmpty() && last != m_case);
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

void ReadingCard::showExportMenu() {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  connect(menu->addAction(tr("Readings as CSV…")), &QAction::triggered, this,
          [this] { chooseAndSave(this, tr("Save readings"), u"readings.csv"_s, tr("CSV table (*.csv)"), m_readings.csv()); });
  connect(menu->addAction(tr("Readings as JSON…")), &QAction::triggered, this,
          [this] { chooseAndSave(this, tr("Save readings"), u"readings.json"_s, tr("JSON (*.json)"), m_readings.json()); });
  menu->popup(m_export->mapToGlobal(QPoint(0, m_export->height())));
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
  m_readerLabel->setText(tr("Reader"));
  m_reader->setAccessibleName(tr("Name of the reader"));
  m_goesOn->setText(tr("Next image after rating"));
  m_resume->setText(tr("Where I left"));
  m_export->setToolTip(tr("Save the readings of all readers"));
  m_export->setAccessibleName(m_export->toolTip());
  refresh();
}

}  // namespace gps::app
