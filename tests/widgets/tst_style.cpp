// What the style draws: fields, headers and pictures in rows.
#include <QComboBox>
#include <QHeaderView>
#include <QIcon>
#include <QLineEdit>
#include <QPainter>
#include <QSpinBox>
#include <QStyleOption>
#include <QTableView>

#include "tests/widgets/widgettest.h"

using namespace gps::ui;

namespace {

// The first and the last column that is neither field nor edge, in the field's own pixels.
std::pair<int, int> ink(QWidget& field, int inset) {
  QImage image(field.size(), QImage::Format_RGB32);
  field.render(&image);
  const QRgb back = image.pixel(image.width() / 2, inset);
  int first = -1, last = -1;
  for (int x = inset; x < image.width() - inset; ++x)
    for (int y = inset; y < image.height() - inset; ++y)
      if (std::abs(qGray(image.pixel(x, y)) - qGray(back)) > 60) {
        if (first < 0) first = x;
        last = x;
        break;
      }
  return {first, last};
}

}  // namespace

class StyleTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Fields stand under one another in forms.
  void wordsBeginAtOnePlaceInAllFields() {
    QLineEdit line(QStringLiteral("1"));
    QSpinBox spin;
    spin.setRange(0, 9);
    spin.setValue(1);
    QComboBox choice;
    choice.addItem(QStringLiteral("1"));
    QList<int> starts;
    for (QWidget* field : std::initializer_list<QWidget*>{&line, &spin, &choice}) {
      field->resize(160, Theme::instance().controlHeight());
      field->show();
      field->clearFocus();
      starts << ink(*field, 3).first;
    }
    QVERIFY2(std::abs(starts[0] - starts[1]) <= 1 && std::abs(starts[0] - starts[2]) <= 1,
             qPrintable(QStringLiteral("%1 %2 %3").arg(starts[0]).arg(starts[1]).arg(starts[2])));
  }

  void aValueKeepsClearOfTheEdge() {
    QDoubleSpinBox box;
    box.setButtonSymbols(QAbstractSpinBox::NoButtons);
    box.setAlignment(Qt::AlignRight);
    box.setValue(0.5);
    box.resize(72, Theme::instance().controlHeight());
    box.show();
    box.clearFocus();
    const int gap = box.width() - 1 - ink(box, 3).second;
    QVERIFY2(gap >= Theme::instance().px(1) && gap <= Theme::instance().px(2), qPrintable(QString::number(gap)));
  }

  void theSortingMarkStandsOnTheLineOfItsWord() {
    const QTableView table;
    const QHeaderView* header = table.horizontalHeader();
    const auto painted = [header](Qt::Alignment side, QStyleOptionHeader::SortIndicator mark) {
      QStyleOptionHeader option;
      option.initFrom(header);
      option.rect = QRect(0, 0, 120, Theme::instance().controlHeight());
      option.orientation = Qt::Horizontal;
      option.text = QStringLiteral("Dice");
      option.textAlignment = side | Qt::AlignVCenter;
      option.sortIndicator = mark;
      QImage image(option.rect.size(), QImage::Format_RGB32);
      QPainter painter(&image);
      header->style()->drawControl(QStyle::CE_Header, &option, &painter, header);
      return image;
    };
    for (const Qt::Alignment side : {Qt::AlignLeft, Qt::AlignRight}) {
      const QImage plain = painted(side, QStyleOptionHeader::None), sorted = painted(side, QStyleOptionHeader::SortDown);
      QRect words, mark;
      for (int y = 1; y < plain.height() - 2; ++y)
        for (int x = 0; x < plain.width(); ++x) {
          const QRect pixel(x, y, 1, 1);
          if (qGray(plain.pixel(x, y)) < 200) words |= pixel;
          if (plain.pixel(x, y) != sorted.pixel(x, y)) mark |= pixel;
        }
      QVERIFY(!words.isEmpty() && !mark.isEmpty());
      // The words, which end with the figures of their column, stay where they are; the mark is beside them.
      const int gap = side == Qt::AlignRight ? words.left() - mark.right() : mark.left() - words.right();
      QVERIFY2(gap >= Theme::instance().px(0.5), qPrintable(QString::number(gap)));
      QVERIFY2(std::abs(mark.center().y() - plain.rect().center().y()) <= 1, qPrintable(QString::number(mark.center().y())));
    }
  }

  void aPictureInAChosenRowKeepsItsColours() {
    QPixmap pixmap(8, 8);
    const QColor colour = Theme::instance().runColor(0);
    pixmap.fill(colour);
    QImage image(8, 8, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    QIcon(pixmap).paint(&painter, image.rect(), Qt::AlignCenter, QIcon::Selected);
    painter.end();
    QCOMPARE(image.pixelColor(4, 4).rgb(), colour.rgb());
  }
};

GPS_WIDGET_TEST_MAIN(StyleTest)
#include "tst_style.moc"
