#!/usr/bin/env bash
# Sets up, builds preset release, checks style and runs the tests labelled unit, io, app and cli.
#   --all        then also: the sanitizer build (asan), the engine without Qt and OpenCV (core-only), slow tests
#   --until MIN  with --all: what has not begun MIN minutes after set-up is left out, and named
#   --no-setup   what setup.sh installs is there already
# Environment: GPS_DEPS (see setup.sh), GPS_TEST_DATA (folder with kvasir_seg and the like; tests that want it skip without).
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage="Usage: scripts/test.sh [--all [--until MINUTES]] [--no-setup]"
all=0 setup=1 until=
while [ $# -gt 0 ]; do
  case "$1" in
    --all) all=1 ;;
    --until)
      case "${2:-}" in '' | *[!0-9]*) die "test.sh: --until wants a whole number of minutes, not '${2:-}'." "$usage" ;; esac
      until=$2
      shift
      ;;
    --no-setup) setup=0 ;;
    *) die "test.sh: unknown option '$1'." "$usage" ;;
  esac
  shift
done

failures=() left_out=()
# stage NAME COMMAND…: all stages run, whatever failed before
stage() {
  local name="$1" begin=$SECONDS
  shift
  say "$name"
  if "$@"; then say "$name: done in $(tidy_seconds $((SECONDS - begin)))"; else failures+=("$name"); say "$name: FAILED"; fi
}
# extra NAME COMMAND…: a stage of --all, left out when its time has passed
extra() {
  if [ -n "$until" ] && [ $((SECONDS - begin)) -ge $((10#$until * 60)) ]; then
    left_out+=("$1")
    return
  fi
  stage "$@"
}

# The reasons of skipped tests, from the log that ctest keeps. GoogleTest prints "FILE:LINE: Skipped" and the reason below,
# Qt Test "SKIP   : test() reason", a Python test "skipped: reason".
report_skips() {
  local log="$root/build/$1/Testing/Temporary/LastTest.log"
  [ -f "$log" ] || return 0
  awk '
    /: Skipped$/ { getline reason; count[reason]++; total++ }
    /^SKIP +: / { sub(/^SKIP +: [^ ]+ /, ""); count[$0]++; total++ }
    /^skipped: / { sub(/^skipped: /, ""); count[$0]++; total++ }
    END { printf "-- Skipped in %s: %d\n", preset, total; for (reason in count) printf "     %3d  %s\n", count[reason], reason }
  ' preset="$1" "$log"
}

# run_tests PRESET CTEST-ARGUMENTS…
run_tests() {
  local preset="$1" code=0
  shift
  ctest --test-dir "$root/build/$preset" -j "$(nproc)" --output-on-failure --no-tests=error "$@" || code=$?
  report_skips "$preset"
  return $code
}

# The installed program starts and exits by itself, off screen.
install_and_start() {
  local prefix="$root/build/install"
  rm -rf "$prefix"
  cmake --install "$root/build/release" --prefix "$prefix" >/dev/null &&
    "$prefix/bin/gps" models --json >/dev/null &&
    QT_QPA_PLATFORM=offscreen XDG_CONFIG_HOME="$prefix/config" timeout 60 "$prefix/bin/gps-workbench" --exit-after-start
}

# lupdate over the sources must leave the translations as they are.
translations_current() {
  local folder code=0
  compgen -G "$root/translations/*.ts" >/dev/null || return 0
  folder=$(mktemp -d)
  cp "$root"/translations/*.ts "$folder/"
  cmake --build --preset release --target update_translations >/dev/null || code=1
  for file in "$folder"/*.ts; do
    if ! diff -U1 <(strings_of "$file") <(strings_of "$root/translations/$(basename "$file")") >&2; then
      echo "translations/$(basename "$file") is not current: run cmake --build --preset release --target update_translations" >&2
      code=1
    fi
    if grep -q 'type="unfinished"' "$file"; then
      echo "translations/$(basename "$file") has $(grep -c 'type="unfinished"' "$file") untranslated strings" >&2
      code=1
    fi
    cp "$file" "$root/translations/"
  done
  rm -rf "$folder"
  return $code
}
# By hand or by lupdate, the same character.
strings_of() { sed "s/&apos;/'/g; s/&quot;/\"/g" "$1"; }

if [ "$setup" = 1 ]; then "$root/scripts/setup.sh"; fi
use_build_tools
cd "$root"
begin=$SECONDS

stage "Style check" scripts/check_style.sh
stage "Style self-test" scripts/check_style.sh --self-test
build_begin=$SECONDS
build_preset release || die "The release build failed; the lines above say where."
say "Release build: done in $(tidy_seconds $((SECONDS - build_begin)))"
stage "Translations" translations_current
stage "Installed program starts" install_and_start
stage "Tests" run_tests release -L '^(unit|io|app|cli)$' -LE slow
if [ "$all" = 1 ]; then
  extra "Sanitizer build" build_preset asan
  extra "Sanitizer tests" run_tests asan -LE 'slow|gpu'
  extra "core-only build" build_preset core-only
  extra "core-only tests" run_tests core-only -L '^(unit|io|cli)$' -LE slow
  if ctest --test-dir build/release -N -L '^slow$' | grep 'Test *#' >/dev/null; then extra "Slow tests" run_tests release -L '^slow$'; fi
fi

say "Everything after set-up: $(tidy_seconds $((SECONDS - begin)))"
if [ "${#left_out[@]}" -gt 0 ]; then printf '%s\n' "-- Left out after $until minutes:" "${left_out[@]/#/     }"; fi
if [ "${#failures[@]}" -gt 0 ]; then
  printf '%s\n' "-- FAILED:" "${failures[@]/#/     }"
  exit 1
fi
if [ "${#left_out[@]}" -gt 0 ]; then say "All other stages passed"; else say "All stages passed"; fi
