#include "app/pages/rundetails.h"

#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "app/engine/schemetext.h"
#include "app/pages/cases/sourcewords.h"
#include "app/pages/runviews.h"
#include "core/tuning/metricsjson.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/format.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/runmodel.h"
#include "widgets/themestyle.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Label;
using ui::TextRole;
using ui::Token;
using ui::Tone;

namespace {

Tone toneOf(RunStanding standing) {
  switch (standing) {
    case RunStanding::Running:
      return Tone::Accent;
    case RunStanding::Finished:
      return Tone::Good;
    case RunStanding::Stopped:
      return Tone::Warn;
    default:
      return Tone::Bad;
  }
}

QString valueText(double value, bool isPercent) {
  if (std::isnan(value)) return u"–"_s;
  return isPercent ? QString::number(100 * value, 'f', 1) + u" %"_s : QString::number(value, 'f', 3);
}

QIcon strokeIcon(int slot) {
  const ui::Theme& theme = ui::Theme::instance();
  const double ratio = qApp->devicePixelRatio();
  const QSize size(theme.px(4), theme.px(2));
  QPixmap pixmap(size * ratio);
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  QPen pen(theme.runColor(slot % ui::kRunColours), 4, Qt::SolidLine, Qt::FlatCap);
  if (slot >= ui::kRunColours) pen.setDashPattern({1.6, 1.1});
  painter.setPen(pen);
  painter.drawLine(QPointF(1, size.height() / 2.0), QPointF(size.width() - 1, size.height() / 2.0));
  return QIcon(pixmap);
}

// Lines of text in a field like that of one line.
class FieldFrame : public QWidget {
 public:
  explicit FieldFrame(QWidget* text) {
    auto* layout = new QVBoxLayout(this);
    const int margin = ui::Theme::instance().px(0.625);
    layout->setContentsMargins(margin, margin / 2, margin, margin / 2);
    layout->addWidget(text);
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    ui::drawField(painter, QRectF(rect()), isEnabled(), false);
  }
};

}  // namespace

