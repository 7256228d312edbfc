#include "app/pages/plotmenu.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QImage>
#include <QKeyEvent>
#include <QMenu>
#include <QPointer>
#include <QTableView>
#include <QThreadPool>
#include <QTreeView>

#include "app/pages/page.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/plotsource.h"
#include "widgets/tablepanel.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::TableFormat;
using ui::TextTable;

namespace {

constexpr qsizetype kMostCopied = 100000;  // rows on the clipboard

// "Selected weights per block" -> "selected-weights-per-block"
QString fileStem(const QString& title) {
  QString stem;
  for (const QChar c : title.toLower()) stem += c.isLetterOrNumber() ? c : u'-';
  while (stem.contains(u"--"_s)) stem.replace(u"--"_s, u"-"_s);
  if (stem.startsWith(u'-')) stem.remove(0, 1);
  if (stem.endsWith(u'-')) stem.chop(1);
  return stem.isEmpty() ? u"plot"_s : stem;
}

// Lives as a child of the card.
class PlotMenu : public QObject {
  Q_DECLARE_TR_FUNCTIONS(PlotMenu)
 public:
  PlotMenu(ui::Card* card, QWidget* view, const ui::PlotSource* source, std::function<TextTable()> table, bool hasButton)
      : QObject(card), m_card(card), m_view(view), m_source(source), m_table(std::move(table)) {
    if (hasButton) {
      m_button = new ui::IconButton(u"export"_s, {});
      m_button->setObjectName(u"exportButton"_s);
      card->addHeaderWidget(m_button);
      connect(m_button, &ui::IconButton::clicked, this, [this] { popUp(m_button->mapToGlobal(QPoint(0, m_button->height()))); });
    }
    connect(card, &ui::Card::errorDismissed, card, [this] {
      if (m_isFailed) m_card->clearError();
      m_isFailed = false;
    });
    view->installEventFilter(this);
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(view, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) { popUp(m_view->mapToGlobal(at)); });
    card->installEventFilter(this);
    retranslate();
  }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (watched == m_card && event->type() == QEvent::LanguageChange) retranslate();
    if (watched == m_view && event->type() == QEvent::KeyPress) {
      const auto* key = static_cast<QKeyEvent*>(event);
      // Letters choose rows of a list, so T is the plots' alone.
      if (m_source && key->key() == Qt::Key_T && key->modifiers() == Qt::NoModifier) {
        showTable();
        return true;
      }
    }
    return QObject::eventFilter(watched, event);
  }

 private:
  void retranslate() {
    if (!m_button) return;
    m_button->setToolTip(m_source ? tr("Save or copy this plot, or see its numbers") : tr("Save or copy this table"));
    m_button->setAccessibleName(m_button->toolTip());
  }

  QString title() const { return m_card->accessibleName(); }

  void popUp(const QPoint& at) {
    auto* menu = new QMenu(m_card);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](QMenu* to, const QString& text, auto action) { connect(to->addAction(text), &QAction::triggered, this, action); };
    if (m_source) {
      auto* png = menu->addMenu(tr("Save picture as PNG"));
      for (const int scale : {1, 2, 3, 4}) {
        const QSize size = m_source->exportSize(title()) * scale;
        add(png, tr("×%1, %2 × %3 px").arg(scale).arg(size.width()).arg(size.height()),
            [this, scale] { save(u"png"_s, tr("PNG picture (*.png)"), scale); });
      }
      add(menu, tr("Save picture as SVG…"), [this] { save(u"svg"_s, tr("SVG drawing (*.svg)")); });
      add(menu, tr("Save picture as PDF…"), [this] { save(u"pdf"_s, tr("PDF document (*.pdf)")); });
      menu->addSeparator();
    }
    add(menu, tr("Save numbers as CSV…"), [this] { save(u"csv"_s, tr("CSV table (*.csv)")); });
    add(menu, tr("Save numbers as Markdown…"), [this] { save(u"md"_s, tr("Markdown table (*.md)")); });
    add(menu, tr("Save numbers as LaTeX…"), [this] { save(u"tex"_s, tr("LaTeX table (*.tex)")); });
    menu->addSeparator();
    if (m_source) add(menu, tr("Copy picture"), [this] { QGuiApplication::clipboard()->setImage(ui::plotPicture(*m_source, title())); });
    add(menu, tr("Copy numbers"), [this] {
      TextTable table = m_table();
      table.rows = std::min(table.rows, kMostCopied);
      QGuiApplication::clipboard()->setText(ui::tableText(table, TableFormat::Csv));
    });
    if (m_source) {
      menu->addSeparator();
      add(menu, tr("Show numbers as a table") + u"\tT"_s, [this] { showTable(); });
    }
    menu->popup(at);
  }

  void save(const QString& ending, const QString& filter, double scale = 2) {
    chooseSaveFile(m_card->window(), title(), fileStem(title()) + u'.' + ending, filter, [this, ending, scale](const QString& chosen) {
      const QString path = chosen.endsWith(u'.' + ending, Qt::CaseInsensitive) ? chosen : chosen + u'.' + ending;
      const bool isPicture = ending == "png"_L1 || ending == "svg"_L1 || ending == "pdf"_L1;
      if (isPicture)
        tell(ui::exportPlot(*m_source, path, title(), scale), path);
      else
        saveNumbers(m_table(), path);
    });
  }

  // A million rows take a while: not here.
  void saveNumbers(const TextTable& table, const QString& path) {
    QThreadPool::globalInstance()->start([self = QPointer<PlotMenu>(this), table, path] {
      const bool isSaved = ui::saveTable(table, path);
      QMetaObject::invokeMethod(
          qApp,
          [self, isSaved, path] {
            if (self) self->tell(isSaved, path);
          },
          Qt::QueuedConnection);
    });
  }

  void tell(bool isSaved, const QString& path) {
    if (isSaved) {
      if (m_isFailed) m_card->clearError();
      m_isFailed = false;
      return;
    }
    m_isFailed = true;
    m_card->showError(tr("The file was not written."), path, tr("Check the free space and the permissions, or choose another folder."));
  }

  void showTable() {
    QWidget* window = m_card->window();
    auto* panel = window->findChild<ui::TablePanel*>(u"tablePanel"_s, Qt::FindDirectChildrenOnly);
    if (!panel) panel = new ui::TablePanel(window);
    disconnect(panel, &ui::TablePanel::saveRequested, nullptr, nullptr);
    connect(panel, &ui::TablePanel::saveRequested, this, [this](const QString& name, const TextTable& table) {
      chooseSaveFile(m_card->window(), name, fileStem(name) + ".csv"_L1,
                     tr("CSV table (*.csv);;Markdown table (*.md);;LaTeX table (*.tex)"),
                     [this, table](const QString& path) { saveNumbers(table, path); });
    });
    panel->show(title(), m_table());
  }

  ui::Card* m_card;
  QWidget* m_view;
  const ui::PlotSource* m_source;
  std::function<TextTable()> m_table;
  ui::IconButton* m_button = nullptr;
  bool m_isFailed = false;
};

}  // namespace

