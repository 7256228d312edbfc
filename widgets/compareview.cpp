#include "widgets/compareview.h"

#include <QGridLayout>
#include <algorithm>
#include <cmath>

#include "widgets/theme.h"

namespace gps::ui {

CompareView::CompareView(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
  m_grid->setContentsMargins(0, 0, 0, 0);
  m_grid->setSpacing(Theme::instance().px(0.75));
  m_viewers << makeViewer();
  m_offsets << Offset();
  m_grid->addWidget(m_viewers.first(), 0, 0);
  setFocusProxy(m_viewers.first());
}

ImageViewer* CompareView::makeViewer() {
  auto* viewer = new ImageViewer(this);
  viewer->setIsPart(true);
  viewer->setAccessibleName(tr("Picture"));
  viewer->setKeys(m_keys);
  connect(viewer, &ImageViewer::blinked, this, &CompareView::blinkOn);
  connect(viewer, &ImageViewer::viewMoved, this, [this, viewer] { follow(viewer); });
  connect(viewer, &ImageViewer::commanded, this, &CompareView::take);
  connect(viewer, &ImageViewer::overlayStyleChanged, this, [this](const OverlayStyle& style) {
    setOverlayStyle(style);
    Q_EMIT overlayStyleChanged(style);
  });
  connect(viewer, &ImageViewer::levelsChanged, this, [this](double brightness, double contrast) {
    setLevels(brightness, contrast);
    Q_EMIT levelsChanged(brightness, contrast);
  });
  connect(viewer, &ImageViewer::probabilityHovered, this, &CompareView::probabilityHovered);
  connect(viewer, &ImageViewer::pointed, this, [this, viewer](const std::optional<QPointF>& at) {
    for (ImageViewer* other : std::as_const(m_viewers))
      if (other != viewer) other->setMarker(m_mode == Mode::Panes ? at : std::nullopt);
  });
  return viewer;
}

int CompareView::paneCount() const { return m_mode == Mode::Panes ? std::max(1, sourceCount()) : 1; }

// From the left: what the first one is compared with, the first one, the others.
int CompareView::sourceOfPane(int pane) const {
  if (m_mode != Mode::Panes || sourceCount() < 2) return 0;
  return pane == 0 ? 1 : pane == 1 ? 0 : pane;
}

void CompareView::setPicture(std::shared_ptr<const PicturePyramid> picture, std::shared_ptr<const MaskPyramid> truth) {
  m_picture = std::move(picture);
  m_truth = std::move(truth);
  for (ImageViewer* viewer : std::as_const(m_viewers)) {
    if (viewer != m_viewers.first() && !viewer->isVisibleTo(this)) continue;
    viewer->setPrediction(std::shared_ptr<const MapPyramid>(), {});
    viewer->setBefore(std::shared_ptr<const MapPyramid>(), {});
    viewer->setPicture(m_picture);
    viewer->setTruth(m_truth);
  }
  arrange();
  give();
}

void CompareView::setSources(const QList<Source>& sources) {
  const qsizetype before = m_sources.size();
  m_sources = sources.mid(0, kMostSources);
  if (sourceCount() < 2 && needsTwo(m_mode)) m_mode = Mode::Overlay;
  if (before != m_sources.size()) arrange();
  give();
}

void CompareView::setMode(Mode mode) {
  if (needsTwo(mode) && sourceCount() < 2) return;
  m_mode = mode;
  arrange();
  give();
}

void CompareView::give() {
  static constexpr ImageViewer::Mode kModes[] = {ImageViewer::Mode::Overlay, ImageViewer::Mode::Wipe,   ImageViewer::Mode::Blink,
                                                 ImageViewer::Mode::Overlay, ImageViewer::Mode::Change, ImageViewer::Mode::Errors};
  for (int pane = 0; pane < paneCount() && pane < m_viewers.size(); ++pane) {
    ImageViewer* viewer = m_viewers[pane];
    const int index = sourceOfPane(pane);
    const int with = m_mode == Mode::Blink && m_blinkWith < sourceCount() ? m_blinkWith : 1;
    const Source shown = m_sources.value(index), other = m_sources.value(index == 0 ? with : 0);
    viewer->setAccessibleName(shown.label.isEmpty() ? tr("Picture") : shown.label);
    viewer->setPrediction(shown.map, shown.label);
    viewer->setBefore(other.map, other.label);
    if (viewer->mode() != kModes[int(m_mode)]) viewer->setMode(kModes[int(m_mode)]);
  }
}

// As many rows and columns as show the picture largest.
void CompareView::arrange() {
  const int panes = paneCount();
  while (m_viewers.size() < panes) {
    auto* viewer = makeViewer();
    viewer->setOverlayStyle(overlayStyle());
    viewer->setLevels(m_viewers.first()->brightness(), m_viewers.first()->contrast());
    m_viewers << viewer;
    m_offsets << Offset();
  }
  int rows = 1, columns = panes;
  const double wide = m_picture ? m_picture->width() : 4, high = m_picture ? m_picture->height() : 3;
  double best = 0;
  for (int r = 1; r <= panes; ++r) {
    const int c = (panes + r - 1) / r;
    if ((r - 1) * c >= panes) continue;
    const double scale = std::min(width() / (c * wide), height() / (r * high));
    if (scale > best) best = scale, rows = r, columns = c;
  }
  const bool isSame = rows == m_rows && columns == m_columns;
  m_rows = rows, m_columns = columns;
  for (int i = 0; i < m_viewers.size(); ++i) {
    ImageViewer* viewer = m_viewers[i];
    const bool isShown = i < panes, wasShown = viewer->isVisibleTo(this);
    if (isShown && (!wasShown || !isSame || m_grid->indexOf(viewer) < 0)) {
      m_grid->removeWidget(viewer);
      m_grid->addWidget(viewer, i / columns, i % columns);
    }
    if (!isShown && i > 0) m_grid->removeWidget(viewer);
    viewer->setVisible(isShown || i == 0);
    if (isShown && !wasShown) {
      viewer->setPicture(m_picture);
      viewer->setTruth(m_truth);
      viewer->setView(m_viewers.first()->view());
      m_offsets[i] = {};
    } else if (!isShown && i > 0) {
      viewer->setPicture(nullptr);  // its memory goes
    }
  }
  for (int r = 0; r < kMostSources; ++r) m_grid->setRowStretch(r, r < rows ? 1 : 0);
  for (int c = 0; c < kMostSources; ++c) m_grid->setColumnStretch(c, c < columns ? 1 : 0);
}

void CompareView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (paneCount() > 1) arrange();
}

