#include "widgets/runviewsbutton.h"

#include <QEvent>
#include <QInputDialog>
#include <QMenu>
#include <algorithm>
#include <utility>

namespace gps::ui {

using namespace Qt::StringLiterals;

RunViewsButton::RunViewsButton(std::function<RunTableView()> present, QWidget* parent)
    : Button({}, ButtonRole::Ghost, u"overlay"_s, parent), m_present(std::move(present)) {
  connect(this, &Button::clicked, this, &RunViewsButton::showMenu);
  retranslate();
}

void RunViewsButton::retranslate() {
  setText(tr("Views"));
  setToolTip(tr("Columns, order and filter of the table, kept under names"));
}

void RunViewsButton::setViews(const QList<RunTableView>& views) { m_views = views; }

QString RunViewsButton::whyNot(const QString& name, int but) const {
  if (name.isEmpty()) return tr("A view needs a name.");
  for (int i = 0; i < m_views.size(); ++i)
    if (i != but && m_views[i].name == name) return tr("There is a view named “%1” already.").arg(name);
  return {};
}

void RunViewsButton::replace(QList<RunTableView> views) {
  std::sort(views.begin(), views.end(),
            [](const RunTableView& a, const RunTableView& b) { return QString::localeAwareCompare(a.name, b.name) < 0; });
  if (views == m_views) return;
  m_views = std::move(views);
  Q_EMIT viewsEdited();
}

void RunViewsButton::saveAs(const QString& name) {
  const QString plain = name.simplified();
  if (const QString why = whyNot(plain); !why.isEmpty())
    return askName(tr("Keep this view"), plain, why, [this](const QString& other) { saveAs(other); });
  QList<RunTableView> views = m_views;
  views.append(m_present());
  views.last().name = plain;
  replace(std::move(views));
}

void RunViewsButton::rename(int view, const QString& name) {
  const QString plain = name.simplified();
  if (const QString why = whyNot(plain, view); !why.isEmpty())
    return askName(tr("Rename view"), plain, why, [this, view](const QString& other) { rename(view, other); });
  QList<RunTableView> views = m_views;
  views[view].name = plain;
  replace(std::move(views));
}

void RunViewsButton::remove(int view) {
  QList<RunTableView> views = m_views;
  views.removeAt(view);
  replace(std::move(views));
}

void RunViewsButton::putPresent(int view) {
  QList<RunTableView> views = m_views;
  const QString name = views[view].name;
  views[view] = m_present();
  views[view].name = name;
  replace(std::move(views));
}

// No dialog that blocks.
void RunViewsButton::askName(const QString& title, const QString& text, const QString& problem,
                             const std::function<void(const QString&)>& take) {
  auto* dialog = new QInputDialog(this);
  dialog->setObjectName(u"viewName"_s);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  dialog->setLabelText(problem.isEmpty() ? tr("Name of the view") : problem);
  dialog->setTextValue(text);
  connect(dialog, &QInputDialog::textValueSelected, this, take);
  dialog->open();
}

void RunViewsButton::showMenu() {
  auto* menu = new QMenu(this);
  menu->setObjectName(u"viewMenu"_s);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const RunTableView present = m_present();
  connect(menu->addAction(tr("Newest first, usual columns")), &QAction::triggered, this, [this] { Q_EMIT chosen({}); });
  int shown = -1;
  for (int i = 0; i < m_views.size(); ++i) {
    auto* action = menu->addAction(m_views[i].name);
    action->setCheckable(true);
    const bool isShown = m_views[i].showsTheSameAs(present);
    action->setChecked(isShown);
    if (isShown) shown = i;
    connect(action, &QAction::triggered, this, [this, view = m_views[i]] { Q_EMIT chosen(view); });
  }
  menu->addSeparator();
  auto* keep = menu->addAction(tr("Keep this view…"));
  keep->setObjectName(u"keepView"_s);
  keep->setEnabled(shown < 0);
  connect(keep, &QAction::triggered, this,
          [this] { askName(tr("Keep this view"), {}, {}, [this](const QString& name) { saveAs(name); }); });
  if (!m_views.isEmpty()) {
    QMenu* updates = menu->addMenu(tr("Replace by this view"));
    QMenu* renames = menu->addMenu(tr("Rename"));
    QMenu* deletes = menu->addMenu(tr("Delete"));
    for (int i = 0; i < m_views.size(); ++i) {
      const QString name = m_views[i].name;
      connect(updates->addAction(name), &QAction::triggered, this, [this, i] { putPresent(i); });
      connect(renames->addAction(name), &QAction::triggered, this,
              [this, i, name] { askName(tr("Rename view"), name, {}, [this, i](const QString& other) { rename(i, other); }); });
      connect(deletes->addAction(name), &QAction::triggered, this, [this, i] { remove(i); });
    }
  }
  menu->popup(mapToGlobal(QPoint(0, height())));
}

void RunViewsButton::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  Button::changeEvent(event);
}

}  // namespace gps::ui
