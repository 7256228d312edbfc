#include "app/pages/cases/numberspage.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QMenu>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>
#include <cmath>
#include <limits>
#include <memory>

#include "app/pages/casemetrics.h"
#include "app/pages/cases/figurewords.h"
#include "app/pages/cases/outlinebar.h"
#include "app/pages/cases/savebytes.h"
#include "app/pages/columns.h"
#include "app/pages/epochchoice.h"
#include "app/pages/leakbadge.h"
#include "app/pages/plotmenu.h"
#include "app/project/leaks.h"
#include "core/evaluation/figures/scoretables.h"
#include "widgets/audittable.h"
#include "widgets/badge.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/casetable.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/keyvaluelist.h"
#include "widgets/label.h"
#include "widgets/labelledslider.h"
#include "widgets/pageheader.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Card;
using ui::Label;
using ui::TextRole;
using ui::Token;

namespace {
constexpr int kPairDigits = 3;
constexpr Averaging kAveragings[] = {Averaging::PerImage, Averaging::Pooled, Averaging::UpstreamScript};

// Without the outlines of another threshold than theirs: what goes into a file or a row has one.
std::vector<CaseScore> scoredOnly(std::vector<CaseScore> cases, bool hasOutlines) {
  if (!hasOutlines)
    for (CaseScore& c : cases) c.boundary.reset(), c.allOn.reset();
  return cases;
}

ScoreAudit scoredOnly(ScoreAudit audit, bool hasOutlines) {
  if (hasOutlines) return audit;
  audit.hasBoundaries = false;
  for (PredictorFigures* predictor : {&audit.model, &audit.allOn, &audit.allOff})
    for (FigureRow& row : predictor->rows)
      for (Figure& figure : row.figures)
        if (figure.metric == Metric::BoundaryF || figure.metric == Metric::Hd95)
          figure.value = std::numeric_limits<double>::quiet_NaN(), figure.interval.reset(), figure.defined = 0;
  return audit;
}
}  // namespace

NumbersPage::NumbersPage(Session& session, ScoreAudits& audits, const Leaks& leaks, QWidget* parent)
    : Page(u"numbers"_s, session, parent), m_audits(audits), m_leaks(leaks), m_settings(session.settings()) {
  connect(header(), &ui::PageHeader::parentRequested, this, [this] { Q_EMIT pageRequested(u"cases"_s); });
  m_export = header()->addAction({}, ButtonRole::Secondary, u"export"_s);
  m_score = header()->addAction({}, ButtonRole::Primary);
  connect(m_export, &Button::clicked, this, &NumbersPage::showExportMenu);
  connect(m_score, &Button::clicked, this, [this] {
    const auto* scores = this->session().scores(m_epochs->epoch());
    if (scores && scores->summary && !m_audits.isKnownAt(m_epochs->epoch(), m_settings.style().threshold))
      this->session().scoreAgain();
    else
      this->session().scoreCases();
  });
  emptyState()->setIconName(u"cases"_s);
  connect(emptyState(), &ui::EmptyState::primaryRequested, this,
          [this] { Q_EMIT pageRequested(this->session().data() ? u"model"_s : u"data"_s); });
  auto* columns = new Columns;
  columns->setLeftShown(false);
  buildMiddle(columns);
  buildRight(columns);
  setContent(columns);
  for (auto signal :
       {&Session::dataChanged, &Session::modelChanged, &Session::runChanged, &Session::scoresChanged, &Session::jobStateChanged})
    connect(&session, signal, this, [this] {
      if (isVisible()) refresh();
    });
  connect(&leaks, &Leaks::changed, this, [this] {
    if (isVisible()) refreshLeaks();
  });
  connect(&m_audits, &ScoreAudits::ready, this, &NumbersPage::refreshAudit);
  connect(&m_audits, &ScoreAudits::curvesGrew, this, [this] {
    if (isVisible()) refresh();
  });
  connect(&session.settings(), &AppSettings::overlayStyleChanged, this, [this] {
    if (isVisible()) refresh();
  });
  retranslate();
}

