#include "app/pages/cases/casekeys.h"

#include <QCoreApplication>
#include <utility>

#include "app/actions.h"

namespace gps::app {

using namespace Qt::StringLiterals;
using ui::ViewerCommand;

namespace {

enum Where : unsigned {
  kCases = 1,
  kNewPictures = 2,
  kVideo = 4,
  kBlind = 8,
  kLooking = kNewPictures | kVideo,
  kChoosing = kCases | kLooking
};

constexpr std::pair<Where, QLatin1StringView> kPages[] = {
    {kCases, "cases"_L1}, {kNewPictures, "newpictures"_L1}, {kVideo, "video"_L1}, {kBlind, "blind"_L1}};

struct CaseCommand {
  ViewerCommand command;
  const char *id, *name;
  unsigned where = kCases;
  const char *nameOfNew = nullptr, *nameOfFrame = nullptr;  // on the pages of new pictures and of a video
};

// Cases, ways to compare and the threshold are not a blind reader's to change.
const CaseCommand kCommands[] = {
    {ViewerCommand::Next, "cases.next", QT_TRANSLATE_NOOP("casekeys", "Next case"), kChoosing,
     QT_TRANSLATE_NOOP("casekeys", "Next picture"), QT_TRANSLATE_NOOP("casekeys", "Next frame")},
    {ViewerCommand::Previous, "cases.previous", QT_TRANSLATE_NOOP("casekeys", "Former case"), kChoosing,
     QT_TRANSLATE_NOOP("casekeys", "Former picture"), QT_TRANSLATE_NOOP("casekeys", "Former frame")},
    {ViewerCommand::First, "cases.first", QT_TRANSLATE_NOOP("casekeys", "First case"), kChoosing,
     QT_TRANSLATE_NOOP("casekeys", "First picture"), QT_TRANSLATE_NOOP("casekeys", "First frame")},
    {ViewerCommand::Last, "cases.last", QT_TRANSLATE_NOOP("casekeys", "Last case"), kChoosing,
     QT_TRANSLATE_NOOP("casekeys", "Last picture"), QT_TRANSLATE_NOOP("casekeys", "Last frame")},
    {ViewerCommand::GoTo, "cases.goTo", QT_TRANSLATE_NOOP("casekeys", "Go to a case"), kChoosing,
     QT_TRANSLATE_NOOP("casekeys", "Go to a picture"), QT_TRANSLATE_NOOP("casekeys", "Type the number of a frame")},
    {ViewerCommand::Gallery, "cases.gallery", QT_TRANSLATE_NOOP("casekeys", "Gallery or picture")},
    {ViewerCommand::Hide, "cases.hide", QT_TRANSLATE_NOOP("casekeys", "Hide the overlay while held"), kChoosing | kBlind},
    {ViewerCommand::Other, "cases.other", QT_TRANSLATE_NOOP("casekeys", "The other prediction while held")},
    {ViewerCommand::ContourOnly, "cases.contour", QT_TRANSLATE_NOOP("casekeys", "Contour only"), kChoosing | kBlind},
    {ViewerCommand::NextMode, "cases.mode", QT_TRANSLATE_NOOP("casekeys", "Next way to compare")},
    {ViewerCommand::Errors, "cases.errors", QT_TRANSLATE_NOOP("casekeys", "Error map")},
    {ViewerCommand::LessOpacity, "cases.lessOpacity", QT_TRANSLATE_NOOP("casekeys", "Fainter overlay"), kChoosing | kBlind},
    {ViewerCommand::MoreOpacity, "cases.moreOpacity", QT_TRANSLATE_NOOP("casekeys", "Stronger overlay"), kChoosing | kBlind},
    {ViewerCommand::LessOpacityFinely, "cases.lessOpacityFinely", QT_TRANSLATE_NOOP("casekeys", "Fainter overlay, finely"),
     kChoosing | kBlind},
    {ViewerCommand::MoreOpacityFinely, "cases.moreOpacityFinely", QT_TRANSLATE_NOOP("casekeys", "Stronger overlay, finely"),
     kChoosing | kBlind},
    {ViewerCommand::LowerThreshold, "cases.lowerThreshold", QT_TRANSLATE_NOOP("casekeys", "Lower threshold"), kChoosing},
    {ViewerCommand::HigherThreshold, "cases.higherThreshold", QT_TRANSLATE_NOOP("casekeys", "Higher threshold"), kChoosing},
    {ViewerCommand::LowerThresholdFinely, "cases.lowerThresholdFinely", QT_TRANSLATE_NOOP("casekeys", "Lower threshold, finely"),
     kChoosing},
    {ViewerCommand::HigherThresholdFinely, "cases.higherThresholdFinely", QT_TRANSLATE_NOOP("casekeys", "Higher threshold, finely"),
     kChoosing},
    {ViewerCommand::ZoomIn, "cases.zoomIn", QT_TRANSLATE_NOOP("casekeys", "Zoom in"), kChoosing | kBlind},
    {ViewerCommand::ZoomOut, "cases.zoomOut", QT_TRANSLATE_NOOP("casekeys", "Zoom out"), kChoosing | kBlind},
    {ViewerCommand::Fit, "cases.fit", QT_TRANSLATE_NOOP("casekeys", "Fit the picture"), kChoosing | kBlind},
    {ViewerCommand::ActualSize, "cases.actualSize", QT_TRANSLATE_NOOP("casekeys", "Picture at 100 %")},
    {ViewerCommand::ActualSize, "cases.actualSizeOfNew", QT_TRANSLATE_NOOP("casekeys", "New picture at 100 %"), kLooking},
    {ViewerCommand::DividerLeft, "cases.dividerLeft", QT_TRANSLATE_NOOP("casekeys", "Divider to the left")},
    {ViewerCommand::DividerRight, "cases.dividerRight", QT_TRANSLATE_NOOP("casekeys", "Divider to the right")},
    {ViewerCommand::Brighter, "cases.brighter", QT_TRANSLATE_NOOP("casekeys", "Brighter picture"), kChoosing | kBlind},
    {ViewerCommand::Darker, "cases.darker", QT_TRANSLATE_NOOP("casekeys", "Darker picture"), kChoosing | kBlind},
    {ViewerCommand::MoreContrast, "cases.moreContrast", QT_TRANSLATE_NOOP("casekeys", "More contrast: narrower window"),
     kChoosing | kBlind},
    {ViewerCommand::LessContrast, "cases.lessContrast", QT_TRANSLATE_NOOP("casekeys", "Less contrast: wider window"), kChoosing | kBlind},
    {ViewerCommand::ResetLevels, "cases.resetLevels", QT_TRANSLATE_NOOP("casekeys", "Reset brightness and contrast"), kChoosing | kBlind}};

QString text(const char* source) { return QCoreApplication::translate("casekeys", source); }

unsigned placeOf(const QString& page) {
  for (const auto& [where, id] : kPages)
    if (page == id) return where;
  return 0;
}

// Where cases are rated by the digits 100 % is Ctrl+1, which leads to a page elsewhere.
bool isActualSizeOfCases(const CaseCommand& entry) { return entry.command == ViewerCommand::ActualSize && entry.where == kCases; }

QList<QKeySequence> usualKeys(const CaseCommand& entry) {
  if (isActualSizeOfCases(entry)) return {QKeySequence(Qt::CTRL | Qt::Key_1)};
  QList<QKeySequence> keys;
  for (const ui::ViewerKey& key : ui::defaultViewerKeys())
    if (key.command == entry.command) keys << key.keys;
  return keys;
}

QString nameOn(const QString& page, const CaseCommand& entry) {
  const unsigned where = placeOf(page);
  return text(where == kNewPictures && entry.nameOfNew ? entry.nameOfNew
              : where == kVideo && entry.nameOfFrame   ? entry.nameOfFrame
                                                       : entry.name);
}

}  // namespace

void addCaseActions(Actions& actions, const QList<PictureHost>& hosts) {
  const auto hostOf = [&actions, hosts](const CaseCommand& entry) {
    for (const PictureHost& host : hosts)
      if (host.page == actions.page() && (placeOf(host.page) & entry.where) != 0) return host;
    for (const PictureHost& host : hosts)
      if ((placeOf(host.page) & entry.where) != 0) return host;
    return PictureHost{};
  };
  for (const CaseCommand& entry : kCommands) {
    QStringList pages;
    for (const auto& [where, id] : kPages)
      if ((entry.where & where) != 0) pages << id;
    std::function<void()> run;
    const bool isHeld = entry.command == ViewerCommand::Hide || entry.command == ViewerCommand::Other;
    if (!isHeld) run = [hostOf, &entry] { hostOf(entry).perform(entry.command); };
    ActionInfo info;
    info.id = QString::fromLatin1(entry.id);
    info.category = u"cases"_s;
    info.defaults = usualKeys(entry);
    info.name = [&entry] { return text(entry.name); };
    info.nameOn = [&entry](const QString& page) { return nameOn(page, entry); };
    info.run = run;
    info.whyNot = [hostOf, &entry] { return hostOf(entry).whyNot(); };
    info.pages = pages;
    info.outranks = isActualSizeOfCases(entry);
    actions.add(info);
  }
  const auto give = [&actions, hosts] {
    for (const PictureHost& host : hosts) host.setKeys(caseKeys(actions, host.page));
  };
  QObject::connect(&actions, &Actions::keysChanged, &actions, give);
  give();
}

ui::ViewerKeys caseKeys(const Actions& actions, const QString& page) {
  ui::ViewerKeys keys;
  for (const CaseCommand& entry : kCommands)
    if ((placeOf(page) & entry.where) != 0)
      for (const QKeySequence& k : actions.keys(QString::fromLatin1(entry.id))) keys.append({entry.command, k});
  return keys;
}

ui::ViewerKeys usualCaseKeys(const QString& page) {
  ui::ViewerKeys keys;
  for (const CaseCommand& entry : kCommands)
    if ((placeOf(page) & entry.where) != 0)
      for (const QKeySequence& k : usualKeys(entry)) keys.append({entry.command, k});
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
