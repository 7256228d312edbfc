#include "app/pages/combineform.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>

#include "app/project/comparisonset.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::Label;
using ui::TextRole;
using ui::Token;

namespace {

constexpr int kExactly = -1;  // beside the operations

Label* caption() { return new Label({}, TextRole::Small, Token::Text2); }

}  // namespace

CombineForm::CombineForm(QWidget* parent)
    : QWidget(parent),
      m_operation(new QComboBox),
      m_first(new QComboBox),
      m_atLeast(new QSpinBox),
      m_name(new QLineEdit),
      m_operationLabel(caption()),
      m_firstLabel(caption()),
      m_atLeastLabel(caption()),
      m_nameLabel(caption()),
      m_count(new Label({}, TextRole::Title)),
      m_what(caption()),
      m_problem(new Label({}, TextRole::Small, Token::Warn)),
      m_save(new Button) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setColumnStretch(1, 1);
  auto addRow = [&, row = 0](Label* label, QWidget* editor) mutable {
    grid->addWidget(label, row, 0);
    grid->addWidget(editor, row++, 1);
    label->setBuddy(editor);
  };
  addRow(m_operationLabel, m_operation);
  addRow(m_firstLabel, m_first);
  addRow(m_atLeastLabel, m_atLeast);
  addRow(m_nameLabel, m_name);
  m_what->setWordWrap(true);
  m_problem->setWordWrap(true);
  for (QWidget* line : std::initializer_list<QWidget*>{m_count, m_what, m_problem, m_save})
    grid->addWidget(line, grid->rowCount(), 0, 1, 2);
  m_operation->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_first->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_atLeast->setRange(2, 2);
  for (const SetOperation operation :
       {SetOperation::Intersection, SetOperation::Union, SetOperation::Difference, SetOperation::Specific, SetOperation::Shared})
    m_operation->addItem({}, int(operation));
  m_operation->addItem({}, kExactly);
  connect(m_operation, &QComboBox::currentIndexChanged, this, [this] {
    suggest();
    refresh();
  });
  connect(m_first, &QComboBox::currentIndexChanged, this, [this] {
    suggest();
    refresh();
  });
  connect(m_atLeast, &QSpinBox::valueChanged, this, [this] {
    suggest();
    refresh();
  });
  connect(m_name, &QLineEdit::textEdited, this, [this](const QString& text) {
    m_isTyped = !text.isEmpty();
    refresh();
  });
  connect(m_name, &QLineEdit::returnPressed, m_save, &Button::click);
  connect(m_save, &Button::clicked, this, &CombineForm::saveRequested);
}

void CombineForm::setNameCheck(std::function<QString(const QString&)> check) { m_check = std::move(check); }

bool CombineForm::isExactly() const { return m_operation->currentData().toInt() == kExactly; }

QString CombineForm::name() const { return m_name->text().trimmed(); }

void CombineForm::setComparison(std::shared_ptr<const SelectionComparison> comparison, const CompareRequest& request) {
  m_comparison = std::move(comparison);
  const bool areOthers = request.paths != m_request.paths;
  m_request = request;
  {
    const QSignalBlocker quiet(m_first), alsoQuiet(m_atLeast);
    const QString first = m_first->currentText();
    m_first->clear();
    m_first->addItems(request.names);
    m_first->setCurrentIndex(std::max(0, int(request.names.indexOf(first))));
    m_atLeast->setMaximum(std::max(2, int(request.names.size())));
  }
  if (areOthers) m_members = {};
  suggest();
  refresh();
}

void CombineForm::setChosenCombination(const Members& members) {
  m_members = members;
  if (!members.isEmpty()) m_operation->setCurrentIndex(m_operation->findData(kExactly));
  suggest();
  refresh();
}

void CombineForm::setBusy(bool on) {
  m_isBusy = on;
  if (!on) m_isTyped = false;
  suggest();
  refresh();
}

CombineRequest CombineForm::request() const {
  CombineRequest request;
  request.paths = m_request.paths;
  request.names = m_request.names;
  if (isExactly()) {
    m_members.forEach([&request](std::size_t i) { request.exactly << int(i); });
    return request;
  }
  request.operation = SetOperation(m_operation->currentData().toInt());
  if (request.operation == SetOperation::Shared) request.atLeast = m_atLeast->value();
  if (const int first = m_first->currentIndex(); request.operation == SetOperation::Difference && first > 0) {
    request.paths.move(first, 0);
    request.names.move(first, 0);
  }
  return request;
}

