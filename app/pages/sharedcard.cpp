#include "app/pages/sharedcard.h"

#include <QEvent>
#include <algorithm>

#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/overlapbars.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::Button;
using ui::ButtonRole;
using ui::Label;
using ui::TextRole;
using ui::Token;

namespace {
constexpr int kRestMs = 300;
constexpr qsizetype kMostOthers = 16;
}  // namespace

SharedCard::SharedCard(Session& session, SelectionLibrary& library, QWidget* parent)
    : Card({}, parent),
      m_session(session),
      m_library(library),
      m_bars(new ui::OverlapBars),
      m_text(new Label({}, TextRole::Small, Token::Text2)),
      m_open(new Button({}, ButtonRole::Ghost)) {
  m_text->setWordWrap(true);
  m_open->setProperty("gpsTight", true);
  addBody(m_bars);
  bodyLayout()->addStretch(1);
  addBody(m_text);
  addBody(m_open);
  bodyLayout()->setAlignment(m_open, Qt::AlignLeft);
  m_soon.setSingleShot(true);
  m_soon.setInterval(kRestMs);
  connect(&m_soon, &QTimer::timeout, this, &SharedCard::ask);
  connect(m_open, &Button::clicked, this, &SharedCard::comparisonRequested);
  connect(m_bars, &ui::ItemPlot::itemActivated, this, &SharedCard::comparisonRequested);
  for (auto signal : {&Session::tableChanged, &Session::jobChanged}) connect(&m_session, signal, this, &SharedCard::refresh);
  connect(&m_session, &Session::keptPerRowChanged, this, &SharedCard::refresh);
  connect(&m_library, &SelectionLibrary::changed, this, &SharedCard::findOthers);  // another model changes it too
  connect(&m_library.sets(), &SelectionSetApi::compared, this, [this](quint64 id, const ComparisonReady& ready) {
    if (id != m_asked) return;
    m_asked = 0;
    m_shownKey = m_askedKey;
    QList<ui::OverlapRow> rows;
    for (const PairAgreement& pair : ready.comparison->pairs)
      if (pair.a == 0) rows << ui::OverlapRow{ready.request.names.value(pair.b - 1), pair.jaccard, pair.jaccardChance};
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.value > b.value; });
    m_bars->setRows(rows.mid(0, kShown));
    refresh();
  });
  connect(&m_library.sets(), &SelectionSetApi::failed, this, [this](quint64 id, const Failure&) {
    if (id == m_asked) m_asked = 0;  // the comparison page says what is wrong with a file
  });
  findOthers();
}

// Empty: there is nothing to compare.
QString SharedCard::wantedKey() const {
  const auto table = m_session.table();
  if (!table || m_others.paths.isEmpty()) return {};
  return u"%1 %2 %3"_s.arg(quintptr(table.get())).arg(m_session.project().selection.keptPerRow).arg(m_othersKey);
}

void SharedCard::findOthers() {
  m_others = {};
  m_othersKey.clear();
  if (m_session.model())
    for (const SelectionFacts& facts : m_library.comparable().mid(0, kMostOthers)) {
      m_others.paths << facts.path;
      m_others.names << facts.name;
      m_othersKey += u"%1\t%2\n"_s.arg(facts.path).arg(facts.when.toMSecsSinceEpoch());
    }
  refresh();
}

void SharedCard::refresh() {
  const QString key = wantedKey();
  if (key.isEmpty()) {
    m_bars->setRows({});
    m_shownKey.clear();
  } else if (key != m_shownKey && !m_session.isBusy()) {
    m_soon.start();
  }
  m_bars->setStale(key != m_shownKey);
  tell();
}

void SharedCard::ask() {
  const QString key = wantedKey();
  if (key.isEmpty() || key == m_shownKey || m_session.isBusy() || !isVisible()) return;
  m_library.sets().cancel(m_asked);
  SelectionSpec scheme = m_session.table()->spec;
  scheme.keptPerRow = m_session.project().selection.keptPerRow;
  m_askedKey = key;
  m_asked = m_library.sets().compareCurrent(scheme, m_others);
}

void SharedCard::tell() {
  setTitle(tr("Shared with other tasks"));
  m_open->setText(tr("Open comparison"));
  QString sentence;
  if (m_others.paths.isEmpty())
    sentence = tr("No other selection on these weights yet. Save this one, then select for another task.");
  else if (!m_session.table())
    sentence = tr("Known after the gradient pass.");
  else if (wantedKey() != m_shownKey && m_session.isBusy())
    sentence = tr("Waits until the present job has ended.");
  else
    sentence = tr("Jaccard with each saved selection. The tick is what chance would give.");
  m_text->setText(sentence);
  m_bars->setVisible(m_bars->itemCount() > 0);
}

QString SharedCard::text() const { return m_text->text(); }

void SharedCard::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) tell();
  Card::changeEvent(event);
}

void SharedCard::showEvent(QShowEvent* event) {
  Card::showEvent(event);
  refresh();
}

}  // namespace gps::app
