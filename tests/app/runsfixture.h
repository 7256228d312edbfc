#pragma once
// The Runs page of a project with a sweep of runs on the disk.
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <algorithm>
#include <string>
#include <tuple>

#include "app/pages/runspage.h"
#include "runfolders.h"
#include "widgets/runtable.h"
#include "windowfixture.h"

namespace gps::app::test {

class RunsFixture : public QObject, protected WindowFixture {
 protected:
  void openRuns() {
    begin();
    showWindow();
    m_window->session().openPictures(m_dir->path());
    m_window->showPage(QStringLiteral("runs"));
  }
  static QString tr_(const char* text) { return QString::fromUtf8(text); }
  RunsPage& page() const { return *m_window->runsPage(); }
  ui::RunTable& table() const { return *page().table(); }
  std::string at(const std::string& run) const { return m_window->session().project().runsFolder().toStdString() + "/" + run; }
  // K = 1, 3, 10 and full tuning, three seeds each. 3 is within half a point of 10.
  void openSweep() {
    for (const auto& [name, k, quality] : {std::tuple{"k1", 1, 0.70}, {"k3", 3, 0.817}, {"k10", 10, 0.82}, {"full", 0, 0.78}})
      for (int seed = 1; seed <= 3; ++seed) {
        SampleRun run;
        run.method = k == 0 ? Method::Full : Method::Gps;
        run.k = std::max(1, k);
        run.seed = std::uint64_t(seed);
        run.quality = quality + 0.002 * (seed - 2);
        writeRun(at(std::string("sweep/") + name + "-seed" + std::to_string(seed)), run);
      }
    QTRY_COMPARE_WITH_TIMEOUT(table().totalCount(), 12, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(rowOf(QStringLiteral("sweep/full-seed3")).phase, ui::RunPhase::Finished, 10000);
  }
  ui::RunRow rowOf(const QString& id) const {
    const int row = table().model()->rowOf(id);
    return row < 0 ? ui::RunRow() : table().model()->row(row);
  }
  QModelIndex indexOf(const QString& id, int column) const {
    for (int r = 0; r < table().view()->model()->rowCount(); ++r)
      if (const QModelIndex at = table().view()->model()->index(r, column); at.data(ui::RunModel::IdRole).toString() == id) return at;
    return {};
  }
  void select(const QString& id) const {
    QTest::mouseClick(table().view()->viewport(), Qt::LeftButton, {}, clickPoint(id));
    QCOMPARE(table().currentId(), id);
    table().view()->setFocus();
  }
  QPoint clickPoint(const QString& id) const {
    const QModelIndex at = indexOf(id, ui::RunModel::Phase);
    table().view()->scrollTo(at);
    return table().view()->visualRect(at).center();
  }
  static void click(QWidget& in, const QString& text) {
    for (auto* button : in.findChildren<QPushButton*>())
      if (button->text() == text) return QTest::mouseClick(button, Qt::LeftButton);
    QFAIL(qPrintable(QStringLiteral("no button ") + text));
  }
};

}  // namespace gps::app::test
