#pragma once
// A screen: header above, and below it either the content or the empty state that says which step is missing.
#include <QWidget>
#include <functional>

#include "app/project/session.h"

class QStackedLayout;
class QVBoxLayout;

namespace gps::ui {
class Button;
class Card;
class EmptyState;
class ImageViewer;
class PageHeader;
class ThumbnailGrid;
}  // namespace gps::ui

namespace gps::app {

class PictureLoader;

class Page : public QWidget {
  Q_OBJECT
 public:
  Page(const QString& id, Session& session, QWidget* parent = nullptr);
  QString id() const { return m_id; }
  ui::EmptyState* emptyState() const { return m_empty; }
  bool isEmptyShown() const;

 Q_SIGNALS:
  void pageRequested(const QString& id);

 protected:
  Session& session() const { return m_session; }
  ui::PageHeader* header() const { return m_header; }
  void setContent(QWidget* content);  // wrapped in a scroll area; call once
  void showEmpty(bool on);
  // Texts of everything; called once after construction (by the derived class) and with every change of language, before it is seen.
  virtual void retranslate() = 0;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  // Shows or clears the failure of a job as the card's banner; its dismissal goes back to the session.
  void bindFailure(ui::Card* card, JobKind kind);
  void refreshFailures();
  // The way out of the empty state: to Home without a project, to Model without one; `otherwise` where nothing is missing.
  void offerWayOut(const QString& otherwise, const QString& iconName);
  bool takeWayOut();  // false: nothing is missing
  // Keys that nothing else on the page wanted belong to the viewer.
  void forwardKey(QKeyEvent* event, QWidget* viewer);
  // A list takes letters and signs for a search; those that the viewer knows are commands. For its event filter; true: it was one.
  bool takeFromList(QEvent* event, ui::ImageViewer* viewer);
  bool isForwarding() const { return m_isForwarding; }

 private:
  void nameAgain();
  void nameSoon();
  void addScrolled(QWidget* content);
  QString m_id;
  Session& m_session;
  ui::PageHeader* m_header;
  ui::EmptyState* m_empty;
  QVBoxLayout* m_layout;
  QStackedLayout* m_stack;
  QList<std::pair<ui::Card*, JobKind>> m_failureCards;
  bool m_isForwarding = false, m_isInFormerLanguage = false;
  bool m_isRetold = false;  // in another language while nobody saw it
};

// A non-blocking dialog of the system; `chosen` is called with the path.
void chooseFolder(QWidget* parent, const QString& title, const std::function<void(const QString&)>& chosen);
void chooseFile(QWidget* parent, const QString& title, const QString& filter, const std::function<void(const QString&)>& chosen);

void chooseSaveFile(QWidget* parent, const QString& title, const QString& name, const QString& filter,
                    const std::function<void(const QString&)>& chosen);

// Thumbnails both ways. Those that a list of small ones asked for stay out of a grid of large ones.
void connectThumbnails(PictureLoader& pictures, ui::ThumbnailGrid* grid);

// "train" -> "Training"; unknown names as they are.
QString splitLabel(const QString& split);
QString splitRuleLabel(const QString& rule);

}  // namespace gps::app
