#pragma once
// Questions to the selection explorer beside the table of the K slider, and the answers.
#include <QString>
#include <memory>
#include <string>
#include <vector>

#include "core/values/layertile.h"
#include "core/values/runspec.h"
#include "core/values/selectionstructure.h"

namespace gps::app {

struct SelectionTable;

// Tables of schemes to put beside the chosen one; each answer comes when it is ready.
struct SchemesRequest {
  std::vector<SelectionSpec> specs;
};

struct LayerRequest {
  SelectionSpec spec;  // K included
  std::string tensor;  // empty: only the structure
  TileWindow window;
  int overviewWidth = 0, overviewHeight = 0;  // above 0: the whole matrix in so many cells too
};

struct SaveSelectionRequest {
  SelectionSpec spec;
  QString path;  // .safetensors; refused when it is there already
};

struct SchemeReady {
  std::shared_ptr<const SelectionTable> table;
};

struct LayerLook {
  SelectionSpec spec;
  std::string tensor;
  std::shared_ptr<const SelectionStructure> structure;  // of all layers, the most picked columns of each
  ScoreRange range;
  std::vector<std::int64_t> picksPerColumn;
  LayerTile tile, overview;  // overview: empty when it was not asked for
};
struct LayerLooked {  // null: it could not be answered while a run trains
  std::shared_ptr<const LayerLook> look;
};

struct SelectionSaved {
  QString path;
  qint64 selected = 0;
};

}  // namespace gps::app
