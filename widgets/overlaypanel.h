#pragma once
// A panel over the whole window that is no dialog: nothing waits for it. Esc, the cross and a click beside it close it; Tab stays
// inside; the focus goes back to where it was.
#include <QPointer>
#include <QWidget>

class QVBoxLayout;

namespace gps::ui {

class IconButton;
class Label;

class OverlayPanel : public QWidget {
  Q_OBJECT
 public:
  // Hidden until open(); covers `host`.
  explicit OverlayPanel(QWidget* host);
  void setTitle(const QString& title);  // empty: no title row
  QString title() const;
  void setPanelSize(double widthUnits, double heightUnits);  // at most; smaller where the window is
  QVBoxLayout* body() const { return m_body; }
  void open(QWidget* focus = nullptr);  // focus: who gets it; null: the first that can
  void close();
  bool isOpen() const { return isVisible(); }

 Q_SIGNALS:
  void closed();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool focusNextPrevChild(bool next) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void place();
  QList<QWidget*> stops() const;
  QWidget* m_panel;
  QWidget* m_head;
  Label* m_title;
  IconButton* m_close;
  QVBoxLayout* m_outer;
  QVBoxLayout* m_body;
  QPointer<QWidget> m_former;
  double m_width = 80, m_height = 60;
};

}  // namespace gps::ui
