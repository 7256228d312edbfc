#include "widgets/widgetplot.h"

#include <QPainter>
#include <QWidget>

#include "widgets/theme.h"

namespace gps::ui {

namespace {
constexpr double kMargin = 2, kTitle = 3;
}  // namespace

WidgetPlot::WidgetPlot(QWidget* widget, std::function<TextTable()> table) : QObject(widget), m_widget(widget), m_table(std::move(table)) {}

QSize WidgetPlot::exportSize(const QString& title) const {
  const Theme& theme = Theme::instance();
  return m_widget->size() + QSize(2 * theme.px(kMargin), 2 * theme.px(kMargin) + (title.isEmpty() ? 0 : theme.px(kTitle)));
}

bool WidgetPlot::drawExport(QPaintDevice& device, const QString& title) const {
  const Theme::LightPainting light;
  const Theme& theme = Theme::instance();
  QPainter painter;
  if (!painter.begin(&device)) return false;
  painter.fillRect(QRect(QPoint(0, 0), exportSize(title)), Qt::white);
  painter.translate(theme.px(kMargin), theme.px(kMargin));
  if (!title.isEmpty()) {
    painter.setFont(theme.font(TextRole::Title));
    painter.setPen(theme.color(Token::Text));
    painter.drawText(QRectF(0, 0, m_widget->width(), theme.px(kTitle)), Qt::AlignLeft | Qt::AlignTop, title);
    painter.translate(0, theme.px(kTitle));
  }
  m_widget->render(&painter, QPoint(), QRegion(), QWidget::DrawChildren);
  return painter.end();
}

}  // namespace gps::ui
