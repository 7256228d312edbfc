#include "app/pages/train/formpanel.h"

#include <QClipboard>
#include <QComboBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include "app/pages/page.h"
#include "app/pages/train/trainform.h"
#include "app/pages/whenshown.h"
#include "core/tuning/presets.h"
#include "widgets/button.h"
#include "widgets/configtext.h"
#include "widgets/label.h"
#include "widgets/propertyform.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Label;
using ui::Theme;

namespace {
constexpr double kTextUnits = 56;  // height of the text
}

FormPanel::FormPanel(Session& session, TrainDraft& draft, QWidget* parent) : ui::Card({}, parent), m_session(session), m_draft(draft) {
  m_faces = new ui::SegmentedControl;
  for (const char* id : {"form", "text", "command"}) m_faces->addOption(QString::fromLatin1(id), {});
  addBody(m_faces);
  m_presets = new QComboBox;
  m_presets->setObjectName(u"preset"_s);
  m_presets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_presetNote = new Label({}, ui::TextRole::Small, ui::Token::Text2);
  m_presetNote->setWordWrap(true);
  addBody(m_presets);
  addBody(m_presetNote);
  m_fields = new QWidget;
  auto* fields = new QVBoxLayout(m_fields);
  fields->setContentsMargins({});
  m_more = new ui::Button({}, ui::ButtonRole::Ghost);
  m_more->setProperty("gpsTight", true);
  fields->addWidget(m_more, 0, Qt::AlignLeft);
  addBody(m_fields);
  m_text = new ui::ConfigText;
  addBody(m_text, 1);
  m_commandFace = new QWidget;
  auto* command = new QVBoxLayout(m_commandFace);
  command->setContentsMargins({});
  m_command = new QPlainTextEdit;
  m_command->setReadOnly(true);
  m_command->setTabChangesFocus(true);
  m_command->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  m_copy = new ui::Button({}, ui::ButtonRole::Secondary, u"copy"_s);
  command->addWidget(m_command, 1);
  command->addWidget(m_copy, 0, Qt::AlignLeft);
  addBody(m_commandFace, 1);

  connect(m_faces, &ui::SegmentedControl::currentChanged, this, &FormPanel::showFace);
  connect(m_presets, &QComboBox::activated, this, &FormPanel::choosePreset);
  connect(m_more, &ui::Button::clicked, this, [this] {
    m_showsAll = !m_showsAll;
    refreshForm();
  });
  connect(m_text, &ui::ConfigText::textEdited, this, &FormPanel::textEdited);
  connect(m_copy, &ui::Button::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_command->toPlainText()); });
  // The draft follows every K of the slider on another page.
  connect(&draft, &TrainDraft::changed, new WhenShown(this, [this] { refresh(); }), &WhenShown::ask);
  connect(&session, &Session::jobStateChanged, this, &FormPanel::refreshForm);
  const auto restyle = [this] {
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(std::max(1, QFontInfo(Theme::instance().font(ui::TextRole::Small)).pixelSize()));
    m_command->setFont(fixed);
    m_text->setMinimumHeight(Theme::instance().px(kTextUnits));
    m_commandFace->setMinimumHeight(Theme::instance().px(kTextUnits / 2));
  };
  connect(&Theme::instance(), &Theme::changed, this, restyle);
  restyle();
  showFace(u"form"_s);
}

void FormPanel::retranslate() {
  setTitle(tr("Settings"));
  m_faces->setOptionText(u"form"_s, tr("Form"));
  m_faces->setOptionText(u"text"_s, tr("Text"));
  m_faces->setOptionText(u"command"_s, tr("Command"));
  m_copy->setText(tr("Copy"));
  m_text->editor()->setAccessibleName(tr("Settings as run.toml"));
  m_command->setAccessibleName(tr("The same as a command"));
  m_presets->setAccessibleName(tr("Preset"));
  m_task = m_session.task();
  fillPresets();
  buildForm();
  refresh();
}

void FormPanel::showFace(const QString& id) {
  m_faces->setCurrent(id);
  m_fields->setVisible(id == "form"_L1);
  m_text->setVisible(id == "text"_L1);
  m_commandFace->setVisible(id == "command"_L1);
  for (QWidget* widget : {static_cast<QWidget*>(m_presets), static_cast<QWidget*>(m_presetNote)}) widget->setVisible(id == "form"_L1);
  refresh();
}

QString FormPanel::face() const { return m_faces->current(); }

