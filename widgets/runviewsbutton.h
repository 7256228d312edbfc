#pragma once
// A menu of the named views of the table of runs: go to one, keep the present one under a name, bring a named one up to date, rename or
// delete it. Holds no view of the table itself. GUI thread.
#include <QList>
#include <functional>

#include "widgets/button.h"
#include "widgets/runtableview.h"

namespace gps::ui {

class RunViewsButton : public Button {
  Q_OBJECT
 public:
  // present: the view on screen; its name does not matter.
  explicit RunViewsButton(std::function<RunTableView()> present, QWidget* parent = nullptr);
  void setViews(const QList<RunTableView>& views);  // does not emit
  const QList<RunTableView>& views() const { return m_views; }
  // A name that is empty or taken is asked for again, with the reason.
  void saveAs(const QString& name);
  void rename(int view, const QString& name);
  void remove(int view);
  void putPresent(int view);  // it shows what is on screen from now on

 Q_SIGNALS:
  void chosen(const gps::ui::RunTableView& view);  // by the user
  void viewsEdited();                              // by the user; see views()

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void showMenu();
  void askName(const QString& title, const QString& text, const QString& problem, const std::function<void(const QString&)>& take);
  QString whyNot(const QString& name, int but = -1) const;  // empty: the name is free
  void replace(QList<RunTableView> views);
  std::function<RunTableView()> m_present;
  QList<RunTableView> m_views;
};

}  // namespace gps::ui
