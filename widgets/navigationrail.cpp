#include "widgets/navigationrail.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/icon.h"
#include "widgets/theme.h"
#include "widgets/themestyle.h"

namespace gps::ui {

namespace {
constexpr double kLeastEntry = 3.5, kLabelledEntry = 5.5;
constexpr double kEndGap = 1.5, kGap = 1;  // at the ends and between entries
}  // namespace

class NavigationRail::Entry : public QAbstractButton {
 public:
  Entry(const QString& icon, const QString& label, QWidget* parent) : QAbstractButton(parent), m_icon(icon) {
    setText(label);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  }
  void setIconName(const QString& name) { m_icon = name, update(); }
  void setState(bool current, bool ready, bool marked, bool compact) {
    m_current = current, m_ready = ready, m_marked = marked, m_compact = compact;
    updateGeometry();
    update();
  }
  void setCurrentEntry(bool on) { setState(on, m_ready, m_marked, m_compact); }
  void setReadyEntry(bool on) { setState(m_current, on, m_marked, m_compact); }
  void setMarkedEntry(bool on) { setState(m_current, m_ready, on, m_compact); }
  void setCompactEntry(bool on) { setState(m_current, m_ready, m_marked, on); }
  bool isReady() const { return m_ready; }
  QSize sizeHint() const override {
    const Theme& theme = Theme::instance();
    return {theme.px(7.5), theme.px(m_compact ? 5 : 7)};
  }
  // Where large text meets a low window entries shrink, and drop their word, before any of them leaves it.
  QSize minimumSizeHint() const override { return {Theme::instance().px(7.5), Theme::instance().px(kLeastEntry)}; }

 protected:
  void paintEvent(QPaintEvent*) override {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    if (m_current)
      drawRounded(painter, rect(), theme.unit(), theme.color(Token::AccentWash),
                  theme.isHighContrast() ? theme.color(Token::Accent) : QColor(), 2);
    else if (underMouse())
      drawRounded(painter, rect(), theme.unit(), mixed(theme.color(Token::Surface), theme.color(Token::Text), 0.05));
    QColor color = theme.color(m_current ? Token::Accent : Token::Text2);
    if (!m_ready && !m_current) color = mixed(theme.color(Token::Surface), color, 0.55);
    const int side = theme.px(3);
    QFont font = theme.font(TextRole::Caption);
    if (m_current) font.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const bool isBare = m_compact || height() < theme.px(kLabelledEntry);
    const double textHeight = isBare ? 0 : metrics.height() + theme.unit() * 0.25;
    const double top = (height() - side - textHeight) / 2;
    const QPixmap icon = iconPixmap(m_icon, color, side, devicePixelRatioF());
    const QPointF at((width() - side) / 2.0, top);
    painter.drawPixmap(at, icon);
    if (m_marked) {
      const double d = theme.unit() * 0.875;
      drawRounded(painter, QRectF(at.x() + side - d / 2, at.y() - d / 4, d, d), d / 2, theme.color(Token::Accent),
                  theme.color(Token::Surface), 1);
    }
    if (isBare) return;
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(QRectF(0, top + side, width(), textHeight), Qt::AlignHCenter | Qt::AlignBottom,
                     metrics.elidedText(text(), Qt::ElideRight, width() - 2));
  }

 private:
  QString m_icon;
  bool m_current = false, m_ready = true, m_marked = false, m_compact = false;
};

NavigationRail::NavigationRail(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
  m_layout->addStretch(1);
  const auto refresh = [this] {
    fit();
    updateGeometry();
    update();
  };
  connect(&Theme::instance(), &Theme::changed, this, refresh);
  refresh();
}

// Where entries of the least height do not fit with the usual gaps, the gaps shrink.
void NavigationRail::fit() {
  const Theme& theme = Theme::instance();
  const int gaps = std::max(1, int(m_entries.size()) - 1);
  const double usual = theme.unit() * (kEndGap * 2 + kGap * gaps), left = height() - double(m_entries.size()) * theme.px(kLeastEntry);
  const double by = std::clamp(left / usual, 0.0, 1.0);
  const int end = int(theme.unit() * kEndGap * by);
  m_layout->setContentsMargins(theme.px(1), end, theme.px(1), end);
  m_layout->setSpacing(int(theme.unit() * kGap * by));
}

void NavigationRail::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fit();
}

