#pragma once
// One picture with one to four predictions of it: one over the other, wiped, blinking, side by side, as a map of changes or of errors.
// The first one blinks with each of the others in turn.
// Side by side the views move together while they are linked; unlinked they move alone, and linked again they keep the distance until it
// is taken back. Keys as in viewerkeys.h, whichever view has the focus.
#include <QList>
#include <QWidget>

#include "widgets/imageviewer.h"

class QGridLayout;

namespace gps::ui {

class CompareView : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kMostSources = 4;
  enum class Mode { Overlay, Wipe, Blink, Panes, Change, Errors };
  struct Source {
    QString label;                          // on the picture
    std::shared_ptr<const MapPyramid> map;  // null: not there yet
    bool operator==(const Source&) const = default;
  };

  explicit CompareView(QWidget* parent = nullptr);
  void setPicture(std::shared_ptr<const PicturePyramid> picture, std::shared_ptr<const MaskPyramid> truth);
  const QList<Source>& sources() const { return m_sources; }
  int sourceOfPane(int pane) const;  // its index; panes from the left, row by row
  // What is shown first, then what it is compared with, then what else stands beside them. Without a second one there is only the
  // overlay and the errors.
  void setSources(const QList<Source>& sources);
  int sourceCount() const { return int(m_sources.size()); }
  void setMode(Mode mode);
  Mode mode() const { return m_mode; }
  static bool needsTwo(Mode mode) { return mode != Mode::Overlay && mode != Mode::Errors; }
  void setOverlayStyle(const OverlayStyle& style);
  OverlayStyle overlayStyle() const { return m_viewers.first()->overlayStyle(); }
  void setLevels(double brightness, double contrast);
  void setLinked(bool on);
  bool isLinked() const { return m_isLinked; }
  bool hasOffset() const;  // a view stands elsewhere than the first one
  void resetOffsets();
  void setKeys(const ViewerKeys& keys);
  void setStale(bool stale);
  void setPlaceholder(const QString& text);
  void perform(ViewerCommand command);
  ImageViewer* viewer() const { return m_viewers.first(); }            // of the first source
  QList<ImageViewer*> viewers() const { return m_viewers; }            // those in sight, from the left; one but with Panes
  int paneCount() const;                                               // views in sight
  QPair<int, int> arrangement() const { return {m_rows, m_columns}; }  // of the panes
  bool isSharp() const;

 Q_SIGNALS:
  void modeChanged(gps::ui::CompareView::Mode mode);         // by key
  void overlayStyleChanged(const gps::OverlayStyle& style);  // by key
  void levelsChanged(double brightness, double contrast);    // by the user
  void linkedChanged(bool on);                               // by the user, or that an offset came or went
  void probabilityHovered(const QPoint& pixel, double probability);
  void commanded(gps::ui::ViewerCommand command);  // that of a case, or none of the view's own

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Offset {
    QPointF centre;  // from the first view's, picture coordinates
    double zoom = 1;
  };
  ImageViewer* makeViewer();
  void give();
  void arrange();
  void follow(ImageViewer* moved);
  void take(ViewerCommand command);
  void userMode(Mode mode);
  void blinkOn(bool showsOther);
  QGridLayout* m_grid;
  QList<ImageViewer*> m_viewers;  // the first one always; the others once they are needed
  QList<Offset> m_offsets;        // by viewer
  QList<Source> m_sources;
  std::shared_ptr<const PicturePyramid> m_picture;
  std::shared_ptr<const MaskPyramid> m_truth;
  ViewerKeys m_keys = defaultViewerKeys();
  Mode m_mode = Mode::Overlay, m_modeBeforeErrors = Mode::Overlay;
  bool m_isLinked = true, m_isFollowing = false;
  int m_rows = 1, m_columns = 1;
  int m_blinkWith = 1;  // the source that the first one blinks with at present
};

}  // namespace gps::ui
