#include "app/pages/cases/viewcard.h"

#include <QEvent>
#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/flowlayout.h"
#include "widgets/format.h"
#include "widgets/overlaycolours.h"
#include "widgets/overlaylegend.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/theme.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::CompareView;
using ui::OverlayKey;
using ui::OverlayPart;
using ui::Theme;

static const std::pair<const char*, CompareView::Mode> kModes[] = {
    {"overlay", CompareView::Mode::Overlay}, {"wipe", CompareView::Mode::Wipe},     {"blink", CompareView::Mode::Blink},
    {"panes", CompareView::Mode::Panes},     {"change", CompareView::Mode::Change}, {"errors", CompareView::Mode::Errors}};

QString wordOf(CompareView::Mode mode) {
  for (const auto& [word, m] : kModes)
    if (m == mode) return QString::fromLatin1(word);
  return {};
}

static CompareView::Mode modeOf(const QString& word) {
  for (const auto& [w, mode] : kModes)
    if (word == QLatin1StringView(w)) return mode;
  return CompareView::Mode::Overlay;
}

ViewCard::ViewCard(ViewSettings& settings, QWidget* sources, QWidget* progress, QWidget* parent)
    : ui::Card({}, parent),
      m_settings(settings),
      m_view(new CompareView),
      m_mode(new ui::SegmentedControl),
      m_link(new ui::IconButton(u"link"_s, {})),
      m_reset(new ui::IconButton(u"fit"_s, {})),
      m_legend(new ui::OverlayLegend),
      m_wished(modeOf(settings.mode())) {
  m_link->setCheckable(true);
  addHeaderWidget(m_link);
  addHeaderWidget(m_reset);
  for (const auto& [id, mode] : kModes) m_mode->addOption(QString::fromLatin1(id), {});
  addHeaderWidget(m_mode);
  addBody(sources);
  addBody(m_view, 1);
  auto* line = new QWidget;
  auto* row = new ui::FlowLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(Theme::instance().px(2));
  row->addWidget(m_legend);
  row->addWidget(progress);
  line->setMinimumHeight(Theme::instance().controlHeight());
  addBody(line);
  m_view->setLinked(settings.isLinked());
  m_view->setLevels(settings.brightness(), settings.contrast());
  connect(m_mode, &ui::SegmentedControl::currentChanged, this, [this](const QString& id) {
    setMode(modeOf(id));
    Q_EMIT modeChanged(m_view->mode());
  });
  connect(m_view, &CompareView::modeChanged, this, [this](CompareView::Mode mode) {
    setMode(mode);
    Q_EMIT modeChanged(mode);
  });
  connect(m_view, &CompareView::levelsChanged, this,
          [this](double brightness, double contrast) { m_settings.setLevels(brightness, contrast); });
  connect(m_view, &CompareView::linkedChanged, this, &ViewCard::refreshModes);
  connect(m_link, &ui::IconButton::toggled, this, [this](bool on) {
    m_view->setLinked(on);
    m_settings.setLinked(on);
    refreshModes();
  });
  connect(m_reset, &ui::IconButton::clicked, this, [this] { m_view->resetOffsets(); });
  m_link->setChecked(settings.isLinked());
  retranslate();
}

void ViewCard::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  ui::Card::changeEvent(event);
}

void ViewCard::retranslate() {
  m_mode->setOptionText(u"overlay"_s, tr("Overlay"));
  m_mode->setOptionText(u"wipe"_s, tr("Wipe"));
  m_mode->setOptionText(u"blink"_s, tr("Blink"));
  m_mode->setOptionText(u"panes"_s, tr("Panes"));
  m_mode->setOptionText(u"change"_s, tr("Change"));
  m_mode->setOptionText(u"errors"_s, tr("Errors"));
  m_reset->setToolTip(tr("Show the same part in every pane again"));
  m_reset->setAccessibleName(m_reset->toolTip());
  m_view->setPlaceholder(tr("Choose a picture at the left."));
  refreshModes();
}

void ViewCard::setSources(const QList<CompareView::Source>& sources) {
  m_view->setSources(sources);
  if (m_view->mode() != m_wished) m_view->setMode(m_wished);
  refreshModes();
}

void ViewCard::setMode(CompareView::Mode mode) {
  m_wished = mode;
  m_view->setMode(mode);
  m_settings.setMode(wordOf(mode));
  refreshModes();
}

void ViewCard::setOverlayStyle(const OverlayStyle& style) {
  m_view->setOverlayStyle(style);
  refreshLegend();
}

void ViewCard::refreshModes() {
  const bool isPanes = m_view->mode() == CompareView::Mode::Panes;
  for (const auto& [word, mode] : kModes)
    m_mode->setOptionEnabled(QString::fromLatin1(word), !CompareView::needsTwo(mode) || m_view->sourceCount() > 1,
                             tr("There is nothing to compare with yet."));
  m_mode->setCurrent(wordOf(m_view->mode()));
  m_link->setVisible(isPanes);
  m_link->setIconName(m_view->isLinked() ? u"link"_s : u"unlink"_s);
  m_link->setToolTip(m_view->isLinked() ? tr("The panes move together. Click to move one alone.")
                                        : tr("Each pane moves alone. Click to move them together."));
  m_link->setAccessibleName(m_link->toolTip());
  m_reset->setVisible(isPanes && m_view->hasOffset());
  refreshLegend();
}

void ViewCard::refreshLegend() {
  const OverlayStyle style = m_view->overlayStyle();
  const auto colour = [](OverlayPart part) { return Theme::overlayColor(part); };
  const OverlayKey truth{OverlayKey::Kind::Dashes, colour(OverlayPart::Truth), tr("ground truth"), {}};
  QList<OverlayKey> keys;
  switch (m_view->mode()) {
    case CompareView::Mode::Errors: {
      const auto kind = [&style](OverlayKey::Kind hatched) { return style.hatch ? hatched : OverlayKey::Kind::Area; };
      keys << OverlayKey{OverlayKey::Kind::Area, colour(OverlayPart::TruePositive), tr("found"), tr("True positive: marked, and polyp.")}
           << OverlayKey{kind(OverlayKey::Kind::Rising), colour(OverlayPart::FalsePositive), tr("too much"),
                         tr("False positive: marked, but no polyp.")}
           << OverlayKey{kind(OverlayKey::Kind::Falling), colour(OverlayPart::FalseNegative), tr("missed"),
                         tr("False negative: polyp, but not marked.")}
           << truth;
      if (style.bandWidth > 0) keys.last().text = tr("ground truth, ± %1 px fainter").arg(style.bandWidth, 0, 'g', 3);
      break;
    }
    case CompareView::Mode::Change:
      keys << OverlayKey{OverlayKey::Kind::Scale,
                         {},
                         tr("less … more probable, − 1 to + 1"),
                         tr("The probability of the one shown, less that of the one it is compared with.")}
           << truth;
      break;
    default:
      keys << OverlayKey{OverlayKey::Kind::Line, QColor(QRgb(style.colour) | 0xff000000u), tr("prediction"), {}};
      if (style.truth) keys << truth;
  }
  m_legend->setKeys(keys);
}

}  // namespace gps::app
