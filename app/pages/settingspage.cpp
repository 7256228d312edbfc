#include "app/pages/settingspage.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QFontDatabase>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "app/actions.h"
#include "app/pages/columns.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/label.h"
#include "widgets/pageheader.h"
#include "widgets/segmentedcontrol.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Card;
using ui::Label;
using ui::SegmentedControl;
using ui::TextRole;
using ui::Token;

namespace {
constexpr int kScales[] = {100, 125, 150, 175, 200};
}  // namespace

SettingsPage::SettingsPage(Session& session, Actions& actions, QWidget* parent) : Page(u"settings"_s, session, parent), m_actions(actions) {
  auto* columns = new Columns;
  const auto caption = [] { return new Label({}, TextRole::Small, Token::Text2); };
  m_look = new Card;
  m_theme = new SegmentedControl;
  for (const auto& id : {u"system"_s, u"light"_s, u"dark"_s}) m_theme->addOption(id, {});
  m_contrast = new SegmentedControl;
  for (const auto& id : {u"contrast"_s, u"contrast-light"_s}) m_contrast->addOption(id, {});
  m_language = new SegmentedControl;
  m_language->addOption(u"system"_s, {});
  m_language->addOption(u"en"_s, u"English"_s);
  m_language->addOption(u"zh_CN"_s, u"简体中文"_s);
  m_scale = new SegmentedControl;
  for (const int percent : kScales) m_scale->addOption(QString::number(percent), QString::number(percent));
  m_motion = new QCheckBox;
  m_font = new Label({}, TextRole::Small, Token::Text2);
  m_font->setWordWrap(true);
  const std::pair<Label**, QWidget*> rows[] = {
      {&m_themeLabel, m_theme}, {&m_contrastLabel, m_contrast}, {&m_languageLabel, m_language}, {&m_scaleLabel, m_scale}};
  for (const auto& [label, control] : rows) {
    *label = caption();
    m_look->addBody(*label);
    m_look->addBody(control);
  }
  m_look->addBody(m_motion);
  m_look->addBody(m_font);
  columns->left()->addWidget(m_look);
  m_start = new Card;
  m_opensLast = new QCheckBox;
  m_resetLayout = new Button;
  m_start->addBody(m_opensLast);
  m_start->addBody(m_resetLayout);
  columns->left()->addWidget(m_start);
  columns->left()->addStretch(1);

  m_keysCard = new Card;
  m_keyHint = caption();
  m_keyHint->setWordWrap(true);
  m_keys = new QTreeWidget;
  m_keys->setColumnCount(2);
  m_keys->setRootIsDecorated(false);
  m_keys->setUniformRowHeights(true);
  m_keys->setFrameShape(QFrame::NoFrame);
  m_keys->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  m_keys->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  m_keys->header()->setStretchLastSection(false);
  m_edit = new QKeySequenceEdit;
  m_setKeys = new Button;
  m_defaultKeys = new Button;
  m_allDefaults = new Button({}, ButtonRole::Ghost);
  m_keyNote = new Label({}, TextRole::Body);
  m_keyNote->setWordWrap(true);
  auto* editRow = new QWidget;
  auto* edits = new QHBoxLayout(editRow);
  edits->setContentsMargins(0, 0, 0, 0);
  edits->addWidget(m_edit, 1);
  edits->addWidget(m_setKeys);
  edits->addWidget(m_defaultKeys);
  m_keysCard->addHeaderWidget(m_allDefaults);
  m_keysCard->addBody(m_keyHint);
  m_keysCard->addBody(m_keys, 1);
  m_keysCard->addBody(editRow);
  m_keysCard->addBody(m_keyNote);
  columns->middle()->addWidget(m_keysCard, 1);

  m_about = new Card;
  m_use = new Label({}, TextRole::Strong);
  m_local = new Label({}, TextRole::Body);
  m_versions = new Label({}, TextRole::Small, Token::Text2);
  for (Label* label : {m_use, m_local, m_versions}) {
    label->setWordWrap(true);
    m_about->addBody(label);
  }
  m_versions->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_about->bodyLayout()->addStretch(1);
  columns->right()->addWidget(m_about, 1);
  setContent(columns);
  showEmpty(false);

  AppSettings& settings = session.settings();
  for (SegmentedControl* control : {m_theme, m_contrast})
    connect(control, &SegmentedControl::currentChanged, this, [&settings](const QString& id) { settings.setTheme(id); });
  connect(m_language, &SegmentedControl::currentChanged, this, &SettingsPage::languageRequested);
  connect(m_scale, &SegmentedControl::currentChanged, this, [&settings](const QString& id) { settings.setTextScale(id.toInt() / 100.0); });
  connect(m_motion, &QCheckBox::toggled, this, [&settings](bool on) { settings.setReducedMotion(on); });
  connect(m_opensLast, &QCheckBox::toggled, this, [&settings](bool on) { settings.setOpensLastProject(on); });
  connect(m_resetLayout, &Button::clicked, this, &SettingsPage::layoutResetRequested);
  for (auto signal : {&AppSettings::themeChanged, &AppSettings::languageChanged})
    connect(&settings, signal, this, &SettingsPage::refreshLook);
  connect(&settings, &AppSettings::textScaleChanged, this, &SettingsPage::refreshLook);
  connect(m_keys, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
    m_edit->setKeySequence(item ? m_actions.keys(item->data(0, Qt::UserRole).toString()).value(0) : QKeySequence());
    m_keyNote->setText({});
  });
  connect(m_setKeys, &Button::clicked, this, &SettingsPage::takeKeys);
  connect(m_defaultKeys, &Button::clicked, this, [this] {
    if (const auto* item = m_keys->currentItem()) m_actions.resetKeys(item->data(0, Qt::UserRole).toString());
  });
  connect(m_allDefaults, &Button::clicked, &m_actions, &Actions::resetAllKeys);
  connect(&m_actions, &Actions::keysChanged, this, &SettingsPage::fillKeys);
  retranslate();
}

