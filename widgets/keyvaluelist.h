#pragma once
// Names at the left, numbers right-aligned, changes with their sign and tone in a column of their own.
#include <QList>
#include <QWidget>

#include "widgets/theme.h"

namespace gps::ui {

struct KeyValue {
  QString key, value;
  QString change;             // "+0.45"; empty: none
  Tone tone = Tone::Neutral;  // of the change
  QString toolTip;            // the definition, all digits
  bool operator==(const KeyValue&) const = default;
};

class KeyValueList : public QWidget {
  Q_OBJECT
 public:
  explicit KeyValueList(QWidget* parent = nullptr);
  void setRows(const QList<KeyValue>& rows);
  const QList<KeyValue>& rows() const { return m_rows; }
  // Values of a report are regular, of metrics semibold.
  void setStrong(bool strong);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  double rowHeight() const;
  QList<KeyValue> m_rows;
  bool m_strong = true;
};

}  // namespace gps::ui
