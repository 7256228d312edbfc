#include "app/engine/selectionsetjobs.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <exception>
#include <new>

#include "app/engine/failureof.h"
#include "core/checkpoints/selectionset.h"
#include "core/selection/sets/agreement.h"
#include "core/selection/sets/combine.h"
#include "core/values/error.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kSuffix = ".safetensors"_L1;

std::vector<std::string> toStrings(const QStringList& list) {
  std::vector<std::string> strings;
  for (const QString& text : list) strings.push_back(text.toStdString());
  return strings;
}

void pollStop(const std::shared_ptr<std::atomic<bool>>& cancelled) {
  if (cancelled->load()) throw Cancelled{};
}

void requireFree(const QString& path) {
  if (QFileInfo::exists(path))
    throw Error(ErrorCode::BadArgument, path.toStdString(), "there is such a file already", "Choose another name");
  if (!QDir().mkpath(QFileInfo(path).absolutePath()))
    throw Error(ErrorCode::Io, path.toStdString(), "its folder cannot be made", "Check the permissions");
}

std::vector<NamedSelection> named(const std::vector<SelectionFile>& files, const QStringList& names) {
  std::vector<NamedSelection> parts;
  for (std::size_t i = 0; i < files.size(); ++i) parts.push_back({names.value(qsizetype(i)).toStdString(), &files[i].selection});
  return parts;
}

// Positions chosen by exactly some of the parts: by all of them, less those of the others.
Selection exactlyBy(const ParameterMap& map, const std::vector<NamedSelection>& parts, const QList<int>& members) {
  std::vector<NamedSelection> in, out;
  for (std::size_t i = 0; i < parts.size(); ++i) (members.contains(int(i)) ? in : out).push_back(parts[i]);
  if (in.empty()) throw Error(ErrorCode::BadArgument, "combination", "names none of the selections", "Name one or more");
  if (out.empty()) return combineSelections(map, SetOperation::Intersection, in);
  Selection common;
  if (in.size() > 1) {
    common = combineSelections(map, SetOperation::Intersection, in);
    in = {{'(' + common.spec.origin + ')', &common}};
  }
  in.insert(in.end(), out.begin(), out.end());
  return combineSelections(map, SetOperation::Difference, in);
}

}  // namespace

SelectionSetJobs::SelectionSetJobs(TakeSelection takeSelection, QObject* parent)
    : SelectionSetApi(parent), m_takeSelection(std::move(takeSelection)) {
  m_pool.setMaxThreadCount(1);
  m_pool.setThreadPriority(QThread::LowPriority);
}

SelectionSetJobs::~SelectionSetJobs() {
  for (const StopFlag& cancelled : std::as_const(m_open)) cancelled->store(true);
  m_pool.clear();
  m_pool.waitForDone();
}

SetRequestId SelectionSetJobs::begin() {
  m_open.insert(++m_last, std::make_shared<std::atomic<bool>>(false));
  return m_last;
}

void SelectionSetJobs::cancel(SetRequestId id) {
  if (const StopFlag cancelled = m_open.take(id)) cancelled->store(true);
}

void SelectionSetJobs::run(SetRequestId id, JobKind kind, Work work) {
  const StopFlag cancelled = m_open.value(id);
  if (!cancelled) return;
  m_pool.start([this, id, kind, cancelled, work = std::move(work)] {
    Answer answer;
    try {
      pollStop(cancelled);
      answer = work(cancelled);
    } catch (const Cancelled&) {
      return;
    } catch (const std::exception& error) {
      answer = [this, failure = failureOf(kind, error)](SetRequestId request) { Q_EMIT failed(request, failure); };
    }
    QMetaObject::invokeMethod(
        this,
        [this, id, answer = std::move(answer)] {
          if (m_open.remove(id)) answer(id);
        },
        Qt::QueuedConnection);
  });
}

SelectionFacts SelectionSetJobs::factsOf(const QString& path, bool isRun) {
  const QFileInfo file(isRun ? path + "/deltas/base.safetensors"_L1 : path);
  Known& known = m_known[path];
  const qint64 changed = file.lastModified().toMSecsSinceEpoch();
  if (known.bytes == file.size() && known.changed == changed) return known.facts;
  SelectionFacts facts;
  facts.path = path;
  facts.isRun = isRun;
  facts.name = isRun ? QFileInfo(path).fileName() : QFileInfo(path).completeBaseName();
  facts.when = file.lastModified();
  try {
    SelectionHead head = readSelectionHead(path.toStdString());
    facts.spec = std::move(head.spec);
    facts.selected = head.selected;
    facts.pictures = std::move(head.pictures);
    facts.mapKey = QString::fromStdString(head.mapKey);
  } catch (const std::exception& error) {
    facts.problem = QString::fromUtf8(error.what());
  }
  known = {file.size(), changed, facts};
  return facts;
}

QList<SelectionFacts> SelectionSetJobs::listFiles(const QString& projectFolder, const StopFlag& cancelled) {
  QList<SelectionFacts> all;
  const QDir files(projectFolder + "/selection"_L1);
  for (const QString& name : files.entryList({u'*' + kSuffix}, QDir::Files, QDir::Name)) {
    pollStop(cancelled);
    all << factsOf(files.absoluteFilePath(name), false);
  }
  const QDir runs(projectFolder + "/runs"_L1);
  for (const QFileInfo& run : runs.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Time)) {
    pollStop(cancelled);
    if (!QFileInfo::exists(run.absoluteFilePath() + "/deltas/base.safetensors"_L1)) continue;
    // Runs of other methods hold no selection.
    if (const SelectionFacts facts = factsOf(run.absoluteFilePath(), true); facts.selected > 0) all << facts;
  }
  return all;
}

