#pragma once
// A few amounts as bars of one scale under each other, each with its name and its number: this much beside that much. A limit is a
// line across them with its word. The rows are text for assistive technology, too.
#include <QList>
#include <QWidget>

#include "widgets/theme.h"

namespace gps::ui {

struct CompareRow {
  QString name, value;  // "this run", "1.2 GB"
  double amount = 0;    // 0 or more, of one unit for all rows
  Tone tone = Tone::Accent;
  QString toolTip;
  bool operator==(const CompareRow&) const = default;
};

class CompareBars : public QWidget {
  Q_OBJECT
 public:
  explicit CompareBars(QWidget* parent = nullptr);
  void setRows(const QList<CompareRow>& rows);
  const QList<CompareRow>& rows() const { return m_rows; }
  void setLimit(double amount, const QString& text);  // NaN: none
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  double rowHeight() const;
  QList<CompareRow> m_rows;
  double m_limit;
  QString m_limitText;
};

}  // namespace gps::ui
