#include "app/pages/cases/exportdialog.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QVBoxLayout>
#include <utility>

#include "app/engine/failuretext.h"
#include "app/pages/page.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Label;
using ui::TextRole;
using ui::Theme;
using ui::Token;

ExportDialog::ExportDialog(CaseExport& exporter, Choice choice, QWidget* parent)
    : QDialog(parent), m_exporter(exporter), m_choice(std::move(choice)) {
  setWindowTitle(tr("Export masks and overlays"));
  const Theme& theme = Theme::instance();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(theme.px(2.5), theme.px(2), theme.px(2.5), theme.px(2));
  layout->setSpacing(theme.px(1.5));
  auto* source = new Label(tr("%1, threshold %2").arg(m_choice.source).arg(m_choice.order.look.style.threshold, 0, 'f', 2), TextRole::Body,
                           Token::Text2);
  source->setElided(true);
  layout->addWidget(source);

  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(theme.px(2));
  grid->setVerticalSpacing(theme.px(1.5));
  grid->setColumnStretch(1, 1);
  layout->addLayout(grid);
  auto addRow = [&, row = 0](const QString& text, QWidget* field, QLayout* fields = nullptr) mutable {
    auto* label = new Label(text);
    if (field) label->setBuddy(field);
    grid->addWidget(label, row, 0, fields ? Qt::AlignTop : Qt::AlignVCenter);
    if (fields)
      grid->addLayout(fields, row++, 1);
    else
      grid->addWidget(field, row++, 1);
  };
  m_which = new ui::SegmentedControl;
  m_which->addOption(u"one"_s, tr("This picture"), m_choice.current);
  m_which->addOption(u"all"_s, tr("All %n in the list", nullptr, int(m_choice.listed.size())));
  m_which->setOptionEnabled(u"one"_s, !m_choice.current.isEmpty(), tr("Choose a picture first."));
  m_which->setAccessibleName(tr("Pictures"));
  addRow(tr("Pictures"), m_which);

  auto* kinds = new QVBoxLayout;
  kinds->setSpacing(theme.px(0.75));
  const auto addKind = [&](const QString& text, const QString& toolTip) {
    auto* box = new QCheckBox(text);
    box->setToolTip(toolTip);
    connect(box, &QCheckBox::toggled, this, &ExportDialog::refresh);
    kinds->addWidget(box);
    return box;
  };
  m_overlay = addKind(tr("Picture with overlay (PNG)"), tr("As it is shown, in the size of the picture file: NAME_overlay.png"));
  m_mask = addKind(tr("Mask, black and white (PNG)"), tr("0 and 255, 8 bit: NAME.png"));
  m_indexed = addKind(tr("Mask, indexed colours (PNG)"), tr("0 and 1 with a palette: NAME_indexed.png"));
  m_probability = addKind(tr("Probability, 16 bit (PNG)"), tr("65535 stands for 1: NAME_prob.png"));
  m_runs = addKind(tr("Masks of all pictures, COCO RLE (JSON)"), tr("One file: masks.json. Holes are kept. pycocotools reads it."));
  addRow(tr("Files"), m_overlay, kinds);

  m_folder = new QLineEdit(m_choice.order.folder);
  m_folder->setMinimumWidth(theme.px(44));
  m_folder->setAccessibleName(tr("Folder"));
  m_browse = new Button(tr("Browse…"));
  auto* folder = new QHBoxLayout;
  folder->setSpacing(theme.px(1));
  folder->addWidget(m_folder, 1);
  folder->addWidget(m_browse);
  addRow(tr("Folder"), m_folder, folder);
  connect(m_folder, &QLineEdit::textChanged, this, &ExportDialog::refresh);
  connect(m_browse, &Button::clicked, this,
          [this] { chooseFolder(this, tr("Folder to write to"), [this](const QString& path) { m_folder->setText(path); }); });

  m_existing = new ui::SegmentedControl;
  m_existing->addOption(u"keep"_s, tr("Keep them"), tr("Nothing that is there is changed."));
  m_existing->addOption(u"replace"_s, tr("Replace them"));
  m_existing->setAccessibleName(tr("Files that are there"));
  addRow(tr("Files that are there"), m_existing);

  m_bar = new QProgressBar;
  m_bar->setTextVisible(false);
  QSizePolicy keepsRoom = m_bar->sizePolicy();
  keepsRoom.setRetainSizeWhenHidden(true);
  m_bar->setSizePolicy(keepsRoom);
  m_bar->hide();
  m_bar->setAccessibleName(tr("Progress"));
  layout->addWidget(m_bar);
  m_state = new Label({}, TextRole::Small, Token::Text2);
  m_state->setWordWrap(true);
  m_state->setMinimumHeight(QFontMetrics(theme.font(TextRole::Small)).height() * 2);
  m_state->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  layout->addWidget(m_state);
  layout->addStretch(1);
  auto* buttons = new QHBoxLayout;
  buttons->addStretch(1);
  m_close = new Button;
  m_close->setAutoDefault(false);
  m_export = new Button(tr("Export"), ButtonRole::Primary);
  m_export->setDefault(true);
  buttons->addWidget(m_close);
  buttons->addWidget(m_export);
  layout->addLayout(buttons);
  connect(m_close, &Button::clicked, this, [this] {
    if (m_exporter.isRunning())
      m_exporter.cancel();
    else
      reject();
  });
  connect(m_export, &Button::clicked, this, [this] {
    Q_EMIT kindsChosen(this->kinds());
    m_exporter.start(order());
    refresh();
  });
  connect(m_which, &ui::SegmentedControl::currentChanged, this, &ExportDialog::refresh);
  connect(&m_exporter, &CaseExport::progressed, this, &ExportDialog::refresh);
  connect(&m_exporter, &CaseExport::finished, this, &ExportDialog::refreshEnd);
  m_which->setCurrent(m_choice.current.isEmpty() ? u"all"_s : u"one"_s);
  refresh();
}

