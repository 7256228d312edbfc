#include "core/tuning/statefiles.h"

#include <unistd.h>

#include <filesystem>

#include "core/checkpoints/readers/foldersync.h"
#include "core/nn/gradientpaths.h"
#include "core/tuning/textfile.h"

namespace gps {

namespace fs = std::filesystem;

namespace {

// A second name for the file; a copy where the disk has no hard links.
void keep(const std::string& path, const std::string& name) {
  if (::link(path.c_str(), name.c_str()) == 0) return;
  const auto temporary = name + ".tmp";
  std::error_code failure;
  fs::copy_file(path, temporary, fs::copy_options::overwrite_existing, failure);
  if (!failure) fs::rename(temporary, name, failure);
  if (failure) fs::remove(temporary, failure);
}

}  // namespace

StateFiles::StateFiles(const std::string& folder)
    : m_last(folder + "/last.safetensors"), m_epoch(folder + "/epoch.safetensors"), m_paths(folder + "/paths") {}

bool StateFiles::exist() const { return fs::exists(m_last); }

void StateFiles::save(const FlatState& state, const RunPosition& position) const {
  const bool isInsideEpoch = position.nextBatch > 0;
  if (isInsideEpoch && exist() && !fs::exists(m_epoch)) keep(m_last, m_epoch);
  saveRunState(m_last, state, position);
  std::error_code ignored;
  if (!isInsideEpoch) fs::remove(m_epoch, ignored);
}

void StateFiles::keepPaths() {
  const auto& paths = *GradientPaths::ofThisProcess();
  if (paths.size() == m_pathsKept) return;
  writeTextAtomically(m_paths, paths.text());
  m_pathsKept = paths.size();
}

RunPosition StateFiles::load(FlatState& state) const {
  const auto position = loadRunState(m_last, state);
  if (fs::exists(m_paths)) GradientPaths::ofThisProcess()->read(readText(m_paths));
  std::error_code ignored;
  if (position.nextBatch == 0) fs::remove(m_epoch, ignored);  // of an earlier epoch, when a kill came between the two
  return position;
}

bool StateFiles::backToEpoch() const {
  std::error_code failure;
  if (fs::exists(m_epoch)) {
    fs::rename(m_epoch, m_last, failure);
    syncFolderOf(m_last);
    return !failure;
  }
  return exist() && readRunPosition(m_last).nextBatch == 0;
}

}  // namespace gps
