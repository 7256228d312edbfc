#pragma once
// Scores that outlive the window: written beside what they are of (RUN/cases/, or the project's cases/ for the untuned model) when they are
// complete, with the thumbnails' maps in a file beside, and read again when the very same question comes up: weights, pictures, split,
// values, size, prompt. Off the GUI thread. GUI thread.
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <map>
#include <string>

#include "app/project/casecurves.h"
#include "app/project/session.h"

namespace gps::app {

class ScoreStore : public QObject {
  Q_OBJECT
 public:
  explicit ScoreStore(Session& session, QObject* parent = nullptr);
  ~ScoreStore() override;
  // Their counts at every threshold and their small maps are kept and come back, too; of this window.
  void useCurves(CaseCurves& curves);
  QString pathOf(int epoch) const;  // empty: nothing is kept
  // The same of outlines at other thresholds, a file each. False: it cannot be asked yet what they depend on.
  bool lookForOutlines(int epoch, double threshold);
  void keepOutlines(int epoch, double threshold, std::shared_ptr<const SegmentationScore> score);
  void flush() { m_pool.waitForDone(); }

 Q_SIGNALS:
  void outlinesFound(int epoch, double threshold, const std::vector<gps::CaseScore>& cases);

 private:
  using Basis = std::map<std::string, std::string>;
  // Without the hash of the values of a run, which is worked out beside.
  Basis basis() const;
  QString deltaPath(int epoch) const;
  bool isBasisKnown() const;
  QList<int> epochs() const;
  void look();
  void keep();
  std::map<std::string, CaseCurve> curvesOf(int epoch) const;
  Session& m_session;
  QHash<QString, QString> m_looked;  // path to the question that was asked of it last
  struct Kept {
    std::shared_ptr<const SegmentationScore> summary;
    std::size_t curves = 0;
  };
  QHash<QString, Kept> m_kept;
  QPointer<CaseCurves> m_curves;
  QThreadPool m_pool;
};

}  // namespace gps::app
