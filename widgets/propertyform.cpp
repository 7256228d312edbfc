#include "widgets/propertyform.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleValidator>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMouseEvent>
#include <QSpinBox>
#include <QStyle>
#include <functional>

#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"

namespace gps::ui {

using namespace Qt::StringLiterals;

namespace {

// The wheel scrolls the form, it never edits.
class WheelGuard : public QObject {
 public:
  using QObject::QObject;

 protected:
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() != QEvent::Wheel) return false;
    event->ignore();
    return true;
  }
};

class FieldLabel : public Label {
 public:
  using Label::Label;
  std::function<void()> onDoubleClick;

 protected:
  void mouseDoubleClickEvent(QMouseEvent*) override {
    if (onDoubleClick) onDoubleClick();
  }
};

}  // namespace

struct PropertyForm::Field {
  enum class Type { Integer, Number, Choice, Switch, Text, Path } type = Type::Text;
  QString key, label, unit, help, source, reason, error;
  QVariant defaultValue, last;  // last: the newest valid value of a number
  double low = 0, high = 0;
  FieldLabel* title = nullptr;
  Label* unitLabel = nullptr;
  Label* errorLabel = nullptr;
  QWidget* row = nullptr;     // what stands in the grid
  QWidget* editor = nullptr;  // what has the value
  bool enabled = true, readOnly = false;
};

PropertyForm::PropertyForm(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
  m_grid->setContentsMargins({});
  m_grid->setColumnStretch(1, 1);
  const auto refreshAll = [this] {
    const Theme& theme = Theme::instance();
    m_grid->setHorizontalSpacing(theme.px(1.5));
    m_grid->setVerticalSpacing(theme.px(0.75));
    for (Field* field : std::as_const(m_fields)) refresh(*field);
  };
  connect(&Theme::instance(), &Theme::changed, this, refreshAll);
  refreshAll();
}

PropertyForm::~PropertyForm() { qDeleteAll(m_fields); }

PropertyForm::Field* PropertyForm::addField(const QString& key, const QString& label, QWidget* editor, const QVariant& defaultValue,
                                            const QString& unit, const QString& help) {
  auto* field = new Field;
  field->key = key, field->label = label, field->unit = unit, field->help = help;
  field->defaultValue = field->last = defaultValue;
  field->editor = field->row = editor;
  field->title = new FieldLabel(label, TextRole::Body, Token::Text2);
  field->title->setBuddy(editor);
  field->title->onDoubleClick = [this, key] {
    Field* f = m_fields.value(key);
    if (!f || !f->editor->isEnabled() || isDefault(key)) return;
    setValue(key, f->defaultValue);
    Q_EMIT valueChanged(key, value(key));
  };
  editor->setObjectName(key);
  editor->setAccessibleName(unit.isEmpty() ? label : label % u" ("_s % unit % u')');
  editor->setFocusPolicy(Qt::StrongFocus);
  editor->installEventFilter(new WheelGuard(editor));
  m_grid->addWidget(field->title, m_row, 0);
  m_grid->addWidget(editor, m_row, 1, 1, unit.isEmpty() ? 2 : 1);
  field->unitLabel = new Label(unit, TextRole::Small, Token::Text2, this);
  if (unit.isEmpty())
    field->unitLabel->hide();
  else
    m_grid->addWidget(field->unitLabel, m_row, 2);
  field->errorLabel = new Label({}, TextRole::Caption, Token::Bad);
  field->errorLabel->setWordWrap(true);
  field->errorLabel->hide();
  m_grid->addWidget(field->errorLabel, m_row + 1, 1, 1, 2);
  m_row += 2;
  m_fields.insert(key, field);
  m_order << key;
  return field;
}

void PropertyForm::addInteger(const QString& key, const QString& label, int low, int high, int defaultValue, const QString& unit,
                              const QString& help) {
  auto* box = new QSpinBox;
  box->setRange(low, high);
  box->setKeyboardTracking(false);
  Field* field = addField(key, label, box, defaultValue, unit, help);
  field->type = Field::Type::Integer, field->low = low, field->high = high;
  write(*field, defaultValue);
  connect(box, &QSpinBox::valueChanged, this, [this, key] { userChanged(key); });
  refresh(*field);
}