void NumbersPage::buildMiddle(Columns* columns) {
  m_auditCard = new Card;
  m_verdict = new ui::Badge;
  m_auditCard->addHeaderWidget(m_verdict);
  m_table = new ui::AuditTable;
  m_waiting = new Label({}, TextRole::Body, Token::Text2);
  m_waiting->setAlignment(Qt::AlignCenter);
  m_waiting->setWordWrap(true);
  m_method = new Label({}, TextRole::Caption, Token::Text2);
  m_method->setWordWrap(true);
  m_unknown = new Label({}, TextRole::Small, Token::Warn);
  m_unknown->setWordWrap(true);
  m_auditCard->addBody(m_unknown);
  m_outlines = new OutlineBar;
  m_auditCard->addBody(m_outlines);
  m_auditCard->addBody(m_waiting, 1);
  m_unscored = new ui::EmptyState;
  m_unscored->setIconName(u"runs"_s);
  connect(m_unscored, &ui::EmptyState::linkRequested, m_score, &Button::click);
  m_auditCard->addBody(m_unscored, 1);
  m_auditCard->addBody(m_table, 1);
  m_auditCard->addBody(m_method);
  addTableMenu(m_auditCard, m_table->view());
  columns->middle()->addWidget(m_auditCard, 9);

  m_imagesCard = new Card;
  m_columns = new Button({}, ButtonRole::Ghost);
  m_imagesCard->addHeaderWidget(m_columns);
  m_images = new ui::CaseTable;
  m_images->setDetailed(true);
  m_images->setShownColumns(session().settings().caseColumns());
  m_imagesCard->addBody(m_images, 1);
  addTableMenu(m_imagesCard, m_images->view());
  columns->middle()->addWidget(m_imagesCard, 5);
  connect(m_columns, &Button::clicked, this, [this] { m_images->showColumnMenu(m_columns->mapToGlobal(QPoint(0, m_columns->height()))); });
  connect(m_images, &ui::CaseTable::shownColumnsChanged, this, [this] { session().settings().setCaseColumns(m_images->shownColumns()); });
  connect(m_images, &ui::CaseTable::openRequested, this, &NumbersPage::caseRequested);
  connect(m_images, &ui::CaseTable::filterChanged, this, [this](int visible, int total) {
    m_imagesCard->setNote(visible == total ? tr("%n image(s)", nullptr, total) : tr("%1 of %2").arg(visible).arg(total));
  });
}

void NumbersPage::buildRight(Columns* columns) {
  m_sourceCard = new Card;
  m_leak = new ui::Badge;
  m_sourceCard->addHeaderWidget(m_leak);
  m_epochs = new EpochChoice(session(), EpochChoice::Kind::WithUntuned);
  m_facts = new ui::KeyValueList;
  m_facts->setStrong(false);
  m_threshold = new ui::LabelledSlider({});
  m_threshold->setRange(0.01, 0.99, 0.01);
  m_threshold->setDecimals(2);
  m_threshold->setDefault(OverlayStyle().threshold);
  connect(m_threshold, &ui::LabelledSlider::valueChanged, this, [this](double value) { m_settings.setThreshold(value); });
  m_sourceCard->addBody(m_epochs);
  m_sourceCard->addBody(m_threshold);
  m_sourceCard->addBody(m_facts);
  columns->right()->addWidget(m_sourceCard);
  connect(m_epochs, &EpochChoice::changed, this, &NumbersPage::refresh);

  m_pairCard = new Card;
  m_pairHint = new Label({}, TextRole::Small, Token::Text2);
  m_pairHint->setWordWrap(true);
  m_pairText = new Label;
  m_pairText->setWordWrap(true);
  m_diceLabel = new Label;
  m_iouLabel = new Label;
  auto* fields = new QWidget;
  auto* grid = new QGridLayout(fields);
  grid->setContentsMargins(0, 0, 0, 0);
  const auto field = [&](int row, Label* label, double value) {
    auto* box = new QDoubleSpinBox;
    box->setRange(0, 1);
    box->setDecimals(kPairDigits);
    box->setSingleStep(0.01);
    box->setValue(value);
    box->setFocusPolicy(Qt::StrongFocus);
    box->setLocale(QLocale::c());
    label->setBuddy(box);
    grid->addWidget(label, row, 0);
    grid->addWidget(box, row, 1);
    connect(box, &QDoubleSpinBox::valueChanged, this, &NumbersPage::refreshPair);
    return box;
  };
  m_pairDice = field(0, m_diceLabel, 0.8);
  m_pairIou = field(1, m_iouLabel, 0.7);
  for (QWidget* w : std::initializer_list<QWidget*>{m_pairHint, fields, m_pairText}) m_pairCard->addBody(w);
  columns->right()->addWidget(m_pairCard);

  m_wordsCard = new Card;
  m_words = new Label({}, TextRole::Small, Token::Text2);
  m_words->setWordWrap(true);
  m_words->setTextFormat(Qt::RichText);
  m_words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  auto* scroll = new QScrollArea;
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(m_words);
  scroll->viewport()->setAutoFillBackground(false);
  m_words->setAutoFillBackground(false);
  scroll->setMinimumHeight(ui::Theme::instance().px(16));
  m_wordsCard->addBody(scroll, 1);
  columns->right()->addWidget(m_wordsCard, 1);
}