RunDetails::RunDetails(RunNotes& notes, QWidget* parent) : QWidget(parent), m_notes(notes) {
  m_what = new ui::Card;
  m_state = new ui::Badge;
  m_remove = new ui::IconButton(u"trash"_s, {});
  m_what->addHeaderWidget(m_state);
  m_number = new Label({}, TextRole::Display);
  m_text = new Label({}, TextRole::Small, Token::Text2);
  m_text->setWordWrap(true);
  m_problem = new Label({}, TextRole::Small, Token::Bad);
  m_problem->setWordWrap(true);
  m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  m_list = new ui::KeyValueList;
  m_what->addBody(m_number);
  m_what->addBody(m_text);
  m_what->addBody(m_problem);
  m_what->addBody(m_list);

  m_added = new ui::Card;
  m_added->addHeaderWidget(m_remove);
  m_star = new ui::Button({}, ui::ButtonRole::Secondary, u"star"_s);
  m_pin = new ui::Button({}, ui::ButtonRole::Secondary, u"pin"_s);
  m_star->setCheckable(true);
  m_pin->setCheckable(true);
  auto* marks = new QWidget;
  auto* marksLayout = new QHBoxLayout(marks);
  marksLayout->setContentsMargins({});
  marksLayout->setSpacing(ui::Theme::instance().px(1));
  marksLayout->addWidget(m_star, 1);
  marksLayout->addWidget(m_pin, 1);
  m_added->addBody(marks);
  m_colourLabel = new Label({}, TextRole::Small, Token::Text2);
  m_colour = new QToolButton;
  connect(m_colour, &QToolButton::clicked, this, [this] { m_colours->popup(m_colour->mapToGlobal(QPoint(0, m_colour->height()))); });
  m_colour->setIconSize({ui::Theme::instance().px(4), ui::Theme::instance().px(2)});
  auto* colours = new QWidget;
  auto* coloursLayout = new QHBoxLayout(colours);
  coloursLayout->setContentsMargins({});
  coloursLayout->addWidget(m_colourLabel, 1);
  coloursLayout->addWidget(m_colour);
  m_added->addBody(colours);
  m_tags = new QLineEdit;
  m_note = new QPlainTextEdit;
  m_note->setTabChangesFocus(true);
  m_note->setMinimumHeight(ui::Theme::instance().px(4));
  m_note->viewport()->setAutoFillBackground(false);
  auto* field = new FieldFrame(m_note);
  m_note->setFrameShape(QFrame::NoFrame);
  m_added->addBody(m_tags);
  m_added->addBody(field, 1);

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(ui::Theme::instance().px(2));
  layout->addWidget(m_what);
  layout->addWidget(m_added, 1);

  connect(m_star, &ui::Button::clicked, this, [this](bool on) {
    if (m_run) m_notes.setStarred({m_run->id}, on);
  });
  connect(m_pin, &ui::Button::clicked, this, [this](bool on) {
    if (m_run) m_notes.setBaseline(on ? m_run->id : QString());
  });
  connect(m_remove, &ui::IconButton::clicked, this, [this] {
    if (m_run) Q_EMIT deleteRequested(m_run->id);
  });
  static const auto words = [](const QString& text) { return QString(text).replace(u'，', u',').split(u',', Qt::SkipEmptyParts); };
  connect(m_tags, &QLineEdit::editingFinished, this, [this] {
    if (m_run) m_notes.setTags(m_run->id, words(m_tags->text()));
  });
  connect(m_note, &QPlainTextEdit::textChanged, this, [this] {
    if (m_run && m_shownId == m_run->id) m_notes.setText(m_run->id, m_note->toPlainText());
  });
  connect(&m_notes, &RunNotes::changed, this, &RunDetails::refreshNotes);
  connect(&ui::Theme::instance(), &ui::Theme::changed, this, &RunDetails::fillColours);
  fillColours();
  retranslate();
}

void RunDetails::retranslate() {
  m_added->setTitle(tr("What do you say of it?"));
  m_colourLabel->setText(tr("Colour in the plots"));
  m_colour->setAccessibleName(tr("Colour in the plots"));
  m_colour->setToolTip(tr("Colour and stroke of this run in every plot"));
  m_tags->setAccessibleName(tr("Tags"));
  m_tags->setPlaceholderText(tr("Tags: paper, ablation"));
  m_tags->setToolTip(tr("Words with commas between"));
  m_note->setPlaceholderText(tr("Note"));
  m_note->setAccessibleName(tr("Note"));
  m_remove->setToolTip(tr("Move to the trash…"));
  m_remove->setAccessibleName(tr("Move to the trash…"));
  m_star->setText(tr("Star"));
  refresh();
}

void RunDetails::fillColours() {
  delete m_colours;
  m_colours = new QMenu(this);
  for (int slot = 0; slot < ui::kRunSlots; ++slot) {
    auto* action = m_colours->addAction(
        strokeIcon(slot), slot < ui::kRunColours ? tr("Colour %1").arg(slot + 1) : tr("Colour %1, dashed").arg(slot - ui::kRunColours + 1));
    connect(action, &QAction::triggered, this, [this, slot] {
      if (m_run) m_notes.setColour(m_run->id, slot);
    });
  }
  refreshNotes();
}

void RunDetails::setRun(const RunPtr& run, const RunPtr& baseline) {
  if (run == m_run && baseline == m_baseline) return;
  m_run = run;
  m_baseline = baseline;
  refresh();
}