void PropertyForm::addNumber(const QString& key, const QString& label, double low, double high, double defaultValue, const QString& unit,
                             const QString& help) {
  auto* edit = new QLineEdit;
  Field* field = addField(key, label, edit, defaultValue, unit, help);
  field->type = Field::Type::Number, field->low = low, field->high = high;
  write(*field, defaultValue);
  connect(edit, &QLineEdit::textEdited, this, [this, key](const QString& text) {
    Field* f = m_fields[key];
    bool ok = false;
    const double v = QLocale::c().toDouble(text.trimmed(), &ok);
    if (!ok || v < f->low || v > f->high) {
      setFieldError(key, tr("Between %1 and %2").arg(settingNumber(f->low), settingNumber(f->high)));
      return;
    }
    setFieldError(key, {});
    if (v == f->last.toDouble()) return;
    f->last = v;
    userChanged(key);
  });
  connect(edit, &QLineEdit::editingFinished, this, [this, key] {
    // A value that was not taken does not stay on the screen.
    Field* f = m_fields[key];
    write(*f, f->last);
    setFieldError(key, {});
  });
  refresh(*field);
}

void PropertyForm::addChoice(const QString& key, const QString& label, const QList<std::pair<QString, QString>>& choices,
                             const QString& defaultValue, const QString& help) {
  auto* box = new QComboBox;
  for (const auto& [value, text] : choices) box->addItem(text, value);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(8);
  Field* field = addField(key, label, box, defaultValue, {}, help);
  field->type = Field::Type::Choice;
  write(*field, defaultValue);
  connect(box, &QComboBox::currentIndexChanged, this, [this, key] { userChanged(key); });
  refresh(*field);
}

void PropertyForm::addSwitch(const QString& key, const QString& label, bool defaultValue, const QString& help) {
  auto* box = new QCheckBox;
  Field* field = addField(key, label, box, defaultValue, {}, help);
  field->type = Field::Type::Switch;
  write(*field, defaultValue);
  connect(box, &QCheckBox::toggled, this, [this, key] { userChanged(key); });
  refresh(*field);
}

void PropertyForm::addText(const QString& key, const QString& label, const QString& defaultValue, const QString& help) {
  auto* edit = new QLineEdit;
  Field* field = addField(key, label, edit, defaultValue, {}, help);
  field->type = Field::Type::Text;
  write(*field, defaultValue);
  connect(edit, &QLineEdit::textEdited, this, [this, key] { userChanged(key); });
  refresh(*field);
}

void PropertyForm::addPath(const QString& key, const QString& label, const QString& defaultValue, const QString& help) {
  auto* edit = new QLineEdit;
  Field* field = addField(key, label, edit, defaultValue, {}, help);
  field->type = Field::Type::Path;
  auto* browse = new IconButton(u"open-folder"_s, tr("Choose…"));
  field->row = browse;
  m_grid->addWidget(browse, m_row - 2, 2);
  write(*field, defaultValue);
  connect(edit, &QLineEdit::textEdited, this, [this, key] { userChanged(key); });
  connect(browse, &QToolButton::clicked, this, [this, key] { Q_EMIT browseRequested(key); });
  refresh(*field);
}

void PropertyForm::addHeading(const QString& text) {
  auto* heading = new Label(text, TextRole::Strong);
  heading->setContentsMargins(0, m_row > 0 ? Theme::instance().px(1) : 0, 0, 0);
  m_grid->addWidget(heading, m_row++, 0, 1, 3);
}

QVariant PropertyForm::read(const Field& field) const {
  switch (field.type) {
    case Field::Type::Integer:
      return static_cast<QSpinBox*>(field.editor)->value();
    case Field::Type::Number:
      return field.last;
    case Field::Type::Choice:
      return static_cast<QComboBox*>(field.editor)->currentData();
    case Field::Type::Switch:
      return static_cast<QCheckBox*>(field.editor)->isChecked();
    case Field::Type::Text:
    case Field::Type::Path:
      return static_cast<QLineEdit*>(field.editor)->text();
  }
  return {};
}

void PropertyForm::write(Field& field, const QVariant& value) {
  m_updating = true;
  switch (field.type) {
    case Field::Type::Integer:
      static_cast<QSpinBox*>(field.editor)->setValue(value.toInt());
      break;
    case Field::Type::Number:
      field.last = qBound(field.low, value.toDouble(), field.high);
      static_cast<QLineEdit*>(field.editor)->setText(settingNumber(field.last.toDouble()));
      break;
    case Field::Type::Choice: {
      auto* box = static_cast<QComboBox*>(field.editor);
      if (const int at = box->findData(value); at >= 0) box->setCurrentIndex(at);
      break;
    }
    case Field::Type::Switch:
      static_cast<QCheckBox*>(field.editor)->setChecked(value.toBool());
      break;
    case Field::Type::Text:
    case Field::Type::Path:
      static_cast<QLineEdit*>(field.editor)->setText(value.toString());
      break;
  }
  m_updating = false;
}

