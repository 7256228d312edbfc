#pragma once
// A drop-down of named choices. One that does not apply stays in the list, disabled, with the reason in its tooltip. The wheel changes it
// only while it has the focus, so that scrolling a page never does. The tooltip is that of the current choice, with its text where that is
// cut.
#include <QComboBox>

namespace gps::ui {

class ChoiceBox : public QComboBox {
  Q_OBJECT
 public:
  explicit ChoiceBox(QWidget* parent = nullptr);
  void addOption(const QString& id, const QString& text = {}, const QString& toolTip = {});
  void setOptionText(const QString& id, const QString& text, const QString& toolTip = {});
  void setOptionEnabled(const QString& id, bool enabled, const QString& reason = {});
  bool isOptionEnabled(const QString& id) const;
  // Replaces all; keeps the current one when it is still there. Does not emit.
  void setOptions(const QList<std::pair<QString, QString>>& options);
  void setCurrent(const QString& id);  // unknown ids are ignored; does not emit
  QString current() const { return currentData().toString(); }

 Q_SIGNALS:
  void chosen(const QString& id);  // by the user, another one than before

 protected:
  void wheelEvent(QWheelEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void setItem(int index, const QString& toolTip, bool enabled);
  void refreshToolTip();
  QString m_last;
};

}  // namespace gps::ui
