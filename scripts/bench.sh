#!/usr/bin/env bash
# Times a training step, a forward and the selection of this program, and the PyTorch peers beside them, in one call and each in
# its turn; writes the table against the targets as bench.md and bench.json. Run nothing else on the machine meanwhile.
#   --out FOLDER       where the results go (default: bench-output; an earlier result there is replaced)
#   --device cpu|cuda  default: cuda where nvidia-smi finds a card
#   --quick            few cases, few steps: does everything run? No figures to quote
#   --only REGEX       the runs and cases in whose name it is found
#   --selection FILE   a selection file of the model: times the columns of a real case too
#   --weights FILE     the weights that the selection was made from
#   --skip-peers       our side alone
#   --model ID         default vit_base_patch16_224      --batch N    default 32, on a CPU 4 and 8 (ViT-Ti)
#   --threads N        CPU cores of a CPU run (default 2)
#   --gps FILE         the program (default: that of build/release, else of build/core-only)
#   --limit SECONDS    for one run of ours (default 300, on a CPU 1800)
# The peers need torch and timm, LoRA peft as well, and SAM segment_anything (else timm's encoder stands in). GPS_PEERS_PYTHON
# names the Python that has them (default: python3). GPS_REVISION names the revision where there is no .git.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

out="$root/bench-output" device="" limit="" gps="" skip_peers=0 only="" model="vit_base_patch16_224" threads=2
plan_options=()
python="${GPS_PEERS_PYTHON:-python3}"
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) plan_options+=("$1") ;;
    --skip-peers) skip_peers=1 ;;
    --out | --device | --only | --selection | --weights | --model | --batch | --threads | --gps | --limit)
      [ $# -gt 1 ] || die "bench.sh: $1 needs a value."
      case "$1" in
        --out) out=$(realpath -m "$2") ;;
        --device) device="$2" ;;
        --gps) gps=$(realpath -m "$2") ;;
        --limit) limit="$2" ;;
        --selection | --weights)
          [ -f "$2" ] || die "bench.sh: $1 $2: there is no such file."
          plan_options+=("$1" "$(realpath "$2")")
          ;;
        *) plan_options+=("$1" "$2") ;;
      esac
      case "$1" in
        --only) only="$2" ;;
        --model) model="$2" ;;
        --threads) threads="$2" ;;
      esac
      shift
      ;;
    *) die "bench.sh: unknown option '$1'." "Usage: the first lines of scripts/bench.sh" ;;
  esac
  shift
done

card=""
if command -v nvidia-smi >/dev/null; then card=$(nvidia-smi --query-gpu=name --format=csv,noheader 2>/dev/null | head -n 1 || true); fi
if [ -z "$device" ]; then if [ -n "$card" ]; then device=cuda; else device=cpu; fi; fi
case "$device" in
  cuda) limit="${limit:-300}" ;;
  cpu) limit="${limit:-1800}" ;;
  *) die "bench.sh: --device $device is neither cpu nor cuda." ;;
esac
plan_options+=(--device "$device")
if [ -z "$gps" ]; then
  gps="$root/build/release/bin/gps"
  [ -x "$gps" ] || gps="$root/build/core-only/bin/gps"
fi
[ -x "$gps" ] || die "$gps is not there." "Build it: cmake --preset release && cmake --build --preset release --target gps"

# Replaces only what an earlier bench made.
clear_output() {
  if [ -d "$out" ] && [ -n "$(ls -A "$out")" ]; then
    [ -f "$out/facts.txt" ] || die "$out holds other files." "Name another folder: scripts/bench.sh --out FOLDER"
    rm -rf "$out/ours" "$out/facts.txt" "$out/peers.jsonl" "$out/peers.log" "$out/bench.json" "$out/bench.md"
  fi
  mkdir -p "$out/ours" || die "$out cannot be made." "Name another folder: scripts/bench.sh --out FOLDER"
}

revision() {
  local name
  name=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null) || { printf 'unknown'; return; }
  [ -z "$(git -C "$root" status --porcelain 2>/dev/null)" ] || name="$name, with changes"
  printf '%s' "$name"
}

# fact KEY VALUE: a line of the header
fact() { printf '%s: %s\n' "$1" "$2" >>"$out/facts.txt"; }

write_facts() {
  fact device "$device"
  if [ "$device" = cuda ]; then
    fact card "${card:-unknown}"
    fact driver "$(nvidia-smi --query-gpu=driver_version --format=csv,noheader 2>/dev/null | head -n 1 || true)"
  fi
  fact processor "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores"
  fact memory "$(awk '/^MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo)"
  if [ "$device" = cpu ]; then fact threads "$threads"; fi
  fact model "$model"
  fact revision "${GPS_REVISION:-$(revision)}"
  fact date "$(date -u '+%Y-%m-%d %H:%M UTC')"
  if [ -n "$only" ]; then fact only "$only"; fi
  if [ "$skip_peers" = 1 ]; then fact "peers absent" "left out (--skip-peers)"; fi
}

assemble() { python3 "$root/tests/bench/table.py" "$out"; }

failed=0
# ours NAME ARGUMENTS: one gps command; what fails is a line of the table
ours() {
  local name="$1" begin=$SECONDS code=0
  local -a words
  eval "words=($2)"  # quoted by plan.py
  printf 'gps %s\n' "$2" >"$out/ours/$name.command"
  timeout "$limit" "$gps" "${words[@]}" </dev/null >"$out/ours/$name.json" 2>"$out/ours/$name.log" || code=$?
  if [ "$code" -eq 124 ]; then printf 'stopped after %s s\n' "$limit" >>"$out/ours/$name.log"; fi
  if [ "$code" -ne 0 ]; then
    failed=$((failed + 1))
    rm -f "$out/ours/$name.json"
    say "$name: exit $code, $(tail -n 1 "$out/ours/$name.log")"
  else
    say "$name: done in $(tidy_seconds $((SECONDS - begin)))"
  fi
}

run_ours() {
  local name arguments
  while IFS=$'\t' read -r name arguments; do ours "$name" "$arguments"; done < <(python3 "$root/tests/bench/plan.py" ours "${plan_options[@]}")
}

run_peers() {
  local arguments
  local -a words
  while IFS= read -r arguments; do
    eval "words=($arguments)"
    "$python" "$root/tests/bench/peers.py" "${words[@]}" </dev/null >>"$out/peers.jsonl" 2> >(tee -a "$out/peers.log" | grep '^-- ' >&2) ||
      say "peers.py ended with $?, see $out/peers.log"
  done < <(python3 "$root/tests/bench/plan.py" peers "${plan_options[@]}")
}

python3 "$root/tests/bench/plan.py" ours "${plan_options[@]}" >/dev/null || die "bench.sh: these options do not go together."
clear_output
write_facts
begin=$SECONDS
run_ours
assemble >/dev/null  # there even if the peers are cut off
say "Our side: $(tidy_seconds $((SECONDS - begin)))"
if [ "$skip_peers" = 0 ]; then
  peers_begin=$SECONDS
  run_peers
  say "Peers: $(tidy_seconds $((SECONDS - peers_begin)))"
fi
assemble
say "Table: $out/bench.md (and bench.json), $(tidy_seconds $((SECONDS - begin))) in all"
if [ "$failed" -gt 0 ]; then die "$failed of our own runs failed; the table and $out/ours/*.log say why."; fi
