#pragma once
// The left rail: the order of work. Up/Down move between entries, Enter or Space opens.
#include <QHash>
#include <QWidget>

class QVBoxLayout;
class QAbstractButton;

namespace gps::ui {

class NavigationRail : public QWidget {
  Q_OBJECT
 public:
  explicit NavigationRail(QWidget* parent = nullptr);
  // Adding an id twice changes its label and icon.
  void addPage(const QString& id, const QString& iconName, const QString& label);
  // Entries at the foot (theme, language); they emit footRequested and are never current.
  void addFoot(const QString& id, const QString& iconName, const QString& label);
  void setLabel(const QString& id, const QString& label);
  void setFootIcon(const QString& id, const QString& iconName);
  // A page that cannot be used yet stays clickable (its empty state says which step is missing) but is drawn quiet.
  void setReady(const QString& id, bool ready, const QString& reason = {});
  // A dot on the icon: something waits or runs there.
  void setMarked(const QString& id, bool on);
  void setCurrent(const QString& id);
  QString current() const { return m_current; }
  QStringList pages() const { return m_order; }
  // Drops the labels (window narrower than 1100 logical pixels).
  void setCompact(bool on);
  bool isCompact() const { return m_compact; }
  QSize sizeHint() const override;

 Q_SIGNALS:
  void pageRequested(const QString& id);  // the user wants it; call setCurrent when it is shown
  void footRequested(const QString& id);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  class Entry;
  void fit();
  Entry* add(const QString& id, const QString& iconName, const QString& label, bool foot);
  QHash<QString, Entry*> m_entries;
  QStringList m_order;
  QVBoxLayout* m_layout = nullptr;
  QString m_current;
  int m_footStart = 0;
  bool m_compact = false;
};

}  // namespace gps::ui