QVariant PropertyForm::value(const QString& key) const {
  const Field* field = m_fields.value(key);
  return field ? read(*field) : QVariant();
}

void PropertyForm::setValue(const QString& key, const QVariant& value, const QString& source) {
  Field* field = m_fields.value(key);
  if (!field) return;
  write(*field, value);
  field->source = source;
  field->error.clear();
  refresh(*field);
}

void PropertyForm::setSource(const QString& key, const QString& source) {
  Field* field = m_fields.value(key);
  if (!field || field->source == source) return;
  field->source = source;
  refresh(*field);
}

bool PropertyForm::isDefault(const QString& key) const {
  const Field* field = m_fields.value(key);
  return !field || read(*field) == field->defaultValue;
}

void PropertyForm::resetAll() {
  for (const QString& key : std::as_const(m_order)) {
    if (isDefault(key)) continue;
    setValue(key, m_fields[key]->defaultValue);
    Q_EMIT valueChanged(key, value(key));
  }
}

void PropertyForm::userChanged(const QString& key) {
  if (m_updating) return;
  Field* field = m_fields[key];
  field->source = tr("set here");
  refresh(*field);
  Q_EMIT valueChanged(key, read(*field));
}

void PropertyForm::refresh(Field& field) {
  const bool changed = read(field) != field.defaultValue;
  field.title->setText(changed ? field.label % u" •"_s : field.label);
  field.title->setToken(changed ? Token::Text : Token::Text2);
  const bool usable = field.enabled && !field.readOnly;
  field.editor->setEnabled(usable);
  if (field.row != field.editor) field.row->setEnabled(usable);
  QString shown = field.defaultValue.toString();
  if (field.type == Field::Type::Choice) {
    auto* box = static_cast<QComboBox*>(field.editor);
    if (const int at = box->findData(field.defaultValue); at >= 0) shown = box->itemText(at);
  } else if (field.type == Field::Type::Number) {
    shown = settingNumber(field.defaultValue.toDouble());
  } else if (field.type == Field::Type::Switch) {
    shown = field.defaultValue.toBool() ? tr("on") : tr("off");
  }
  QStringList lines;
  if (!field.reason.isEmpty() && !usable) lines << field.reason;
  if (!field.help.isEmpty()) lines << field.help;
  const bool isAmount = field.type == Field::Type::Integer || field.type == Field::Type::Number;
  if (isAmount)
    lines << tr("Key: %1 · unit: %2 · default: %3").arg(field.key, field.unit.isEmpty() ? tr("none") : field.unit, shown);
  else
    lines << (shown.isEmpty() ? tr("Key: %1").arg(field.key) : tr("Key: %1 · default: %2").arg(field.key, shown));
  if (!field.source.isEmpty()) lines << tr("Value from: %1").arg(field.source);
  const QString tip = lines.join(u'\n');
  field.title->setToolTip(tip);
  field.editor->setToolTip(tip);
  const bool wrong = !field.error.isEmpty();
  field.errorLabel->setText(field.error);
  field.errorLabel->setVisible(wrong && field.title->isVisibleTo(this));
  if (field.editor->property("gpsInvalid").toBool() != wrong) {
    field.editor->setProperty("gpsInvalid", wrong);
    field.editor->update();
  }
}

void PropertyForm::setFieldEnabled(const QString& key, bool enabled, const QString& reason) {
  if (Field* field = m_fields.value(key)) {
    field->enabled = enabled;
    field->reason = enabled ? QString() : reason;
    refresh(*field);
  }
}

void PropertyForm::setFieldVisible(const QString& key, bool visible) {
  if (Field* field = m_fields.value(key)) {
    for (QWidget* widget : {static_cast<QWidget*>(field->title), field->row, field->editor}) widget->setVisible(visible);
    field->unitLabel->setVisible(visible && !field->unit.isEmpty());
    field->errorLabel->setVisible(visible && !field->error.isEmpty());
  }
}

void PropertyForm::setFieldError(const QString& key, const QString& message) {
  if (Field* field = m_fields.value(key)) {
    field->error = message;
    refresh(*field);
  }
}

void PropertyForm::setReadOnly(bool on, const QString& reason) {
  for (Field* field : std::as_const(m_fields)) {
    field->readOnly = on;
    if (field->enabled) field->reason = on ? reason : QString();
    refresh(*field);
  }
}

QWidget* PropertyForm::editor(const QString& key) const {
  const Field* field = m_fields.value(key);
  return field ? field->editor : nullptr;
}

}  // namespace gps::ui