void addPlotMenu(ui::Card* card, QWidget* plot, const ui::PlotSource& source, bool hasButton) {
  new PlotMenu(
      card, plot, &source, [&source] { return source.exportTable(); }, hasButton);
}

void addTableMenu(ui::Card* card, QAbstractItemView* view, bool hasButton) {
  new PlotMenu(
      card, view, nullptr, [view] { return tableOf(*view); }, hasButton);
}

TextTable tableOf(const QAbstractItemView& view) {
  const QAbstractItemModel* model = view.model();
  if (!model) return {};
  const auto* tree = qobject_cast<const QTreeView*>(&view);
  const auto* grid = qobject_cast<const QTableView*>(&view);
  const QHeaderView* header = tree ? tree->header() : grid ? grid->horizontalHeader() : nullptr;
  QList<int> columns;
  for (int c = 0; c < model->columnCount(view.rootIndex()); ++c) {
    const int logical = header ? header->logicalIndex(c) : c;
    if (!header || !header->isSectionHidden(logical)) columns << logical;
  }
  QStringList names;
  for (const int c : columns) names << model->headerData(c, Qt::Horizontal).toString();
  QList<QStringList> rows;
  // Children of a tree follow their parent.
  const std::function<void(const QModelIndex&)> take = [&](const QModelIndex& parent) {
    for (int r = 0; r < model->rowCount(parent); ++r) {
      QStringList row;
      for (const int c : columns) row << model->index(r, c, parent).data().toString();
      rows << row;
      take(model->index(r, 0, parent));
    }
  };
  take(view.rootIndex());
  return ui::textTable(names, rows);
}

}  // namespace gps::app
