// Rows that go on in another line or fold where they are too narrow: for random widths nothing overlaps, nothing leaves the row, and the
// height that was told beforehand is the height that is taken.
#include <QRandomGenerator>
#include <memory>
#include <vector>

#include "tests/widgets/widgettest.h"
#include "widgets/flowlayout.h"
#include "widgets/foldingrow.h"

using namespace gps::ui;

namespace {

// A control of a wished, a least and perhaps an expanding width.
class Control : public QWidget {
 public:
  Control(QSize wished, int least, bool expands, QWidget* parent) : QWidget(parent), m_wished(wished), m_least(least) {
    setSizePolicy(expands ? QSizePolicy::Expanding : QSizePolicy::Preferred, QSizePolicy::Fixed);
  }
  QSize sizeHint() const override { return m_wished; }
  QSize minimumSizeHint() const override { return {m_least, m_wished.height()}; }

 private:
  QSize m_wished;
  int m_least;
};

}  // namespace

class WrappingRowsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void anyControlsStandInOrderAndApart() {
    QRandomGenerator random(7);
    for (int round = 0; round < 200; ++round) {
      QWidget row;
      if (round % 3 == 0) row.setLayoutDirection(Qt::RightToLeft);
      auto* layout = new FlowLayout(&row);
      const int margin = random.bounded(12), gap = random.bounded(10);
      layout->setContentsMargins(margin, margin, margin, margin);
      layout->setSpacing(gap);
      std::vector<Control*> controls;
      int widest = 1;
      for (int i = 0; i < 1 + random.bounded(7); ++i) {
        const int least = 10 + random.bounded(60);
        auto* control = new Control({least + random.bounded(80), 10 + random.bounded(20)}, least, random.bounded(3) == 0, &row);
        layout->addWidget(control);
        if (random.bounded(5) == 0) {
          control->hide();
          continue;
        }
        controls.push_back(control);
        widest = std::max(widest, least);
      }
      const int width = widest + 2 * margin + random.bounded(400);
      row.resize(width, layout->heightForWidth(width));
      layout->setGeometry(row.rect());
      for (std::size_t i = 0; i < controls.size(); ++i) {
        const QRect at = controls[i]->geometry();
        QVERIFY(row.rect().adjusted(margin, margin, -margin, -margin).contains(at));
        QVERIFY(at.width() >= controls[i]->minimumSizeHint().width());
        QCOMPARE(at.height(), controls[i]->sizeHint().height());
        for (std::size_t j = 0; j < i; ++j) {
          const QRect former = controls[j]->geometry();
          QVERIFY(!former.intersects(at));
          const bool isSameLine = former.top() <= at.bottom() && at.top() <= former.bottom();
          QVERIFY(isSameLine ? (former.left() < at.left()) == (row.layoutDirection() == Qt::LeftToRight) : former.top() < at.top());
        }
      }
    }
  }

  void whatIsLeftOfALineGoesToThoseThatExpand() {
    QWidget row;
    auto* layout = new FlowLayout(&row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    Control fixed({50, 20}, 50, false, &row), first({60, 20}, 30, true, &row), second({60, 20}, 30, true, &row);
    for (auto* control : {&fixed, &first, &second}) layout->addWidget(control);
    QCOMPARE(layout->sizeHint(), QSize(190, 20));
    row.resize(290, 20);
    layout->setGeometry(row.rect());
    QCOMPARE(fixed.width(), 50);
    QCOMPARE(first.width(), 110);
    QCOMPARE(second.width(), 110);
    QCOMPARE(second.geometry().right(), 289);
    // The second goes on in another line, which is its own.
    QCOMPARE(layout->heightForWidth(189), 50);
    row.resize(189, 50);
    layout->setGeometry(row.rect());
    QCOMPARE(first.width(), 129);
    QCOMPARE(second.geometry(), QRect(0, 30, 189, 20));
    // Narrower than what it wishes, it is squeezed.
    row.resize(40, 80);
    layout->setGeometry(row.rect());
    QCOMPARE(first.width(), 40);
    QCOMPARE(layout->minimumSize().width(), 50);
  }

  void cardsFoldWhereTheyHaveNoRoom() {
    QWidget window;
    FoldingRow row(&window);
    auto *left = new Control({200, 40}, 150, true, &row), *right = new Control({200, 40}, 100, true, &row);
    row.add(left, 2);
    row.add(right, 1);
    const int gap = Theme::instance().px(2);
    QCOMPARE(row.minimumSizeHint().width(), 150);
    row.resize(250 + gap, 200);
    window.resize(800, 300);
    window.show();
    QVERIFY(!row.isFolded());
    QVERIFY(right->x() >= left->geometry().right());
    row.resize(250 + gap - 1, 200);
    QTRY_VERIFY(row.isFolded());
    QTRY_VERIFY(right->y() > left->geometry().bottom());
    QCOMPARE(left->width(), row.width());
    right->hide();  // one alone has the row to itself
    QTRY_VERIFY(!row.isFolded());
    QTRY_COMPARE(left->width(), row.width());
    right->show();
    QTRY_VERIFY(row.isFolded());
    row.resize(600, 200);
    QTRY_VERIFY(!row.isFolded());
  }
};

GPS_WIDGET_TEST_MAIN(WrappingRowsTest)
#include "tst_wrappingrows.moc"
