#pragma once
// A horizontal slider that ignores the wheel unless it has the focus and returns to its default on a double click.
#include <QSlider>

namespace gps::ui {

class Slider : public QSlider {
  Q_OBJECT
 public:
  explicit Slider(QWidget* parent = nullptr);
  void setDefaultValue(int value) { m_default = value; }
  int defaultValue() const { return m_default; }
  // Marks under the track: position in the slider's range and its text.
  void setMarks(const QList<std::pair<int, QString>>& marks);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void resetRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;

 private:
  double trackX(int value) const;
  int valueAt(double x) const;
  QRectF trackRect() const;
  QList<std::pair<int, QString>> m_marks;
  int m_default = 0;
};

}  // namespace gps::ui
