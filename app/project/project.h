#pragma once
// A project: a folder with project.json and runs/. Plain values; a path inside the folder is kept relative, so that the folder
// can be moved.
#include <QByteArray>
#include <QString>

#include "app/engine/schemes.h"
#include "core/values/runspec.h"

class QJsonObject;

namespace gps::app {

struct Project {
  QString folder;  // absolute; empty: no project
  QString name;
  QString dataFolder;  // absolute; empty: none yet
  bool isDemo = false;
  TaskKind task = TaskKind::Segmentation;  // of the pictures; the draft below has its defaults
  ModelSpec model;
  SelectionSpec selection;
  QList<Scheme> schemes = defaultSchemes();  // side by side on the Selection page
  QString preset;                            // whose settings the form was filled with last; empty: none
  TrainSpec train;                           // the draft of the form; model, selection, data and run folder are filled in when a run starts

  bool isOpen() const { return !folder.isEmpty(); }
  QString runsFolder() const { return folder + QStringLiteral("/runs"); }
};

// Throws gps::Error(NotFound, BadFile, Io) naming the file.
Project readProject(const QString& folder);
void writeProject(const Project& project);  // atomically; makes the folder

// The file's text; parseProject takes it apart for a project in `folder`. Throws gps::Error(BadFile).
QByteArray projectText(const Project& project);
Project parseProject(const QByteArray& text, const QString& folder);
// What the user edits, as the file has it: "selection", "schemes", "train", "preset", "image_size" (with the weights it belongs to).
// applyDraft leaves alone what the object does not have, and the picture size of other weights.
QJsonObject draftOf(const Project& project);
void applyDraft(const QJsonObject& draft, Project& project);

// The same project in another folder, to which all was copied that lies in its own: what is there is meant there from now on.
Project movedProject(const Project& project, const QString& folder);

bool isProjectFolder(const QString& folder);
// A new project for a folder of pictures, in the user's data folder, named after it; an existing one for the same pictures is opened.
Project projectForData(const QString& dataFolder);
Project demoProject();
// "20261124-174400-gps-k1" under the project's runs, not there yet.
QString freshRunFolder(const Project& project, const TrainSpec& spec);

// Sample weights: $GPS_WEIGHTS (file or folder), $GPS_DEPS/weights, .deps/weights in a folder above the program. Empty: none found.
QString findSampleWeights();

}  // namespace gps::app
