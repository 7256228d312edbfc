#pragma once
// Classified pictures, the least sure about their true class first. Rows show what was taken for what; the mark of right and wrong has
// a sign and a colour. A / D step through the order shown.
#include <QAbstractListModel>
#include <QHash>
#include <QImage>
#include <QWidget>

class QLineEdit;

namespace gps::ui {

class ThumbnailRows;

// Classes by their index; predicted −1: not scored yet.
struct ClassifiedRow {
  QString id;
  int truth = -1, predicted = -1;
  double probability = 0, truthProbability = 0;  // 0…1
  bool isScored() const { return predicted >= 0; }
  bool isRight() const { return predicted == truth; }
  bool operator==(const ClassifiedRow&) const = default;
};

// Which rows are shown; −1: any.
struct ClassifiedFilter {
  bool wrongOnly = false;
  int truth = -1, predicted = -1;
  QString text;  // a piece of the name or of one of the two classes
  bool operator==(const ClassifiedFilter&) const = default;
};

class ClassifiedModel : public QAbstractListModel {
  Q_OBJECT
 public:
  explicit ClassifiedModel(QObject* parent = nullptr);
  void setClasses(const QStringList& titles);
  void setRows(const QList<ClassifiedRow>& rows);
  void setFilter(const ClassifiedFilter& filter);
  const ClassifiedFilter& filter() const { return m_filter; }
  void setThumbnail(const QString& id, const QImage& image);
  void forgetThumbnails();
  int totalCount() const { return int(m_rows.size()); }
  const ClassifiedRow& row(int shown) const { return m_rows[m_shown[shown]]; }
  const ClassifiedRow* find(const QString& id) const;
  int classCount() const { return int(m_classes.size()); }
  QString className(int index) const { return m_classes.value(index); }
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

 private:
  void arrange();
  bool accepts(const ClassifiedRow& row) const;
  QStringList m_classes;
  QList<ClassifiedRow> m_rows;  // worst first
  QList<int> m_shown;
  QHash<QString, int> m_index;  // id -> shown row
  ClassifiedFilter m_filter;
  QHash<QString, QImage> m_thumbnails;
};

class ClassList : public QWidget {
  Q_OBJECT
 public:
  explicit ClassList(QWidget* parent = nullptr);
  void setClasses(const QStringList& titles);
  void setRows(const QList<ClassifiedRow>& rows);  // keeps the current picture when it is still there
  // The text of the search line stays as it is.
  void setFilter(bool wrongOnly, int truth, int predicted);
  void setSearchText(const QString& text);
  void setThumbnail(const QString& id, const QImage& image);
  void forgetThumbnails();  // another data set
  ClassifiedModel* model() const { return m_model; }
  void setCurrentId(const QString& id);  // does not emit
  QString currentId() const;
  int currentPosition() const;  // 1-based; 0: none
  int visibleCount() const;
  QStringList visibleIds() const;
  void step(int by);

 Q_SIGNALS:
  void currentIdChanged(const QString& id);  // by the user
  void thumbnailsRequested(const QStringList& ids, int pixelEdge);
  void filterChanged();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  template <typename Change>
  void keepCurrent(Change change);
  ClassifiedModel* m_model;
  QLineEdit* m_search;
  ThumbnailRows* m_rows;
  bool m_quiet = false;
};

}  // namespace gps::ui
