#include "app/pages/cases/blindsetup.h"

#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "app/pages/columns.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/label.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Card;
using ui::Label;
using ui::TextRole;
using ui::Token;

namespace {
constexpr int kUsualCount = 40;
constexpr double kFieldUnits = 60, kTextUnits = 90;  // what is read or filled in is no wider
}  // namespace

BlindSetup::BlindSetup(BlindReadings& readings, QWidget* parent) : QWidget(parent), m_readings(readings) {
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  auto* columns = new Columns;
  columns->setLeftShown(false);
  whole->addWidget(columns);
  m_new = new Card;
  m_intro = new Label;
  m_intro->setWordWrap(true);
  m_intro->setMaximumWidth(ui::Theme::instance().px(kTextUnits));
  m_methodsLabel = new Label({}, TextRole::Small, Token::Text2);
  m_methods = new QListWidget;
  m_methods->setFrameShape(QFrame::NoFrame);
  m_methods->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
  m_methods->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
  auto* fields = new QWidget;
  fields->setMaximumWidth(ui::Theme::instance().px(kFieldUnits));
  auto* grid = new QGridLayout(fields);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setColumnStretch(1, 1);
  m_count = new QSpinBox;
  m_count->setRange(1, 1);
  m_reader = new QLineEdit;
  m_seed = new QSpinBox;
  m_seed->setRange(1, std::numeric_limits<int>::max());
  m_seed->setValue(int(QRandomGenerator::global()->bounded(1, 1000000)));
  m_countLabel = new Label;
  m_readerLabel = new Label;
  m_seedLabel = new Label;
  const std::pair<Label*, QWidget*> rows[] = {{m_readerLabel, m_reader}, {m_countLabel, m_count}, {m_seedLabel, m_seed}};
  for (int i = 0; i < 3; ++i) {
    rows[i].first->setBuddy(rows[i].second);
    rows[i].second->setFocusPolicy(Qt::StrongFocus);
    grid->addWidget(rows[i].first, i, 0);
    grid->addWidget(rows[i].second, i, 1);
  }
  m_new->addBody(m_intro);
  m_new->addBody(m_methodsLabel);
  m_new->addBody(m_methods);
  m_new->addBody(fields);
  m_new->bodyLayout()->addStretch(1);
  columns->middle()->addWidget(m_new);

  m_old = new Card;
  m_earlier = new QListWidget;
  m_earlier->setFrameShape(QFrame::NoFrame);
  m_none = new Label({}, TextRole::Small, Token::Text2);
  m_none->setWordWrap(true);
  m_open = new ui::Button;
  m_old->addBody(m_none);
  m_none->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_old->addBody(m_earlier, 1);
  m_old->addBody(m_open);
  columns->right()->addWidget(m_old, 1);

  connect(m_methods, &QListWidget::itemChanged, this, [this] {
    m_isTicked = true;
    Q_EMIT changed();
  });
  connect(m_reader, &QLineEdit::textChanged, this, &BlindSetup::changed);
  connect(m_earlier, &QListWidget::itemActivated, this, [this] { Q_EMIT openRequested(m_earlier->currentRow()); });
  connect(m_earlier, &QListWidget::currentRowChanged, this,
          [this](int at) { m_open->setDisabledReason(at < 0 ? tr("Choose a reading above.") : QString()); });
  connect(m_open, &ui::Button::clicked, this, [this] { Q_EMIT openRequested(m_earlier->currentRow()); });
  connect(&readings, &BlindReadings::changed, this, &BlindSetup::refreshEarlier);
  retranslate();
}

void BlindSetup::setMethods(const QList<BlindMethod>& methods, const QStringList& names) {
  if (methods == m_offered && names == m_names) return;
  QStringList ticked;
  for (const auto& m : chosen()) ticked << m.run;
  m_offered = methods;
  m_names = names;
  const QSignalBlocker quiet(m_methods);
  m_methods->clear();
  for (qsizetype i = 0; i < methods.size(); ++i) {
    auto* item = new QListWidgetItem(names[i], m_methods);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    const bool on = m_isTicked ? ticked.contains(methods[i].run) : i < kFewestMethods;
    item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
  }
  Q_EMIT changed();
}

void BlindSetup::setCaseCount(int count) {
  if (count == m_count->maximum()) return;
  m_count->setRange(std::min(1, count), count);
  m_count->setValue(std::min(count, kUsualCount));
  retranslate();
}

void BlindSetup::setReader(const QString& name) { m_reader->setText(name); }

QList<BlindMethod> BlindSetup::chosen() const {
  QList<BlindMethod> chosen;
  for (int i = 0; i < m_methods->count(); ++i)
    if (m_methods->item(i)->checkState() == Qt::Checked) chosen << m_offered[i];
  return chosen;
}

QString BlindSetup::reader() const { return m_reader->text().trimmed(); }
int BlindSetup::count() const { return m_count->value(); }
quint64 BlindSetup::seed() const { return quint64(m_seed->value()); }

QString BlindSetup::whyNotBegin() const {
  const auto methods = chosen().size();
  if (m_offered.size() < kFewestMethods) return tr("There is only one method yet: train a run, or open a project that has one.");
  if (methods < kFewestMethods) return tr("Tick two or three methods.");
  if (methods > kMostMethods) return tr("Tick three methods at most.");
  if (reader().isEmpty()) return tr("Write down who reads.");
  if (m_count->maximum() < 1) return tr("The pictures hold no validation split.");
  return {};
}

void BlindSetup::refreshEarlier() {
  const int row = m_earlier->currentRow();
  m_earlier->clear();
  for (const auto& reading : m_readings.all()) {
    const QString state = reading.isUnblinded    ? tr("unblinded")
                          : reading.isComplete() ? tr("all read, not yet unblinded")
                                                 : tr("%1 of %2 read").arg(reading.votes.size()).arg(reading.cases.size());
    m_earlier->addItem(u"%1 · %2"_s.arg(reading.name, state));
  }
  m_earlier->setCurrentRow(std::clamp(row, m_earlier->count() > 0 ? 0 : -1, m_earlier->count() - 1));
  const bool isEmpty = m_earlier->count() == 0;
  m_none->setVisible(isEmpty);
  m_earlier->setVisible(!isEmpty);
  m_open->setVisible(!isEmpty);
}

void BlindSetup::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

void BlindSetup::retranslate() {
  m_new->setTitle(tr("Which is better, unseen?"));
  m_intro->setText(tr(
      "Two or three methods stand side by side, hidden and in another order for every image. You say which is best; only when all images "
      "are read do you learn which was which."));
  m_methodsLabel->setText(tr("Methods, two or three"));
  m_methods->setAccessibleName(tr("Methods"));
  m_readerLabel->setText(tr("Reader"));
  m_countLabel->setText(tr("Images to read"));
  m_count->setSuffix(tr(" of %1").arg(m_count->maximum()));
  m_seedLabel->setText(tr("Seed"));
  m_seed->setToolTip(tr("Decides the order of images and methods. The same seed gives the same order."));
  m_old->setTitle(tr("Readings so far"));
  m_none->setText(tr("None yet. A reading that was left is found here again."));
  m_earlier->setAccessibleName(m_old->accessibleName());
  m_open->setText(tr("Open"));
  refreshEarlier();
}

}  // namespace gps::app
