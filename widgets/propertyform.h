#pragma once
// A form whose every field knows its key, unit, default and where its value came from (tooltip). Fields that differ from their
// default carry a dot; a double click on the label goes back. The wheel never edits.
#include <QHash>
#include <QStringList>
#include <QVariant>
#include <QWidget>

class QGridLayout;

namespace gps::ui {

class Label;

class PropertyForm : public QWidget {
  Q_OBJECT
 public:
  explicit PropertyForm(QWidget* parent = nullptr);
  ~PropertyForm() override;
  // key: the name in the config file ("epochs"). help: one plain sentence. unit: "images", "px"; empty: none, as
  // its tool tip then says.
  void addInteger(const QString& key, const QString& label, int low, int high, int defaultValue, const QString& unit = {},
                  const QString& help = {});
  // Typed as text, accepts 2e-4; values outside the range mark the field and are not taken.
  void addNumber(const QString& key, const QString& label, double low, double high, double defaultValue, const QString& unit = {},
                 const QString& help = {});
  // choices: value and text for people; the value is what value() returns.
  void addChoice(const QString& key, const QString& label, const QList<std::pair<QString, QString>>& choices, const QString& defaultValue,
                 const QString& help = {});
  void addSwitch(const QString& key, const QString& label, bool defaultValue, const QString& help = {});
  void addText(const QString& key, const QString& label, const QString& defaultValue, const QString& help = {});
  // A path with a browse button; the form only asks for it, the page opens the dialog.
  void addPath(const QString& key, const QString& label, const QString& defaultValue, const QString& help = {});
  void addHeading(const QString& text);

  QVariant value(const QString& key) const;  // int, double, QString or bool; invalid for an unknown key
  void setValue(const QString& key, const QVariant& value, const QString& source = {});  // does not emit
  void setSource(const QString& key, const QString& source);                             // the value stays as it is
  bool isDefault(const QString& key) const;
  void resetAll();  // emits for what changes
  // A field that does not apply is disabled and says why.
  void setFieldEnabled(const QString& key, bool enabled, const QString& reason = {});
  void setFieldVisible(const QString& key, bool visible);
  void setFieldError(const QString& key, const QString& message);  // empty clears
  void setReadOnly(bool on, const QString& reason = {});           // while a run is using a snapshot, say
  QStringList keys() const { return m_order; }
  QWidget* editor(const QString& key) const;

 Q_SIGNALS:
  void valueChanged(const QString& key, const QVariant& value);  // by the user
  void browseRequested(const QString& key);

 private:
  struct Field;
  Field* addField(const QString& key, const QString& label, QWidget* editor, const QVariant& defaultValue, const QString& unit,
                  const QString& help);
  void refresh(Field& field);
  void userChanged(const QString& key);
  QVariant read(const Field& field) const;
  void write(Field& field, const QVariant& value);
  QHash<QString, Field*> m_fields;
  QStringList m_order;
  QGridLayout* m_grid;
  int m_row = 0;
  bool m_updating = false;
};

}  // namespace gps::ui
