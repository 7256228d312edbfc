#include "widgets/errorbanner.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/icon.h"
#include "widgets/label.h"
#include "widgets/themestyle.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

ErrorBanner::ErrorBanner(QWidget* parent)
    : QWidget(parent),
      m_what(new Label({}, TextRole::Strong)),
      m_why(new Label({}, TextRole::Body)),
      m_remedy(new Label({}, TextRole::Body, Token::Text2)),
      m_details(new QPlainTextEdit),
      m_showDetails(new Button({}, ButtonRole::Ghost)),
      m_copy(new Button({}, ButtonRole::Ghost, u"copy"_s)),
      m_actions(new QVBoxLayout),
      m_close(new IconButton(u"close"_s, {})) {
  const Theme& theme = Theme::instance();
  for (Label* label : {m_what, m_why, m_remedy}) {
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  }
  m_details->setReadOnly(true);
  m_details->setMaximumHeight(theme.px(14));
  m_details->hide();
  m_actions->setSpacing(theme.px(0.5));
  m_showDetails->setProperty("gpsTight", true);
  m_copy->setProperty("gpsTight", true);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(theme.px(5), theme.px(1.25), theme.px(1), theme.px(1.25));
  auto* texts = new QVBoxLayout;
  texts->setSpacing(theme.px(0.5));
  texts->addWidget(m_what);
  texts->addWidget(m_why);
  texts->addWidget(m_remedy);
  texts->addWidget(m_details);
  texts->addLayout(m_actions);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(m_showDetails);
  buttons->addWidget(m_copy);
  buttons->addStretch();
  texts->addLayout(buttons);
  layout->addLayout(texts, 1);
  layout->addWidget(m_close, 0, Qt::AlignTop);
  connect(m_close, &QToolButton::clicked, this, &ErrorBanner::dismissed);
  connect(m_showDetails, &QPushButton::clicked, this, [this] {
    m_details->setVisible(!m_details->isVisible());
    retranslate();
  });
  connect(m_copy, &QPushButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(text() % u'\n' % m_details->toPlainText()); });
  connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
  retranslate();
}

void ErrorBanner::setMessage(const QString& what, const QString& why, const QString& remedy, const QString& details) {
  const auto fill = [](Label* label, const QString& text) {
    label->setText(text);
    label->setVisible(!text.isEmpty());
  };
  fill(m_what, what);
  fill(m_why, why);
  fill(m_remedy, remedy);
  if (m_details->toPlainText() != details) m_details->setPlainText(details);
  m_showDetails->setVisible(!details.isEmpty());
  m_copy->setVisible(!details.isEmpty());
  if (details.isEmpty()) m_details->hide();
  setAccessibleName(text());
}

// Buttons stay as long as there are as many of them: one that has the focus keeps it.
void ErrorBanner::setActions(const QStringList& texts) {
  while (m_actions->count() > int(texts.size())) {
    QLayoutItem* last = m_actions->takeAt(m_actions->count() - 1);
    last->widget()->hide();
    last->widget()->deleteLater();  // it may be the one that was pressed
    delete last;
  }
  while (m_actions->count() < int(texts.size())) {
    const int index = m_actions->count();
    auto* button = new Button;
    button->setObjectName(u"errorAction"_s);
    connect(button, &QPushButton::clicked, this, [this, index] { Q_EMIT actionRequested(index); });
    m_actions->addWidget(button, 0, Qt::AlignLeft);
    button->show();  // at once, where the layout would wait
  }
  for (int i = 0; i < m_actions->count(); ++i) static_cast<Button*>(m_actions->itemAt(i)->widget())->setText(texts[i]);
}

QString ErrorBanner::text() const {
  QStringList parts;
  for (const Label* label : {m_what, m_why, m_remedy})
    if (!label->text().isEmpty()) parts << label->text();
  return parts.join(u' ');
}

void ErrorBanner::retranslate() {
  m_showDetails->setText(m_details->isVisibleTo(this) ? tr("Hide details") : tr("Show details"));
  m_copy->setText(tr("Copy details"));
  m_close->setToolTip(tr("Dismiss"));
  m_close->setAccessibleName(tr("Dismiss"));
}

void ErrorBanner::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

void ErrorBanner::paintEvent(QPaintEvent*) {
  const Theme& theme = Theme::instance();
  QPainter painter(this);
  const QColor bad = theme.color(Token::Bad);
  const QRectF area(rect());
  drawRounded(painter, area, theme.px(0.75), mixed(theme.color(Token::Surface), bad, theme.isDark() ? 0.14 : 0.07),
              mixed(theme.color(Token::Surface), bad, theme.isHighContrast() ? 1.0 : 0.4), theme.lineWidth());
  const int size = theme.px(2.5);
  painter.drawPixmap(QPointF(theme.px(1.5), theme.px(1.25)), iconPixmap(u"warning"_s, bad, size, devicePixelRatioF()));
}

}  // namespace gps::ui