NavigationRail::Entry* NavigationRail::add(const QString& id, const QString& iconName, const QString& label, bool foot) {
  if (Entry* entry = m_entries.value(id)) {
    setLabel(id, label);
    entry->setIconName(iconName);
    return entry;
  }
  auto* entry = new Entry(iconName, label, this);
  entry->setObjectName(id);
  entry->setAccessibleName(label);
  entry->setCompactEntry(m_compact);
  m_entries.insert(id, entry);
  fit();
  // Pages stand before the stretch, feet after it.
  if (foot)
    m_layout->addWidget(entry);
  else
    m_layout->insertWidget(m_footStart++, entry);
  connect(entry, &QAbstractButton::clicked, this, [this, id, foot] {
    if (foot)
      Q_EMIT footRequested(id);
    else
      Q_EMIT pageRequested(id);
  });
  return entry;
}

void NavigationRail::addPage(const QString& id, const QString& iconName, const QString& label) {
  if (!m_order.contains(id)) m_order << id;
  add(id, iconName, label, false);
}

void NavigationRail::addFoot(const QString& id, const QString& iconName, const QString& label) { add(id, iconName, label, true); }

void NavigationRail::setLabel(const QString& id, const QString& label) {
  if (Entry* entry = m_entries.value(id)) {
    entry->setText(label);
    entry->setAccessibleName(label);
    if (m_compact) entry->setToolTip(label);
    entry->update();
  }
}

void NavigationRail::setFootIcon(const QString& id, const QString& iconName) {
  if (Entry* entry = m_entries.value(id)) entry->setIconName(iconName);
}

void NavigationRail::setReady(const QString& id, bool ready, const QString& reason) {
  if (Entry* entry = m_entries.value(id)) {
    entry->setReadyEntry(ready);
    entry->setToolTip(ready ? QString() : reason);
  }
}

void NavigationRail::setMarked(const QString& id, bool on) {
  if (Entry* entry = m_entries.value(id)) entry->setMarkedEntry(on);
}

void NavigationRail::setCurrent(const QString& id) {
  if (!m_entries.contains(id)) return;
  m_current = id;
  for (auto it = m_entries.cbegin(); it != m_entries.cend(); ++it) it.value()->setCurrentEntry(it.key() == id);
}

void NavigationRail::setCompact(bool on) {
  if (on == m_compact) return;
  m_compact = on;
  for (Entry* entry : std::as_const(m_entries)) {
    entry->setCompactEntry(on);
    if (entry->isReady()) entry->setToolTip(on ? entry->text() : QString());
  }
  updateGeometry();
}

QSize NavigationRail::sizeHint() const {
  const Theme& theme = Theme::instance();
  return {theme.px(m_compact ? 7 : 9.5), theme.px(60)};
}

void NavigationRail::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  QPainter painter(this);
  painter.fillRect(rect(), theme.color(Token::Surface));
  painter.fillRect(QRectF(width() - theme.lineWidth(), 0, theme.lineWidth(), height()), theme.color(Token::Line));
}

void NavigationRail::keyPressEvent(QKeyEvent* event) {
  const int by = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
  auto* focused = focusWidget();
  const int at = focused ? int(m_order.indexOf(focused->objectName())) : -1;
  if (by == 0 || at < 0) {
    // Enter opens as Space does.
    if (auto* button = qobject_cast<QAbstractButton*>(focused); button && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
      return button->click();
    return QWidget::keyPressEvent(event);
  }
  const int next = at + by;
  if (next >= 0 && next < m_order.size()) m_entries[m_order[next]]->setFocus(Qt::TabFocusReason);
}

}  // namespace gps::ui
