#pragma once
// The bar over a page: project › page at the left, the page's actions at the right, the primary one last.
#include <QWidget>

#include "widgets/button.h"

class QHBoxLayout;

namespace gps::ui {

class Label;

class PageHeader : public QWidget {
  Q_OBJECT
 public:
  explicit PageHeader(QWidget* parent = nullptr);
  void setProject(const QString& name);  // empty: no breadcrumb
  void setTitle(const QString& title);
  QString title() const;
  // The header owns the button; connect to its clicked(). Buttons stand in the order of the calls.
  Button* addAction(const QString& text, ButtonRole role = ButtonRole::Secondary, const QString& iconName = {});
  void addWidget(QWidget* widget);

 Q_SIGNALS:
  void projectRequested();  // the breadcrumb was clicked

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  Button* m_project;
  Label* m_separator;
  Label* m_title;
  QHBoxLayout* m_actions;
};

}  // namespace gps::ui
