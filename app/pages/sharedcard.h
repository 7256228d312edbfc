#pragma once
// How much the selection of the page has in common with saved ones: Jaccard, and what chance would give. Follows the scheme and K once
// they rest; the old numbers stay, dimmed, until then. While a run trains it waits.
#include <QTimer>

#include "app/project/selectionlibrary.h"
#include "widgets/card.h"

namespace gps::ui {
class Button;
class Label;
class OverlapBars;
}  // namespace gps::ui

namespace gps::app {

class SharedCard : public ui::Card {
  Q_OBJECT
 public:
  static constexpr int kShown = 4;

  SharedCard(Session& session, SelectionLibrary& library, QWidget* parent = nullptr);
  ui::OverlapBars* bars() const { return m_bars; }
  QString text() const;  // the sentence under the bars

 Q_SIGNALS:
  void comparisonRequested();

 protected:
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void findOthers();
  void refresh();  // asks again if what it shows is of another state
  void ask();
  void tell();
  QString wantedKey() const;
  Session& m_session;
  SelectionLibrary& m_library;
  ui::OverlapBars* m_bars;
  ui::Label* m_text;
  ui::Button* m_open;
  QTimer m_soon;
  CompareRequest m_others;
  QString m_othersKey;
  QString m_shownKey, m_askedKey;  // scheme and selections of the numbers that are shown, that were asked for
  SetRequestId m_asked = 0;
};

}  // namespace gps::app
