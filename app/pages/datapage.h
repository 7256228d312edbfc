#pragma once
// What the folder holds: pictures, pairs, splits, problems, and whether the splits leak.
#include "app/pages/page.h"

class QListWidget;

namespace gps::ui {
class Badge;
class Button;
class Card;
class KeyValueList;
class Label;
class SegmentedControl;
class ThumbnailGrid;
}  // namespace gps::ui

namespace gps::app {

class PictureLoader;

class DataPage : public Page {
  Q_OBJECT
 public:
  DataPage(Session& session, PictureLoader& pictures, QWidget* parent = nullptr);

 protected:
  void retranslate() override;

 private:
  void refresh();
  void refreshGrid();
  void refreshProblems();
  void refreshJob();
  QString problemText(const DataProblem& problem) const;
  PictureLoader& m_pictures;
  ui::Button *m_next, *m_open;
  ui::Card *m_folder, *m_splits, *m_grid, *m_leaks, *m_problems;
  ui::KeyValueList *m_folderList, *m_splitList;
  ui::Label *m_splitNote, *m_leakText, *m_noProblems;
  ui::Badge* m_leakBadge;
  ui::SegmentedControl* m_filter;
  ui::ThumbnailGrid* m_thumbnails;
  QListWidget *m_problemList, *m_leakList;
};

}  // namespace gps::app
