#pragma once
// The bar over a page: project › page at the left, the page's actions at the right, the primary one last. Where the window is too
// narrow for all of it, in this order: the project's name goes, then what addWidget() brought, then the words of actions that have an icon,
// the primary ones last.
#include <QWidget>

#include "widgets/button.h"

class QHBoxLayout;

namespace gps::ui {

class Label;

class PageHeader : public QWidget {
  Q_OBJECT
 public:
  explicit PageHeader(QWidget* parent = nullptr);
  void setProject(const QString& name);      // empty: no breadcrumb
  void setParentPage(const QString& title);  // between project and title, as a link; empty: none
  void setTitle(const QString& title);
  QString title() const;
  // The header owns the button; connect to its clicked(). Buttons stand in the order of the calls.
  Button* addAction(const QString& text, ButtonRole role = ButtonRole::Secondary, const QString& iconName = {});
  void addWidget(QWidget* widget);  // what can be missed in a narrow window; the header owns it

 Q_SIGNALS:
  void projectRequested();  // the breadcrumb was clicked
  void parentRequested();

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  enum Room { All, NoProject, NoExtras, IconsOnly, AllIconsOnly };
  int widthFor(Room room) const;
  void fit();
  Room m_room = All;
  QList<QWidget*> m_extras;  // the frame of each widget of addWidget()
  Button *m_project, *m_parent;
  Label *m_separator, *m_parentSeparator;
  Label* m_title;
  QHBoxLayout* m_actions;
};

}  // namespace gps::ui
