#include "app/pages/cases/savebytes.h"

#include <QCoreApplication>
#include <QPointer>
#include <QSaveFile>
#include <QThreadPool>
#include <utility>

#include "app/engine/failuretext.h"
#include "app/pages/page.h"
#include "widgets/card.h"

namespace gps::app {

using namespace Qt::StringLiterals;

namespace {
struct SaveBytes {
  Q_DECLARE_TR_FUNCTIONS(SaveBytes)
};
}  // namespace

void saveBytes(ui::Card* card, const QString& path, std::function<QByteArray()> bytes) {
  QThreadPool::globalInstance()->start([path, bytes = std::move(bytes), guard = QPointer<ui::Card>(card)] {
    const QByteArray content = bytes();
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit()) return;
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [guard, path, why = file.errorString()] {
          if (guard)
            guard->showError(SaveBytes::tr("The file was not written."), FailureTexts::whyNotWritten(why),
                             SaveBytes::tr("Check the free space and the permissions, or choose another folder."), path + ": "_L1 + why);
        },
        Qt::QueuedConnection);
  });
}

void chooseAndSave(ui::Card* card, const QString& title, const QString& name, const QString& filter, std::function<QByteArray()> bytes) {
  chooseSaveFile(card, title, name, filter, [card, bytes = std::move(bytes)](const QString& path) { saveBytes(card, path, bytes); });
}

void chooseAndSave(ui::Card* card, const QString& title, const QString& name, const QString& filter, const QByteArray& bytes) {
  chooseAndSave(card, title, name, filter, [bytes] { return bytes; });
}

}  // namespace gps::app
