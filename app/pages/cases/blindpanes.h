#pragma once
// One image under the hidden methods, side by side, zoomed and panned together and drawn alike, and a button under each. Keys 1, 2, 3 vote
// for a place, 0 for no difference. The threshold is the reading's and no key changes it.
#include <QList>
#include <QWidget>
#include <memory>

#include "core/values/image.h"
#include "core/values/overlaystyle.h"
#include "widgets/viewerkeys.h"

class QKeyEvent;

namespace gps::ui {
class Button;
class Card;
class ImageViewer;
class Label;
}  // namespace gps::ui

namespace gps::app {

class BlindPanes : public QWidget {
  Q_OBJECT
 public:
  explicit BlindPanes(QWidget* parent = nullptr);
  void setPlaces(int count);
  void setImage(std::shared_ptr<const RgbImage> image);  // clears the predictions
  void setMap(int place, std::shared_ptr<const ProbabilityMap> map);
  void setStyle(OverlayStyle style);                   // of all alike, the ground truth left out
  void setKeys(const ui::ViewerKeys& keys);            // of all alike
  void setLevels(double brightness, double contrast);  // the same
  double threshold() const;
  void setProgress(int read, int total);
  void setHint(const QString& text);  // instead of the keys: why nothing comes; empty: the keys
  bool isReady() const;               // every place shows its prediction
  ui::ImageViewer* viewer(int place) const { return m_panes[place].viewer; }
  bool handleKey(int key);  // true: it was a vote, or the wish to go back

 Q_SIGNALS:
  void voted(int place);  // kTieVote: no difference
  void backRequested();
  void levelsChanged(double brightness, double contrast);  // by the reader

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void retranslate();
  void refresh();
  void hideOverlays(bool on);
  bool holdToHide(const QKeyEvent& key, bool isDown);  // true: it was the key that hides
  struct Pane {
    ui::Card* card;
    ui::ImageViewer* viewer;
    ui::Button* best;
    bool hasMap = false;
  };
  QList<Pane> m_panes;
  int m_places = 0, m_read = 0, m_total = 0;
  bool m_hasImage = false;
  QString m_hint;
  ui::Button *m_tie, *m_back;
  ui::Label *m_progress, *m_keys;
};

}  // namespace gps::app
