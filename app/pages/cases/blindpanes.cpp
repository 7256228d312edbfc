#include "app/pages/cases/blindpanes.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <optional>
#include <utility>

#include "app/pages/cases/casekeys.h"
#include "core/evaluation/figures/blindreading.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/flowlayout.h"
#include "widgets/foldingrow.h"
#include "widgets/imageviewer.h"
#include "widgets/label.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::Label;
using ui::TextRole;
using ui::Theme;
using ui::Token;

BlindPanes::BlindPanes(QWidget* parent) : QWidget(parent) {
  const int gutter = Theme::instance().px(2);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(gutter, gutter, gutter, gutter);
  layout->setSpacing(gutter);
  auto* row = new ui::FoldingRow;
  for (int place = 0; place < kMostMethods; ++place) {
    Pane pane{new ui::Card(QString(QChar(u'A' + place))), new ui::ImageViewer, new Button};
    pane.card->addBody(pane.viewer, 1);
    pane.card->addBody(pane.best);
    pane.viewer->installEventFilter(this);
    pane.viewer->setIsPart(true);
    pane.viewer->setMinimumSize(Theme::instance().px(14), Theme::instance().px(14));  // three fit at twice the size
    connect(pane.viewer, &ui::ImageViewer::overlayStyleChanged, this, &BlindPanes::setStyle);
    // Zoom and pan of one are those of all.
    connect(pane.viewer, &ui::ImageViewer::viewMoved, this, [this, viewer = pane.viewer] {
      for (const Pane& other : std::as_const(m_panes))
        if (other.viewer != viewer) other.viewer->setView(viewer->view());
    });
    connect(pane.viewer, &ui::ImageViewer::levelsChanged, this, [this](double brightness, double contrast) {
      setLevels(brightness, contrast);
      Q_EMIT levelsChanged(brightness, contrast);
    });
    connect(pane.viewer, &ui::ImageViewer::pointed, this, [this, viewer = pane.viewer](const std::optional<QPointF>& at) {
      for (const Pane& other : std::as_const(m_panes))
        if (other.viewer != viewer) other.viewer->setMarker(at);
    });
    connect(pane.best, &Button::clicked, this, [this, place] { Q_EMIT voted(place); });
    row->add(pane.card, 1);
    m_panes << pane;
  }
  layout->addWidget(row, 1);
  auto* foot = new ui::FlowLayout;
  foot->setSpacing(Theme::instance().px(1));
  m_progress = new Label({}, TextRole::Strong);
  m_keys = new Label({}, TextRole::Small, Token::Text2);
  m_keys->setElided(true);
  m_keys->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  m_back = new Button({}, ui::ButtonRole::Ghost);
  m_tie = new Button;
  foot->addWidget(m_progress);
  foot->addWidget(m_keys);
  foot->addWidget(m_back);
  foot->addWidget(m_tie);
  layout->addLayout(foot);
  connect(m_tie, &Button::clicked, this, [this] { Q_EMIT voted(kTieVote); });
  connect(m_back, &Button::clicked, this, &BlindPanes::backRequested);
  setKeys(usualCaseKeys(u"blind"_s));
  setStyle({});
}

void BlindPanes::setKeys(const ui::ViewerKeys& keys) {
  for (const Pane& pane : std::as_const(m_panes)) pane.viewer->setKeys(keys);
  retranslate();
}

void BlindPanes::setPlaces(int count) {
  m_places = count;
  for (int place = 0; place < m_panes.size(); ++place) m_panes[place].card->setVisible(place < count);
  retranslate();
}

void BlindPanes::setImage(std::shared_ptr<const RgbImage> image) {
  m_hasImage = image != nullptr;
  for (Pane& pane : m_panes) {
    pane.hasMap = false;
    pane.viewer->setPrediction(nullptr);
    pane.viewer->setImage(image);
    pane.viewer->fit();
  }
  refresh();
}

void BlindPanes::setMap(int place, std::shared_ptr<const ProbabilityMap> map) {
  m_panes[place].hasMap = map != nullptr;
  m_panes[place].viewer->setPrediction(std::move(map));
  refresh();
}

