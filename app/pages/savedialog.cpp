#include "app/pages/savedialog.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include "app/engine/failuretext.h"
#include "widgets/button.h"
#include "widgets/label.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Label;
using ui::TextRole;
using ui::Theme;
using ui::Token;

SaveDialog::SaveDialog(Explorer& explorer, QWidget* parent) : QDialog(parent), m_explorer(explorer) {
  setWindowTitle(tr("Save selection"));
  const Theme& theme = Theme::instance();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(theme.px(2.5), theme.px(2), theme.px(2.5), theme.px(2));
  layout->setSpacing(theme.px(1));
  auto* label = new Label(tr("Name"), TextRole::Small, Token::Text2);
  layout->addWidget(label);
  m_name = new QLineEdit(m_explorer.suggestedName());
  m_name->setMinimumWidth(theme.px(44));
  m_name->selectAll();
  label->setBuddy(m_name);
  layout->addWidget(m_name);
  m_problem = new Label({}, TextRole::Small, Token::Bad);
  m_problem->setWordWrap(true);
  m_problem->setMinimumHeight(QFontMetrics(theme.font(TextRole::Small)).height() * 2);
  m_problem->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  layout->addWidget(m_problem);
  auto* buttons = new QHBoxLayout;
  buttons->addStretch(1);
  auto* cancel = new Button(tr("Cancel"));
  m_save = new Button(tr("Save"), ButtonRole::Primary);
  m_save->setDefault(true);
  buttons->addWidget(cancel);
  buttons->addWidget(m_save);
  layout->addLayout(buttons);
  connect(cancel, &Button::clicked, this, &QDialog::reject);
  connect(m_save, &Button::clicked, this, &SaveDialog::save);
  connect(m_name, &QLineEdit::textEdited, this, [this] { say({}); });
  connect(&m_explorer, &Explorer::saved, this, &QDialog::accept);
  connect(&m_explorer, &Explorer::notSaved, this, [this](const Failure& failure) {
    const FailureText text = FailureTexts::of(failure);
    say(failure.code == ErrorCode::BadArgument ? tr("There is a selection of this name already. Choose another name.")
                                               : text.what % u' ' % text.why % u' ' % text.remedy);
  });
}

void SaveDialog::say(const QString& problem) {
  m_problem->setText(problem);
  m_save->setEnabled(true);
}

void SaveDialog::save() {
  const QString why = m_explorer.save(m_name->text());
  say(why);
  if (why.isEmpty()) m_save->setEnabled(false);  // until the engine has written it
}

}  // namespace gps::app
