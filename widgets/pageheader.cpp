#include "widgets/pageheader.h"

#include <QHBoxLayout>
#include <QPainter>

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
    layout->setContentsMargins(theme.px(2), 0, theme.px(2.5), 0);
    layout->setSpacing(theme.px(0.5));
    m_actions->setSpacing(theme.px(1.25));
    QFont font = theme.font(TextRole::Page);
    font.setWeight(QFont::Normal);
    for (Button* link : {m_project, m_parent}) link->setFont(font);
    for (Label* separator : {m_separator, m_parentSeparator}) separator->setContentsMargins(0, 0, theme.px(0.75), 0);
    update();
  };
  // Label and Button set their own fonts on the same signal; queued, so that this one comes last.
  connect(&Theme::instance(), &Theme::changed, this, refresh, Qt::QueuedConnection);
  refresh();
}

void PageHeader::setProject(const QString& name) {
  m_project->setText(name);
  m_project->setVisible(!name.isEmpty());
  m_separator->setVisible(!name.isEmpty());
  layout()->invalidate();
}

void PageHeader::setParentPage(const QString& title) {
  m_parent->setText(title);
  m_parent->setVisible(!title.isEmpty());
  m_parentSeparator->setVisible(!title.isEmpty());
  layout()->invalidate();
}

void PageHeader::setTitle(const QString& title) { m_title->setText(title); }

QString PageHeader::title() const { return m_title->text(); }

Button* PageHeader::addAction(const QString& text, ButtonRole role, const QString& iconName) {
  auto* button = new Button(text, role, iconName);
  m_actions->addWidget(button);
  return button;
}

void PageHeader::addWidget(QWidget* widget) { m_actions->addWidget(widget); }

void PageHeader::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  QPainter painter(this);
  painter.fillRect(rect(), theme.color(Token::Surface));
  painter.fillRect(QRectF(0, height() - theme.lineWidth(), width(), theme.lineWidth()), theme.color(Token::Line));
}

}  // namespace gps::ui
