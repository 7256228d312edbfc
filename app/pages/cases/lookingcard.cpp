#include "app/pages/cases/lookingcard.h"

#include <QDir>
#include <QFileInfo>

#include "app/pages/cases/levelsliders.h"
#include "app/project/session.h"
#include "widgets/button.h"
#include "widgets/choicebox.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Label;
using ui::TextRole;
using ui::Token;

LookingCard::LookingCard(const Looking& looking, Session& session, std::initializer_list<QWidget*> more, QWidget* parent)
    : ui::Card({}, parent),
      m_looking(looking),
      m_session(session),
      m_threshold(new ui::LabelledSlider({})),
      m_opacity(new ui::LabelledSlider({})),
      m_withLabel(new Label({}, TextRole::Small, Token::Text2)),
      m_made(new Label({}, TextRole::Small, Token::Warn)),
      m_saved(new Label({}, TextRole::Small, Token::Text2)),
      m_with(new ui::ChoiceBox),
      m_again(new ui::Button),
      m_levels(new LevelSliders(session.settings())) {
  m_threshold->setRange(0.01, 0.99, 0.01);
  m_threshold->setDecimals(2);
  m_threshold->setDefault(0.5);
  m_opacity->setRange(0, 100, 1);
  m_opacity->setDecimals(0);
  m_opacity->setDefault(30);
  m_with->addOption(u"run"_s);
  m_with->addOption(u"base"_s);
  m_made->setWordWrap(true);
  m_made->hide();
  m_again->hide();
  m_saved->setWordWrap(true);
  m_saved->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_saved->hide();
  addBody(m_threshold);
  addBody(m_opacity);
  addBody(m_levels);
  for (QWidget* w : more) addBody(w);
  for (QWidget* w : std::initializer_list<QWidget*>{m_withLabel, m_with, m_made, m_again, m_saved}) addBody(w);
  connect(m_again, &ui::Button::clicked, this, &LookingCard::modelChosen);
  connect(m_threshold, &ui::LabelledSlider::valueChanged, this, [this](double value) {
    m_style.threshold = value;
    Q_EMIT styleEdited(m_style);
  });
  connect(m_opacity, &ui::LabelledSlider::valueChanged, this, [this](double value) {
    m_style.opacity = value / 100;
    Q_EMIT styleEdited(m_style);
  });
  connect(m_with, &ui::ChoiceBox::chosen, this, [this](const QString& id) {
    m_wantsRun = id == "run"_L1;
    Q_EMIT modelChosen();
  });
}

void LookingCard::retranslate() {
  setTitle(tr("Look"));
  m_threshold->setLabel(tr("Threshold"));
  m_opacity->setLabel(tr("Overlay opacity"));
  m_opacity->setUnit(tr(" %"));
  m_withLabel->setText(tr("Outlined by"));
  m_again->setText(tr("Look again"));
}

void LookingCard::setStyle(const OverlayStyle& style) {
  m_style = style;
  m_threshold->setValue(style.threshold);
  m_opacity->setValue(style.opacity * 100);
}

void LookingCard::setSavedText(const QString& text) {
  m_saved->setText(text);
  m_saved->setVisible(!text.isEmpty());
}

void LookingCard::showSaved(const QString& folder, const QString& problem, const QString& details) {
  const QString where = folder.isEmpty() ? QString() : tr("Saved in %1.").arg(QDir::toNativeSeparators(folder));
  setSavedText(problem.isEmpty() ? where : where.isEmpty() ? problem : where + u'\n' + problem);
  if (details.isEmpty())
    clearError();
  else
    showError(tr("Not everything was saved."), problem,
              tr("What is saved stays, and so does all that is here: make room or choose another folder, and save again."), details);
}

void LookingCard::refreshRun() {
  const bool hasRun = m_looking.hasRun();
  m_with->setOptionText(u"run"_s,
                        hasRun ? tr("The trained model (%1)").arg(QFileInfo(m_session.run().folder).fileName()) : tr("The trained model"));
  m_with->setOptionText(u"base"_s, tr("The model as it came"));
  m_with->setOptionEnabled(u"run"_s, hasRun, tr("Nothing has been trained in this project yet."));
  m_with->setCurrent(hasRun && m_wantsRun ? u"run"_s : u"base"_s);
  const bool isStale = m_looking.isStale();
  const QString run = m_looking.madeWithRun();
  if (isStale)
    m_made->setText(run.isEmpty() ? tr("What is shown was outlined by the model as it came, not by what is chosen now.")
                                  : tr("What is shown was outlined by the trained model %1, version %2, not by what is chosen now.")
                                        .arg(run, QString::number(m_looking.madeWithEpoch())));
  m_made->setVisible(isStale);
  m_again->setVisible(isStale);
}

}  // namespace gps::app
