#pragma once
// What a file or folder that is dropped on the window means.
#include <QString>

#include "core/values/dataset.h"

namespace gps::app {

enum class DropKind { Project, Pictures, Table, Tensors, Weights, RunConfig, Picture, Video, Unknown };

// By kind and ending; reads no file. Pictures: a folder. Table (.csv): a list of pictures, or results. Tensors (.safetensors): weights, a
// pack of pictures, or what this program wrote (tensorskind.h).
DropKind dropKindOf(const QString& path);

// The picture of the open data that lies in this file; empty: none.
QString caseOfFile(const DataSummary& data, const QString& path);

}  // namespace gps::app
