// What stands on the page of classified pictures: the confusion matrix, the gallery, the classes, one picture, the numbers of all.
#include <QSizePolicy>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/pages/classcasespage.h"
#include "app/pages/columns.h"
#include "app/pages/epochchoice.h"
#include "app/pages/plotmenu.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/classlist.h"
#include "widgets/classtable.h"
#include "widgets/imageviewer.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/widgetplot.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Card;
using ui::ConfusionMatrix;
using ui::IconButton;
using ui::Label;
using ui::TextRole;
using ui::Token;

namespace {

constexpr double kZoomStep = 1.6, kGalleryEdge = 15, kPictureUnits = 22;

Label* makeNothing() {
  auto* label = new Label({}, TextRole::Body, Token::Text2);
  label->setAlignment(Qt::AlignCenter);
  label->setWordWrap(true);
  return label;
}

}  // namespace

void ClassCasesPage::buildMiddle(Columns* columns) {
  m_matrixCard = new Card;
  m_view = new ui::SegmentedControl;
  for (const char* id : {"matrix", "classes"}) m_view->addOption(QString::fromLatin1(id), {});
  m_closer = new IconButton(u"plus"_s, {});
  m_fit = new IconButton(u"fit"_s, {});
  m_matrixCard->addHeaderWidget(m_closer);
  m_matrixCard->addHeaderWidget(m_fit);
  m_matrixCard->addHeaderWidget(m_view);
  m_matrix = new ConfusionMatrix;
  m_classes = new ui::ClassTable;
  m_classes->sortBy(3, Qt::AscendingOrder);  // the weakest first
  m_noMatrix = makeNothing();
  m_matrixStack = new QStackedWidget;
  for (QWidget* w : std::initializer_list<QWidget*>{m_noMatrix, m_matrix, m_classes}) m_matrixStack->addWidget(w);
  m_matrixCard->addBody(m_matrixStack, 1);
  addPlotMenu(m_matrixCard, m_matrix, *new ui::WidgetPlot(m_matrix, [this] { return m_matrix->table(); }));
  columns->middle()->addWidget(m_matrixCard, 5);

  m_galleryCard = new Card;
  m_gallery = new ui::ThumbnailGrid;
  m_gallery->setEdge(kGalleryEdge);
  m_gallery->setCaptionLines(2);
  m_noGallery = makeNothing();
  m_galleryStack = new QStackedWidget;
  m_galleryStack->addWidget(m_noGallery);
  m_galleryStack->addWidget(m_gallery);
  m_galleryCard->addBody(m_galleryStack, 1);
  columns->middle()->addWidget(m_galleryCard, 3);

  connect(m_view, &ui::SegmentedControl::currentChanged, this, &ClassCasesPage::showView);
  connect(m_closer, &IconButton::clicked, this, [this] { m_matrix->setZoom(m_matrix->zoom() * kZoomStep); });
  connect(m_fit, &IconButton::clicked, this, [this] { m_matrix->setZoom(1); });
  connect(m_matrix, &ConfusionMatrix::cellActivated, this, [this](int truth, int predicted) { setScope({truth, predicted}); });
  connect(m_classes, &ui::ClassTable::classActivated, this, [this](int index) { setScope({index, -1}); });
  connect(m_gallery, &ui::ThumbnailGrid::currentIdChanged, this, &ClassCasesPage::showCase);
  connectThumbnails(m_pictures, m_gallery);
}

void ClassCasesPage::buildRight(Columns* columns) {
  m_all = new Card;
  m_leak = new ui::Badge;
  m_all->addHeaderWidget(m_leak);
  m_topOne = new Label({}, TextRole::Display);
  m_topText = new Label({}, TextRole::Small, Token::Text2);
  m_topText->setWordWrap(true);
  m_numbers = new ui::KeyValueList;
  m_epochs = new EpochChoice(session(), EpochChoice::Kind::WithUntuned);
  for (QWidget* w : std::initializer_list<QWidget*>{m_topOne, m_topText, m_numbers, m_epochs}) m_all->addBody(w);
  columns->right()->addWidget(m_all);
  m_image = new Card;
  m_viewer = new ui::ImageViewer;
  m_viewer->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);  // takes what is left
  m_viewer->setMinimumHeight(ui::Theme::instance().px(kPictureUnits));
  m_facts = new ui::KeyValueList;
  m_facts->setStrong(false);
  m_image->addBody(m_viewer, 1);
  m_image->addBody(m_facts);
  columns->right()->addWidget(m_image, 1);
  connect(m_epochs, &EpochChoice::changed, this, &ClassCasesPage::refreshScores);
  connect(m_viewer, &ui::ImageViewer::previousRequested, this, [this] { m_cases->step(-1); });
  connect(m_viewer, &ui::ImageViewer::nextRequested, this, [this] { m_cases->step(1); });
}

}  // namespace gps::app
