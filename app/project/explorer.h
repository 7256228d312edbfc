#pragma once
// What the selection explorer knows beside the table of the K slider: other schemes at the same budget, one layer seen closely, and
// selections kept by name. Asks the engine when it is shown and nothing longer runs; old answers stay until new ones are there. GUI thread.
#include <QList>
#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>

#include "app/engine/engineapi.h"
#include "app/engine/schemes.h"
#include "app/project/session.h"

namespace gps::app {

class Explorer : public QObject {
  Q_OBJECT
 public:
  static constexpr int kMostSchemes = 4;

  Explorer(EngineApi& engine, Session& session, QObject* parent = nullptr);
  void setActive(bool on);  // asks for nothing while it is off

  // ---- schemes side by side; every table is by K, at equal budget
  struct Row {
    Scheme scheme;
    std::shared_ptr<const SelectionTable> table;  // null: not there yet
    bool isStale = false;                         // of the former exclusions or pass
    bool isAnswerable = true;                     // false: needs a pass of its own
  };
  QList<Row> rows() const;
  const QList<Scheme>& schemes() const { return m_session.project().schemes; }
  void setSchemes(const QList<Scheme>& schemes);  // the first kMostSchemes, each once; a step of the history
  void addScheme(const Scheme& scheme);
  void removeScheme(const Scheme& scheme);

  // ---- one layer
  const QString& tensor() const { return m_tensor; }
  void setTensor(const QString& tensor);  // of structure(); empty: none
  void setWindow(const TileWindow& window);
  // The newest answer, perhaps of a former K or window; null without one. structure() of the same time.
  std::shared_ptr<const LayerLook> look() const { return m_look; }
  std::shared_ptr<const SelectionStructure> structure() const { return m_structure; }
  const LayerStructure* layer(const QString& tensor) const;  // null: unknown
  bool isLookPending() const { return m_lookRun != 0 || m_wantsLook; }
  // The first tensor of a block, or of one kind of it; empty: none.
  QString tensorOf(const QString& block, const QString& kind = {}) const;

  // ---- kept by name
  // PROJECT/selection/NAME.safetensors, written by the engine. Empty: it was asked for; else why not.
  QString save(const QString& name);
  QString suggestedName() const;
  QString whyNotSaved() const;  // empty: it can be saved now

  std::optional<Failure> failure() const { return m_failure; }  // of the newest question that failed
  void dismissFailure();

 Q_SIGNALS:
  void schemesChanged();  // rows() are others, or their tables
  void lookChanged();
  void saved(const QString& name);
  void notSaved(const gps::app::Failure& failure);
  void failureChanged();

 private:
  void receive(const EngineMessage& message);
  void ended(RunId run, const JobEnded& m);
  void refresh();  // soon
  void ask();
  void askSchemes();
  void askLook();
  void missedLook();
  void forget();  // another model or other pictures
  void keep(const std::shared_ptr<const SelectionTable>& table);
  SelectionSpec specOf(const Scheme& scheme) const;
  std::shared_ptr<const SelectionTable> tableOf(const Scheme& scheme) const;

  EngineApi& m_engine;
  Session& m_session;
  bool m_isActive = false;
  QTimer m_soon;
  QList<std::shared_ptr<const SelectionTable>> m_tables;  // of schemes that were asked for, each once
  RunId m_schemesRun = 0, m_lookRun = 0, m_saveRun = 0;
  std::vector<SelectionSpec> m_askedSchemes;
  QString m_tensor;
  TileWindow m_window;
  bool m_wantsLook = false;
  std::shared_ptr<const LayerLook> m_look;
  std::shared_ptr<const SelectionStructure> m_structure;
  std::shared_ptr<const SelectionTable> m_lookedTable;  // the pass that m_look is of
  std::optional<Failure> m_failure;
};

}  // namespace gps::app
