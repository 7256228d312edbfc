#include "app/pages/cases/blindoutcome.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>
#include <algorithm>
#include <cmath>

#include "app/pages/plotmenu.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/difftable.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/tablepanel.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::Label;
using ui::TextRole;
using ui::Theme;
using ui::Token;

namespace {

constexpr double kLevel = 0.05;

QString pText(double p) { return p < 0.001 ? u"< 0.001"_s : QString::number(p, 'f', 3); }
QString percent(double share) { return QString::number(100 * share, 'f', 0) + u" %"_s; }

}  // namespace

BlindOutcome::BlindOutcome(BlindReadings& readings, QWidget* parent) : QWidget(parent), m_readings(readings) {
  const int gutter = Theme::instance().px(2);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(gutter, gutter, gutter, gutter);
  m_card = new ui::Card;
  m_sentence = new Label({}, TextRole::Page);
  m_votes = new Label;
  m_method = new Label({}, TextRole::Small, Token::Text2);
  for (Label* label : {m_sentence, m_votes, m_method}) label->setWordWrap(true);
  m_model = new ui::TextTableModel(this);
  m_imageModel = new ui::TextTableModel(this);
  m_view = ui::makePlainTable(m_model, {});
  m_images = ui::makePlainTable(m_imageModel, {});
  for (QTableView* view : {m_view, m_images}) view->horizontalHeader()->setStretchLastSection(false);
  m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_view->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
  m_view->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
  auto* buttons = new QWidget;
  auto* row = new QHBoxLayout(buttons);
  row->setContentsMargins(0, 0, 0, 0);
  m_back = new Button({}, ui::ButtonRole::Ghost);
  m_unblind = new Button({}, ui::ButtonRole::Primary);
  row->addWidget(m_unblind);
  row->addWidget(m_back);
  row->addStretch(1);
  for (QWidget* w : std::initializer_list<QWidget*>{m_sentence, m_votes, buttons}) m_card->addBody(w);
  m_card->addBody(m_view);
  m_card->addBody(m_method);
  m_card->addBody(m_images, 1);
  m_card->bodyLayout()->addStretch();  // while there is no table
  addTableMenu(m_card, m_view, false);
  layout->addWidget(m_card, 1);
  connect(m_unblind, &Button::clicked, this, [this] { m_readings.unblind(); });
  connect(m_back, &Button::clicked, this, [this] { m_readings.takeBack(); });
  refresh();
}

void BlindOutcome::setNames(const QHash<QString, QString>& names) {
  if (names == m_names) return;
  m_names = names;
  refresh();
}

// A run that is gone keeps the name it was read under.
QString BlindOutcome::nameOf(const BlindMethod& method) const { return m_names.value(method.run, method.title); }

void BlindOutcome::refresh() {
  m_unblind->setText(tr("Unblind"));
  m_back->setText(tr("Look at the last image again"));
  m_view->setAccessibleName(tr("Every two methods"));
  m_images->setAccessibleName(tr("Every image"));
  const BlindReading* reading = m_readings.current();
  if (!reading) return;
  const auto result = m_readings.result();
  m_card->setTitle(reading->isUnblinded ? tr("Which was better?") : tr("All images are read"));
  m_card->setNote(reading->name);
  const bool takesFocus = result && (m_unblind->hasFocus() || m_back->hasFocus());  // a button that goes hands it to anything
  m_unblind->setVisible(!result);
  m_back->setVisible(!result);
  m_view->setVisible(result.has_value());
  m_images->setVisible(result.has_value());
  m_method->setVisible(result.has_value());
  m_votes->setVisible(result.has_value());
  if (takesFocus) m_view->setFocus();
  if (!result) {
    m_sentence->setText(tr("%n image(s) read. Once unblinded, the votes cannot be changed.", nullptr, int(reading->cases.size())));
    return;
  }
  showResult(*reading, *result);
}

void BlindOutcome::showResult(const BlindReading& reading, const BlindResult& result) {
  const auto best = std::max_element(result.pairs.begin(), result.pairs.end(),
                                     [](const BlindPair& a, const BlindPair& b) { return a.adjustedP > b.adjustedP; });
  const auto title = [&](int method) { return nameOf(reading.methods[method]); };
  if (best != result.pairs.end() && best->adjustedP < kLevel) {
    const bool isFirst = best->test.first > best->test.second;
    m_sentence->setText(tr("%1 was preferred to %2: in %3 of %4 images where the vote was for either.")
                            .arg(title(isFirst ? best->first : best->second), title(isFirst ? best->second : best->first))
                            .arg(std::max(best->test.first, best->test.second))
                            .arg(best->test.first + best->test.second));
  } else {
    m_sentence->setText(tr("No method was preferred beyond what chance explains."));
  }
  QStringList votes;
  for (std::size_t m = 0; m < result.perMethod.size(); ++m) votes << tr("%1: %2").arg(title(int(m))).arg(result.perMethod[m]);
  votes << tr("no difference: %1").arg(result.ties);
  m_votes->setText(votes.join(u" · "_s));
  QList<QStringList> rows;
  const bool isAdjusted = result.pairs.size() > 1;
  for (const auto& pair : result.pairs) {
    const auto& test = pair.test;
    QStringList row{title(pair.first),
                    title(pair.second),
                    u"%1 : %2"_s.arg(test.first).arg(test.second),
                    std::isnan(test.share) ? u"–"_s : percent(test.share),
                    u"%1 – %2"_s.arg(percent(test.interval.low), percent(test.interval.high)),
                    pText(test.p)};
    if (isAdjusted) row << pText(pair.adjustedP);
    rows << row;
  }
  QStringList columns{tr("First"), tr("Second"), tr("Votes"), tr("For the first"), tr("95 % interval"), tr("p")};
  if (isAdjusted) columns << tr("p, adjusted");
  m_model->setTable(ui::textTable(columns, rows));
  showImages(reading, result);
  m_method->setText(tr("Two-sided sign test, exact binomial against one half. Votes for no difference, or for a third method, leave the "
                       "test. Interval of "
                       "the share: Clopper-Pearson. p adjusted over all pairs: Holm. Seed %1. Shown at threshold %2.")
                        .arg(reading.seed)
                        .arg(reading.threshold, 0, 'f', 2));
}

// Every image with the vote and what stood where.
void BlindOutcome::showImages(const BlindReading& reading, const BlindResult& result) {
  QStringList columns{tr("Image"), tr("Vote")};
  for (qsizetype place = 0; place < reading.methods.size(); ++place) columns << QString(QChar(u'A' + char16_t(place)));
  QList<QStringList> rows;
  for (qsizetype i = 0; i < reading.votes.size(); ++i) {
    const int method = result.votedMethod[std::size_t(i)];
    QStringList row{reading.cases[i], method == kTieVote ? tr("no difference") : nameOf(reading.methods[method])};
    for (const int at : m_readings.places(reading.cases[i])) row << nameOf(reading.methods[at]);
    rows << row;
  }
  m_imageModel->setTable(ui::textTable(columns, rows));
}

void BlindOutcome::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) refresh();
  QWidget::changeEvent(event);
}

}  // namespace gps::app
