#pragma once
// Push buttons in three weights. One primary per page, at the top right.
#include <QPushButton>
#include <QToolButton>

namespace gps::ui {

enum class ButtonRole { Secondary, Primary, Ghost, Danger };

// The icon follows theme and role; empty name: no icon.
class Button : public QPushButton {
  Q_OBJECT
 public:
  explicit Button(const QString& text = {}, ButtonRole role = ButtonRole::Secondary, const QString& iconName = {},
                  QWidget* parent = nullptr);
  void setRole(ButtonRole role);
  ButtonRole role() const { return m_role; }
  void setIconName(const QString& name);
  // Disables with the reason as tooltip; an empty reason enables and restores `toolTipWhenEnabled`.
  void setDisabledReason(const QString& reason, const QString& toolTipWhenEnabled = {});
  // Compact: the icon alone, where there is no room for words; they are the tooltip and the accessible name then. Without an
  // icon nothing changes.
  void setCompact(bool on);
  bool isCompact() const { return m_isCompact && !m_iconName.isEmpty(); }
  int widthWhen(bool compact) const;  // logical pixels that the button wants so

  QSize sizeHint() const override;

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void refresh();
  ButtonRole m_role;
  QString m_iconName;
  bool m_isCompact = false;
};

// A square button with only an icon; `toolTip` doubles as the accessible name.
class IconButton : public QToolButton {
  Q_OBJECT
 public:
  IconButton(const QString& iconName, const QString& toolTip, QWidget* parent = nullptr);
  void setIconName(const QString& name);

 private:
  void refresh();
  QString m_iconName;
};

}  // namespace gps::ui
