#include "app/project/history.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QSet>

#include "app/engine/schemetext.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kTypingMs = 2500;  // keystrokes in one field that follow each other sooner are one entry
constexpr int kMergeId = 1;

class ChangeNames {
  Q_DECLARE_TR_FUNCTIONS(ChangeNames)
 public:
  static QString of(const DraftChange& change) {
    const QString& field = change.field;
    const bool isExclusion = field == "selection.exclude_blocks"_L1 || field == "selection.exclude_kinds"_L1;
    if (isExclusion) return exclusion(change, field.endsWith("blocks"_L1));
    if (field == "schemes"_L1) return schemes(words(change.before), words(change.after));
    if (field == "selection.k"_L1) return tr("keep %1 inputs per neuron").arg(change.after.toInt());
    const QString value = valueText(change.after);
    if (field == "train.selection_file"_L1)
      return value.isEmpty() ? tr("train the choice of the Selection page")
                             : tr("train the selection %1").arg(QFileInfo(value).completeBaseName());
    if (change.after.isBool())
      return change.after.toBool() ? tr("switch on %1").arg(fieldName(field)) : tr("switch off %1").arg(fieldName(field));
    return value.isEmpty() ? tr("change %1").arg(fieldName(field)) : tr("set %1 to %2").arg(fieldName(field), value);
  }
  static QString several(int n) { return tr("change %n setting(s)", nullptr, n); }

 private:
  static QStringList words(const QJsonValue& value) {
    QStringList list;
    for (const auto& v : value.toArray()) list << v.toString();
    return list;
  }
  static QString schemes(const QStringList& before, const QStringList& after) {
    for (const QString& id : after)
      if (!before.contains(id) && after.size() == before.size() + 1) return tr("put %1 beside the other schemes").arg(title(id));
    for (const QString& id : before)
      if (!after.contains(id) && before.size() == after.size() + 1) return tr("take %1 away from the schemes").arg(title(id));
    return tr("change the schemes side by side");
  }
  static QString title(const QString& id) { return SchemeText::title(SchemeText::fromId(id)); }
  static QString exclusion(const DraftChange& change, bool isBlocks) {
    const QStringList before = words(change.before), after = words(change.after);
    QStringList added, removed;
    for (const QString& w : after)
      if (!before.contains(w)) added << w;
    for (const QString& w : before)
      if (!after.contains(w)) removed << w;
    if (added.size() == 1 && removed.isEmpty()) return isBlocks ? tr("exclude block %1").arg(added[0]) : tr("exclude %1").arg(added[0]);
    if (removed.size() == 1 && added.isEmpty()) return isBlocks ? tr("include block %1").arg(removed[0]) : tr("include %1").arg(removed[0]);
    if (removed.isEmpty())
      return isBlocks ? tr("exclude %n block(s)", nullptr, int(added.size())) : tr("exclude %n kind(s)", nullptr, int(added.size()));
    if (added.isEmpty())
      return isBlocks ? tr("include %n block(s)", nullptr, int(removed.size())) : tr("include %n kind(s)", nullptr, int(removed.size()));
    return tr("change the excluded blocks");
  }
  static QString valueText(const QJsonValue& value) {
    if (value.isDouble()) return QString::number(value.toDouble(), 'g', 6);
    return value.toString();
  }
  static QString fieldName(const QString& field) {
    static constexpr struct {
      const char *field, *name;
    } kNames[] = {{"selection.criterion", QT_TR_NOOP("the ranking")},
                  {"selection.level", QT_TR_NOOP("the level")},
                  {"selection.loss", QT_TR_NOOP("the loss of the gradient")},
                  {"selection.share", QT_TR_NOOP("the selected share")},
                  {"selection.layer_budget", QT_TR_NOOP("the budget of a layer")},
                  {"selection.keep_excluded_biases", QT_TR_NOOP("the biases of excluded blocks")},
                  {"selection.micro_batch", QT_TR_NOOP("the pictures in memory at once")},
                  {"selection.early_stop", QT_TR_NOOP("the early end of the pass")},
                  {"selection.trace", QT_TR_NOOP("the trace of the pass")},
                  {"selection.batch", QT_TR_NOOP("the pictures per batch of the pass")},
                  {"selection.limit", QT_TR_NOOP("the number of pictures of the pass")},
                  {"selection.seed", QT_TR_NOOP("the seed of the pass")},
                  {"train.method", QT_TR_NOOP("the method")},
                  {"train.decoder", QT_TR_NOOP("the mask decoder")},
                  {"train.epochs", QT_TR_NOOP("the epochs")},
                  {"train.warmup_epochs", QT_TR_NOOP("the warm-up epochs")},
                  {"train.batch", QT_TR_NOOP("the pictures per step")},
                  {"train.lr", QT_TR_NOOP("the learning rate")},
                  {"train.weight_decay", QT_TR_NOOP("the weight decay")},
                  {"train.schedule", QT_TR_NOOP("the schedule")},
                  {"train.optimizer", QT_TR_NOOP("the optimiser")},
                  {"train.augment", QT_TR_NOOP("the augmentation")},
                  {"train.selection_file", QT_TR_NOOP("the selection file")},
                  {"train.min_lr", QT_TR_NOOP("the smallest rate")},
                  {"train.warmup_lr", QT_TR_NOOP("the warm-up rate")},
                  {"train.clip_norm", QT_TR_NOOP("the clip norm")},
                  {"train.layer_decay", QT_TR_NOOP("the layer decay")},
                  {"train.rule", QT_TR_NOOP("how gradients are made")},
                  {"train.backward", QT_TR_NOOP("the backward path")},
                  {"train.recompute", QT_TR_NOOP("recomputing")},
                  {"train.eager", QT_TR_NOOP("step by step")},
                  {"train.fast", QT_TR_NOOP("repeatability")},
                  {"train.precision", QT_TR_NOOP("the precision")},
                  {"train.field_memory", QT_TR_NOOP("the memory of the gradient")},
                  {"train.threads", QT_TR_NOOP("the threads")},
                  {"train.drop_path", QT_TR_NOOP("drop-path")},
                  {"train.mixup", QT_TR_NOOP("mixup")},
                  {"train.cutmix", QT_TR_NOOP("CutMix")},
                  {"train.label_smoothing", QT_TR_NOOP("the label smoothing")},
                  {"train.ema_decay", QT_TR_NOOP("the EMA decay")},
                  {"train.train_on_val", QT_TR_NOOP("training on validation")},
                  {"train.device", QT_TR_NOOP("the device")},
                  {"train.seed", QT_TR_NOOP("the seed")},
                  {"train.limit", QT_TR_NOOP("the number of training pictures")},
                  {"train.validation_limit", QT_TR_NOOP("the number of validation pictures")},
                  {"preset", QT_TR_NOOP("the preset")},
                  {"image_size.pixels", QT_TR_NOOP("the picture size")}};
    for (const auto& row : kNames)
      if (field == QLatin1StringView(row.field)) return tr(row.name);
    return field.section(u'.', -1);
  }
};

