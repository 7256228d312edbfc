#pragma once
// The end of a blind reading: before unblinding that it can be done, after it the votes of each method and the tests of every two.
#include <QHash>
#include <QWidget>

#include "app/project/blindreadings.h"

namespace gps::ui {
class Button;
class Card;
class Label;
class TextTableModel;
}  // namespace gps::ui

class QTableView;

namespace gps::app {

class BlindOutcome : public QWidget {
  Q_OBJECT
 public:
  BlindOutcome(BlindReadings& readings, QWidget* parent = nullptr);
  void refresh();
  void setNames(const QHash<QString, QString>& names);  // by BlindMethod::run; in the language of the moment
  ui::Button* unblindButton() const { return m_unblind; }
  ui::Button* backButton() const { return m_back; }
  ui::Label* sentence() const { return m_sentence; }
  ui::TextTableModel* table() const { return m_model; }
  ui::TextTableModel* images() const { return m_imageModel; }

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void showResult(const BlindReading& reading, const BlindResult& result);
  void showImages(const BlindReading& reading, const BlindResult& result);
  QString nameOf(const BlindMethod& method) const;
  BlindReadings& m_readings;
  QHash<QString, QString> m_names;
  ui::Card* m_card;
  ui::Label *m_sentence, *m_votes, *m_method;
  ui::Button *m_unblind, *m_back;
  ui::TextTableModel *m_model, *m_imageModel;
  QTableView *m_view, *m_images;
};

}  // namespace gps::app
