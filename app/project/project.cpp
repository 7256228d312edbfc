#include "app/project/project.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>
#include <algorithm>

#include "app/engine/schemetext.h"
#include "app/project/folderpaths.h"
#include "core/values/error.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFile = "project.json"_L1;
constexpr auto kFormat = "gps-project/1"_L1;
constexpr auto kSampleFile = "lite_medsam.pth"_L1;

QString dataRoot() { return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/gps-workbench"_L1; }

template <typename E>
QString word(E value) {
  return QString::fromStdString(wordOf(value));
}

template <typename E>
void readWord(const QJsonObject& object, QLatin1StringView key, E& value) {
  if (object.contains(key)) value = parseWord<E>(object.value(key).toString().toStdString());
}

void readInt(const QJsonObject& object, QLatin1StringView key, int& value) { value = object.value(key).toInt(value); }
void readNumber(const QJsonObject& object, QLatin1StringView key, double& value) { value = object.value(key).toDouble(value); }
void readSeed(const QJsonObject& object, QLatin1StringView key, std::uint64_t& value) {
  value = std::uint64_t(object.value(key).toInteger(qint64(value)));
}

QJsonArray toArray(const std::vector<std::string>& words) {
  QJsonArray array;
  for (const auto& w : words) array.append(QString::fromStdString(w));
  return array;
}

std::vector<std::string> fromArray(const QJsonArray& array) {
  std::vector<std::string> words;
  for (const auto& v : array) words.push_back(v.toString().toStdString());
  return words;
}

QJsonObject selectionObject(const SelectionSpec& s) {
  return {{"level"_L1, word(s.level)},
          {"layer_budget"_L1, word(s.layerBudget)},
          {"criterion"_L1, word(s.criterion)},
          {"loss"_L1, word(s.loss)},
          {"k"_L1, s.keptPerRow},
          {"share"_L1, s.share},
          {"keep_excluded_biases"_L1, s.keepExcludedBiases},
          {"micro_batch"_L1, s.microBatch},
          {"trace"_L1, s.trace},
          {"exclude_blocks"_L1, toArray(s.excludedBlocks)},
          {"exclude_kinds"_L1, toArray(s.excludedKinds)},
          {"batch"_L1, s.batch},
          {"limit"_L1, s.limit},
          {"early_stop"_L1, s.earlyStop},
          {"seed"_L1, qint64(s.seed)}};
}

void readSelection(const QJsonObject& o, SelectionSpec& s) {
  readWord(o, "level"_L1, s.level);
  readWord(o, "layer_budget"_L1, s.layerBudget);
  readNumber(o, "early_stop"_L1, s.earlyStop);
  readWord(o, "criterion"_L1, s.criterion);
  readWord(o, "loss"_L1, s.loss);
  readInt(o, "k"_L1, s.keptPerRow);
  s.keptPerRow = std::max(1, s.keptPerRow);
  readNumber(o, "share"_L1, s.share);
  s.share = std::clamp(s.share, 0.0, 1.0);
  s.keepExcludedBiases = o.value("keep_excluded_biases"_L1).toBool(s.keepExcludedBiases);
  readInt(o, "micro_batch"_L1, s.microBatch);
  s.trace = o.value("trace"_L1).toBool(s.trace);
  s.excludedBlocks = fromArray(o.value("exclude_blocks"_L1).toArray());
  s.excludedKinds = fromArray(o.value("exclude_kinds"_L1).toArray());
  readInt(o, "batch"_L1, s.batch);
  readInt(o, "limit"_L1, s.limit);
  readSeed(o, "seed"_L1, s.seed);
}

QJsonArray schemesArray(const QList<Scheme>& schemes) {
  QJsonArray array;
  for (const Scheme& scheme : schemes) array.append(SchemeText::id(scheme));
  return array;
}

void readSchemes(const QJsonObject& o, QList<Scheme>& schemes) {
  if (!o.contains("schemes"_L1)) return;
  schemes.clear();
  for (const auto& id : o.value("schemes"_L1).toArray()) schemes << SchemeText::fromId(id.toString());
}

QJsonObject trainObject(const TrainSpec& t) {
  return {{"method"_L1, word(t.method)},
          {"selection_file"_L1, QString::fromStdString(t.selectionPath)},
          {"decoder"_L1, word(t.selection.decoder)},
          {"epochs"_L1, t.epochs},
          {"warmup_epochs"_L1, t.warmupEpochs},
          {"batch"_L1, t.batch},
          {"lr"_L1, t.learningRate},
          {"min_lr"_L1, t.minLearningRate},
          {"warmup_lr"_L1, t.warmupLearningRate},
          {"weight_decay"_L1, t.weightDecay},
          {"clip_norm"_L1, t.clipNorm},
          {"layer_decay"_L1, t.layerDecay},
          {"rule"_L1, word(t.rule)},
          {"backward"_L1, word(t.backward)},
          {"recompute"_L1, t.recompute},
          {"eager"_L1, t.eager},
          {"fast"_L1, t.fast},
          {"precision"_L1, word(t.device.precision)},
          {"threads"_L1, t.device.threads},
          {"field_memory"_L1, word(t.device.fieldMemory)},
          {"schedule"_L1, word(t.schedule)},
          {"optimizer"_L1, word(t.optimizer)},
          {"augment"_L1, word(t.augment)},
          {"drop_path"_L1, t.dropPath},
          {"mixup"_L1, t.mixup},
          {"cutmix"_L1, t.cutmix},
          {"label_smoothing"_L1, t.labelSmoothing},
          {"ema_decay"_L1, t.emaDecay},
          {"train_on_val"_L1, t.trainOnVal},
          {"device"_L1, word(t.device.device)},
          {"seed"_L1, qint64(t.seed)},
          {"limit"_L1, t.limit},
          {"validation_limit"_L1, t.validationLimit}};
}

void readTrain(const QJsonObject& o, TrainSpec& t) {
  readWord(o, "method"_L1, t.method);
  readWord(o, "decoder"_L1, t.selection.decoder);
  readInt(o, "epochs"_L1, t.epochs);
  readInt(o, "warmup_epochs"_L1, t.warmupEpochs);
  readInt(o, "batch"_L1, t.batch);
  readNumber(o, "lr"_L1, t.learningRate);
  t.selectionPath = o.value("selection_file"_L1).toString().toStdString();
  readNumber(o, "min_lr"_L1, t.minLearningRate);
  readNumber(o, "warmup_lr"_L1, t.warmupLearningRate);
  readNumber(o, "weight_decay"_L1, t.weightDecay);
  readNumber(o, "clip_norm"_L1, t.clipNorm);
  readNumber(o, "layer_decay"_L1, t.layerDecay);
  readWord(o, "rule"_L1, t.rule);
  readWord(o, "backward"_L1, t.backward);
  t.recompute = o.value("recompute"_L1).toBool(t.recompute);
  t.eager = o.value("eager"_L1).toBool(t.eager);
  t.fast = o.value("fast"_L1).toBool(t.fast);
  readWord(o, "precision"_L1, t.device.precision);
  readInt(o, "threads"_L1, t.device.threads);
  readWord(o, "field_memory"_L1, t.device.fieldMemory);
  readNumber(o, "drop_path"_L1, t.dropPath);
  readNumber(o, "mixup"_L1, t.mixup);
  readNumber(o, "cutmix"_L1, t.cutmix);
  readNumber(o, "label_smoothing"_L1, t.labelSmoothing);
  readNumber(o, "ema_decay"_L1, t.emaDecay);
  t.trainOnVal = o.value("train_on_val"_L1).toBool(t.trainOnVal);
  readWord(o, "schedule"_L1, t.schedule);
  readWord(o, "optimizer"_L1, t.optimizer);
  readWord(o, "augment"_L1, t.augment);
  readWord(o, "device"_L1, t.device.device);
  readSeed(o, "seed"_L1, t.seed);
  readInt(o, "limit"_L1, t.limit);
  readInt(o, "validation_limit"_L1, t.validationLimit);
}

}  // namespace

