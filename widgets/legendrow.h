#pragma once
// Names of the curves under a plot, each with its stroke and newest value; wraps onto a second line when it must.
#include <QColor>
#include <QList>
#include <QWidget>

#include "widgets/theme.h"

namespace gps::ui {

struct LegendEntry {
  QString name, value;
  QColor color;
  bool dashed = false;
  bool operator==(const LegendEntry&) const = default;
};

class LegendRow : public QWidget {
  Q_OBJECT
 public:
  explicit LegendRow(QWidget* parent = nullptr);
  void setEntries(const QList<LegendEntry>& entries, const QString& note);
  // Draws into a width with the theme's fonts; returns the height used. painter null: only measures.
  double paint(QPainter* painter, double width, ThemeName name) const;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QList<LegendEntry> m_entries;
  QString m_note;
};

}  // namespace gps::ui