SetRequestId SelectionSetJobs::list(const QString& projectFolder) {
  const SetRequestId id = begin();
  run(id, JobKind::ListSelections, [this, projectFolder](const StopFlag& cancelled) -> Answer {
    return [this, found = listFiles(projectFolder, cancelled)](SetRequestId request) { Q_EMIT listed(request, found); };
  });
  return id;
}

SetRequestId SelectionSetJobs::compare(const CompareRequest& request) {
  const SetRequestId id = begin();
  run(id, JobKind::CompareSelections, [this, request](const StopFlag& cancelled) -> Answer {
    const auto files = readComparable(toStrings(request.paths));
    pollStop(cancelled);
    if (files.empty()) throw Error(ErrorCode::BadArgument, "selections", "none is given", "Give two or more");
    const ComparisonReady ready{request,
                                std::make_shared<const SelectionComparison>(compareSelections(*files[0].map, named(files, request.names)))};
    return [this, ready](SetRequestId answered) { Q_EMIT compared(answered, ready); };
  });
  return id;
}

SetRequestId SelectionSetJobs::compareCurrent(const SelectionSpec& scheme, const CompareRequest& others) {
  const SetRequestId id = begin();
  m_takeSelection(scheme, [this, id, others](std::shared_ptr<const SelectionFile> current) {
    QMetaObject::invokeMethod(
        this,
        [this, id, others, current = std::move(current)] {
          run(id, JobKind::CompareSelections, [this, others, current](const StopFlag& cancelled) -> Answer {
            const auto files = readComparable(toStrings(others.paths));
            pollStop(cancelled);
            if (!current) throw Error(ErrorCode::NotFound, "gradient", "no gradient has been computed yet", "Run the gradient pass first");
            const auto& base = current->selection.spec.baseHash;
            if (!files.empty() && files[0].selection.spec.baseHash != base)
              throw Error(
                  ErrorCode::Mismatch, others.paths[0].toStdString(),
                  "was made from other weights (base " + files[0].selection.spec.baseHash + ") than the open model (base " + base + ")",
                  "Open the weights that it was made from");
            auto parts = named(files, others.names);
            parts.insert(parts.begin(), {"", &current->selection});
            const ComparisonReady ready{others, std::make_shared<const SelectionComparison>(compareSelections(*current->map, parts))};
            return [this, ready](SetRequestId answered) { Q_EMIT compared(answered, ready); };
          });
        },
        Qt::QueuedConnection);
  });
  return id;
}

SetRequestId SelectionSetJobs::combine(const CombineRequest& request) {
  const SetRequestId id = begin();
  run(id, JobKind::SaveSelection, [this, request](const StopFlag& cancelled) -> Answer {
    requireFree(request.out);
    const auto files = readComparable(toStrings(request.paths));
    pollStop(cancelled);
    if (files.empty()) throw Error(ErrorCode::BadArgument, "selections", "none is given", "Give two or more");
    const auto parts = named(files, request.names);
    const ParameterMap& map = *files[0].map;
    const Selection made = !request.exactly.isEmpty() ? exactlyBy(map, parts, request.exactly)
                                                      : combineSelections(map, request.operation, parts, request.atLeast);
    pollStop(cancelled);
    writeSelection(request.out.toStdString(), map, made);
    return [this, out = request.out, count = qint64(made.offsets.size())](SetRequestId answered) { Q_EMIT written(answered, out, count); };
  });
  return id;
}

SetRequestId SelectionSetJobs::copyIn(const QString& from, const QString& out) {
  const SetRequestId id = begin();
  run(id, JobKind::SaveSelection, [this, from, out](const StopFlag& cancelled) -> Answer {
    requireFree(out);
    const SelectionFile file = readSelectionOrDelta(from.toStdString());
    if (file.selection.offsets.empty())
      throw Error(ErrorCode::BadFile, from.toStdString(), "holds no selected weights", "Give a selection, or a run that trained one");
    pollStop(cancelled);
    writeSelection(out.toStdString(), *file.map, file.selection);
    return [this, out, count = qint64(file.selection.offsets.size())](SetRequestId answered) { Q_EMIT written(answered, out, count); };
  });
  return id;
}

SetRequestId SelectionSetJobs::rename(const QString& from, const QString& to) {
  const SetRequestId id = begin();
  run(id, JobKind::ListSelections, [this, from, to](const StopFlag&) -> Answer {
    requireFree(to);
    QFile file(from);
    if (!file.rename(to)) throw Error(ErrorCode::Io, from.toStdString(), file.errorString().toStdString());
    return [this, to](SetRequestId answered) { Q_EMIT moved(answered, to); };
  });
  return id;
}

SetRequestId SelectionSetJobs::moveToTrash(const QString& path) {
  const SetRequestId id = begin();
  run(id, JobKind::ListSelections, [this, path](const StopFlag&) -> Answer {
    QFile file(path);
    if (!file.moveToTrash())
      throw Error(ErrorCode::Io, path.toStdString(), "it cannot be moved to the trash: " + file.errorString().toStdString(),
                  "Delete the file in the file manager");
    return [this](SetRequestId answered) { Q_EMIT moved(answered, {}); };
  });
  return id;
}

}  // namespace gps::app
