#!/usr/bin/env bash
# Copies the small libraries that a core-only build needs (headers, a few .so and .a, their CMake files) out of this Debian into
# a folder that can be carried to a GPU server on which nothing can be installed:
#   scripts/portable_libraries.sh third_party          here
#   cmake --preset core-only -DCMAKE_PREFIX_PATH=$PWD/third_party -DGPS_TORCH_ROOT=…          there
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# -eq 1 ] || die "portable_libraries.sh: name one folder to write." "Usage: scripts/portable_libraries.sh FOLDER"
target=$(realpath -m "$1")
[ ! -e "$target" ] || [ -z "$(ls -A "$target")" ] || die "$target is not empty." "Name a new folder."
mkdir -p "$target"

packages=(nlohmann-json3-dev libcli11-dev libtomlplusplus-dev libspdlog-dev libfmt-dev libgtest-dev libbenchmark-dev libgloo-dev)
# The shared libraries behind them carry their version in the package's name.
mapfile -t runtime < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 'libtomlplusplus[0-9]*' 'libspdlog[0-9]*' 'libfmt[0-9]*' \
  'libbenchmark[0-9]*' | awk '$2 == "installed" && $1 !~ /-dev$/ {print $1}')
for package in "${packages[@]}"; do
  dpkg-query -W "$package" >/dev/null 2>&1 || die "$package is not installed here." "Run scripts/setup.sh first."
done
dpkg-query -L "${packages[@]}" "${runtime[@]}" | sort -u | grep -vE '^/usr/share/(doc|man|lintian|pkgconfig)' | while IFS= read -r path; do
  if [ -f "$path" ] || [ -L "$path" ]; then
    mkdir -p "$target$(dirname "${path#/usr}")"
    cp -a "$path" "$target${path#/usr}"
  fi
done
say "$(du -sh "$target" | cut -f1) in $target"
