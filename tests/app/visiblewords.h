#pragma once
// Every word a person can meet in a window as it is: what is written, what tooltips say, what a screen reader is told.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QStringList>
#include <QTextDocument>
#include <QWidget>

#include "widgets/badge.h"

namespace gps::app {

inline QStringList visibleWords(const QWidget& window) {
  QStringList words;
  const auto add = [&words](const QString& text) {
    if (text.isEmpty()) return;
    QTextDocument plain;
    plain.setHtml(Qt::mightBeRichText(text) ? text : text.toHtmlEscaped());
    words << plain.toPlainText();
  };
  QList<const QWidget*> all{&window};
  for (const QWidget* w : window.findChildren<QWidget*>())
    if (w->isVisible()) all << w;
  for (const QWidget* w : all) {
    for (const QString& text : {w->toolTip(), w->accessibleName(), w->accessibleDescription(), w->statusTip(), w->whatsThis()}) add(text);
    if (w->isWindow()) add(w->windowTitle());
    if (const auto* label = qobject_cast<const QLabel*>(w)) add(label->text());
    if (const auto* button = qobject_cast<const QAbstractButton*>(w)) add(button->text());
    if (const auto* badge = qobject_cast<const ui::Badge*>(w)) add(badge->text());
    if (const auto* line = qobject_cast<const QLineEdit*>(w)) add(line->placeholderText());
    if (const auto* box = qobject_cast<const QComboBox*>(w))
      for (int i = 0; i < box->count(); ++i) {
        add(box->itemText(i));
        add(box->itemData(i, Qt::ToolTipRole).toString());
      }
    if (const auto* view = qobject_cast<const QAbstractItemView*>(w); view && view->model()) {
      const QAbstractItemModel& model = *view->model();
      const bool hasHeader = view->findChild<QHeaderView*>() != nullptr;
      for (int column = 0; column < model.columnCount(); ++column) {
        for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole)}) {
          if (hasHeader) add(model.headerData(column, Qt::Horizontal, role).toString());
          for (int row = 0; row < std::min(model.rowCount(), 30); ++row) add(model.index(row, column).data(role).toString());
        }
      }
    }
    // Custom-painted widgets tell their words here.
    if (QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(w)))
      for (const auto kind : {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help}) add(spoken->text(kind));
  }
  words.removeDuplicates();
  return words;
}

// Words of people who train networks, of which people who read images know nothing.
inline QStringList jargonIn(const QStringList& words) {
  static const QRegularExpression english(
      QStringLiteral("\\b(logits?|epochs?|state[ _]dicts?|tensors?|checkpoints?|batch(es)?|gradients?|deltas?|neurons?|loss(es)?|"
                     "back-?propagation|hyper-?parameters?|learning rate|optimi[sz]ers?|embeddings?|encoders?|fp16|fp32|bf16|CUDA|"
                     "inference|softmax|sigmoid|safetensors|warm-?up)\\b"),
      QRegularExpression::CaseInsensitiveOption);
  static const QRegularExpression chinese(QStringLiteral(
      "轮次|第 ?\\d+ "
      "?轮|每轮|张量|检查点|批次|批量|每批|梯度|增量|神经元|损失|状态字典|嵌入|学习率|优化器|编码器|超参数|反向传播|推理|预热"));
  QStringList found;
  for (const QString& text : words)
    for (const auto* pattern : {&english, &chinese})
      if (const auto match = pattern->match(text); match.hasMatch()) found << match.captured() + QStringLiteral(" in: ") + text;
  return found;
}

}  // namespace gps::app