void BlindPanes::setStyle(OverlayStyle style) {
  style.truth = false;  // it would tell which is better
  for (const Pane& pane : std::as_const(m_panes)) pane.viewer->setOverlayStyle(style);
  retranslate();
}

void BlindPanes::setLevels(double brightness, double contrast) {
  for (const Pane& pane : std::as_const(m_panes)) pane.viewer->setLevels(brightness, contrast);
}

double BlindPanes::threshold() const { return m_panes.first().viewer->overlayStyle().threshold; }

void BlindPanes::hideOverlays(bool on) {
  for (const Pane& pane : std::as_const(m_panes)) pane.viewer->setOverlayHidden(on);
}

bool BlindPanes::holdToHide(const QKeyEvent& key, bool isDown) {
  if (ui::commandOf(m_panes.first().viewer->keys(), key) != ui::ViewerCommand::Hide) return false;
  if (!key.isAutoRepeat()) hideOverlays(isDown);
  return true;
}

void BlindPanes::setProgress(int read, int total) {
  m_read = read;
  m_total = total;
  retranslate();
}

void BlindPanes::setHint(const QString& text) {
  if (text == m_hint) return;
  m_hint = text;
  m_keys->setToken(text.isEmpty() ? Token::Text2 : Token::Warn);
  retranslate();
}

bool BlindPanes::isReady() const {
  for (int place = 0; place < m_places; ++place)
    if (!m_panes[place].hasMap) return false;
  return m_hasImage && m_places > 0;
}

// Nothing can be voted for before all are on screen: what comes first would be preferred.
void BlindPanes::refresh() {
  const QString why = isReady() ? QString() : tr("Wait until all are on screen.");
  for (int place = 0; place < m_panes.size(); ++place) m_panes[place].best->setDisabledReason(why, tr("Key %1").arg(place + 1));
  m_tie->setDisabledReason(why, tr("Key %1").arg(0));
  m_back->setDisabledReason(m_read > 0 ? QString() : tr("This is the first image."), tr("Takes the last vote back. Key Backspace"));
}

bool BlindPanes::handleKey(int key) {
  if (key == Qt::Key_Backspace && m_read > 0) {
    Q_EMIT backRequested();
    return true;
  }
  if (key < Qt::Key_0 || key > Qt::Key_0 + m_places) return false;
  if (isReady()) Q_EMIT voted(key == Qt::Key_0 ? kTieVote : key - Qt::Key_1);
  return true;
}

bool BlindPanes::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if ((key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier && handleKey(key->key())) return true;
    if (holdToHide(*key, true)) return true;
  }
  if (event->type() == QEvent::KeyRelease && holdToHide(*static_cast<QKeyEvent*>(event), false)) return true;
  if (event->type() == QEvent::FocusOut) hideOverlays(false);  // the key may be let go in another window
  return QWidget::eventFilter(watched, event);
}

void BlindPanes::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

void BlindPanes::retranslate() {
  for (int place = 0; place < m_panes.size(); ++place) {
    const QString letter(QChar(u'A' + place));
    m_panes[place].best->setText(tr("%1 is best").arg(letter));
    m_panes[place].viewer->setAccessibleName(tr("Method %1").arg(letter));
  }
  m_tie->setText(tr("No difference"));
  m_back->setText(tr("Back one"));
  m_progress->setText(tr("Image %1 of %2 · threshold %3").arg(std::min(m_read + 1, m_total)).arg(m_total).arg(threshold(), 0, 'f', 2));
  QString hides = u"–"_s;
  for (const ui::ViewerKey& key : m_panes.first().viewer->keys())
    if (key.command == ui::ViewerCommand::Hide) hides = key.keys.toString(QKeySequence::NativeText);
  m_keys->setText(!m_hint.isEmpty() ? m_hint
                  : m_places > 2    ? tr("Keys 1, 2, 3 choose · 0 no difference · Backspace takes back · %1 hides").arg(hides)
                                    : tr("Keys 1, 2 choose · 0 no difference · Backspace takes back · %1 hides").arg(hides));
  refresh();
}

}  // namespace gps::app
