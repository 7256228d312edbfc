#pragma once
#include <utility>

#include "core/data/loader.h"

namespace gps {

// Every picture once, in the order of the items, as the model sees it in evaluation; nothing is kept.
inline LoaderSpec plainLoading(std::vector<DataItem> items, const PreprocessSpec& preprocess, int batch) {
  LoaderSpec loading;
  loading.items = std::move(items);
  loading.preprocess = preprocess;
  loading.batch = batch;
  loading.shuffle = false;
  loading.view = ViewKind::Plain;
  loading.cacheBytes = 0;
  return loading;
}

}  // namespace gps
