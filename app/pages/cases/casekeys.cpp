#include "app/pages/cases/casekeys.h"

#include <QCoreApplication>

#include "app/actions.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::ViewerCommand;

namespace {

struct CaseCommand {
  ViewerCommand command;
  const char *id, *name;
};

const CaseCommand kCommands[] = {
    {ViewerCommand::Next, "cases.next", QT_TRANSLATE_NOOP("casekeys", "Next case")},
    {ViewerCommand::Previous, "cases.previous", QT_TRANSLATE_NOOP("casekeys", "Former case")},
    {ViewerCommand::First, "cases.first", QT_TRANSLATE_NOOP("casekeys", "First case")},
    {ViewerCommand::Last, "cases.last", QT_TRANSLATE_NOOP("casekeys", "Last case")},
    {ViewerCommand::GoTo, "cases.goTo", QT_TRANSLATE_NOOP("casekeys", "Go to a case")},
    {ViewerCommand::Gallery, "cases.gallery", QT_TRANSLATE_NOOP("casekeys", "Gallery or picture")},
    {ViewerCommand::Hide, "cases.hide", QT_TRANSLATE_NOOP("casekeys", "Hide the overlay while held")},
    {ViewerCommand::Other, "cases.other", QT_TRANSLATE_NOOP("casekeys", "The other prediction while held")},
    {ViewerCommand::ContourOnly, "cases.contour", QT_TRANSLATE_NOOP("casekeys", "Contour only")},
    {ViewerCommand::NextMode, "cases.mode", QT_TRANSLATE_NOOP("casekeys", "Next way to compare")},
    {ViewerCommand::Errors, "cases.errors", QT_TRANSLATE_NOOP("casekeys", "Error map")},
    {ViewerCommand::LessOpacity, "cases.lessOpacity", QT_TRANSLATE_NOOP("casekeys", "Fainter overlay")},
    {ViewerCommand::MoreOpacity, "cases.moreOpacity", QT_TRANSLATE_NOOP("casekeys", "Stronger overlay")},
    {ViewerCommand::LessOpacityFinely, "cases.lessOpacityFinely", QT_TRANSLATE_NOOP("casekeys", "Fainter overlay, finely")},
    {ViewerCommand::MoreOpacityFinely, "cases.moreOpacityFinely", QT_TRANSLATE_NOOP("casekeys", "Stronger overlay, finely")},
    {ViewerCommand::LowerThreshold, "cases.lowerThreshold", QT_TRANSLATE_NOOP("casekeys", "Lower threshold")},
    {ViewerCommand::HigherThreshold, "cases.higherThreshold", QT_TRANSLATE_NOOP("casekeys", "Higher threshold")},
    {ViewerCommand::LowerThresholdFinely, "cases.lowerThresholdFinely", QT_TRANSLATE_NOOP("casekeys", "Lower threshold, finely")},
    {ViewerCommand::HigherThresholdFinely, "cases.higherThresholdFinely", QT_TRANSLATE_NOOP("casekeys", "Higher threshold, finely")},
    {ViewerCommand::ZoomIn, "cases.zoomIn", QT_TRANSLATE_NOOP("casekeys", "Zoom in")},
    {ViewerCommand::ZoomOut, "cases.zoomOut", QT_TRANSLATE_NOOP("casekeys", "Zoom out")},
    {ViewerCommand::Fit, "cases.fit", QT_TRANSLATE_NOOP("casekeys", "Fit the picture")},
    {ViewerCommand::ActualSize, "cases.actualSize", QT_TRANSLATE_NOOP("casekeys", "Picture at 100 %")},
    {ViewerCommand::DividerLeft, "cases.dividerLeft", QT_TRANSLATE_NOOP("casekeys", "Divider to the left")},
    {ViewerCommand::DividerRight, "cases.dividerRight", QT_TRANSLATE_NOOP("casekeys", "Divider to the right")},
    {ViewerCommand::ResetLevels, "cases.resetLevels", QT_TRANSLATE_NOOP("casekeys", "Reset brightness and contrast")}};

QString text(const char* source) { return QCoreApplication::translate("casekeys", source); }

}  // namespace

void addCaseActions(Actions& actions, const std::function<void(ViewerCommand)>& perform, const std::function<QString()>& whyNot) {
  const ui::ViewerKeys usual = ui::defaultViewerKeys();
  for (const CaseCommand& entry : kCommands) {
    QList<QKeySequence> keys;
    // The digits rate here; 100 % is Ctrl+1, which leads to a page elsewhere.
    const bool isActualSize = entry.command == ViewerCommand::ActualSize;
    if (isActualSize) keys << QKeySequence(Qt::CTRL | Qt::Key_1);
    for (const ui::ViewerKey& key : usual)
      if (key.command == entry.command && !isActualSize) keys << key.keys;
    std::function<void()> run;
    const bool isHeld = entry.command == ViewerCommand::Hide || entry.command == ViewerCommand::Other;
    if (!isHeld) run = [perform, command = entry.command] { perform(command); };
    actions.add({QString::fromLatin1(entry.id), u"cases"_s, keys, [name = entry.name] { return text(name); }, run, whyNot, false,
                 u"cases"_s, isActualSize});
  }
}

ui::ViewerKeys caseKeys(const Actions& actions) {
  ui::ViewerKeys keys;
  for (const CaseCommand& entry : kCommands)
    for (const QKeySequence& k : actions.keys(QString::fromLatin1(entry.id))) keys.append({entry.command, k});
  return keys;
}

QString caseKeysText(const Actions& actions) {
  const auto key = [&actions](const char* id) {
    const auto keys = actions.keys(QString::fromLatin1(id));
    return keys.isEmpty() ? u"–"_s : keys.first().toString(QKeySequence::NativeText);
  };
  // A line breaks between the entries, not within one.
  QStringList entries =
      text(QT_TRANSLATE_NOOP("casekeys", "%1 hides · %2 / %3 other case · %4 compare · %5 errors · ? all keys")).split(u" · "_s);
  for (QString& entry : entries) entry.replace(u' ', QChar::Nbsp);
  return entries.join(u" · "_s).arg(key("cases.hide"), key("cases.previous"), key("cases.next"), key("cases.mode"), key("cases.errors"));
}

}  // namespace gps::app
