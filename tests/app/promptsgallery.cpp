// Renders outlining by pointing and the page of new pictures to PNG, with the real engine; people look at the pictures, no test reads them.
//
//   prompts-gallery PROJECT PICTURES OUT [theme …]
#include <cstdio>

#include "app/pages/cases/newpicturespage.h"
#include "app/pages/cases/prompttool.h"
#include "app/pages/casespage.h"
#include "gallerywindow.h"
#include "widgets/casetable.h"
#include "widgets/imageviewer.h"
#include "widgets/promptlayer.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  if (application.arguments().size() < 4) return 2;
  GalleryWindow gallery(application, application.arguments());
  if (!gallery.openProject()) return 3;
  MainWindow& window = gallery.window();
  const bool isShown = gallery.everywhere([&] {
    window.showPage(u"cases"_s);
    CasesPage* cases = window.casesPage();
    if (!GalleryWindow::waitFor([&] { return cases->isSettled() && !cases->table()->currentId().isEmpty(); })) return false;
    PromptTool* tool = cases->promptTool();
    auto* viewer = cases->viewer();
    tool->setOn(true);
    gallery.grab(u"tool-empty"_s);
    const QPoint from = viewer->widgetAt({60, 60}).toPoint(), to = viewer->widgetAt({190, 200}).toPoint();
    QTest::mousePress(tool->layer(), Qt::LeftButton, {}, from);
    QTest::mouseMove(tool->layer(), (from + to) / 2);
    QTest::mouseMove(tool->layer(), to);
    QTest::mouseRelease(tool->layer(), Qt::LeftButton, {}, to);
    gallery.grab(u"tool-reading"_s);
    GalleryWindow::waitFor([&] { return !tool->prompting().isPending(); });
    gallery.grab(u"tool-box"_s);
    std::printf("%s: answer %.0f ms\n", qPrintable(gallery.suffix()), tool->prompting().lastMs());
    tool->prompting().clear();
    tool->setOn(false);
    NewPicturesPage* pictures = window.newPicturesPage();
    window.showPage(u"newpictures"_s);
    gallery.grab(u"new-empty"_s);
    pictures->open(gallery.what());
    GalleryWindow::waitFor([&] { return pictures->pictures().seenCount() >= 2; });
    gallery.grab(u"new-looking"_s);
    GalleryWindow::waitFor([&] { return pictures->pictures().phase() == NewPictures::Phase::Done; });
    gallery.grab(u"new-done"_s);
    pictures->saveTo(gallery.out());
    GalleryWindow::waitFor([&] { return !pictures->pictures().isSaving(); });
    gallery.grab(u"new-saved"_s);
    return true;
  });
  gallery.close();
  return isShown ? 0 : 4;
}