bool isProjectFolder(const QString& folder) { return QFile::exists(folder + u'/' + kFile); }

Project readProject(const QString& folder) {
  const QString path = QDir::cleanPath(QDir(folder).absoluteFilePath(kFile));
  QFile file(path);
  if (!file.exists()) throw Error(ErrorCode::NotFound, path.toStdString(), "there is no project in this folder", "Choose a project folder");
  if (!file.open(QIODevice::ReadOnly)) throw Error(ErrorCode::Io, path.toStdString(), file.errorString().toStdString());
  return parseProject(file.readAll(), folder);
}

Project parseProject(const QByteArray& text, const QString& folder) {
  const QString path = QDir::cleanPath(QDir(folder).absoluteFilePath(kFile));
  const QJsonDocument document = QJsonDocument::fromJson(text);
  const QJsonObject root = document.object();
  if (root.value("format"_L1).toString() != kFormat)
    throw Error(ErrorCode::BadFile, path.toStdString(), "not a project of this program's version", "Make a new project for its pictures");
  Project project;
  project.folder = QDir::cleanPath(QDir(folder).absolutePath());
  project.name = root.value("name"_L1).toString(QFileInfo(project.folder).fileName());
  project.dataFolder = openedPath(project.folder, root.value("data"_L1).toString());
  project.isDemo = root.value("demo"_L1).toBool();
  project.preset = root.value("preset"_L1).toString();
  project.model.weightsPath = openedPath(project.folder, root.value("weights"_L1).toString()).toStdString();
  project.model.id = root.value("model"_L1).toString().toStdString();
  readInt(root, "image_size"_L1, project.model.imageSize);
  try {
    readWord(root, "task"_L1, project.task);
    project.train = defaultTrainSpec(project.task);
    project.selection.loss = project.train.selection.loss;
    if (project.task == TaskKind::Classification) project.selection.batch = project.train.selection.batch;
    readSelection(root.value("selection"_L1).toObject(), project.selection);
    readTrain(root.value("train"_L1).toObject(), project.train);
    readSchemes(root, project.schemes);
    project.train.selectionPath = openedPath(project.folder, QString::fromStdString(project.train.selectionPath)).toStdString();
  } catch (const Error& error) {
    throw Error(ErrorCode::BadFile, path.toStdString(), error.what(), "Correct the word or delete the line");
  }
  return project;
}

