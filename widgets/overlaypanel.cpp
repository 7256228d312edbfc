#include "widgets/overlaypanel.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

OverlayPanel::OverlayPanel(QWidget* host)
    : QWidget(host),
      m_panel(new QWidget(this)),
      m_head(new QWidget),
      m_title(new Label({}, TextRole::Page)),
      m_close(new IconButton(u"close"_s, {})),
      m_outer(new QVBoxLayout(m_panel)),
      m_body(new QVBoxLayout) {
  auto* row = new QHBoxLayout(m_head);
  row->setContentsMargins({});
  row->addWidget(m_title, 1);
  row->addWidget(m_close);
  m_outer->addWidget(m_head);
  m_outer->addLayout(m_body, 1);
  m_head->hide();
  connect(m_close, &IconButton::clicked, this, &OverlayPanel::close);
  host->installEventFilter(this);
  const auto refresh = [this] {
    const Theme& theme = Theme::instance();
    m_outer->setContentsMargins(theme.px(2), theme.px(1.5), theme.px(2), theme.px(2));
    m_outer->setSpacing(theme.px(1));
    place();
    update();
  };
  connect(&Theme::instance(), &Theme::changed, this, refresh);
  refresh();
  m_close->setToolTip(tr("Close. Esc"));
  m_close->setAccessibleName(tr("Close"));
  hide();
}

void OverlayPanel::setTitle(const QString& title) {
  m_title->setText(title);
  m_head->setVisible(!title.isEmpty());
  setAccessibleName(title);
}

QString OverlayPanel::title() const { return m_title->text(); }

void OverlayPanel::setPanelSize(double widthUnits, double heightUnits) {
  m_width = widthUnits;
  m_height = heightUnits;
  place();
}

void OverlayPanel::place() {
  setGeometry(parentWidget()->rect());
  const Theme& theme = Theme::instance();
  const int gap = theme.px(3);
  const QSize size(std::min(theme.px(m_width), width() - 2 * gap), std::min(theme.px(m_height), height() - 2 * gap));
  m_panel->setGeometry((width() - size.width()) / 2, std::max(gap, (height() - size.height()) / 3), size.width(), size.height());
}

void OverlayPanel::open(QWidget* focus) {
  if (!isVisible()) m_former = QApplication::focusWidget();
  place();
  raise();
  show();
  if (!focus && !stops().isEmpty()) focus = stops().first();
  if (focus) focus->setFocus(Qt::TabFocusReason);
}

void OverlayPanel::close() {
  if (!isVisible()) return;
  hide();
  if (m_former && m_former->isVisible()) m_former->setFocus(Qt::OtherFocusReason);
  Q_EMIT closed();
}

QList<QWidget*> OverlayPanel::stops() const {
  QList<QWidget*> found;
  for (QWidget* w : m_panel->findChildren<QWidget*>())
    if (w->isVisibleTo(this) && w->isEnabled() && (w->focusPolicy() & Qt::TabFocus) && !w->focusProxy()) found << w;
  // The cross is drawn first and comes last.
  if (found.removeAll(m_close) > 0) found << m_close;
  return found;
}

bool OverlayPanel::focusNextPrevChild(bool next) {
  const QList<QWidget*> all = stops();
  if (all.isEmpty()) return false;
  const qsizetype at = all.indexOf(QApplication::focusWidget());
  const qsizetype to = at < 0 ? 0 : (at + (next ? 1 : all.size() - 1)) % all.size();
  all[to]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
  return true;
}

bool OverlayPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize) place();
  return QWidget::eventFilter(watched, event);
}

void OverlayPanel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) {
    m_close->setToolTip(tr("Close. Esc"));
    m_close->setAccessibleName(tr("Close"));
  }
  QWidget::changeEvent(event);
}

void OverlayPanel::mousePressEvent(QMouseEvent* event) {
  if (!m_panel->geometry().contains(event->position().toPoint())) close();
}

void OverlayPanel::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return close();
  event->accept();  // keys of the page below do nothing now
}

void OverlayPanel::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  QPainter painter(this);
  QColor scrim = theme.isHighContrast() ? theme.color(Token::Window) : QColor(0x0B1118);
  scrim.setAlphaF(theme.isHighContrast() ? 0.8f : 0.4f);
  painter.fillRect(rect(), scrim);
  drawRounded(painter, QRectF(m_panel->geometry()), theme.unit(), theme.color(Token::Surface), theme.color(Token::Line), theme.lineWidth());
}

}  // namespace gps::ui