void flatten(const QString& prefix, const QJsonObject& object, DraftFields& fields) {
  for (auto it = object.begin(); it != object.end(); ++it) {
    const QString path = prefix.isEmpty() ? it.key() : prefix + u'.' + it.key();
    if (it.value().isObject())
      flatten(path, it.value().toObject(), fields);
    else
      fields.insert(path, it.value());
  }
}

void put(QJsonObject& object, const QStringList& path, qsizetype at, const QJsonValue& value) {
  if (at + 1 == path.size()) {
    object.insert(path[at], value);
    return;
  }
  QJsonObject inner = object.value(path[at]).toObject();
  put(inner, path, at + 1, value);
  object.insert(path[at], inner);
}

}  // namespace

DraftFields draftFields(const QJsonObject& draft) {
  DraftFields fields;
  flatten({}, draft, fields);
  return fields;
}

QJsonObject draftObject(const DraftFields& fields) {
  QJsonObject draft;
  for (auto it = fields.begin(); it != fields.end(); ++it) put(draft, it.key().split(u'.'), 0, it.value());
  return draft;
}

QString changeName(const QList<DraftChange>& changes) {
  return changes.size() == 1 ? ChangeNames::of(changes[0]) : ChangeNames::several(int(changes.size()));
}

class History::Entry : public QUndoCommand {
 public:
  Entry(History& history, const QList<DraftChange>& made) : m_history(history), changes(made) { m_clock.start(); }
  int id() const override { return kMergeId; }
  void undo() override { apply(true); }
  void redo() override {
    if (m_isDone) apply(false);
    m_isDone = true;  // what the user did is in the draft already when the entry is made
  }
  // Typing: the same number, soon after.
  bool mergeWith(const QUndoCommand* other) override {
    const auto& next = *static_cast<const Entry*>(other);
    if (changes.size() != 1 || next.changes.size() != 1 || changes[0].field != next.changes[0].field) return false;
    if (!changes[0].after.isDouble() || changes[0].field == "selection.k"_L1 || m_clock.elapsed() > kTypingMs) return false;
    changes[0].after = next.changes[0].after;
    m_clock.restart();
    setObsolete(changes[0].before == changes[0].after);
    return true;
  }

 private:
  void apply(bool backwards) {
    DraftFields fields;
    for (const DraftChange& c : changes) {
      const QJsonValue value = backwards ? c.before : c.after;
      fields.insert(c.field, value);
      if (value.isUndefined())
        m_history.m_known.remove(c.field);
      else
        m_history.m_known.insert(c.field, value);
    }
    m_history.m_apply(fields);
  }
  History& m_history;
  bool m_isDone = false;
  QElapsedTimer m_clock;

 public:
  QList<DraftChange> changes;
};

History::History(std::function<QJsonObject()> read, std::function<void(const DraftFields&)> apply, QObject* parent)
    : QObject(parent), m_read(std::move(read)), m_apply(std::move(apply)) {
  m_stack.setUndoLimit(500);
  connect(&m_stack, &QUndoStack::indexChanged, this, &History::changed);
}

// The stack empties itself when it goes and tells of it, when those who listen are gone already.
History::~History() { m_stack.disconnect(this); }

void History::record() {
  const DraftFields now = draftFields(m_read());
  QList<DraftChange> changes;
  for (auto it = now.begin(); it != now.end(); ++it)
    if (const QJsonValue before = m_known.value(it.key(), QJsonValue(QJsonValue::Undefined)); before != it.value())
      changes.append({it.key(), before, it.value()});
  m_known = now;
  if (!changes.isEmpty()) m_stack.push(new Entry(*this, changes));
}

void History::adopt() { m_known = draftFields(m_read()); }

void History::clear() {
  m_stack.clear();
  adopt();
}

QString History::nameAt(int index) const {
  const QUndoCommand* command = m_stack.command(index);
  return command ? changeName(static_cast<const Entry*>(command)->changes) : QString();
}

QString History::undoName() const { return canUndo() ? nameAt(m_stack.index() - 1) : QString(); }
QString History::redoName() const { return canRedo() ? nameAt(m_stack.index()) : QString(); }

}  // namespace gps::app