void SettingsPage::setParts(const QList<ProgramPart>& parts) {
  m_parts = parts;
  refreshAbout();
}

void SettingsPage::setCurrentLanguage(const QString& code) {
  Q_UNUSED(code)
  refreshLook();
}

QString SettingsPage::chineseFont() {
  static const QString found = [] {
    const QStringList preferred{u"Noto Sans CJK SC"_s, u"Source Han Sans SC"_s, u"Microsoft YaHei"_s, u"WenQuanYi Micro Hei"_s};
    for (const QString& family : preferred)
      if (QFontDatabase::hasFamily(family)) return family;
    return QFontDatabase::families(QFontDatabase::SimplifiedChinese).value(0);
  }();
  return found;
}

QString SettingsPage::fontText() const {
  const QString family = chineseFont();
  return family.isEmpty() ? tr("No font with Chinese characters is installed. Install Noto Sans CJK SC to read the program in Chinese.")
                          : tr("Chinese is drawn with %1.").arg(family);
}

void SettingsPage::retranslate() {
  header()->setTitle(tr("Settings"));
  m_look->setTitle(tr("How should it look?"));
  m_themeLabel->setText(tr("Theme"));
  m_theme->setOptionText(u"system"_s, tr("System"));
  m_theme->setOptionText(u"light"_s, tr("Light"));
  m_theme->setOptionText(u"dark"_s, tr("Dark"));
  m_theme->setAccessibleName(tr("Theme"));
  m_contrastLabel->setText(tr("High contrast"));
  m_contrast->setOptionText(u"contrast"_s, tr("On black"));
  m_contrast->setOptionText(u"contrast-light"_s, tr("On white"));
  m_contrast->setAccessibleName(tr("High contrast"));
  m_languageLabel->setText(tr("Language"));
  m_language->setOptionText(u"system"_s, tr("System"));
  m_language->setAccessibleName(tr("Language"));
  m_scaleLabel->setText(tr("Size of text and controls, %"));
  m_scale->setAccessibleName(tr("Size of text and controls, %"));
  m_motion->setText(tr("Reduce motion"));
  m_motion->setToolTip(tr("Nothing slides or plays by itself."));
  m_start->setTitle(tr("What happens at the start?"));
  m_opensLast->setText(tr("Open the last project again"));
  m_resetLayout->setText(tr("Reset window layout"));
  m_keysCard->setTitle(tr("Keys"));
  m_keyHint->setText(tr("Choose a command, press the new keys, then Set. Keys inside plots and pictures are listed by ? on each screen."));
  m_keys->setHeaderLabels({tr("Command"), tr("Keys")});
  m_keys->setAccessibleName(tr("Keys"));
  m_edit->setAccessibleName(tr("New keys"));
  if (auto* field = m_edit->findChild<QLineEdit*>()) field->setPlaceholderText(tr("Press the new keys"));
  m_setKeys->setText(tr("Set"));
  m_defaultKeys->setText(tr("Default"));
  m_allDefaults->setText(tr("All defaults"));
  m_about->setTitle(tr("About"));
  refreshLook();
  refreshAbout();
  fillKeys();
}