void NumbersPage::retranslate() {
  header()->setParentPage(tr("Cases"));
  header()->setTitle(tr("Numbers"));
  m_export->setText(tr("Export…"));
  m_score->setText(tr("Score all"));
  m_auditCard->setTitle(tr("How good is it, and by which definition?"));
  m_imagesCard->setTitle(tr("Every image"));
  m_columns->setText(tr("Columns"));
  m_sourceCard->setTitle(tr("Which predictions?"));
  m_pairCard->setTitle(tr("Can a published pair be true?"));
  const QString formula = u"D / (2 − D)"_s, unbroken = QString(formula).replace(u' ', QChar::Nbsp);
  m_pairHint->setText(tr("For one averaging rule IoU is at least D / (2 − D), D the Dice, and never above it.").replace(formula, unbroken));
  m_diceLabel->setText(tr("Mean Dice"));
  m_iouLabel->setText(tr("Mean IoU"));
  m_wordsCard->setTitle(tr("What do the figures mean?"));
  m_threshold->setLabel(tr("Threshold"));
  m_threshold->setToolTip(tr("The same as on Cases, for pictures and numbers; 0.50 by default."));
  QString words;
  for (const auto& info : allMetrics())
    if (info.metric != Metric::AreaPixels)
      words +=
          u"<p style='margin:0 0 8px 0'><b>%1</b><br>%2</p>"_s.arg(metricName(info.metric), metricFormula(info.metric).toHtmlEscaped());
  for (const auto averaging : kAveragings)
    words +=
        u"<p style='margin:0 0 8px 0'><b>%1</b><br>%2</p>"_s.arg(averagingName(averaging), averagingDefinition(averaging).toHtmlEscaped());
  m_words->setText(words);
  refresh();
}

void NumbersPage::showEvent(QShowEvent* event) {
  Page::showEvent(event);
  refresh();
}

double NumbersPage::shownAt() const {
  const double wished = m_settings.style().threshold;
  return m_audits.isKnownAt(m_epochs->epoch(), wished) ? wished : ScoreAudits::kScoredAt;
}

bool NumbersPage::isSettled() const {
  const auto* scores = session().scores(m_epochs->epoch());
  return !scores || !scores->summary || m_table->model()->rowCount() > 0;
}

void NumbersPage::refresh() {
  const Session& s = session();
  showEmpty(!s.data() || !s.model());
  emptyState()->setSentence(!s.data() ? tr("Numbers need pictures. Open a folder of pictures first.")
                                      : tr("Numbers need a model. Choose one first."));
  emptyState()->setPrimary(!s.data() ? tr("Go to Data") : tr("Go to Model"), !s.data() ? u"data"_s : u"model"_s);
  m_epochs->refresh();
  m_threshold->setValue(m_settings.style().threshold);
  const bool isScoring = s.isBusy() && s.job().kind == JobKind::Score;
  m_score->setDisabledReason(isScoring ? tr("Scoring is under way.") : s.whyNoScores());
  refreshLeaks();
  refreshAudit();
  refreshImages();
  refreshPair();
}

void NumbersPage::refreshLeaks() {
  const QString run = m_epochs->epoch() > 0 ? session().run().folder : QString();
  showLeaks(*m_leak, run.isEmpty() ? m_leaks.ofBase() : m_leaks.ofRun(run));
}

