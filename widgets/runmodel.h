#pragma once
// Runs as a table, and the filter over it.
#include <QAbstractTableModel>
#include <QSet>
#include <QSortFilterProxyModel>
#include <optional>

#include "widgets/runrow.h"

class QRegularExpressionMatch;

namespace gps::ui {

class RunModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column {
    Name,
    Star,
    Phase,
    Method,
    K,
    Level,
    Criterion,
    LearningRate,
    Seed,
    Epochs,
    Best,
    Difference,
    BestEpoch,
    Last,
    Leaks,
    Trainable,
    Delta,
    Seconds,
    Peak,
    Precision,
    Started,
    Tags,
    Note,
    ColumnCount
  };
  enum Role { SortRole = Qt::UserRole + 1, IdRole };
  explicit RunModel(QObject* parent = nullptr);
  // Rows that are there stay where they are, so that a selection and a scroll position hold; others come and go.
  void setRows(const QList<RunRow>& rows);
  const QList<RunRow>& rows() const { return m_rows; }
  const RunRow& row(int r) const { return m_rows[r]; }
  int rowOf(const QString& id) const;  // −1: none
  void setTicked(const QSet<QString>& ids);
  const QSet<QString>& ticked() const { return m_ticked; }
  void setBaseline(const QString& id);  // empty: none
  const QString& baseline() const { return m_baseline; }
  // Behind the others, from ColumnCount on.
  void setExtraColumns(const QList<RunColumn>& columns);
  const QList<RunColumn>& extraColumns() const { return m_extras; }
  // Words for files and views: "lr", "best"; the same in every language.
  QString key(int column) const;
  int columnOf(const QString& key) const;  // −1: no such column
  bool isText(int column) const;           // else numbers

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
  // Wishes of the user; the model shows them once they are set.
  void tickRequested(const QString& id, bool on);
  void starRequested(const QString& id, bool on);

 private:
  QString text(const RunRow& row, int column) const;
  QVariant exact(const RunRow& row, int column) const;
  QVariant decoration(const RunRow& row, int column) const;
  QString toolTip(const RunRow& row, int column) const;
  double difference(const RunRow& row) const;
  const RunColumn* extra(int column) const;  // null: none of these
  int alignmentOf(int column) const;
  QString extraText(const RunRow& row, const RunColumn& column) const;
  void tellAll();
  QList<RunRow> m_rows;
  QList<RunColumn> m_extras;
  QSet<QString> m_ticked;
  QString m_baseline;
  int m_baseRow = -1;
};

// A line of words and comparisons: "k1 neuron", "best > 0.8", "lr <= 1e-3", "weight_decay = 0.01", "optimizer = sgd", "tag:paper"; all
// must hold. A column is named by its key, one beyond the usual by the end of it.
class RunFilter : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  explicit RunFilter(QObject* parent = nullptr);
  bool setText(const QString& text);  // false: a comparison that cannot be read; it is left out
  void setHidesFailed(bool on);       // failed and unreadable ones
  void setOnlyStarred(bool on);
  void setOnlyIds(const QSet<QString>* ids);  // copied; null: all
  bool matches(int row) const;                // of the source; setOnlyIds left aside

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
  struct Term {
    QString word, tag;
    int column = -1;
    QString comparison;  // < <= > >= =
    double value = 0;
    QString text;  // of a column of words: what it has
  };
  const RunModel& runs() const;
  int columnNamed(const QString& word) const;  // −1: none
  std::optional<Term> comparisonOf(const QRegularExpressionMatch& match) const;
  bool holds(const Term& term, int row) const;
  QList<Term> m_terms;
  QSet<QString> m_ids;
  bool m_hidesFailed = false, m_onlyStarred = false, m_onlyIds = false;
};

// "finished", "running", …
QString runPhaseText(RunPhase phase);

}  // namespace gps::ui