void FormPanel::fillPresets() {
  m_presets->clear();
  m_presets->addItem(tr("No preset"), QString());
  QString group;
  auto* model = qobject_cast<QStandardItemModel*>(m_presets->model());
  for (const Preset& preset : gps::presets()) {
    if (preset.task != m_task) continue;
    if (const QString own = QString::fromStdString(preset.group); own != group) {
      group = own;
      m_presets->addItem(own == "Segmentation"_L1 ? tr("Segmentation") : own);
      model->item(m_presets->count() - 1)->setFlags(Qt::NoItemFlags);
    }
    const QString title = QString::fromStdString(preset.title);
    m_presets->addItem(preset.classes > 0 ? tr("%1, %n class(es)", nullptr, preset.classes).arg(title) : title,
                       QString::fromStdString(preset.id));
  }
  refreshPreset();
}

void FormPanel::choosePreset(int index) { m_draft.choosePreset(m_presets->itemData(index).toString()); }

void FormPanel::refreshPreset() {
  const QString id = m_draft.preset();
  m_presets->setCurrentIndex(std::max(0, m_presets->findData(id.isEmpty() ? QVariant(QString()) : QVariant(id))));
  m_presets->setEnabled(!m_session.isTraining());
  m_presetNote->setText(m_draft.presetNote());
}

void FormPanel::buildForm() {
  delete m_form;
  m_form = makeTrainForm(m_task);
  static_cast<QVBoxLayout*>(m_fields->layout())->insertWidget(0, m_form);
  connect(m_form, &ui::PropertyForm::valueChanged, this, [this](const QString& key) {
    m_isReading = true;
    m_draft.setSpec(readTrainForm(*m_form, m_draft.spec()));
    m_isReading = false;
    m_form->setSource(key, m_draft.sourceText(key));
    refreshForm();
  });
  connect(m_form, &ui::PropertyForm::browseRequested, this, [this](const QString& key) {
    chooseFile(this, tr("Choose a selection"), tr("Selections (*.safetensors)"), [this, key](const QString& path) {
      TrainSpec spec = m_draft.spec();
      spec.selectionPath = path.toStdString();
      m_draft.setSpec(spec);
    });
  });
}

void FormPanel::refresh() {
  if (!m_form) return;
  if (m_session.task() != m_task) {
    m_task = m_session.task();
    fillPresets();
    buildForm();
  }
  if (!m_isReading) fillTrainForm(*m_form, m_draft.spec(), [this](const QString& key) { return m_draft.sourceText(key); });
  refreshForm();
  refreshPreset();
  refreshText();
  if (face() == "command"_L1) m_command->setPlainText(m_draft.commandLine());
}

void FormPanel::refreshForm() {
  if (!m_form) return;
  const bool isTraining = m_session.isTraining();
  int hidden = 0;
  for (const QString& key : m_form->keys()) {
    const QString why = m_draft.whyNot(key);
    m_form->setFieldEnabled(key, why.isEmpty(), why);
    const bool isRare = rareTrainFields().contains(key) && m_draft.source(key) == TrainDraft::Source::Default;
    m_form->setFieldVisible(key, m_showsAll || !isRare);
    hidden += isRare;
  }
  m_more->setText(m_showsAll ? tr("Show fewer settings") : tr("Show %n more setting(s)", nullptr, hidden));
  m_more->setVisible(hidden > 0);
  // A snapshot trains; the form is for the next run.
  m_text->setNote(isTraining ? tr("The run works on a copy; this is for the next one.")
                             : tr("Taken over while you type, as soon as it is right."));
}

void FormPanel::refreshText() {
  if (face() != "text"_L1 || m_isReading) return;
  // A text that is wrong waits for its writer; one that says the same in other words stays as it was written.
  if (m_text->text().isEmpty() || (m_text->problem().isEmpty() && !m_text->editor()->hasFocus())) m_text->setText(m_draft.toml());
  const auto problem = m_draft.check(m_text->text());
  m_text->setProblem(problem ? problem->line : 0, problem ? problem->text : QString());
}

void FormPanel::textEdited() {
  m_isReading = true;
  const auto problem = m_draft.apply(m_text->text());
  m_isReading = false;
  m_text->setProblem(problem ? problem->line : 0, problem ? problem->text : QString());
  if (problem) return;
  fillTrainForm(*m_form, m_draft.spec(), [this](const QString& key) { return m_draft.sourceText(key); });
  refreshForm();
  refreshPreset();
}

}  // namespace gps::app