QByteArray projectText(const Project& project) {
  QJsonObject train = trainObject(project.train);
  train["selection_file"_L1] = keptPath(project.folder, QString::fromStdString(project.train.selectionPath));
  const QJsonObject root{{"format"_L1, kFormat},
                         {"name"_L1, project.name},
                         {"data"_L1, keptPath(project.folder, project.dataFolder)},
                         {"demo"_L1, project.isDemo},
                         {"preset"_L1, project.preset},
                         {"task"_L1, word(project.task)},
                         {"weights"_L1, keptPath(project.folder, QString::fromStdString(project.model.weightsPath))},
                         {"model"_L1, QString::fromStdString(project.model.id)},
                         {"image_size"_L1, project.model.imageSize},
                         {"selection"_L1, selectionObject(project.selection)},
                         {"schemes"_L1, schemesArray(project.schemes)},
                         {"train"_L1, train}};
  return QJsonDocument(root).toJson();
}

QJsonObject draftOf(const Project& project) {
  return {{"selection"_L1, selectionObject(project.selection)},
          {"schemes"_L1, schemesArray(project.schemes)},
          {"train"_L1, trainObject(project.train)},
          {"preset"_L1, project.preset},
          {"image_size"_L1, QJsonObject{{"pixels"_L1, project.model.imageSize},
                                        {"weights"_L1, keptPath(project.folder, QString::fromStdString(project.model.weightsPath))}}}};
}

void applyDraft(const QJsonObject& draft, Project& project) {
  if (draft.contains("selection"_L1)) readSelection(draft.value("selection"_L1).toObject(), project.selection);
  if (draft.contains("train"_L1)) readTrain(draft.value("train"_L1).toObject(), project.train);
  readSchemes(draft, project.schemes);
  project.preset = draft.value("preset"_L1).toString(project.preset);
  const QJsonObject size = draft.value("image_size"_L1).toObject();
  const QString weights = openedPath(project.folder, size.value("weights"_L1).toString());
  if (weights.toStdString() == project.model.weightsPath) readInt(size, "pixels"_L1, project.model.imageSize);
}

