#include "widgets/choicebox.h"

#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QStyleOptionComboBox>
#include <QWheelEvent>

namespace gps::ui {

namespace {
constexpr int kBesideText = 2;              // pixels, as the style paints it
constexpr int kTipRole = Qt::UserRole + 1;  // the tooltip of an enabled option
}  // namespace

ChoiceBox::ChoiceBox(QWidget* parent) : QComboBox(parent) {
  setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  setFocusPolicy(Qt::StrongFocus);
  connect(this, &QComboBox::currentIndexChanged, this, [this](int index) {
    const QString id = itemData(index).toString();
    refreshToolTip();
    if (index < 0 || id == m_last) return;
    m_last = id;
    Q_EMIT chosen(id);
  });
}

void ChoiceBox::setItem(int index, const QString& toolTip, bool enabled) {
  auto* items = qobject_cast<QStandardItemModel*>(model());
  if (!items || !items->item(index)) return;
  items->item(index)->setEnabled(enabled);
  items->item(index)->setToolTip(toolTip);
  if (index == currentIndex()) refreshToolTip();
}

void ChoiceBox::addOption(const QString& id, const QString& text, const QString& toolTip) {
  const QSignalBlocker quiet(this);
  addItem(text, id);
  setItemData(count() - 1, toolTip, kTipRole);
  setItem(count() - 1, toolTip, true);
  m_last = current();
}

void ChoiceBox::setOptionText(const QString& id, const QString& text, const QString& toolTip) {
  const int index = findData(id);
  if (index < 0) return;
  setItemText(index, text);
  setItemData(index, toolTip, kTipRole);
  if (isOptionEnabled(id)) setItem(index, toolTip, true);
}

void ChoiceBox::setOptionEnabled(const QString& id, bool enabled, const QString& reason) {
  const int index = findData(id);
  if (index >= 0) setItem(index, enabled ? itemData(index, kTipRole).toString() : reason, enabled);
}

bool ChoiceBox::isOptionEnabled(const QString& id) const {
  const auto* items = qobject_cast<const QStandardItemModel*>(model());
  const int index = findData(id);
  return items && index >= 0 && items->item(index)->isEnabled();
}

void ChoiceBox::setOptions(const QList<std::pair<QString, QString>>& options) {
  const QSignalBlocker quiet(this);
  const QString before = current();
  clear();
  for (const auto& [id, text] : options) addOption(id, text);
  if (const int index = findData(before); index >= 0) setCurrentIndex(index);
  m_last = current();
  refreshToolTip();
}

void ChoiceBox::setCurrent(const QString& id) {
  const int index = findData(id);
  if (index < 0) return;
  const QSignalBlocker quiet(this);
  setCurrentIndex(index);
  m_last = id;
  refreshToolTip();
}

void ChoiceBox::refreshToolTip() {
  const QString text = currentText(), own = itemData(currentIndex(), Qt::ToolTipRole).toString();
  QStyleOptionComboBox option;
  initStyleOption(&option);
  const int room = style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this).width();
  const bool isCut = fontMetrics().horizontalAdvance(text) + kBesideText > room;
  setToolTip(!isCut || own.contains(text) ? own : own.isEmpty() ? text : text + u'\n' + own);
}

void ChoiceBox::resizeEvent(QResizeEvent* event) {
  QComboBox::resizeEvent(event);
  refreshToolTip();
}

void ChoiceBox::wheelEvent(QWheelEvent* event) {
  if (hasFocus())
    QComboBox::wheelEvent(event);
  else
    event->ignore();
}

}  // namespace gps::ui
