#!/usr/bin/env bash
# The mechanical part of the house style, over every tracked file: formatting, white space, line length, size, words that do
# not belong here, includes. Usable as a git hook: ln -s ../../scripts/check_style.sh .git/hooks/pre-commit
#   check_style.sh                the checks
#   check_style.sh --fix          format first
#   check_style.sh --tidy FILE…   clang-tidy on these files, with the commands of build/dev or build/release
#   check_style.sh --self-test    prove that each check can fail
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=${GPS_STYLE_ROOT:-$(dirname "$here")}
cd "$root"

max_kib=1024
max_columns=140
code='\.(h|cpp|cu|cuh)$'
text='\.(h|cpp|cu|cuh|cmake|txt|json|md|sh|py|toml|svg|ts|qss|qrc)$|(^|/)(CMakeLists\.txt|run)$|^\.(clang|editorconfig|gitignore)'

failed=0
# report TITLE LINES: complains when there are lines
report() {
  [ -n "$2" ] || return 0
  printf '%s\n' "$1" "$2" | sed '2,$s/^/  /' >&2
  failed=1
}

tracked() { git ls-files --cached -- . | grep -E "$1" | while read -r name; do if [ -f "$name" ]; then printf '%s\0' "$name"; fi; done || true; }
grep_in() { tracked "$1" | xargs -0 -r grep -nHIE -- "$2" | cut -c1-160 || true; }

check_format() {
  command -v clang-format-14 >/dev/null || { report "clang-format-14 is not installed (scripts/setup.sh installs it)" "-"; return; }
  report "clang-format would change (scripts/check_style.sh --fix):" \
    "$(tracked "$code" | xargs -0 -r clang-format-14 --dry-run 2>&1 | grep -oE '^[^:]+:[0-9]+' | sort -u -t: -k1,1 || true)"
}

check_text() {
  report "White space at the end of a line:" "$(grep_in "$text" '[[:blank:]]+$')"
  report "Tabs:" "$(grep_in "$text" $'\t')"
  report "Lines of more than $max_columns columns:" "$(grep_in "$code" "^.{$((max_columns + 1))}")"
  report "No newline at the end:" "$(tracked "$text" | while IFS= read -r -d '' name; do
    if [ -s "$name" ] && [ -n "$(tail -c1 "$name")" ]; then printf '%s\n' "$name"; fi; done)"
  report "Larger than $max_kib KiB:" "$(tracked . | xargs -0 -r du -k --apparent-size | awk -v max="$max_kib" '$1 > max {print $2 ": " $1 " KiB"}')"
}

check_words() {
  report "Unfinished work (file an issue instead):" "$(grep_in "$code" '\b(TODO|FIXME|XXX|HACK)\b')"
  report "Not in our code (CONTRIBUTING.md, threads):" \
    "$(grep_in "$code" '\bprocessEvents\(|BlockingQueuedConnection|QProgressDialog|[tT]hread\w*\.detach\(|using namespace std;|->terminate\(')"
  report "A path of one machine:" "$(grep_in "$text" '(^|[^[:alnum:]_./])/(work|home/[a-z]+|root|tmp/[a-z]+[-.][A-Za-z0-9]{6})/' | grep -v '^scripts/check_style.sh:' || true)"
}

run_checks() {
  check_format
  check_text
  check_words
  if [ -f tests/style/check_includes.py ]; then
    local includes
    includes=$(python3 tests/style/check_includes.py "$root") || report "Includes:" "$includes"
  fi
  [ "$failed" = 0 ] || return 1
  echo "-- Style: $(git ls-files | wc -l) files checked, nothing to complain about"
}

# Each bad file alone in a fresh repository must make the checks fail, and a clean one must pass.
self_test() {
  local folder bad=0
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' RETURN
  try() {  # try NAME TEXT EXPECTED-MESSAGE|pass
    rm -rf "$folder/r" && mkdir -p "$folder/r" && cp "$here/../.clang-format" "$folder/r/"
    printf '%b' "$2" >"$folder/r/$1"
    (cd "$folder/r" && git init -q && git add -A)
    local out code=0
    out=$(GPS_STYLE_ROOT="$folder/r" bash "$here/check_style.sh" 2>&1) || code=$?
    if [ "$3" = pass ]; then [ "$code" = 0 ]; else [ "$code" = 1 ] && grep -qF "$3" <<<"$out"; fi ||
      { echo "self-test: $1 ($3): exit $code, $out" >&2; bad=1; }
  }
  try clean.cpp 'int one() { return 1; }\n' pass
  try format.cpp 'int  one( ){return 1;}\n' 'clang-format would change'
  try space.md 'word \n' 'White space'
  try tab.py 'if 1:\n\tpass\n' 'Tabs'
  try newline.md 'word' 'No newline'
  try long.h "// $(printf 'x%.0s' $(seq 150))\n" 'more than 140'
  try todo.h '// TO''DO: later\n' 'Unfinished work'
  try events.cpp 'void f() { QCoreApplication::process''Events(); }\n' 'Not in our code'
  try path.md 'see /ho''me/somebody/x\n' 'A path of one machine'
  try large.bin "$(printf 'y%.0s' $(seq 1100))" pass
  head -c 1100000 /dev/zero >"$folder/r/large.bin"
  if GPS_STYLE_ROOT="$folder/r" bash "$here/check_style.sh" >/dev/null 2>&1; then echo "self-test: a large file passed" >&2; bad=1; fi
  [ "$bad" = 0 ] && echo "-- Style self-test: 11 cases as expected"
}

case "${1:-}" in
  "") run_checks ;;
  --fix)
    tracked "$code" | xargs -0 -r clang-format-14 -i
    run_checks
    ;;
  --tidy)
    shift
    build=build/dev
    [ -f "$build/compile_commands.json" ] || build=build/release
    exec clang-tidy-14 -p "$build" --extra-arg=-Wno-unknown-warning-option --quiet "$@"
    ;;
  --self-test) self_test ;;
  *)
    echo "check_style.sh: unknown option '$1'; see its first lines" >&2
    exit 2
    ;;
esac
