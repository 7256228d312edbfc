#pragma once
// A surface that answers one question: title, what it rests on, the evidence, and its own busy, failed and stale states.
#include <QWidget>

#include "widgets/progressvalue.h"

class QHBoxLayout;
class QVBoxLayout;

namespace gps::ui {

class BusyOverlay;
class ErrorBanner;
class Label;

class Card : public QWidget {
  Q_OBJECT
 public:
  explicit Card(const QString& title = {}, QWidget* parent = nullptr);
  void setTitle(const QString& title);
  // Small secondary text right of the title ("12 of 12").
  void setNote(const QString& note);
  // Small secondary line under the title.
  void setSubtitle(const QString& subtitle);
  // Puts a control at the right end of the title row, left to right in the order of the calls. The card owns it.
  void addHeaderWidget(QWidget* widget);
  // The body fills the card below the title; addBody stacks, addStretch at the end keeps short bodies at the top.
  void addBody(QWidget* widget, int stretch = 0);
  QVBoxLayout* bodyLayout() const { return m_body; }
  // For pictures and lists that run to the card's edges.
  void setBodyMargins(double unitsX, double unitsBottom);

  // Busy: the body stays visible, dimmed, under progress and a cancel button.
  void setBusy(const ProgressValue& progress, bool canCancel = true);
  void clearBusy();
  bool isBusy() const;
  // Failed: a banner over the body with what, why, what to do and copyable details.
  void showError(const QString& what, const QString& why, const QString& remedy, const QString& details = {});
  // Buttons of that banner, the best first; kept for the errors to come.
  void setErrorActions(const QStringList& texts);
  void clearError();
  bool hasError() const;
  // Stale: the old result stays, dimmed, until the new one is there.
  void setStale(bool stale);
  bool isStale() const { return m_stale; }

 Q_SIGNALS:
  void cancelRequested();
  void errorDismissed();
  void errorActionRequested(int index);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void refresh();
  void fitHeader();
  void lowerNote(bool on);
  void nameBody(const QString& former);
  ErrorBanner* banner();
  Label* m_title;
  Label* m_note;
  Label* m_subtitle;
  QHBoxLayout* m_header;
  QWidget* m_controls;  // beside the title, or under it where the card is narrow
  bool m_isNarrow = false;
  QVBoxLayout* m_outer;
  QVBoxLayout* m_body;
  QWidget* m_bodyWidget;
  BusyOverlay* m_busy = nullptr;
  ErrorBanner* m_error = nullptr;
  bool m_stale = false;
};

}  // namespace gps::ui
