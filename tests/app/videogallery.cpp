// Renders the page of videos to PNG, with the real engine; people look at the pictures, no test reads them.
//
//   video-gallery PROJECT VIDEO OUT [theme …]
#include "app/pages/cases/videopage.h"
#include "app/pages/cases/videoscrub.h"
#include "gallerywindow.h"
#include "widgets/slider.h"

using namespace gps;
using namespace gps::app;
using namespace Qt::StringLiterals;

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  if (application.arguments().size() < 4) return 2;
  GalleryWindow gallery(application, application.arguments());
  if (!gallery.openProject()) return 3;
  MainWindow& window = gallery.window();
  VideoPage* page = window.videoPage();
  window.showPage(u"video"_s);
  gallery.grab(u"video-empty"_s);
  page->open(gallery.what());
  if (!GalleryWindow::waitFor([&] { return page->video().seenFrames().size() >= 12; })) return 4;
  gallery.grab(u"video-looking"_s);
  if (!GalleryWindow::waitFor([&] { return page->video().phase() == NewVideo::Phase::Done; })) return 5;
  page->scrub()->slider()->setValue(page->video().frameCount() / 2);
  gallery.everywhere([&] {
    window.resize(1440, 900);
    gallery.grab(u"video"_s);
    window.resize(1280, 720);
    gallery.grab(u"video-small"_s);
    window.showPage(u"newpictures"_s);
    gallery.grab(u"new-empty"_s);
    window.showPage(u"video"_s);
    return true;
  });
  window.resize(1440, 900);
  ui::Theme::instance().setTextScale(2);
  gallery.grab(u"video-200"_s);
  ui::Theme::instance().setTextScale(1);
  page->saveTo(gallery.out(), NewVideo::What::AllFrames);
  GalleryWindow::waitFor([&] { return !page->video().isSaving(); });
  gallery.grab(u"video-saved"_s);
  gallery.close();
  return 0;
}
