// What stands on the page of cases: the viewer, the numbers of one picture, its look, and the numbers of all.
#include <QTableView>
#include <QVBoxLayout>

#include "app/pages/cases/readingcard.h"
#include "app/pages/casespage.h"
#include "app/pages/columns.h"
#include "app/pages/epochchoice.h"
#include "app/pages/plotmenu.h"
#include "widgets/badge.h"
#include "widgets/card.h"
#include "widgets/casetable.h"
#include "widgets/distributionbars.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/thumbnailrows.h"
#include "widgets/widgetplot.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Card;
using ui::ImageViewer;
using ui::Label;
using ui::TextRole;
using ui::Token;

static const std::pair<const char*, ImageViewer::Mode> kModes[] = {{"overlay", ImageViewer::Mode::Overlay},
                                                                   {"wipe", ImageViewer::Mode::Wipe},
                                                                   {"blink", ImageViewer::Mode::Blink},
                                                                   {"errors", ImageViewer::Mode::Errors}};

void CasesPage::buildMiddle(Columns* columns) {
  m_view = new Card;
  m_mode = new ui::SegmentedControl;
  for (const auto& [id, mode] : kModes) m_mode->addOption(QString::fromLatin1(id), {});
  m_view->addHeaderWidget(m_mode);
  m_viewer = new ImageViewer;
  m_hover = new Label({}, TextRole::Small, Token::Text2);
  m_view->addBody(m_viewer, 1);
  m_keys = new Label({}, TextRole::Small, Token::Text2);
  m_hover->setWordWrap(true);
  m_keys->setWordWrap(true);
  m_keys->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(m_hover, 1);
  row->addWidget(m_keys, 2);
  m_view->addBody(line);
  columns->middle()->addWidget(m_view, 1);
  connect(m_mode, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) {
    for (const auto& [word, mode] : kModes)
      if (id == QLatin1StringView(word)) m_viewer->setMode(mode);
  });
  connect(m_viewer, &ImageViewer::modeChanged, this, [this](ImageViewer::Mode now) {
    for (const auto& [word, mode] : kModes)
      if (mode == now) m_mode->setCurrent(QString::fromLatin1(word));
  });
  connect(m_viewer, &ImageViewer::overlayStyleChanged, this, &CasesPage::applyStyle);
  connect(m_viewer, &ImageViewer::previousRequested, this, [this] { m_table->step(-1); });
  connect(m_viewer, &ImageViewer::nextRequested, this, [this] { m_table->step(1); });
  connect(m_viewer, &ImageViewer::probabilityHovered, this, [this](const QPoint& pixel, double p) {
    m_hover->setText(p < 0 ? tr("White: ground truth. Cyan: prediction.")
                           : tr("x %1, y %2: probability %3").arg(pixel.x()).arg(pixel.y()).arg(p, 0, 'f', 2));
  });
}

void CasesPage::buildRight(Columns* columns) {
  m_image = new Card;
  m_metrics = new ui::KeyValueList;
  m_image->addBody(m_metrics);
  columns->right()->addWidget(m_image);
  m_look = new Card;
  m_epochs = new EpochChoice(session(), EpochChoice::Kind::WithNow);
  m_threshold = new ui::LabelledSlider({});
  m_threshold->setRange(0, 1, 0.01);
  m_threshold->setDecimals(2);
  m_threshold->setDefault(0.5);
  m_opacity = new ui::LabelledSlider({});
  m_opacity->setRange(0, 100, 1);
  m_opacity->setDecimals(0);
  m_opacity->setDefault(30);
  m_drawing = new ui::SegmentedControl;
  for (const char* id : {"fill", "contour", "both"}) m_drawing->addOption(QString::fromLatin1(id), {});
  for (QWidget* w : std::initializer_list<QWidget*>{m_epochs, m_threshold, m_opacity, m_drawing}) m_look->addBody(w);
  columns->right()->addWidget(m_look);
  m_all = new Card;
  m_leak = new ui::Badge;
  m_all->addHeaderWidget(m_leak);
  m_mean = new Label({}, TextRole::Page);
  m_meanText = new Label({}, TextRole::Small, Token::Text2);
  m_meanText->setWordWrap(true);
  m_histogram = new ui::DistributionBars;
  for (QWidget* w : std::initializer_list<QWidget*>{m_mean, m_meanText}) m_all->addBody(w);
  m_all->addBody(m_histogram, 1);
  addTableMenu(m_all, m_table->findChild<QTableView*>(), false);
  addPlotMenu(m_all, m_histogram, *new ui::WidgetPlot(m_histogram, [this] { return m_histogram->table(); }));
  columns->right()->addWidget(m_all, 1);
  m_reading = new ReadingCard(session());
  for (QWidget* w : std::initializer_list<QWidget*>{this, m_viewer, m_table->view(), m_table->list()}) m_reading->watch(w);
  columns->left()->addWidget(m_reading);
  connect(m_reading, &ReadingCard::nextRequested, this, [this] { m_table->step(1); });
  connect(m_reading, &ReadingCard::caseRequested, this, &CasesPage::showCase);
  connect(m_reading, &ReadingCard::actualSizeRequested, this, [this] { m_viewer->zoomTo(1 / m_viewer->devicePixelRatioF()); });
  connect(m_reading, &ReadingCard::remarkEnded, m_viewer, qOverload<>(&QWidget::setFocus));
  connect(m_reading, &ReadingCard::readingsChanged, this, &CasesPage::refreshRows);

  connect(m_epochs, &EpochChoice::changed, this, [this] {
    refreshRows();
    refreshPredictions();
    refreshSummary();
  });
  connect(m_threshold, &ui::LabelledSlider::valueChanged, this, [this](double value) {
    OverlayStyle style = m_viewer->overlayStyle();
    style.threshold = value;
    applyStyle(style);
  });
  connect(m_opacity, &ui::LabelledSlider::valueChanged, this, [this](double value) {
    OverlayStyle style = m_viewer->overlayStyle();
    style.opacity = value / 100;
    applyStyle(style);
  });
  connect(m_drawing, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) {
    OverlayStyle style = m_viewer->overlayStyle();
    style.fill = id != "contour"_L1;
    style.contour = id != "fill"_L1;
    applyStyle(style);
  });
}

}  // namespace gps::app
