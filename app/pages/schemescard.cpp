#include "app/pages/schemescard.h"

#include <QEvent>
#include <QMenu>

#include "app/engine/schemetext.h"
#include "app/pages/plotmenu.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/schemebars.h"

namespace gps::app {

using namespace Qt::StringLiterals;

SchemesCard::SchemesCard(Session& session, Explorer& explorer, QWidget* parent)
    : ui::Card({}, parent), m_session(session), m_explorer(explorer) {
  m_add = new ui::Button({}, ui::ButtonRole::Ghost, u"plus"_s);
  addHeaderWidget(m_add);
  m_bars = new ui::SchemeBars;
  addBody(m_bars, 1);
  m_text = new ui::Label({}, ui::TextRole::Small, ui::Token::Text2);
  m_text->setWordWrap(true);
  addBody(m_text);
  addPlotMenu(this, m_bars, *m_bars, false);
  connect(m_add, &ui::Button::clicked, this, &SchemesCard::offer);
  connect(m_bars, &ui::SchemeBars::chosen, this, [this](const QString& id) {
    if (m_session.isBusy()) return;
    const Scheme scheme = SchemeText::fromId(id);
    if (!(schemeOf(m_session.project().selection) == scheme)) m_session.setSelection(withScheme(m_session.project().selection, scheme));
  });
  BlockFocus* focus = &session.blockFocus();
  connect(m_bars, &ui::SchemeBars::blockActivated, focus, [focus](const QString& block) { focus->set(block); });
  connect(focus, &BlockFocus::changed, this, [this, focus] { m_bars->setHighlightedBlock(focus->block()); });
  connect(m_bars, &ui::SchemeBars::removeRequested, this, [this](const QString& id) { m_explorer.removeScheme(SchemeText::fromId(id)); });
  connect(&m_explorer, &Explorer::schemesChanged, this, &SchemesCard::refresh);
  retranslate();
}

void SchemesCard::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  ui::Card::changeEvent(event);
}

void SchemesCard::retranslate() {
  setTitle(tr("Where would they lie?"));
  m_add->setText(tr("Add"));
  m_bars->setAccessibleName(tr("Schemes at equal budget"));
  m_text->setToolTip(tr("All at the same budget. Click one to take it over."));
  refresh();
}

void SchemesCard::refresh() {
  const int k = m_session.project().selection.keptPerRow;
  QList<ui::SchemeRow> rows;
  for (const Explorer::Row& row : m_explorer.rows()) {
    ui::SchemeRow shown;
    shown.id = SchemeText::id(row.scheme);
    shown.title = SchemeText::title(row.scheme);
    shown.isCurrent = row.scheme == schemeOf(m_session.project().selection);
    shown.isStale = row.isStale;
    if (row.table && k >= 1 && k <= int(row.table->counts.size()) && m_session.isBudgetInTable())
      shown.counts = row.table->counts[std::size_t(k) - 1];
    else if (shown.isCurrent && m_session.presentCounts())
      shown.counts = *m_session.presentCounts();
    else if (row.table && !shown.isCurrent)
      shown.note = tr("Counted when it is chosen.");
    if (!row.isAnswerable && !row.table) shown.note = tr("Needs a pass of its own: choose it, then run the pass.");
    rows << shown;
  }
  m_bars->setRows(rows);
  const bool isFull = m_explorer.schemes().size() >= Explorer::kMostSchemes;
  m_add->setDisabledReason(isFull ? tr("Four fit side by side. Take one away first.") : QString(), tr("Put another scheme beside these."));
  const auto* counts = m_session.presentCounts();
  m_text->setText(rows.isEmpty() ? tr("Add schemes to see where each would put the same number of weights.")
                  : counts && !m_session.isBudgetInTable()
                      ? tr("Beyond K = %1 only the chosen scheme is counted.").arg(m_session.table()->counts.size())
                  : counts ? tr("Each chooses %1 weights.").arg(ui::groupedCount(counts->selected))
                           : QString());
}

void SchemesCard::offer() {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const QList<std::pair<Level, LayerBudget>> levels{{Level::Neuron, LayerBudget::Share},
                                                    {Level::Layer, LayerBudget::Share},
                                                    {Level::Layer, LayerBudget::Rows},
                                                    {Level::Net, LayerBudget::Share}};
  for (const auto& [level, budget] : levels) {
    QMenu* of = menu->addMenu(level != Level::Layer ? SchemeText::level(level)
                                                    : tr("%1: %2").arg(SchemeText::level(level), SchemeText::budget(budget).toLower()));
    for (const auto& e : EnumWords<Criterion>::table) {
      const Scheme scheme{level, budget, e.value};
      QAction* action = of->addAction(SchemeText::criterion(e.value));
      action->setToolTip(SchemeText::criterionTip(e.value));
      action->setEnabled(!m_explorer.schemes().contains(scheme));
      connect(action, &QAction::triggered, this, [this, scheme] { m_explorer.addScheme(scheme); });
    }
    of->setToolTipsVisible(true);
  }
  menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height())));
}

}  // namespace gps::app
