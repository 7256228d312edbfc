#include "app/pages/schemecard.h"

#include <QEvent>
#include <QGridLayout>
#include <QVBoxLayout>

#include "app/engine/schemetext.h"
#include "core/selection/gradientfield.h"
#include "widgets/choicebox.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Label;
using ui::TextRole;
using ui::Token;

namespace {

template <typename E>
QString word(E value) {
  return QString::fromStdString(wordOf(value));
}

}  // namespace

SchemeCard::SchemeCard(Session& session, QWidget* parent) : ui::Card({}, parent), m_session(session) {
  const auto label = [] { return new Label({}, TextRole::Small, Token::Text2); };
  m_levelLabel = label();
  m_level = new ui::SegmentedControl;
  for (const auto& e : EnumWords<Level>::table) m_level->addOption(word(e.value), {});
  m_budgetLabel = label();
  m_budget = new ui::SegmentedControl;
  for (const auto& e : EnumWords<LayerBudget>::table) m_budget->addOption(word(e.value), {});
  m_criterionLabel = label();
  m_criterion = new ui::ChoiceBox;
  for (const auto& e : EnumWords<Criterion>::table) m_criterion->addOption(word(e.value));
  m_lossLabel = label();
  m_loss = new ui::ChoiceBox;
  for (const auto& e : EnumWords<LossKind>::table) m_loss->addOption(word(e.value));
  m_text = label();
  m_text->setWordWrap(true);
  for (QWidget* widget : std::initializer_list<QWidget*>{m_levelLabel, m_level, m_budgetLabel, m_budget}) addBody(widget);
  auto* pair = new QWidget;
  auto* grid = new QGridLayout(pair);
  grid->setContentsMargins({});
  grid->setHorizontalSpacing(ui::Theme::instance().px(1.5));
  grid->setVerticalSpacing(ui::Theme::instance().px(0.75));
  grid->addWidget(m_criterionLabel, 0, 0);
  grid->addWidget(m_lossLabel, 0, 1);
  grid->addWidget(m_criterion, 1, 0);
  grid->addWidget(m_loss, 1, 1);
  grid->setColumnStretch(0, 1);
  grid->setColumnStretch(1, 1);
  addBody(pair);
  addBody(m_text);
  m_criterionLabel->setBuddy(m_criterion);
  m_lossLabel->setBuddy(m_loss);
  connect(m_level, &ui::SegmentedControl::currentChanged, this,
          [this](const QString& id) { change([&](SelectionSpec& s) { s.level = parseWord<Level>(id.toStdString()); }); });
  connect(m_budget, &ui::SegmentedControl::currentChanged, this,
          [this](const QString& id) { change([&](SelectionSpec& s) { s.layerBudget = parseWord<LayerBudget>(id.toStdString()); }); });
  connect(m_criterion, &ui::ChoiceBox::chosen, this,
          [this](const QString& id) { change([&](SelectionSpec& s) { s.criterion = parseWord<Criterion>(id.toStdString()); }); });
  connect(m_loss, &ui::ChoiceBox::chosen, this,
          [this](const QString& id) { change([&](SelectionSpec& s) { s.loss = parseWord<LossKind>(id.toStdString()); }); });
  retranslate();
}

void SchemeCard::change(const std::function<void(SelectionSpec&)>& how) {
  SelectionSpec spec = m_session.project().selection;
  how(spec);
  m_session.setSelection(spec);
}

void SchemeCard::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  ui::Card::changeEvent(event);
}

void SchemeCard::retranslate() {
  setTitle(tr("Scheme"));
  m_levelLabel->setText(tr("Level"));
  m_level->setAccessibleName(tr("Level"));
  for (const auto& e : EnumWords<Level>::table) m_level->setOptionText(word(e.value), SchemeText::level(e.value));
  m_budgetLabel->setText(tr("Budget of a layer"));
  m_budget->setAccessibleName(tr("Budget of a layer"));
  for (const auto& e : EnumWords<LayerBudget>::table) m_budget->setOptionText(word(e.value), SchemeText::budget(e.value));
  m_criterionLabel->setText(tr("Criterion"));
  m_criterion->setAccessibleName(tr("Criterion"));
  for (const auto& e : EnumWords<Criterion>::table)
    m_criterion->setOptionText(word(e.value), SchemeText::criterion(e.value), SchemeText::criterionTip(e.value));
  m_lossLabel->setText(tr("Loss"));
  m_loss->setAccessibleName(tr("Loss"));
  for (const auto& e : EnumWords<LossKind>::table) m_loss->setOptionText(word(e.value), SchemeText::loss(e.value));
  refresh();
}

void SchemeCard::refresh() {
  const SelectionSpec& spec = m_session.project().selection;
  const bool isClassification = m_session.task() == TaskKind::Classification;
  m_level->setCurrent(word(spec.level));
  m_level->setToolTip(SchemeText::levelTip(spec.level));
  m_budget->setCurrent(word(spec.layerBudget));
  m_budget->setToolTip(SchemeText::budgetTip(spec.layerBudget));
  m_budgetLabel->setVisible(spec.level == Level::Layer);
  m_budget->setVisible(spec.level == Level::Layer);
  m_criterion->setCurrent(word(spec.criterion));
  m_loss->setCurrent(word(spec.loss));

  const QString busy = m_session.isBusy() ? tr("Wait until the present job has ended.") : QString();
  for (const auto& e : EnumWords<Level>::table) m_level->setOptionEnabled(word(e.value), busy.isEmpty(), busy);
  for (const auto& e : EnumWords<LayerBudget>::table) m_budget->setOptionEnabled(word(e.value), busy.isEmpty(), busy);
  for (const auto& e : EnumWords<Criterion>::table) m_criterion->setOptionEnabled(word(e.value), busy.isEmpty(), busy);
  const bool hasLoss = needsPass(spec.criterion) && fieldKindOf(spec.criterion) != FieldKind::Activation;
  for (const auto& e : EnumWords<LossKind>::table) {
    const bool isOfTask = isClassification == (e.value != LossKind::Segmentation);
    const QString why = !busy.isEmpty() ? busy
                        : !isOfTask     ? (isClassification ? tr("For pictures with masks.") : tr("For pictures sorted into classes."))
                        : !hasLoss      ? tr("Only a gradient has a loss.")
                                        : QString();
    m_loss->setOptionEnabled(word(e.value), why.isEmpty(), why);
  }
  m_loss->setEnabled(hasLoss);
  if (!hasLoss) m_loss->setToolTip(tr("Only a gradient has a loss."));

  QString text = isClassification ? tr("Biases and head always train, norms stay frozen.") : tr("Biases always train, norms stay frozen.");
  if (const auto table = m_session.table(); table && table->hasPass && needsPass(spec.criterion) && m_session.isTableOfScheme())
    text =
        tr("%1 %2", "two sentences")
            .arg(tr("From %n training picture(s), mean loss %1.", nullptr, table->images).arg(ui::significant(table->meanLoss, 3)), text);
  m_text->setText(tr("%1 %2", "two sentences").arg(text, tr("Seed %1.").arg(spec.seed)));
}

}  // namespace gps::app