void ExportDialog::setKinds(const ExportKinds& kinds) {
  m_overlay->setChecked(kinds.overlay);
  m_mask->setChecked(kinds.mask);
  m_indexed->setChecked(kinds.indexed);
  m_probability->setChecked(kinds.probability);
  m_runs->setChecked(kinds.runs);
}

ExportKinds ExportDialog::kinds() const {
  return {m_overlay->isChecked(), m_mask->isChecked(), m_indexed->isChecked(), m_probability->isChecked(), m_runs->isChecked()};
}

ExportOrder ExportDialog::order() const {
  ExportOrder order = m_choice.order;
  order.folder = m_folder->text().trimmed();
  order.cases = m_which->current() == "all"_L1 ? m_choice.listed : QStringList{m_choice.current};
  order.kinds = kinds();
  order.mayReplace = m_existing->current() == "replace"_L1;
  // What only overlays need is not computed without them.
  if (!order.kinds.overlay) {
    order.before.reset();
    order.panes.clear();
  }
  return order;
}

void ExportDialog::refresh() {
  const bool isRunning = m_exporter.isRunning();
  for (QWidget* field :
       std::initializer_list<QWidget*>{m_which, m_existing, m_overlay, m_mask, m_indexed, m_probability, m_runs, m_folder, m_browse})
    field->setEnabled(!isRunning);
  m_close->setText(isRunning ? tr("Cancel") : tr("Close"));
  m_export->setDisabledReason(m_exporter.whyNot(order()));
  m_bar->setVisible(isRunning);
  if (!isRunning) {
    const QString why = m_exporter.whyNot(order());
    m_state->setToken(Token::Text2);
    m_state->setText(why);
    return;
  }
  m_bar->setRange(0, m_exporter.total());
  m_bar->setValue(m_exporter.done());
  m_state->setText(tr("Picture %1 of %2").arg(std::min(m_exporter.done() + 1, m_exporter.total())).arg(m_exporter.total()));
}

QString ExportDialog::endText() const {
  const CaseExport::Result& result = m_exporter.result();
  QStringList parts;
  if (m_exporter.wasCancelled()) parts << tr("Cancelled.");
  parts << tr("%n file(s) written.", nullptr, result.written);
  if (result.kept > 0) parts << tr("%n file(s) that were there were kept.", nullptr, result.kept);
  if (!result.notRead.isEmpty())
    parts << tr("%n picture(s) could not be read: %1", nullptr, int(result.notRead.size())).arg(result.notRead.first());
  if (const auto& failure = m_exporter.failure()) {
    const FailureText text = FailureTexts::of(*failure);
    parts << tr("The export stopped.") << text.why << text.remedy;
  }
  return parts.join(u' ');
}

void ExportDialog::refreshEnd() {
  refresh();
  m_state->setToken(m_exporter.failure() ? Token::Bad : Token::Text2);
  m_state->setText(endText());
  m_state->setToolTip(m_exporter.failure() ? tr("Details: %1").arg(m_exporter.failure()->details) : QString());
}

// Closing the dialog ends the export.
void ExportDialog::reject() {
  m_exporter.cancel();
  QDialog::reject();
}

}  // namespace gps::app
