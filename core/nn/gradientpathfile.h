#pragma once
// The ways of gradients that were measured on a card, kept for the programs of this user that come later: two of them with the same
// command take the same ways and get the same bits. A file that cannot be read or written is no error: what it lacks is measured again.
#include <string>

#include "core/nn/gradientpaths.h"

namespace gps {

class GradientPathFile {
 public:
  explicit GradientPathFile(std::string path) : m_path(std::move(path)) {}

  const std::string& path() const { return m_path; }
  PathsByShape read() const;
  // Adds a choice. The first one for a shape counts, whoever wrote it: returns that. Lines are only ever added, each in one write, so
  // programs may do so at the same time.
  GradientPath settle(const std::string& shape, GradientPath path) const;

 private:
  std::string m_path;
};

// Where such a file lies: gps-workbench/ in $XDG_CACHE_HOME, else in ~/.cache. GPS_GRADIENT_PATHS names another folder, or is "off". Empty:
// nowhere. driver, runtime: versions of CUDA; a change of these, of the card or of our kernels begins a new file.
std::string gradientPathFileName(const std::string& card, int driver, int runtime);

}  // namespace gps
