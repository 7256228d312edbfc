#pragma once
// What the colours on a picture mean, drawn as they are drawn on it; wraps where it must.
#include <QColor>
#include <QList>
#include <QWidget>

namespace gps::ui {

struct OverlayKey {
  enum class Kind { Line, Dashes, Area, Rising, Falling, Scale };  // Rising, Falling: hatched; Scale: from less to more
  Kind kind = Kind::Line;
  QColor color;
  QString text;
  QString toolTip;
  bool operator==(const OverlayKey&) const = default;
};

class OverlayLegend : public QWidget {
  Q_OBJECT
 public:
  explicit OverlayLegend(QWidget* parent = nullptr);
  void setKeys(const QList<OverlayKey>& keys);
  const QList<OverlayKey>& keys() const { return m_keys; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  double layout(double width, QList<QRectF>* boxes) const;  // returns the height
  double swatchWidth(const OverlayKey& key) const;
  QList<OverlayKey> m_keys;
};

}  // namespace gps::ui