void RunDetails::refresh() {
  setEnabled(bool(m_run));
  m_state->setVisible(bool(m_run));
  m_problem->setVisible(m_run && !m_run->problem.isEmpty());
  if (!m_run) {
    m_what->setTitle(tr("No run is chosen"));
    m_number->setText(u"–"_s);
    m_text->setText(tr("Choose a run in the table."));
    m_list->setRows({});
    return refreshNotes();
  }
  const RunEntry& run = *m_run;
  m_what->setTitle(run.id.section(u'/', -1));
  m_what->setSubtitle(run.id.contains(u'/') ? run.id.section(u'/', 0, -2) : QString());
  m_state->setText(ui::runPhaseText(rowOf(run, {}).phase));
  m_state->setTone(toneOf(run.standing));
  m_problem->setText(run.problem);
  const bool isPercent = isClassification(run);
  const double best = bestValue(run);
  m_number->setText(valueText(best, isPercent));
  if (std::isnan(best)) {
    m_text->setText(tr("No epoch has been scored."));
  } else {
    const QString what = isPercent ? tr("share of right pictures") : tr("mean Dice");
    QString text = tr("%1, best at epoch %2").arg(what).arg(run.record.bestEpoch);
    const double base = m_baseline && m_baseline->id != run.id ? bestValue(*m_baseline) : std::nan("");
    if (!std::isnan(base))
      text =
          tr("%1; %2 against the baseline").arg(text, ui::signedNumber(isPercent ? 100 * (best - base) : best - base, isPercent ? 1 : 3));
    m_text->setText(text);
  }
  QList<ui::KeyValue> rows;
  const auto add = [&rows](const QString& key, const QString& value) {
    if (!value.isEmpty()) rows.append({key, value, {}, Tone::Neutral, {}});
  };
  const ui::RunRow row = rowOf(run, {});
  if (!run.settings.empty()) {
    const TrainSpec& spec = run.record.spec;
    add(tr("Method"), spec.method == Method::Gps ? tr("GPS, %1").arg(SchemeText::title(schemeOf(spec.selection))) : methodText(spec));
    if (row.keptPerRow > 0 && row.share <= 0) add(tr("Inputs kept per neuron, K"), QString::number(row.keptPerRow));
    add(tr("Learning rate"), ui::settingNumber(row.learningRate));
    add(tr("Seed"), QString::number(row.seed));
    add(tr("Epochs"), tr("%1 of %2").arg(row.epochs).arg(row.plannedEpochs));
    if (row.trainable >= 0) add(tr("Trainable values"), ui::groupedCount(row.trainable));
    if (row.deltaMib > 0) add(tr("Size of the delta"), ui::mebibytesText(row.deltaMib));
    if (row.seconds > 0) add(tr("Time"), ui::durationText(row.seconds));
    if (row.peakMib > 0) add(tr("Peak memory"), ui::mebibytesText(row.peakMib));
    add(tr("Precision"), row.precision);
  }
  if (row.startedMs > 0) add(tr("Started"), QDateTime::fromMSecsSinceEpoch(row.startedMs).toString(u"yyyy-MM-dd HH:mm"_s));
  m_list->setRows(rows);
  m_list->setStrong(false);
  m_remove->setEnabled(run.standing != RunStanding::Running);
  refreshNotes();
}

void RunDetails::refreshNotes() {
  const RunNote note = m_run ? m_notes.of(m_run->id) : RunNote();
  const bool isOther = m_shownId != (m_run ? m_run->id : QString());
  m_star->setChecked(note.isStarred);
  m_star->setIconName(note.isStarred ? u"star-on"_s : u"star"_s);
  const bool isPinned = m_run && m_notes.content().baseline == m_run->id;
  m_pin->setChecked(isPinned);
  m_pin->setText(isPinned ? tr("Baseline") : tr("Make baseline"));
  m_colour->setIcon(note.colour >= 0 ? strokeIcon(note.colour) : QIcon());
  // What is being typed stays.
  m_shownId.clear();
  if (isOther || !m_tags->hasFocus()) m_tags->setText(note.tags.join(u", "_s));
  if (isOther || m_note->toPlainText() != note.text) m_note->setPlainText(note.text);
  m_shownId = m_run ? m_run->id : QString();
}

void RunDetails::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) {
    fillColours();
    retranslate();
  }
  QWidget::changeEvent(event);
}

}  // namespace gps::app
