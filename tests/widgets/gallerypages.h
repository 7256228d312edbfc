#pragma once
#include <QString>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <memory>
#include <vector>

namespace gps::test {

struct GalleryOptions {
  bool chinese = false;
  QString picture, mask;  // files to use instead of the drawn tissue
};

using PageMaker = std::function<QWidget*(const GalleryOptions&)>;
std::vector<std::pair<QString, PageMaker>> galleryPages();

// A page in the frame of the program: rail, header, status strip.
QWidget* framed(const GalleryOptions& options, const QString& current, const QString& title, QWidget* body);
QWidget* selectionPage(const GalleryOptions& options);
QWidget* comparisonPage(const GalleryOptions& options);
QWidget* casesPage(const GalleryOptions& options);
QWidget* numbersPage(const GalleryOptions& options);  // figures by definition, all columns of cases
QWidget* trainPage(const GalleryOptions& options);
QWidget* runsPage(const GalleryOptions& options);
QWidget* controlsPage(const GalleryOptions& options);
QWidget* classesPage(const GalleryOptions& options);   // matrix, table, list and gallery of classified pictures
QWidget* matricesPage(const GalleryOptions& options);  // the matrix from 2 to 1000 classes

QWidget* shellPage(const GalleryOptions& options);  // notices and palette
QWidget* keysPage(const GalleryOptions& options);   // sheet of keys
QWidget* tablePage(const GalleryOptions& options);  // the numbers behind a plot

}  // namespace gps::test