void SettingsPage::refreshLook() {
  const AppSettings& settings = session().settings();
  const bool isContrast = settings.theme().startsWith("contrast"_L1);
  m_theme->setCurrent(isContrast ? QString() : settings.theme());
  m_contrast->setCurrent(isContrast ? settings.theme() : QString());
  m_language->setCurrent(settings.language());
  m_scale->setCurrent(QString::number(qRound(settings.textScale() * 100)));
  m_motion->setChecked(settings.reducedMotion());
  m_opensLast->setChecked(settings.opensLastProject());
  m_font->setText(fontText());
}

void SettingsPage::refreshAbout() {
  m_use->setText(tr("For research only, not for diagnosis."));
  m_local->setText(
      tr("Pictures never leave this computer: the program makes no network connection, sends no statistics and needs no account."));
  QStringList lines{tr("GPS workbench %1, GPL 3.0 or later").arg(QCoreApplication::applicationVersion())};
  for (const ProgramPart& part : m_parts)
    lines << (part.version.isEmpty() ? part.name : QString(part.name + u' ' + part.version)) + u", "_s + part.licence;
  m_versions->setText(lines.join(u'\n'));
}

void SettingsPage::fillKeys() {
  const QString chosen = m_keys->currentItem() ? m_keys->currentItem()->data(0, Qt::UserRole).toString() : QString();
  m_keys->clear();
  for (const QString& id : m_actions.ids()) {
    if (!m_actions.isListed(id) && m_actions.keys(id).isEmpty()) continue;
    const ActionInfo* info = m_actions.info(id);
    auto* item = new QTreeWidgetItem(m_keys, {actionCategory(info->category) + u": "_s + info->name(), m_actions.keysText(id)});
    item->setData(0, Qt::UserRole, id);
    if (!m_actions.isDefault(id)) {
      QFont font = m_keys->font();
      font.setWeight(QFont::DemiBold);
      item->setFont(1, font);
      item->setToolTip(1, tr("Changed by you"));
    }
    if (id == chosen) m_keys->setCurrentItem(item);
  }
  QStringList conflicts;
  for (const auto& [without, owner] : m_actions.conflicts())
    conflicts << tr("“%1” goes without keys: “%2” has them.").arg(m_actions.info(without)->name(), m_actions.info(owner)->name());
  m_keyNote->setText(conflicts.join(u'\n'));
  m_keyNote->setToken(Token::Warn);
}

void SettingsPage::takeKeys() {
  const auto* item = m_keys->currentItem();
  if (!item) return;
  const QString id = item->data(0, Qt::UserRole).toString();
  const QString owner = m_actions.setKeys(id, m_edit->keySequence());
  if (owner.isEmpty()) return;
  m_keyNote->setToken(Token::Bad);
  m_keyNote->setText(tr("%1 is taken by “%2”. Choose other keys, or change that command first.")
                         .arg(m_edit->keySequence().toString(QKeySequence::NativeText), m_actions.info(owner)->name()));
}

QString actionCategory(const QString& category) {
  if (category == "file"_L1) return QCoreApplication::translate("actions", "Project");
  if (category == "edit"_L1) return QCoreApplication::translate("actions", "Edit");
  if (category == "view"_L1) return QCoreApplication::translate("actions", "View");
  if (category == "go"_L1) return QCoreApplication::translate("actions", "Go to");
  if (category == "cases"_L1) return QCoreApplication::translate("actions", "Cases");
  if (category == "run"_L1) return QCoreApplication::translate("actions", "Run");
  return category;
}

}  // namespace gps::app