qint64 CombineForm::positions() const {
  if (!m_comparison) return 0;
  if (isExactly()) return positionsOf(*m_comparison, m_members);
  return positionsOf(*m_comparison, SetOperation(m_operation->currentData().toInt()), std::max(0, m_first->currentIndex()),
                     m_atLeast->value());
}

// A name that says what it is, until one is typed.
void CombineForm::suggest() {
  if (m_isTyped || !m_comparison) return;
  const CombineRequest r = request();
  QString text;
  const bool isShort = r.names.size() <= 2;
  if (isExactly()) {
    QStringList names;
    for (const int i : r.exactly) names << r.names[i];
    text = u"only-"_s + names.join(u'-');
  } else if (r.operation == SetOperation::Difference) {
    text = r.names.value(0) + u"-alone"_s;
  } else {
    text = QString::fromStdString(wordOf(r.operation));
    if (r.operation == SetOperation::Shared) text += u"-by-%1"_s.arg(r.atLeast);
    text += isShort ? u'-' + r.names.join(u'-') : u"-of-%1"_s.arg(r.names.size());
  }
  text = text.left(60);
  QString free = text;
  for (int i = 2; m_check && !m_check(free).isEmpty() && i < 1000; ++i) free = text + u'-' + QString::number(i);
  m_name->setText(free);
  m_name->setCursorPosition(0);  // a long one shows how it begins
}

void CombineForm::retranslate() {
  m_operationLabel->setText(tr("What"));
  m_firstLabel->setText(tr("Which"));
  m_atLeastLabel->setText(tr("At least"));
  m_nameLabel->setText(tr("Name"));
  const auto setText = [this](int key, const QString& text) { m_operation->setItemText(m_operation->findData(key), text); };
  setText(int(SetOperation::Intersection), tr("all chose (intersection)"));
  setText(int(SetOperation::Union), tr("any chose (union)"));
  setText(int(SetOperation::Difference), tr("one alone (difference)"));
  setText(int(SetOperation::Specific), tr("exactly one chose"));
  setText(int(SetOperation::Shared), tr("at least so many chose"));
  setText(kExactly, tr("the marked combination"));
  for (int i = 0; i < m_operation->count(); ++i) m_operation->setItemData(i, m_operation->itemText(i), Qt::ToolTipRole);
  m_operation->setAccessibleName(tr("Which weights the new selection takes"));
  m_first->setAccessibleName(tr("The selection whose own weights are taken"));
  m_atLeast->setAccessibleName(tr("At least so many selections"));
  m_name->setAccessibleName(tr("Name of the new selection"));
  refresh();
}

void CombineForm::refresh() {
  const auto operation = SetOperation(m_operation->currentData().toInt());
  const bool hasFirst = !isExactly() && operation == SetOperation::Difference, hasTimes = !isExactly() && operation == SetOperation::Shared;
  m_firstLabel->setVisible(hasFirst);
  m_first->setVisible(hasFirst);
  m_atLeastLabel->setVisible(hasTimes);
  m_atLeast->setVisible(hasTimes);
  m_operation->setToolTip(m_operation->currentText());
  const qint64 count = positions();
  m_count->setText(m_comparison ? tr("%1 weights").arg(ui::groupedCount(count)) : u"–"_s);
  const qint64 any = m_comparison ? qint64(m_comparison->inAny) : 0;
  m_what->setText(any > 0
                      ? tr("%1 of the %2 that any of them chose").arg(ui::sharePercent(double(count) / double(any)), ui::groupedCount(any))
                      : QString());
  m_what->setVisible(any > 0);
  QString why;
  if (!m_comparison)
    why = tr("Tick two or more selections first.");
  else if (isExactly() && m_members.isEmpty())
    why = tr("Click a combination in the picture first.");
  else if (count == 0)
    why = tr("No weight is left: nothing would train.");
  else if (m_check)
    why = m_check(name());
  m_problem->setText(m_comparison && !m_isBusy ? why : QString());
  m_problem->setVisible(!m_problem->text().isEmpty());
  m_name->setEnabled(m_comparison != nullptr && !m_isBusy);
  m_save->setText(m_isBusy ? tr("Saving…") : tr("Save as new selection"));
  m_save->setDisabledReason(m_isBusy ? tr("The selection is being written.") : why);
}

}  // namespace gps::app
