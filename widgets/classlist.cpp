#include "widgets/classlist.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/format.h"
#include "widgets/theme.h"
#include "widgets/thumbnailrows.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

ClassifiedModel::ClassifiedModel(QObject* parent) : QAbstractListModel(parent) {}

void ClassifiedModel::setClasses(const QStringList& titles) {
  if (titles == m_classes) return;
  beginResetModel();
  m_classes = titles;
  arrange();
  endResetModel();
}

void ClassifiedModel::setRows(const QList<ClassifiedRow>& rows) {
  QList<ClassifiedRow> sorted = rows;
  // Pictures without a score stand last, in the order of their names.
  std::sort(sorted.begin(), sorted.end(), [](const ClassifiedRow& a, const ClassifiedRow& b) {
    if (a.isScored() != b.isScored()) return a.isScored();
    if (a.isScored() && a.truthProbability != b.truthProbability) return a.truthProbability < b.truthProbability;
    return a.id < b.id;
  });
  if (sorted == m_rows) return;
  beginResetModel();
  m_rows = sorted;
  arrange();
  endResetModel();
}

void ClassifiedModel::setFilter(const ClassifiedFilter& filter) {
  if (filter == m_filter) return;
  beginResetModel();
  m_filter = filter;
  arrange();
  endResetModel();
}

bool ClassifiedModel::accepts(const ClassifiedRow& row) const {
  if (m_filter.wrongOnly && (!row.isScored() || row.isRight())) return false;
  if (m_filter.truth >= 0 && row.truth != m_filter.truth) return false;
  if (m_filter.predicted >= 0 && row.predicted != m_filter.predicted) return false;
  const QString& text = m_filter.text;
  return text.isEmpty() || row.id.contains(text, Qt::CaseInsensitive) || className(row.truth).contains(text, Qt::CaseInsensitive) ||
         (row.isScored() && className(row.predicted).contains(text, Qt::CaseInsensitive));
}

void ClassifiedModel::arrange() {
  m_shown.clear();
  m_index.clear();
  for (int i = 0; i < m_rows.size(); ++i) {
    if (!accepts(m_rows[i])) continue;
    m_index.insert(m_rows[i].id, int(m_shown.size()));
    m_shown << i;
  }
}

void ClassifiedModel::setThumbnail(const QString& id, const QImage& image) {
  m_thumbnails.insert(id, image);
  if (const int row = m_index.value(id, -1); row >= 0) Q_EMIT dataChanged(index(row), index(row), {RowRole::Thumbnail});
}

void ClassifiedModel::forgetThumbnails() { m_thumbnails.clear(); }

const ClassifiedRow* ClassifiedModel::find(const QString& id) const {
  if (const int row = m_index.value(id, -1); row >= 0) return &m_rows[m_shown[row]];
  const auto at = std::find_if(m_rows.begin(), m_rows.end(), [&](const ClassifiedRow& row) { return row.id == id; });
  return at == m_rows.end() ? nullptr : &*at;
}

int ClassifiedModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_shown.size()); }

QVariant ClassifiedModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= m_shown.size()) return {};
  const ClassifiedRow& row = this->row(index.row());
  const bool isWrong = row.isScored() && !row.isRight();
  switch (role) {
    case RowRole::Id:
      return row.id;
    case RowRole::Title:
    case Qt::DisplayRole:
      return className(row.truth);
    case RowRole::Small: {
      const QString name = row.id.section(u'/', -1);
      return isWrong ? ClassList::tr("→ %1 · %2").arg(className(row.predicted), name) : name;
    }
    case RowRole::Value:
      return row.isScored() ? QString::number(qRound(row.probability * 100)) + u" %"_s : u"–"_s;
    case RowRole::ValueColor:
      return row.isScored() ? QVariant(Theme::instance().color(row.isRight() ? Token::Good : Token::Bad)) : QVariant();
    case RowRole::Icon:
      return !row.isScored() ? QVariant() : isWrong ? u"close"_s : u"check"_s;
    case RowRole::Thumbnail: {
      const auto it = m_thumbnails.constFind(row.id);
      return it == m_thumbnails.cend() ? QVariant() : QVariant(*it);
    }
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
      if (!row.isScored()) return ClassList::tr("%1: %2, not scored yet").arg(row.id, className(row.truth));
      return row.isRight() ? ClassList::tr("%1: %2, recognised with %3").arg(row.id, className(row.truth), sharePercent(row.probability))
                           : ClassList::tr("%1: %2, taken for %3 with %4; the true class got %5")
                                 .arg(row.id, className(row.truth), className(row.predicted), sharePercent(row.probability),
                                      sharePercent(row.truthProbability));
    default:
      return {};
  }
}

ClassList::ClassList(QWidget* parent)
    : QWidget(parent), m_model(new ClassifiedModel(this)), m_search(new QLineEdit), m_rows(new ThumbnailRows) {
  m_search->setClearButtonEnabled(true);
  m_rows->setModel(m_model);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(Theme::instance().px(0.75));
  layout->addWidget(m_search);
  layout->addWidget(m_rows, 1);
  connect(m_rows, &ThumbnailRows::thumbnailsRequested, this, &ClassList::thumbnailsRequested);
  connect(m_rows->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
    if (!m_quiet && current.isValid()) Q_EMIT currentIdChanged(currentId());
  });
  connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
    keepCurrent([&] {
      ClassifiedFilter filter = m_model->filter();
      filter.text = text.trimmed();
      m_model->setFilter(filter);
    });
  });
  retranslate();
}

void ClassList::retranslate() {
  m_search->setPlaceholderText(tr("Filter by class or name"));
  m_search->setAccessibleName(tr("Filter"));
  m_rows->setAccessibleName(tr("Cases"));
}

template <typename Change>
void ClassList::keepCurrent(Change change) {
  const QString current = currentId();
  m_quiet = true;
  change();
  m_quiet = false;
  setCurrentId(current);
  m_rows->requestSoon();
  Q_EMIT filterChanged();
}

void ClassList::setClasses(const QStringList& titles) {
  keepCurrent([&] { m_model->setClasses(titles); });
}

void ClassList::setRows(const QList<ClassifiedRow>& rows) {
  keepCurrent([&] { m_model->setRows(rows); });
}

void ClassList::setFilter(bool wrongOnly, int truth, int predicted) {
  keepCurrent([&] { m_model->setFilter({wrongOnly, truth, predicted, m_model->filter().text}); });
}

void ClassList::setSearchText(const QString& text) { m_search->setText(text); }
void ClassList::setThumbnail(const QString& id, const QImage& image) { m_model->setThumbnail(id, image); }

void ClassList::forgetThumbnails() {
  m_model->forgetThumbnails();
  m_rows->forgetRequests();
}

void ClassList::setCurrentId(const QString& id) {
  m_quiet = true;
  if (!m_rows->setCurrentId(id)) m_rows->setCurrentIndex({});
  m_quiet = false;
}

QString ClassList::currentId() const { return m_rows->currentId(); }
int ClassList::currentPosition() const { return m_rows->currentPosition(); }
int ClassList::visibleCount() const { return m_model->rowCount(); }
QStringList ClassList::visibleIds() const { return m_rows->ids(); }
void ClassList::step(int by) { m_rows->step(by); }

void ClassList::keyPressEvent(QKeyEvent* event) {
  if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_A || event->key() == Qt::Key_D))
    return step(event->key() == Qt::Key_D ? 1 : -1);
  QWidget::keyPressEvent(event);
}

void ClassList::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

}  // namespace gps::ui