void NumbersPage::refreshAudit() {
  const int epoch = m_epochs->epoch();
  const double wished = m_settings.style().threshold, at = shownAt();
  const auto audit = m_audits.audit(epoch, at);
  const auto* scores = session().scores(epoch);
  const bool hasAudit = audit != nullptr, isElsewhere = scores && scores->summary && std::abs(at - wished) > 0.004;
  m_unknown->setText(tr("These are the numbers at threshold %1. At %2 they are known once the pictures are scored anew: Score all.")
                         .arg(at, 0, 'f', 2)
                         .arg(wished, 0, 'f', 2));
  m_unknown->setVisible(isElsewhere);
  const MapSource source{epoch > 0 ? session().run().folder : QString(), epoch};
  m_outlines->ask(source, at, scores && scores->summary && !isElsewhere && !m_audits.hasOutlinesAt(epoch, at));
  // While other numbers are worked out those that are there stay, under the threshold that they are of.
  if (!hasAudit && scores && scores->summary && m_shown.epoch == epoch && m_table->model()->rowCount() > 0) {
    m_auditCard->setStale(true);
    return;
  }
  m_auditCard->setStale(false);
  m_shown = {epoch, at};
  m_auditCard->setSubtitle(hasAudit ? tr("At threshold %1").arg(at, 0, 'f', 2) : QString());
  const bool isScoredThere = m_audits.hasOutlinesAt(epoch, at);
  m_method->setText(tr("In small: 95 % intervals, BCa bootstrap over images (Efron 1987), %1 resamples with a fixed seed. Foreground: "
                       "probability > %2, at the size of the source image.")
                        .arg(BootstrapOptions{}.resamples)
                        .arg(at, 0, 'g', 3));
  const bool isUnscored = !hasAudit && !scores, canScore = m_score->isEnabled();
  m_waiting->setText(scores && scores->summary ? tr("Working out the intervals…") : tr("Being scored…"));
  m_waiting->setVisible(!hasAudit && !isUnscored);
  m_unscored->setSentence(canScore ? tr("These predictions have not been scored yet.") : m_score->toolTip());
  m_unscored->setLink(canScore ? m_score->text() : QString());
  m_unscored->setVisible(isUnscored);
  m_table->setVisible(hasAudit);
  m_method->setVisible(hasAudit);
  m_verdict->setVisible(hasAudit);
  m_export->setDisabledReason(hasAudit ? QString() : tr("There is nothing to export before the predictions are scored."));
  if (!audit) {
    m_table->setContent({}, {}, {});
    m_facts->setRows({});
    return;
  }
  QStringList titles, toolTips;
  for (const auto averaging : kAveragings) titles << averagingName(averaging), toolTips << averagingDefinition(averaging);
  const std::pair<QString, const PredictorFigures*> predictors[] = {
      {QString(), &audit->model}, {tr("Everything marked"), &audit->allOn}, {tr("Nothing marked"), &audit->allOff}};
  QList<ui::AuditRow> rows;
  for (const auto& info : allMetrics()) {
    if (info.metric == Metric::AreaPixels) continue;
    const QString formula = metricFormula(info.metric);
    // Outlines are compared where the pictures are scored, and elsewhere when somebody asks for them.
    const bool isOfOutline = info.metric == Metric::BoundaryF || info.metric == Metric::Hd95;
    const QString title = isOfOutline && !isScoredThere
                              ? tr("%1 · at threshold %2").arg(metricName(info.metric)).arg(ScoreAudits::kScoredAt, 0, 'f', 2)
                              : metricName(info.metric);
    for (const auto& [name, figures] : predictors) {
      ui::AuditRow row{name.isEmpty() ? title : name, name.isEmpty(), formula, {}};
      for (const auto averaging : kAveragings) {
        const Figure* figure = figures->row(averaging).figure(info.metric);
        if (!figure) {
          row.cells << ui::AuditCell{{}, {}, tr("This definition does not have this figure.")};
          continue;
        }
        ui::AuditCell cell{figureText(info.metric, figure->value), {}, formula};
        // Of trivial predictors only the values: they are there to compare.
        if (figure->interval && std::isfinite(figure->value) && name.isEmpty())
          cell.interval = intervalText(info.metric, *figure->interval);
        if (std::isfinite(figure->value))
          cell.toolTip = tr("%1\n%2 over %n image(s)", nullptr, figure->defined).arg(formula, QString::number(figure->value, 'g', 9));
        row.cells << cell;
      }
      rows << row;
    }
  }
  m_table->setContent(titles, toolTips, rows);
  m_verdict->setText(audit->impossible.empty() ? tr("Dice and IoU agree") : tr("impossible pair"));
  m_verdict->setTone(audit->impossible.empty() ? ui::Tone::Good : ui::Tone::Bad);
  m_verdict->setToolTip(audit->impossible.empty() ? tr("In every column IoU lies between D / (2 − D) and D, D the Dice, as it must.")
                                                  : QString::fromStdString(audit->impossible.front()));
  const int undefined = audit->pictures - audit->model.row(Averaging::PerImage).figure(Metric::Hd95)->defined;
  const auto fact = [](const QString& name, int count, const QString& toolTip = {}) {
    return ui::KeyValue{name, ui::groupedCount(count), {}, ui::Tone::Neutral, toolTip};
  };
  m_facts->setRows({fact(tr("Images"), audit->pictures), fact(tr("Ground truth empty"), audit->emptyTruth),
                    fact(tr("Prediction empty"), audit->emptyPrediction),
                    fact(!audit->hasBoundaries ? tr("HD95 not measured")
                         : isScoredThere       ? tr("HD95 undefined")
                                               : tr("HD95 undefined at threshold %1").arg(ScoreAudits::kScoredAt, 0, 'f', 2),
                         undefined,
                         tr("One of the two masks is empty. These images are left out of the mean HD95, so that two means over different "
                            "images do not compare."))});
}

