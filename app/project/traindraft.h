#pragma once
// The run that the form describes, in its three faces: fields, the text of run.toml and a command line; and where each of its values
// comes from. GUI thread.
#include <QObject>
#include <QString>
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
  TrainSpec spec() const;
  void setSpec(const TrainSpec& spec);  // K goes to the Selection page

  // ---- as text
  QString toml() const;
  // What is wrong with a text; nothing: apply() takes it. Sections that other pages decide must stay as they are.
  std::optional<Problem> check(const QString& toml) const;
  std::optional<Problem> apply(const QString& toml);
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

 Q_SIGNALS:
  void changed();

 private:
  TrainSpec parsed(const QString& toml, std::optional<Problem>& problem) const;
  Session& m_session;
};

}  // namespace gps::app
