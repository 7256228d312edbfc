#pragma once
// Label, type-in box with unit, slider under them or between them. Arrow keys move one step, PgUp/PgDn ten, a double click returns to the
// default.
#include <QWidget>

class QDoubleSpinBox;
class QGridLayout;

namespace gps::ui {

class Label;
class Slider;

class LabelledSlider : public QWidget {
  Q_OBJECT
 public:
  explicit LabelledSlider(const QString& label, QWidget* parent = nullptr);
  void setLabel(const QString& label);
  void setInline(bool on);  // all in one row
  void setRange(double low, double high, double step);
  void setDecimals(int decimals);
  void setUnit(const QString& unit);  // " %", " px"
  void setDefault(double value);      // double click goes there
  void setValue(double value);        // does not emit
  double value() const;

 Q_SIGNALS:
  void valueChanged(double value);     // live, by the user
  void editingFinished(double value);  // the handle was let go, or Enter

 private:
  void fromSlider(int position);
  int toPosition(double value) const;
  QGridLayout* m_grid;
  Label* m_label;
  QDoubleSpinBox* m_box;
  Slider* m_slider;
  double m_low = 0, m_high = 1, m_step = 0.01, m_default = 0;
  bool m_updating = false;
};

}  // namespace gps::ui
