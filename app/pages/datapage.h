#pragma once
// What the folder holds: pictures, pairs, splits, problems, and whether the splits leak.
#include <QHash>
#include <string>

#include "app/pages/page.h"

class QListWidget;

namespace gps::ui {
class Badge;
class Button;
class Card;
class ClassTable;
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
  ui::ClassTable* classTable() const { return m_classTable; }
  ui::ThumbnailGrid* thumbnails() const { return m_thumbnails; }

 protected:
  void retranslate() override;

 private:
  void refresh();
  void refreshGrid();
  void refreshProblems();
  void refreshJob();
  void refreshClasses();
  PictureLoader& m_pictures;
  ui::Button *m_next, *m_open;
  ui::Card *m_folder, *m_splits, *m_grid, *m_leaks, *m_problems, *m_classes;
  ui::KeyValueList *m_folderList, *m_splitList;
  ui::Label *m_splitNote, *m_leakText, *m_noProblems;
  ui::Badge* m_leakBadge;
  ui::SegmentedControl* m_filter;
  ui::ThumbnailGrid* m_thumbnails;
  ui::ClassTable* m_classTable;
  QStringList m_titles;  // of the classes
  QHash<std::string, int> m_classIndex;
  int m_class = -1;  // shown alone; -1: all
  QListWidget *m_problemList, *m_leakList;
};

}  // namespace gps::app