Project movedProject(const Project& project, const QString& folder) {
  const auto moved = [&](const QString& path) { return openedPath(folder, keptPath(project.folder, path)); };
  Project copy = project;
  copy.folder = folder;
  copy.name = QFileInfo(folder).fileName();
  copy.isDemo = false;  // it is not drawn again
  copy.dataFolder = moved(project.dataFolder);
  copy.model.weightsPath = moved(QString::fromStdString(project.model.weightsPath)).toStdString();
  copy.train.selectionPath = moved(QString::fromStdString(project.train.selectionPath)).toStdString();
  return copy;
}

void writeProject(const Project& project) {
  const QString path = project.folder + u'/' + kFile;
  if (!QDir().mkpath(project.folder)) throw Error(ErrorCode::Io, project.folder.toStdString(), "the folder cannot be made");
  const QByteArray text = projectText(project);
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
    throw Error(ErrorCode::Io, path.toStdString(), file.errorString().toStdString(), "Check the free space and the permissions");
}

Project projectForData(const QString& dataFolder) {
  const QString data = QDir::cleanPath(QDir(dataFolder).absolutePath());
  const QString stem = QFileInfo(data).completeBaseName();
  for (int i = 1;; ++i) {
    const QString folder = dataRoot() + "/projects/"_L1 + (i == 1 ? stem : stem + u'-' + QString::number(i));
    if (isProjectFolder(folder)) {
      try {
        Project old = readProject(folder);
        if (old.dataFolder == data) return old;
      } catch (const Error&) {
        // A damaged project keeps its folder; the new one takes the next name.
      }
      continue;
    }
    if (QFileInfo::exists(folder)) continue;
    Project project;
    project.folder = folder;
    project.name = stem;
    project.dataFolder = data;
    return project;
  }
}

Project demoProject() {
  Project project;
  project.folder = dataRoot() + "/demo"_L1;
  if (isProjectFolder(project.folder)) {
    try {
      project = readProject(project.folder);
      if (project.model.weightsPath.empty() || !QFile::exists(QString::fromStdString(project.model.weightsPath)))
        project.model.weightsPath = findSampleWeights().toStdString();
      return project;
    } catch (const Error&) {
      project = {};
      project.folder = dataRoot() + "/demo"_L1;
    }
  }
  project.name = QStringLiteral("polyp-phantoms");
  project.isDemo = true;
  project.dataFolder = project.folder + "/data"_L1;
  project.model.weightsPath = findSampleWeights().toStdString();
  project.model.imageSize = 128;  // five times faster than 256 on a CPU
  project.train.epochs = 3;
  project.train.batch = 4;
  project.train.warmupEpochs = 14;  // brings the decoder, trained with boxes only, to masks without a prompt
  project.train.seed = 7;
  return project;
}

QString freshRunFolder(const Project& project, const TrainSpec& spec) {
  const QString stamp = QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s);
  QString name = stamp + u'-' + word(spec.method);
  if (spec.method == Method::Gps && !spec.selectionPath.empty())
    name += u'-' + QFileInfo(QString::fromStdString(spec.selectionPath)).completeBaseName();
  else if (spec.method == Method::Gps && spec.selection.share > 0)
    name += "-share"_L1 + QString::number(spec.selection.share);
  else if (spec.method == Method::Gps)
    name += "-k"_L1 + QString::number(spec.selection.keptPerRow);
  const QString path = project.runsFolder() + u'/' + name;
  for (int i = 2;; ++i) {
    const QString candidate = i == 2 ? path : path + u'-' + QString::number(i - 1);
    if (!QFileInfo::exists(candidate)) return candidate;
  }
}

QString findSampleWeights() {
  QStringList candidates;
  const QString own = qEnvironmentVariable("GPS_WEIGHTS");
  if (!own.isEmpty()) candidates << own << own + u'/' + kSampleFile;
  const QString deps = qEnvironmentVariable("GPS_DEPS");
  if (!deps.isEmpty()) candidates << deps + "/weights/"_L1 + kSampleFile;
  QDir above(QCoreApplication::applicationDirPath());
  for (int i = 0; i < 5; ++i) {
    candidates << above.absoluteFilePath(".deps/weights/"_L1 + kSampleFile);
    if (!above.cdUp()) break;
  }
  for (const QString& path : candidates)
    if (QFileInfo(path).isFile()) return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
  return {};
}

}  // namespace gps::app
