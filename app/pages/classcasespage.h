#pragma once
// Every classified picture, worst first, and which classes are taken for which. The shell shows it in place of the page of masks when
// the pictures are sorted into classes.
#include "app/engine/pictureloader.h"
#include "app/pages/page.h"
#include "widgets/confusionmatrix.h"
#include "widgets/thumbnailgrid.h"

class QStackedWidget;

namespace gps::ui {
class Badge;
class Button;
class Card;
class ClassList;
class ClassTable;
class IconButton;
class ImageViewer;
class KeyValueList;
class Label;
class SegmentedControl;
}  // namespace gps::ui

namespace gps::app {

class EpochChoice;
class Leaks;

class ClassCasesPage : public Page {
  Q_OBJECT
 public:
  ClassCasesPage(Session& session, PictureLoader& pictures, const Leaks& leaks, QWidget* parent = nullptr);
  ui::ClassList* list() const { return m_cases; }
  ui::ConfusionMatrix* matrix() const { return m_matrix; }
  ui::SegmentedControl* view() const { return m_view; }  // matrix or classes
  ui::ClassTable* classTable() const { return m_classes; }
  ui::ThumbnailGrid* gallery() const { return m_gallery; }
  EpochChoice* epochs() const { return m_epochs; }
  void showCase(const QString& id);
  bool isSettled() const;  // the picture of the current case is on screen, or cannot come

 protected:
  void retranslate() override;
  void keyPressEvent(QKeyEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void buildMiddle(class Columns* columns);
  void buildRight(Columns* columns);
  void refresh();
  void refreshScores();
  void showView(const QString& id);  // "matrix" or "classes"
  void refreshGallery();
  void refreshSummary();
  void refreshImage();
  void refreshJob();
  void applyFilter();
  void setScope(ui::ConfusionCell scope);  // truth alone: one class
  void caseLoaded(const LoadedCase& loaded);
  const ClassificationScore* score() const;

  void refreshLeaks();
  PictureLoader& m_pictures;
  const Leaks& m_leaks;
  ui::Button *m_score, *m_scopeButton;
  ui::Card *m_list, *m_matrixCard, *m_galleryCard, *m_all, *m_image;
  ui::ClassList* m_cases;
  ui::SegmentedControl *m_wrong, *m_view;
  ui::ConfusionMatrix* m_matrix;
  ui::IconButton *m_closer, *m_fit;
  QStackedWidget *m_matrixStack, *m_galleryStack;
  ui::Label *m_noMatrix, *m_noGallery;
  ui::ThumbnailGrid* m_gallery;
  ui::ClassTable* m_classes;
  ui::Label *m_topOne, *m_topText;
  ui::KeyValueList *m_numbers, *m_facts;
  ui::Badge* m_leak;
  EpochChoice* m_epochs;
  ui::ImageViewer* m_viewer;
  ui::ConfusionCell m_scope;
  QList<ui::ThumbnailItem> m_galleryItems;
  std::shared_ptr<const DataSummary> m_shownData;
  QString m_current;
  LoadedCase m_loaded;
};

}  // namespace gps::app
