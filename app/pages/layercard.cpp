#include "app/pages/layercard.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "app/engine/failuretext.h"
#include "app/engine/schemetext.h"
#include "app/pages/plotmenu.h"
#include "widgets/button.h"
#include "widgets/choicebox.h"
#include "widgets/format.h"
#include "widgets/heatstrip.h"
#include "widgets/label.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Label;
using ui::TextRole;
using ui::Token;

namespace {

// "image_encoder.blocks.2.mlp.fc1.weight" -> "blocks.2.mlp.fc1"
QString shortName(const std::string& tensor) {
  QString name = QString::fromStdString(tensor);
  if (name.startsWith("image_encoder."_L1)) name.remove(0, 14);
  if (name.endsWith(".weight"_L1)) name.chop(7);
  return name;
}

}  // namespace

LayerCard::LayerCard(Session& session, Explorer& explorer, QWidget* parent)
    : ui::Card({}, parent), m_session(session), m_explorer(explorer) {
  m_layers = new ui::ChoiceBox;
  m_layers->setMinimumContentsLength(12);
  m_fit = new ui::IconButton(u"fit"_s, {});
  addHeaderWidget(m_layers);
  addHeaderWidget(m_fit);
  m_strip = new ui::HeatStrip;
  addBody(m_strip, 1);
  m_used = new Label({}, TextRole::Small, Token::Text2);
  m_used->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_most = new Label({}, TextRole::Small);
  m_most->setElided(true);
  auto* row = new QWidget;
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins({});
  line->setSpacing(ui::Theme::instance().px(1.5));
  line->addWidget(m_most, 1);
  line->addWidget(m_used);
  addBody(row);
  addPlotMenu(this, m_strip, *m_strip);
  connect(m_layers, &ui::ChoiceBox::chosen, this, [this](const QString& tensor) {
    m_explorer.setTensor(tensor);
    if (const auto* layer = m_explorer.layer(tensor)) {
      m_wantedBlock = QString::fromStdString(layer->block);
      m_wantedKind = QString::fromStdString(layer->kind);
      Q_EMIT layerChosen(m_wantedBlock, m_wantedKind);
    }
    refresh();
  });
  connect(m_fit, &ui::IconButton::clicked, m_strip, &ui::HeatStrip::showAll);
  connect(m_strip, &ui::HeatStrip::windowChanged, &m_explorer, &Explorer::setWindow);
  connect(&m_explorer, &Explorer::lookChanged, this, &LayerCard::refresh);
  connect(&m_explorer, &Explorer::failureChanged, this, &LayerCard::refreshFailure);
  connect(this, &ui::Card::errorDismissed, &m_explorer, &Explorer::dismissFailure);
  retranslate();
}

void LayerCard::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  ui::Card::changeEvent(event);
}

void LayerCard::retranslate() {
  setTitle(tr("Which inputs matter?"));
  m_layers->setAccessibleName(tr("Layer"));
  m_fit->setToolTip(tr("Show the whole layer. The wheel or + and − zoom, a drag pans, the arrows walk."));
  m_fit->setAccessibleName(tr("Show the whole layer"));
  refresh();
}

void LayerCard::refreshFailure() {
  if (const auto failure = m_explorer.failure()) {
    const FailureText text = FailureTexts::of(*failure);
    showError(text.what, text.why, text.remedy, text.details);
  } else if (hasError()) {
    clearError();
  }
}

void LayerCard::showBlock(const QString& block, const QString& kind) {
  m_wantedBlock = block;
  m_wantedKind = kind;
  if (const auto* shown = m_explorer.layer(m_explorer.tensor());
      shown && shown->block == block.toStdString() && (kind.isEmpty() || shown->kind == kind.toStdString()))
    return;
  if (const QString tensor = m_explorer.tensorOf(block, kind); !tensor.isEmpty()) m_explorer.setTensor(tensor);
  refresh();
}

void LayerCard::refresh() {
  const auto structure = m_explorer.structure();
  m_layers->setEnabled(structure != nullptr);
  if (structure.get() != m_listed || m_layers->count() == 0) {
    m_listed = structure.get();
    QList<std::pair<QString, QString>> options;
    if (structure)
      for (const LayerStructure& layer : structure->layers)
        options << std::pair{QString::fromStdString(layer.tensor), shortName(layer.tensor)};
    if (options.size() != m_layers->count() || (!options.isEmpty() && m_layers->findData(options.first().first) != 0))
      m_layers->setOptions(options);
  }
  if (structure && m_explorer.tensor().isEmpty()) {
    QString tensor = m_wantedBlock.isEmpty() ? QString() : m_explorer.tensorOf(m_wantedBlock, m_wantedKind);
    // In the middle of the network, where a layer says most.
    if (tensor.isEmpty() && !structure->layers.empty())
      tensor = QString::fromStdString(structure->layers[structure->layers.size() / 2].tensor);
    if (!tensor.isEmpty()) return m_explorer.setTensor(tensor);
  }
  m_layers->setCurrent(m_explorer.tensor());
  const LayerStructure* layer = m_explorer.layer(m_explorer.tensor());
  m_strip->setScoreName(SchemeText::scoreName(m_session.project().selection.criterion));
  m_strip->setPlaceholder(tr("A layer is shown here once its scores are there."));
  m_layers->setToolTip(layer ? tr("%1 neurons × %2 inputs").arg(ui::groupedCount(layer->rows), ui::groupedCount(layer->cols)) : QString());
  if (!layer) {
    m_strip->setMatrix({}, 0, 0);
    m_used->clear();
    m_most->clear();
    m_shown.reset();
    return;
  }
  m_strip->setMatrix(shortName(layer->tensor), layer->rows, layer->cols);
  if (const auto look = m_explorer.look(); look && look->tensor == layer->tensor && look != m_shown) {
    m_shown = look;
    m_strip->setRange(look->range);
    if (!look->overview.score.empty()) m_strip->setOverview(look->overview);
    m_strip->setTile(look->tile);
    m_strip->setPicks(look->picksPerColumn);
  }
  m_used->setText(tr("%1 of %2 inputs used").arg(ui::groupedCount(layer->unionColumns), ui::groupedCount(layer->cols)));
  if (layer->topColumns.empty()) {
    m_most->setText(tr("No weight of this layer is selected."));
    m_most->setToolTip({});
    return;
  }
  const auto share = [&](const ColumnPicks& top) {
    const double of = double(top.rows) / double(std::max<std::int64_t>(1, layer->rows));
    return of < 0.1 ? ui::sharePercent(of) : u"%1 %"_s.arg(100 * of, 0, 'f', 0);
  };
  m_most->setText(tr("Input %1 is kept by %2 of neurons").arg(layer->topColumns[0].column).arg(share(layer->topColumns[0])));
  QStringList lines{tr("The most kept inputs")};
  for (const ColumnPicks& top : layer->topColumns)
    lines << tr("input %1: %2 neurons, %3").arg(QString::number(top.column), ui::groupedCount(top.rows), share(top));
  m_most->setToolTip(lines.join(u'\n'));
}

}  // namespace gps::app
