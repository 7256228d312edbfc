#pragma once
// Asks for a name and writes bytes there, atomically and off the GUI thread; a failure is the card's banner.
#include <QByteArray>
#include <QString>
#include <functional>

namespace gps::ui {
class Card;
}

namespace gps::app {

// bytes: on any thread.
void chooseAndSave(ui::Card* card, const QString& title, const QString& name, const QString& filter, std::function<QByteArray()> bytes);
void chooseAndSave(ui::Card* card, const QString& title, const QString& name, const QString& filter, const QByteArray& bytes);
void saveBytes(ui::Card* card, const QString& path, std::function<QByteArray()> bytes);

}  // namespace gps::app
