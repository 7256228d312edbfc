#include "widgets/configtext.h"

#include <QFontDatabase>
#include <QPainter>
#include <QTextBlock>
#include <QVBoxLayout>

#include "widgets/label.h"

namespace gps::ui {

class ConfigText::Editor : public QPlainTextEdit {
 public:
  explicit Editor(QWidget* parent) : QPlainTextEdit(parent), m_gutter(new Gutter(this)) {
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);  // the keyboard must come out again
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
      if (dy != 0)
        m_gutter->scroll(0, dy);
      else
        m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { place(); });
  }

  void setProblem(int line) {
    m_problemLine = line;
    QList<QTextEdit::ExtraSelection> marks;
    if (const QTextBlock block = document()->findBlockByNumber(line - 1); line > 0 && block.isValid()) {
      QTextEdit::ExtraSelection mark;
      const Theme& theme = Theme::instance();
      mark.format.setBackground(mixed(theme.color(Token::Inset), theme.color(Token::Bad), 0.2));
      mark.format.setProperty(QTextFormat::FullWidthSelection, true);
      mark.cursor = QTextCursor(block);
      marks << mark;
    }
    setExtraSelections(marks);
    m_gutter->update();
  }

  void place() {
    const int width = gutterWidth();
    setViewportMargins(width, 0, 0, 0);
    const QRect inside = contentsRect();
    m_gutter->setGeometry(inside.left(), inside.top(), width, inside.height());
  }

 protected:
  void resizeEvent(QResizeEvent* event) override {
    QPlainTextEdit::resizeEvent(event);
    place();
  }

 private:
  class Gutter : public QWidget {
   public:
    explicit Gutter(Editor* editor) : QWidget(editor), m_owner(editor) {}

   protected:
    void paintEvent(QPaintEvent* event) override { m_owner->paintGutter(event->rect()); }

   private:
    Editor* m_owner;
  };

  int gutterWidth() const {
    const int digits = int(QString::number(std::max(10, blockCount())).size());
    return fontMetrics().horizontalAdvance(QLatin1Char('9')) * digits + Theme::instance().px(1.5);
  }

  void paintGutter(const QRect& dirty) {
    const Theme& theme = Theme::instance();
    QPainter painter(m_gutter);
    painter.setFont(font());
    QTextBlock block = firstVisibleBlock();
    for (int number = block.blockNumber() + 1; block.isValid(); block = block.next(), ++number) {
      const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
      if (place.top() > dirty.bottom()) break;
      if (!block.isVisible() || place.bottom() < dirty.top()) continue;
      painter.setPen(theme.color(number == m_problemLine ? Token::Bad : Token::Text2));
      painter.drawText(QRectF(0, place.top(), m_gutter->width() - theme.px(0.75), fontMetrics().height()), Qt::AlignRight,
                       QString::number(number));
    }
  }

  Gutter* m_gutter;
  int m_problemLine = 0;
};

ConfigText::ConfigText(QWidget* parent) : QWidget(parent), m_editor(new Editor(this)), m_message(new Label({}, TextRole::Small)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(m_editor, 1);
  layout->addWidget(m_message);
  m_message->setWordWrap(true);
  m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
  setFocusProxy(m_editor);
  connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
    if (!m_isSetting) Q_EMIT textEdited(text());
  });
  connect(&Theme::instance(), &Theme::changed, this, &ConfigText::refresh);
  refresh();
}

QPlainTextEdit* ConfigText::editor() const { return m_editor; }
QString ConfigText::text() const { return m_editor->toPlainText(); }
QString ConfigText::problem() const { return m_problem; }

void ConfigText::setText(const QString& text) {
  if (text == this->text()) return;
  const int line = m_editor->textCursor().blockNumber();
  m_isSetting = true;
  m_editor->setPlainText(text);
  m_isSetting = false;
  m_editor->setTextCursor(QTextCursor(m_editor->document()->findBlockByNumber(std::min(line, m_editor->blockCount() - 1))));
}

void ConfigText::setProblem(int line, const QString& message) {
  m_problemLine = message.isEmpty() ? 0 : line;
  m_problem = message;
  refresh();
}

void ConfigText::setNote(const QString& note) {
  m_note = note;
  refresh();
}

void ConfigText::setReadOnly(bool on, const QString& reason) {
  m_editor->setReadOnly(on);
  m_editor->setToolTip(on ? reason : QString());
}

void ConfigText::refresh() {
  QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  fixed.setPixelSize(std::max(1, QFontInfo(Theme::instance().font(TextRole::Small)).pixelSize()));
  m_editor->setFont(fixed);
  m_editor->place();
  m_editor->setProblem(m_problemLine);
  const bool isWrong = !m_problem.isEmpty();
  m_message->setToken(isWrong ? Token::Bad : Token::Text2);
  m_message->setText(!isWrong ? m_note : m_problemLine > 0 ? tr("Line %1: %2").arg(m_problemLine).arg(m_problem) : m_problem);
  m_message->setVisible(!m_message->text().isEmpty());
  layout()->setSpacing(Theme::instance().px(0.75));
}

}  // namespace gps::ui