void NumbersPage::refreshImages() {
  QList<ui::CaseRow> rows;
  const double at = shownAt();
  const int epoch = m_epochs->epoch();
  const auto* scores = session().scores(epoch);
  if (scores && scores->summary) {
    for (const CaseScore& score : scoredOnly(m_audits.cases(epoch, at), m_audits.hasOutlinesAt(epoch, at))) rows << caseRow(score);
  } else if (const auto pictures = session().data(); pictures && scores) {  // one after another
    for (const auto& item : pictures->items)
      if (const auto it = scores->measured.constFind(QString::fromStdString(item.id)); it != scores->measured.cend()) rows << caseRow(*it);
  }
  m_imagesCard->setSubtitle(rows.isEmpty() ? QString() : tr("At threshold %1").arg(at, 0, 'f', 2));
  m_images->setRows(rows);
}

void NumbersPage::refreshPair() {
  const double dice = m_pairDice->value(), iou = m_pairIou->value();
  const bool can = canStandTogether(dice, iou, kPairDigits);
  const QString least = QString::number(dice / (2 - dice), 'f', kPairDigits), most = QString::number(dice, 'f', kPairDigits);
  m_pairText->setText(
      can ? tr("✓ Possible: beside this Dice, IoU lies between %1 and %2.").arg(least, most)
          : tr("✗ Impossible: beside this Dice, IoU lies between %1 and %2. The two were not averaged alike.").arg(least, most));
  m_pairText->setToken(can ? Token::Good : Token::Bad);
}

void NumbersPage::showExportMenu() {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const int epoch = m_epochs->epoch();
  const double at = shownAt();
  const auto shown = m_audits.audit(epoch, at);
  if (!shown) return;
  const bool hasOutlines = m_audits.hasOutlinesAt(epoch, at);
  const auto audit = std::make_shared<const ScoreAudit>(scoredOnly(*shown, hasOutlines));
  const auto cases = scoredOnly(m_audits.cases(epoch, at), hasOutlines);
  const QString filter = tr("CSV table (*.csv)");
  connect(menu->addAction(tr("All figures with definitions…")), &QAction::triggered, this, [this, audit, at, filter, epoch] {
    chooseAndSave(m_auditCard, tr("Save figures"), u"figures.csv"_s, filter,
                  [audit, at, name = epoch == 0 ? std::string("untuned") : "epoch " + std::to_string(epoch)] {
                    return QByteArray::fromStdString(auditCsv(name, *audit, at));
                  });
  });
  connect(menu->addAction(tr("Every image…")), &QAction::triggered, this, [this, cases, at, filter] {
    chooseAndSave(m_imagesCard, tr("Save figures of every image"), u"images.csv"_s, filter,
                  [cases, at] { return QByteArray::fromStdString(caseTableCsv(cases, at)); });
  });
  menu->popup(m_export->mapToGlobal(QPoint(0, m_export->height())));
}

}  // namespace gps::app
