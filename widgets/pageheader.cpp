#include "widgets/pageheader.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <initializer_list>
#include <utility>

#include "widgets/label.h"
#include "widgets/theme.h"

namespace gps::ui {

PageHeader::PageHeader(QWidget* parent)
    : QWidget(parent),
      m_project(new Button({}, ButtonRole::Ghost)),
      m_parent(new Button({}, ButtonRole::Ghost)),
      m_separator(new Label(QStringLiteral("›"), TextRole::Page, Token::Text2)),
      m_parentSeparator(new Label(QStringLiteral("›"), TextRole::Page, Token::Text2)),
      m_title(new Label({}, TextRole::Page)),
      m_actions(new QHBoxLayout) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  auto* layout = new QHBoxLayout(this);
  layout->addWidget(m_project);
  layout->addWidget(m_separator);
  layout->addWidget(m_parent);
  layout->addWidget(m_parentSeparator);
  layout->addWidget(m_title);
  layout->addStretch(1);
  layout->addLayout(m_actions);
  connect(m_project, &QPushButton::clicked, this, &PageHeader::projectRequested);
  connect(m_parent, &QPushButton::clicked, this, &PageHeader::parentRequested);
  for (Button* link : {m_project, m_parent}) link->setProperty("gpsTight", true);
  setProject({});
  setParentPage({});
  const auto refresh = [this, layout] {
    const Theme& theme = Theme::instance();
    setFixedHeight(theme.px(7));
    layout->setSpacing(theme.px(0.5));
    m_actions->setSpacing(theme.px(1.25));
    QFont font = theme.font(TextRole::Page);
    font.setWeight(QFont::Normal);
    for (Button* link : {m_project, m_parent}) link->setFont(font);
    fit();
    update();
  };
  // Label and Button set their own fonts on the same signal; queued, so that this one comes last.
  connect(&Theme::instance(), &Theme::changed, this, refresh, Qt::QueuedConnection);
  refresh();
}

void PageHeader::setProject(const QString& name) {
  m_project->setText(name);
  fit();
}

void PageHeader::setParentPage(const QString& title) {
  m_parent->setText(title);
  m_parent->setVisible(!title.isEmpty());
  m_parentSeparator->setVisible(!title.isEmpty());
  fit();
}

void PageHeader::setTitle(const QString& title) { m_title->setText(title); }

QString PageHeader::title() const { return m_title->text(); }

Button* PageHeader::addAction(const QString& text, ButtonRole role, const QString& iconName) {
  auto* button = new Button(text, role, iconName);
  m_actions->addWidget(button);
  return button;
}

void PageHeader::addWidget(QWidget* widget) {
  // In a frame of its own: the page shows and hides the widget, the header the frame.
  auto* frame = new QWidget;
  auto* layout = new QHBoxLayout(frame);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(widget);
  m_extras.append(frame);
  m_actions->addWidget(frame);
}

// From what each part wants, shown or not: the answer must not depend on what is shown now.
int PageHeader::widthFor(Room room) const {
  const QMargins margins = layout()->contentsMargins();
  int width = margins.left() + margins.right();
  const auto add = [&width](int more, int spacing) { width += more + spacing; };
  const int gap = layout()->spacing();
  if (room < NoProject && !m_project->text().isEmpty())
    for (const QWidget* part : std::initializer_list<QWidget*>{m_project, m_separator}) add(part->sizeHint().width(), gap);
  if (!m_parent->text().isEmpty())
    for (const QWidget* part : std::initializer_list<QWidget*>{m_parent, m_parentSeparator}) add(part->sizeHint().width(), gap);
  add(m_title->sizeHint().width(), 2 * gap);  // and the stretch behind it
  for (int i = 0; i < m_actions->count(); ++i) {
    QWidget* part = m_actions->itemAt(i)->widget();
    const auto* button = qobject_cast<const Button*>(part);
    if (m_extras.contains(part)) {
      if (room < NoExtras) add(part->sizeHint().width(), m_actions->spacing());
    } else if (!part->isHidden()) {
      const bool compact = button && (room == AllIconsOnly || (room == IconsOnly && button->role() != ButtonRole::Primary));
      add(button ? button->widthWhen(compact) : part->sizeHint().width(), m_actions->spacing());
    }
  }
  return width - m_actions->spacing();
}

void PageHeader::fit() {
  int room = All;
  while (room < AllIconsOnly && widthFor(Room(room)) > width()) ++room;
  for (QWidget* part : std::initializer_list<QWidget*>{m_project, m_separator})
    part->setVisible(!m_project->text().isEmpty() && room < NoProject);
  for (QWidget* extra : std::as_const(m_extras)) extra->setVisible(room < NoExtras);
  for (int i = 0; i < m_actions->count(); ++i)
    if (auto* button = qobject_cast<Button*>(m_actions->itemAt(i)->widget()))
      button->setCompact(room == AllIconsOnly || (room == IconsOnly && button->role() != ButtonRole::Primary));
  const Theme& theme = Theme::instance();
  const bool hasProject = !m_project->isHidden(), hasParent = !m_parent->isHidden();
  // A link brings half a unit of its own: words begin over those of the cards, and stand as far from every separator.
  const int own = theme.px(0.5);
  layout()->setContentsMargins(theme.px(2) - (hasProject || hasParent ? own : 0), 0, theme.px(2.5), 0);
  m_separator->setContentsMargins(0, 0, theme.px(0.5) - (hasParent ? own : 0), 0);
  m_parentSeparator->setContentsMargins(0, 0, theme.px(0.5), 0);
  // Once: a layout that is made invalid asks for itself, which leads here again.
  if (room != std::exchange(m_room, Room(room))) layout()->invalidate();
}

bool PageHeader::event(QEvent* event) {
  if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) fit();
  return QWidget::event(event);
}

void PageHeader::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  QPainter painter(this);
  painter.fillRect(rect(), theme.color(Token::Surface));
  painter.fillRect(QRectF(0, height() - theme.lineWidth(), width(), theme.lineWidth()), theme.color(Token::Line));
}

}  // namespace gps::ui
