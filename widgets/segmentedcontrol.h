#pragma once
// Two to six exclusive choices in one track, of four and more in two lines where one has no room. Left/Right move, the first enabled option
// is current until told otherwise.
#include <QWidget>

namespace gps::ui {

class SegmentedControl : public QWidget {
  Q_OBJECT
 public:
  explicit SegmentedControl(QWidget* parent = nullptr);
  void addOption(const QString& id, const QString& text, const QString& toolTip = {});
  void setOptionText(const QString& id, const QString& text);
  // A disabled option says why in its tooltip.
  void setOptionEnabled(const QString& id, bool enabled, const QString& reason = {});
  void setCurrent(const QString& id);  // empty: none; unknown ids are ignored; does not emit
  QString current() const;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool hasHeightForWidth() const override;
  int heightForWidth(int width) const override;

 Q_SIGNALS:
  void currentChanged(const QString& id);  // by the user

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

 private:
  struct Option {
    QString id, text, toolTip, reason;
    bool enabled = true;
  };
  double widestText() const;
  int perLine(int width) const;  // options
  int heightOf(int perLine) const;
  QRectF optionRect(int index) const;
  int optionAt(const QPointF& pos) const;
  void choose(int index);
  void nameItself();
  QList<Option> m_options;
  int m_current = -1, m_hovered = -1;
  int m_perLine = 0;
  mutable double m_widest = -1;  // text, in pixels; negative: not measured yet
  QString m_ownName;
};

}  // namespace gps::ui
