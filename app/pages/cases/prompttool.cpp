#include "app/pages/cases/prompttool.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QThreadPool>
#include <QVBoxLayout>
#include <algorithm>

#include "app/engine/failuretext.h"
#include "app/pages/cases/sourcewords.h"
#include "app/pages/page.h"
#include "core/io/imagewriter.h"
#include "core/values/error.h"
#include "widgets/button.h"
#include "widgets/imageviewer.h"
#include "widgets/label.h"
#include "widgets/promptlayer.h"
#include "widgets/theme.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;

PromptTool::PromptTool(EngineApi& engine, Session& session, RunLibrary& runs, ui::CompareView& view, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_runs(runs),
      m_prompting(engine, session, runs),
      m_view(view),
      m_layer(new ui::PromptLayer(*view.viewer())),
      m_button(new Button({}, ButtonRole::Secondary, u"point"_s)),
      m_undo(new Button({}, ButtonRole::Secondary)),
      m_clear(new Button({}, ButtonRole::Secondary)),
      m_base(new Button({}, ButtonRole::Secondary)),
      m_save(new Button({}, ButtonRole::Secondary, u"export"_s)),
      m_done(new Button({}, ButtonRole::Secondary, u"check"_s)),
      m_details(new Button({}, ButtonRole::Ghost)),
      m_state(new ui::Label({}, ui::TextRole::Strong)),
      m_hint(new ui::Label({}, ui::TextRole::Small, ui::Token::Text2)),
      m_detailsText(new ui::Label({}, ui::TextRole::Small, ui::Token::Text2)) {
  m_detailsText->setWordWrap(true);
  m_detailsText->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  m_detailsText->hide();
  connect(m_details, &Button::clicked, this, [this] { m_detailsText->setVisible(m_detailsText->isHidden()); });
  m_button->setCheckable(true);
  m_base->setCheckable(true);
  m_state->setWordWrap(true);
  m_hint->setWordWrap(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(ui::Theme::instance().px(0.5));
  auto* row = new QHBoxLayout;
  row->setSpacing(ui::Theme::instance().px(1));
  row->addStretch(1);
  for (Button* b : {m_details, m_undo, m_clear, m_base, m_save, m_done}) row->addWidget(b);
  column->addWidget(m_state);
  column->addWidget(m_detailsText);
  column->addWidget(m_hint);
  column->addLayout(row);
  connect(m_button, &Button::clicked, this, &PromptTool::toggle);
  connect(m_done, &Button::clicked, this, [this] { setOn(false); });
  connect(m_undo, &Button::clicked, this, [this] {
    m_prompting.undo();
    m_layer->setFocus();
  });
  connect(m_clear, &Button::clicked, this, [this] {
    m_prompting.clear();
    m_layer->setFocus();
  });
  connect(m_base, &Button::toggled, this, [this] {
    m_prompting.look(m_caseId, m_image, sources());
    m_layer->setFocus();
    refresh();
    Q_EMIT changed();
  });
  connect(m_save, &Button::clicked, this, &PromptTool::saveMask);
  connect(m_layer, &ui::PromptLayer::boxDrawn, this,
          [this](const QRectF& box) { m_prompting.setBox(box.left(), box.top(), box.right(), box.bottom()); });
  connect(m_layer, &ui::PromptLayer::pointSet, this,
          [this](const QPointF& at, bool include) { m_prompting.addPoint(at.x(), at.y(), include); });
  connect(m_layer, &ui::PromptLayer::undoRequested, &m_prompting, &Prompting::undo);
  connect(m_layer, &ui::PromptLayer::leaveRequested, this, [this] { setOn(false); });
  connect(&m_prompting, &Prompting::promptsChanged, this, [this] {
    m_saved.clear();
    m_layer->setPrompts(m_prompting.prompts());
    refresh();
  });
  connect(&m_prompting, &Prompting::changed, this, [this] {
    refresh();
    if (m_isOn) Q_EMIT changed();
  });
  connect(&m_session, &Session::modelChanged, this, &PromptTool::refresh);
  hide();
  retranslate();
}

void PromptTool::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

void PromptTool::retranslate() {
  m_button->setText(tr("Point out"));
  m_undo->setText(tr("Take back"));
  m_undo->setToolTip(tr("Takes the last box or point back. Backspace"));
  m_clear->setText(tr("Start over"));
  m_base->setText(tr("Without training"));
  m_base->setToolTip(tr("Shows what the model says without what it learnt in the run."));
  m_save->setText(tr("Save mask…"));
  m_details->setText(tr("Details"));
  m_done->setText(tr("Done"));
  m_done->setToolTip(tr("Back to the predictions. Esc"));
  refresh();
}

void PromptTool::setOn(bool on) {
  if (on && !m_prompting.whyNot().isEmpty()) on = false;
  m_button->setChecked(on);
  if (on == m_isOn) return;
  m_isOn = on;
  setVisible(on);
  m_layer->setActive(on);
  m_prompting.setActive(on);
  refresh();
  Q_EMIT changed();
}

QList<MapSource> PromptTool::sources() const {
  if (m_base->isChecked()) return {MapSource{}};
  return m_given;
}

void PromptTool::look(const QString& caseId, std::shared_ptr<const RgbImage> image, const QList<MapSource>& sources) {
  m_caseId = caseId;
  m_image = std::move(image);
  m_given = sources;
  m_layer->setPictureSize(m_image ? QSize(m_image->width, m_image->height) : QSize());
  m_prompting.look(m_caseId, m_image, this->sources());
  m_counted.clear();
  if (!m_image) setOn(false);
  refresh();
}

QList<ui::CompareView::Source> PromptTool::shown() const {
  QList<ui::CompareView::Source> shown;
  for (const MapSource& source : sources()) {
    const QString name = sourceText(source, m_session, m_runs);
    const bool isThere = map(source) && !m_prompting.isStale(source);
    shown << ui::CompareView::Source{isThere || !m_prompting.isPending() ? name : tr("%1, computing…").arg(name), map(source)};
  }
  return shown;
}

std::optional<PixelCounts> PromptTool::counts(const MapSource& source, const MaskImage* truth, double threshold) {
  const auto answer = map(source);
  if (!answer || !truth || truth->width != answer->width() || truth->height != answer->height()) return std::nullopt;
  Counted& held = m_counted[source];
  if (held.map != answer || held.truth != truth) held = {answer, truth, ThresholdCounts::of(*answer->source(), *truth)};
  return held.counts.at(threshold);
}

QString PromptTool::sentence() const {
  if (!m_saved.isEmpty()) return m_saved;
  if (!m_prompting.problem().isEmpty()) return tr("This could not be outlined. Draw another box, or look at another picture.");
  if (m_prompting.isReading()) return tr("Reading the picture. This takes a while the first time; the next answers come at once.");
  if (!m_prompting.waitsFor().isEmpty()) return m_prompting.waitsFor();
  if (m_prompting.prompts().empty())
    return m_prompting.whyNoPoints().isEmpty() ? tr("Draw a box round the area, or click on it.") : tr("Draw a box round the area.");
  if (m_prompting.isPending()) return tr("Outlining…");
  return tr("Outlined. The threshold acts on it.");
}

void PromptTool::refresh() {
  const QString why = m_prompting.whyNot();
  m_button->setDisabledReason(m_isOn ? QString() : why, tr("Outline an area with a box or with points. P"));
  m_layer->setPointsAllowed(m_prompting.whyNoPoints().isEmpty());
  m_undo->setEnabled(m_prompting.canUndo());
  m_clear->setEnabled(!m_prompting.prompts().empty());
  const bool hasRun = std::any_of(m_given.begin(), m_given.end(), [](const MapSource& s) { return !s.isBase(); });
  m_base->setDisabledReason(hasRun || m_base->isChecked() ? QString() : tr("No run is shown."),
                            tr("Shows what the model says without what it learnt in the run."));
  const QList<MapSource> now = sources();
  m_save->setDisabledReason(!now.isEmpty() && map(now.first()) && !m_prompting.isStale(now.first()) ? QString()
                                                                                                    : tr("Nothing is outlined yet."));
  m_state->setText(sentence());
  m_details->setVisible(!m_prompting.problem().isEmpty());
  if (m_prompting.problem().isEmpty()) m_detailsText->hide();
  m_detailsText->setText(m_prompting.problem());
  const QString points = m_prompting.whyNoPoints();
  m_hint->setText(points.isEmpty() || !why.isEmpty()
                      ? tr("Drag: box. Click: this belongs to it. Right click: this does not. Backspace takes back, Esc leaves. "
                           "By key: arrows, Enter, Shift+Enter, B for the box.")
                      : tr("Drag: box. Backspace takes back, Esc leaves. By key: arrows and B. Points are off: %1").arg(points));
}

void PromptTool::saveMask() {
  const QList<MapSource> now = sources();
  if (now.isEmpty() || !map(now.first())) return;
  chooseSaveFile(this, tr("Save mask"), QFileInfo(m_caseId).completeBaseName() + "_outlined.png"_L1, tr("Pictures (*.png)"),
                 [this, map = map(now.first())->source(), threshold = m_threshold](const QString& path) {
                   QThreadPool::globalInstance()->start([tool = QPointer(this), map, threshold, path] {
                     MaskImage mask{map->width, map->height, std::vector<std::uint8_t>(map->values.size())};
                     for (std::size_t i = 0; i < mask.pixels.size(); ++i) mask.pixels[i] = map->values[i] > float(threshold) ? 255 : 0;
                     QString said;
                     try {
                       writeMask(path.toStdString(), mask);
                       said = tr("Saved as %1.").arg(QFileInfo(path).fileName());
                     } catch (const Error& error) {
                       said = tr("The mask could not be saved. %1").arg(FailureTexts::whyNotWritten(QString::fromStdString(error.cause())));
                     }
                     if (tool)
                       QMetaObject::invokeMethod(
                           tool,
                           [tool, said] {
                             tool->m_saved = said;
                             tool->refresh();
                           },
                           Qt::QueuedConnection);
                   });
                 });
}

}  // namespace gps::app
