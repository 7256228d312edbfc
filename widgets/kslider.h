#pragma once
// "Inputs kept per neuron, K": a big number, what it amounts to, and a slider whose scale is logarithmic from 1 to 64.
// Up/Down change K by one, PgUp/PgDn double and halve it, a double click returns to the default.
#include <QStringList>
#include <QWidget>

class QSpinBox;

namespace gps::ui {

class Label;
class Slider;

class KSlider : public QWidget {
  Q_OBJECT
 public:
  explicit KSlider(QWidget* parent = nullptr);
  void setMaximum(int k);     // 1 … 64; ticks above it are left out
  void setLargest(int k);     // what the box takes, the maximum or more; above the maximum the handle stands at its end
  void setDefault(int k);     // 1
  void setKeptPerRow(int k);  // 1 … largest, clamped; does not emit
  // Bars slider and box, with the reason under them; an empty reason frees them.
  void setDisabledReason(const QString& reason);
  int keptPerRow() const { return m_k; }
  // Beside the number: "251,136 weights", "0.29 % of 85.8 M".
  void setSummary(const QString& first, const QString& second);
  // Under the scale, one line each: "Delta 1.4 MB per epoch".
  void setNotes(const QStringList& notes);

 Q_SIGNALS:
  void keptPerRowChanged(int k);    // live, while the handle moves; by the user only
  void keptPerRowCommitted(int k);  // let go, typed, or by key: one undo step

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void choose(int k, bool commit);
  void refresh();
  int higher(int k) const;
  void showNotes();
  int m_k = 1, m_maximum = 64, m_largest = 64, m_default = 1;
  QString m_reason;
  QStringList m_lines;
  Label* m_number;
  Label* m_first;
  Label* m_second;
  Label* m_notes;
  QSpinBox* m_box;
  Slider* m_slider;
  bool m_updating = false;
};

// Slider position 0…1000 of K on the logarithmic scale 1…maximum, and back (nearest K).
int positionOfK(int k, int maximum);
int kAtPosition(int position, int maximum);

}  // namespace gps::ui
