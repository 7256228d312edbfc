// Classified pictures: the confusion matrix at every size, the table of classes, the list and the gallery.
#include <QCoreApplication>
#include <QGridLayout>
#include <QKeyEvent>
#include <QVBoxLayout>
#include <cmath>

#include "tests/widgets/galleryparts.h"
#include "tests/widgets/samples.h"
#include "widgets/card.h"
#include "widgets/classlist.h"
#include "widgets/classtable.h"
#include "widgets/confusionmatrix.h"
#include "widgets/thumbnailgrid.h"

namespace gps::test {

using namespace gps::ui;

QWidget* classesPage(const GalleryOptions& options) {
  const Words w{options.chinese};
  const QImage shown = picture(options);
  constexpr int kClasses = 10;
  auto* body = new QWidget;
  auto* grid = new QGridLayout(body);
  auto* cases = new ClassList;
  QObject::connect(cases, &ClassList::thumbnailsRequested, cases, [cases, shown](const QStringList& ids, int edge) {
    for (const QString& id : ids)
      cases->setThumbnail(id, shown.scaled(edge, edge, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation));
  });
  cases->setClasses(classNames(kClasses));
  cases->setRows(classifiedRows(120, kClasses));
  cases->step(1);
  auto* list = new Card(w("Worst first", "最差优先"));
  list->addBody(cases, 1);
  auto* matrix = new ConfusionMatrix;
  matrix->setMatrix(classNames(kClasses), confusionCounts(kClasses));
  matrix->setSelectedCell({2, 3});
  auto* matrixCard = new Card(w("Which class is taken for which?", "哪一类被当成了哪一类？"));
  matrixCard->addBody(matrix, 1);
  auto* gallery = new ThumbnailGrid;
  gallery->setCaptionLines(2);
  QObject::connect(gallery, &ThumbnailGrid::thumbnailsRequested, gallery, [gallery, shown](const QStringList& ids, int edge) {
    for (const QString& id : ids)
      gallery->setThumbnail(id, shown.scaled(edge, edge, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation));
  });
  QList<ThumbnailItem> items;
  for (const ClassifiedRow& row : classifiedRows(120, kClasses))
    if (!row.isRight())
      items << ThumbnailItem{row.id,
                             classNames(kClasses)[row.truth] +
                                 QStringLiteral("\n→ %1, %2 %").arg(classNames(kClasses)[row.predicted]).arg(qRound(row.probability * 100)),
                             {},
                             Tone::Neutral};
  gallery->setItems(items);
  auto* galleryCard = new Card(w("Misclassified", "误分类"));
  galleryCard->addBody(gallery, 1);
  auto* table = new ClassTable;
  table->setColumns(
      w("Class", "类别"),
      {{w("Pictures", "图像"), {}, false, false}, {w("Right", "正确"), {}, false, false}, {w("Accuracy", "准确率"), {}, true, true}});
  table->sortBy(3, Qt::AscendingOrder);
  QList<ClassRow> rows;
  for (int c = 0; c < 37; ++c) {
    const double all = c == 12 ? 0 : 100, right = std::max(0, 100 - (c * 37 + 11) % 31);
    rows << ClassRow{c, classNames(37)[c], {all, all > 0 ? right : std::nan(""), all > 0 ? right / all : std::nan("")}};
  }
  table->setRows(rows);
  table->setCurrentClass(3);
  auto* tableCard = new Card(w("Per class", "各类别"));
  tableCard->addBody(table, 1);
  grid->addWidget(list, 0, 0, 2, 1);
  grid->addWidget(matrixCard, 0, 1, 1, 2);
  grid->addWidget(galleryCard, 1, 1);
  grid->addWidget(tableCard, 1, 2);
  grid->setColumnStretch(0, 3);
  grid->setColumnStretch(1, 5);
  grid->setColumnStretch(2, 4);
  grid->setRowStretch(0, 3);
  grid->setRowStretch(1, 2);
  return framed(options, QStringLiteral("cases"), w("Cases", "病例"), body);
}

QWidget* matricesPage(const GalleryOptions& options) {
  const Words w{options.chinese};
  auto* body = new QWidget;
  auto* grid = new QGridLayout(body);
  int place = 0;
  for (const int classes : {2, 5, 37, 100, 1000, 1000}) {
    auto* matrix = new ConfusionMatrix;
    matrix->setMatrix(classes == 2 ? QStringList{w("normal tissue", "正常组织"), w("polyp", "息肉")} : classNames(classes),
                      confusionCounts(classes));
    auto* card = new Card(options.chinese ? QStringLiteral("%1 个类别").arg(classes) : QStringLiteral("%1 classes").arg(classes));
    card->addBody(matrix, 1);
    grid->addWidget(card, place / 3, place % 3);
    matrix->setSelectedCell({classes / 2, classes / 2 + (classes > 2 ? 1 : 0)});
    ++place;
    if (place == 6) QTimer::singleShot(50, matrix, [matrix] { matrix->setZoom(matrix->largestZoom()); });
    if (place != 2) continue;
    // One with the keyboard in it.
    QTimer::singleShot(0, matrix, [matrix] {
      matrix->setFocus(Qt::TabFocusReason);
      QKeyEvent key(QEvent::KeyPress, Qt::Key_Right, Qt::NoModifier);
      QCoreApplication::sendEvent(matrix, &key);
    });
  }
  return framed(options, QStringLiteral("cases"), w("Confusion matrices", "混淆矩阵"), body);
}

}  // namespace gps::test
