#pragma once
// Pictures of a split with their scores, worst first. The filter takes a name, or "Dice < 0.8" (also iou, precision, recall, boundary,
// hd95, rating; area and marked in percent; < <= > >= =), several parts separated by spaces or commas. A / D step through the sorted order.
#include <QAbstractTableModel>
#include <QCache>
#include <QHash>
#include <QImage>
#include <QPolygonF>
#include <QSortFilterProxyModel>
#include <QWidget>
#include <limits>
#include <memory>

#include "core/values/image.h"

class QLineEdit;
class QListView;
class QStackedWidget;
class QTableView;

namespace gps::ui {

class CaseGallery;
class ChoiceBox;
class GoToField;
class IconButton;
class Label;
class ThumbnailRows;

struct CaseRow {
  QString id;
  double dice = 0, iou = 0, precision = 0, recall = 0;  // 0…1; NaN: not scored
  double areaShare = 0;                                 // of the ground truth, 0…1; NaN: unknown
  bool hasTruth = true;
  double boundaryF = std::numeric_limits<double>::quiet_NaN();    // 0…1; NaN: not measured
  double hd95 = std::numeric_limits<double>::quiet_NaN();         // pixels; NaN: not measured, or undefined
  double markedShare = std::numeric_limits<double>::quiet_NaN();  // of the prediction, 0…1
  int rating = 0;                                                 // 1…5; 0: none
  QString remark = {};
  bool operator==(const CaseRow&) const = default;
};

class CaseModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Id, Dice, Iou, Precision, Recall, BoundaryF, Hd95, Area, Marked, Rating, Remark, ColumnCount };
  enum Role { SortRole = Qt::UserRole + 1 };  // and RowRole
  explicit CaseModel(QObject* parent = nullptr);
  void setRows(const QList<CaseRow>& rows);  // the same ids in the same order update in place
  void setThumbnail(const QString& id, const QImage& image);
  // What is drawn over the thumbnails: predictions in their size, at this threshold.
  void setSmallMap(const QString& id, std::shared_ptr<const ProbabilityMap> map);
  void setThreshold(double threshold);
  void setValueColumn(int column);  // beside a thumbnail
  int valueColumn() const { return m_valueColumn; }
  const CaseRow& row(int r) const { return m_rows[r]; }
  // Words for settings and filters: "dice", "boundary"; the same in every language.
  static QString key(int column);
  bool hasThumbnail(int r) const;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  QList<CaseRow> m_rows;
  QHash<QString, int> m_index;
  QHash<QString, QImage> m_thumbnails;      // of the lists
  mutable QCache<QString, QImage> m_large;  // of the gallery; cost in KiB
  QHash<QString, std::shared_ptr<const ProbabilityMap>> m_small;
  mutable QHash<QString, QList<QPolygonF>> m_outlines;  // made when they are drawn
  double m_threshold = 0.5;
  int m_valueColumn = Dice;
};

class CaseFilter : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  explicit CaseFilter(QObject* parent = nullptr);
  // False: a part looks like a comparison but cannot be read; the filter then keeps every row for that part.
  bool setText(const QString& text);

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
  struct Term {
    QString name;  // a piece of the id, or empty
    int column = -1;
    QString comparison;  // < <= > >= =
    double value = 0;
  };
  QList<Term> m_terms;
};

class CaseTable : public QWidget {
  Q_OBJECT
 public:
  explicit CaseTable(QWidget* parent = nullptr);
  void setRows(const QList<CaseRow>& rows);  // keeps the current case when it is still there
  void setThumbnail(const QString& id, const QImage& image);
  void setSmallMap(const QString& id, std::shared_ptr<const ProbabilityMap> map);
  void setThreshold(double threshold);
  void setDetailed(bool on);  // a table with all columns instead of the list with thumbnails
  // The same rows in the same order with the same current one, to stand elsewhere: large thumbnails, and a wide table. Made once.
  CaseGallery* gallery();
  QTableView* wideTable();
  void setSorting(int column, Qt::SortOrder order);  // does not emit; the list is Dice, worst first, until told
  int sortColumn() const;
  Qt::SortOrder sortOrder() const;
  static int columnOf(const QString& key);  // of CaseModel::key; -1: unknown
  void askGoTo();                           // a field that takes a number in the order shown or a piece of a name
  // Of the table, by CaseModel::key; empty: the usual ones. The name is always there.
  void setShownColumns(const QStringList& keys);
  QStringList shownColumns() const;
  void showColumnMenu(const QPoint& globalPos);
  QTableView* view() const { return m_table; }
  ThumbnailRows* list() const { return m_list; }
  void setFilterText(const QString& text);
  QString filterText() const;
  void setCurrentId(const QString& id);  // does not emit
  QString currentId() const;
  int currentPosition() const;  // 1-based in the sorted, filtered order; 0: none
  int visibleCount() const;
  int totalCount() const;
  QStringList visibleIds() const;  // in order
  void step(int by);               // A / D; emits

 Q_SIGNALS:
  void currentIdChanged(const QString& id);                         // by the user
  void thumbnailsRequested(const QStringList& ids, int pixelEdge);  // in sight and not yet given; asked once each
  void filterChanged(int visible, int total);
  void sortingChanged(int column, Qt::SortOrder order);  // by the user
  void shownColumnsChanged();                            // by the user
  void openRequested(const QString& id);                 // double click or Enter in a table or the gallery

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  QList<QTableView*> tables() const;
  void layoutColumns(QTableView* table) const;
  void prepare(QTableView* table);
  void applySorting(int column, Qt::SortOrder order);
  void userSorting(int column, Qt::SortOrder order);
  void applyFilter();
  CaseModel* m_model;
  CaseFilter* m_filter;
  QLineEdit* m_search;
  Label* m_hint;
  QStackedWidget* m_stack;
  ThumbnailRows* m_list;
  QTableView *m_table, *m_wide = nullptr;
  CaseGallery* m_gallery = nullptr;
  ChoiceBox* m_sort;
  IconButton* m_order;
  GoToField* m_goTo;
  bool m_quiet = false;
  bool m_follows = false;  // the current case was in sight before the rows moved
};

}  // namespace gps::ui
