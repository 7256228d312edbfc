# Shared by the scripts of this folder: source it, do not run it.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export GPS_DEPS="${GPS_DEPS:-$root/.deps}"

say() { printf '%s\n' "-- $*"; }

# die WHAT [REMEDY…]: one line a fact, then stop.
die() {
  printf 'error: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '       %s\n' "$line" >&2; done
  exit 1
}

# as_root COMMAND…: as it is for root, else through sudo.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "'$*' needs root, and this machine has no sudo." "Run it as root, then run this script again."
  fi
}

# tidy_seconds N -> "1 min 23 s"
tidy_seconds() {
  if [ "$1" -ge 60 ]; then printf '%d min %02d s' "$(($1 / 60))" "$(($1 % 60))"; else printf '%d s' "$1"; fi
}

# What every build needs from the environment: the pinned CMake and ninja first in PATH, and a compiler cache that does not
# depend on where the clone lies.
use_build_tools() {
  export PATH="$GPS_DEPS/venv/bin:$PATH"
  export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$root}" CCACHE_NOHASHDIR="${CCACHE_NOHASHDIR:-1}"
  export CCACHE_MAXSIZE="${CCACHE_MAXSIZE:-10G}"
}

# build_preset NAME [TARGET…]: configure and build; one job per core, fewer where memory is short (a torch file takes 1.5 GB).
build_preset() {
  local preset="$1" memory_jobs jobs
  shift
  memory_jobs=$(awk '/MemAvailable/ {print int($2 / 1500000)}' /proc/meminfo)
  jobs=$(nproc)
  if [ "$memory_jobs" -lt "$jobs" ]; then jobs=$((memory_jobs > 0 ? memory_jobs : 1)); fi
  (cd "$root" && cmake --preset "$preset" && cmake --build --preset "$preset" -j "$jobs" ${1:+--target "$@"})
}
