#pragma once
#include <utility>

#include "core/data/loader.h"

namespace gps {

// Every picture once, in the order of the items, as the model sees it in evaluation; nothing is kept. onDevice: see LoaderSpec.
inline LoaderSpec plainLoading(std::vector<DataItem> items, const PreprocessSpec& preprocess, int batch, bool onDevice) {
  LoaderSpec loading;
  loading.items = std::move(items);
  loading.preprocess = preprocess;
  loading.batch = batch;
  loading.shuffle = false;
  loading.view = ViewKind::Plain;
  loading.onDevice = onDevice;
  loading.cacheBytes = 0;
  return loading;
}

}  // namespace gps