void CompareView::follow(ImageViewer* moved) {
  if (m_isFollowing || m_mode != Mode::Panes) return;
  const qsizetype own = m_viewers.indexOf(moved);
  const ImageViewer::View at = moved->view();
  m_isFollowing = true;
  if (m_isLinked) {
    for (qsizetype i = 0; i < paneCount(); ++i) {
      if (i == own) continue;
      const Offset by{m_offsets[i].centre - m_offsets[own].centre, m_offsets[i].zoom / m_offsets[own].zoom};
      const bool isAside = by.centre.manhattanLength() > 1e-6 || std::abs(by.zoom - 1) > 1e-9;
      m_viewers[i]->setView({at.centre + by.centre, at.zoom * by.zoom, at.isFitted && !isAside});
    }
  } else {
    const ImageViewer::View first = m_viewers.first()->view();
    for (qsizetype i = 0; i < paneCount(); ++i) {
      const ImageViewer::View view = m_viewers[i]->view();
      m_offsets[i] = view.isFitted && first.isFitted ? Offset() : Offset{view.centre - first.centre, view.zoom / first.zoom};
    }
    Q_EMIT linkedChanged(m_isLinked);
  }
  m_isFollowing = false;
}

bool CompareView::hasOffset() const {
  return std::any_of(m_offsets.begin(), m_offsets.begin() + std::min(qsizetype(paneCount()), m_offsets.size()),
                     [](const Offset& offset) { return offset.centre.manhattanLength() > 0.5 || std::abs(offset.zoom - 1) > 0.005; });
}

void CompareView::setLinked(bool on) { m_isLinked = on; }

void CompareView::resetOffsets() {
  for (Offset& offset : m_offsets) offset = {};
  for (int i = 1; i < paneCount(); ++i) m_viewers[i]->setView(m_viewers.first()->view());
  Q_EMIT linkedChanged(m_isLinked);
}

void CompareView::setOverlayStyle(const OverlayStyle& style) {
  for (ImageViewer* viewer : std::as_const(m_viewers)) viewer->setOverlayStyle(style);
}

void CompareView::setLevels(double brightness, double contrast) {
  for (ImageViewer* viewer : std::as_const(m_viewers)) viewer->setLevels(brightness, contrast);
}

void CompareView::setKeys(const ViewerKeys& keys) {
  m_keys = keys;
  for (ImageViewer* viewer : std::as_const(m_viewers)) viewer->setKeys(keys);
}

void CompareView::setStale(bool stale) {
  for (ImageViewer* viewer : std::as_const(m_viewers)) viewer->setStale(stale);
}

void CompareView::setPlaceholder(const QString& text) {
  for (ImageViewer* viewer : std::as_const(m_viewers)) viewer->setPlaceholder(text);
}

bool CompareView::isSharp() const {
  return std::all_of(m_viewers.begin(), m_viewers.begin() + paneCount(), [](const ImageViewer* viewer) { return viewer->isSharp(); });
}

void CompareView::perform(ViewerCommand command) { m_viewers.first()->perform(command); }

// The next one is laid ready while the first is in sight.
void CompareView::blinkOn(bool showsOther) {
  if (m_mode != Mode::Blink || showsOther || sourceCount() < 3) return;
  m_blinkWith = m_blinkWith + 1 < sourceCount() ? m_blinkWith + 1 : 1;
  give();
}

void CompareView::userMode(Mode mode) {
  if (mode == m_mode) return;
  setMode(mode);
  if (m_mode == mode) Q_EMIT modeChanged(mode);
}

void CompareView::take(ViewerCommand command) {
  if (command == ViewerCommand::NextMode) {
    Mode next = Mode((int(m_mode) + 1) % int(Mode::Errors));
    if (m_mode == Mode::Errors || sourceCount() < 2) next = Mode::Overlay;
    return userMode(next);
  }
  if (command == ViewerCommand::Errors) {
    if (m_mode == Mode::Errors) return userMode(sourceCount() < 2 ? Mode::Overlay : m_modeBeforeErrors);
    m_modeBeforeErrors = m_mode;
    return userMode(Mode::Errors);
  }
  Q_EMIT commanded(command);
}

}  // namespace gps::ui
