#pragma once
// What a blind reading is made of: two or three methods, how many images, whose reading, the seed; and the readings there are.
#include <QWidget>

#include "app/project/blindreadings.h"

class QLineEdit;
class QListWidget;
class QSpinBox;

namespace gps::ui {
class Button;
class Card;
class Label;
}  // namespace gps::ui

namespace gps::app {

class BlindSetup : public QWidget {
  Q_OBJECT
 public:
  BlindSetup(BlindReadings& readings, QWidget* parent = nullptr);
  // Names: as many, in the language of the moment. Keeps the ticks.
  void setMethods(const QList<BlindMethod>& methods, const QStringList& names);
  void setCaseCount(int count);
  void setReader(const QString& name);
  QList<BlindMethod> chosen() const;
  QString reader() const;
  int count() const;
  quint64 seed() const;
  QString whyNotBegin() const;  // empty: it can begin
  QListWidget* methods() const { return m_methods; }
  QListWidget* earlier() const { return m_earlier; }
  QSpinBox* countBox() const { return m_count; }
  QSpinBox* seedBox() const { return m_seed; }
  QLineEdit* readerField() const { return m_reader; }

 Q_SIGNALS:
  void changed();
  void openRequested(int index);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void refreshEarlier();
  BlindReadings& m_readings;
  QList<BlindMethod> m_offered;
  QStringList m_names;
  bool m_isTicked = false;  // by the user: the ticks are kept
  ui::Card *m_new, *m_old;
  ui::Label *m_intro, *m_countLabel, *m_readerLabel, *m_seedLabel, *m_none, *m_methodsLabel;
  ui::Button* m_open;
  QListWidget *m_methods, *m_earlier;
  QSpinBox *m_count, *m_seed;
  QLineEdit* m_reader;
};

}  // namespace gps::app
