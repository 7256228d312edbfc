#pragma once
// The run that the form describes, in its three faces: fields, the text of run.toml and a command line; and where each of its values
// comes from. GUI thread.
#include <QHash>
#include <QObject>
#include <QString>
#include <QVariant>
#include <optional>

#include "app/project/session.h"

namespace gps::app {

class TrainDraft : public QObject {
  Q_OBJECT
 public:
  enum class Source { Default, Preset, Own };
  struct Problem {
    int line = 0;  // 1-based; 0: of no line
    QString text;
  };

  explicit TrainDraft(Session& session, QObject* parent = nullptr);

  // With the K and the scheme of the Selection page.
  const TrainSpec& spec() const;
  void setSpec(const TrainSpec& spec);  // K and scheme go to the Selection page

  // ---- as text
  QString toml() const;
  // What is wrong with a text; nothing: apply() takes it. Sections that other pages decide must stay as they are.
  std::optional<Problem> check(const QString& toml) const;
  std::optional<Problem> apply(const QString& toml);
  // The settings of another run's run.toml; model and pictures stay as they are here.
  std::optional<Problem> adoptRun(const QString& toml);
  QString commandLine() const;

  // ---- where values come from, by their keys (trainvalues.h)
  Source source(const QString& key) const;
  QString sourceText(const QString& key) const;
  QString whyNot(const QString& key) const;  // the field does not apply, and why; empty: it does

  // ---- presets (core/tuning/presets.h)
  QString preset() const { return m_session.project().preset; }
  QString presetTitle() const;
  void choosePreset(const QString& id);  // empty: back to the defaults
  int changedSincePreset() const;        // settings of the preset that are others now
  QString presetNote() const;            // how far the settings are those of the preset

 Q_SIGNALS:
  void changed();

 private:
  // Of the settings as they are; made when first asked for after a change.
  struct Known {
    TrainSpec spec;
    QHash<QString, QVariant> values, defaults, preset;  // by key; preset: those that it sets
  };
  const Known& known() const;
  void forget();
  bool isOnCpu() const;  // where a run would compute
  void put(const TrainSpec& spec, const QString& preset);
  TrainSpec parsed(const QString& toml, std::optional<Problem>& problem) const;
  Session& m_session;
  mutable std::optional<Known> m_known;
};

}  // namespace gps::app
