#!/usr/bin/env bash
# The whole program on sample data, from a bare machine: sets up, builds, and runs gradient pass, selection, masked
# fine-tuning and overlays. With a display the workbench opens on the demo project; without one the command line does the job
# and leaves pictures and a report.
#   --no-window    the command line even where there is a display
#   --out FOLDER   where the results go (default: demo-output; an earlier result there is replaced)
#   --no-setup     what setup.sh installs is there already
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

window=1 setup=1 out="$root/demo-output"
while [ $# -gt 0 ]; do
  case "$1" in
    --no-window) window=0 ;;
    --no-setup) setup=0 ;;
    --out)
      [ $# -gt 1 ] || die "demo.sh: --out names no folder."
      out=$(realpath -m "$2")
      shift
      ;;
    *) die "demo.sh: unknown option '$1'." "Usage: scripts/demo.sh [--no-window] [--no-setup] [--out FOLDER]" ;;
  esac
  shift
done

train_pictures=24 val_pictures=8 seed=7
# LiteMedSAM was trained with boxes; without one its decoder starts from an empty mask, out of which three epochs on 24 pictures do
# not lead. The warm-up trains the decoder on embeddings that are computed once.
model=(--model lite_medsam --weights "$GPS_DEPS/weights/lite_medsam.pth" --image-size 128)
training=(--method gps --epochs 3 --batch 4 --warmup 14 --decoder train --seed "$seed")

gps="$root/build/release/bin/gps"
workbench="$root/build/release/bin/gps-workbench"

# step NAME ARGUMENTS…: one gps command; its JSON goes to json/NAME.json, its command line into the report
step() {
  local name="$1" begin=$SECONDS
  shift
  printf '%s\n' "gps $*" >>"$out/commands.txt"
  "$gps" "$@" --json >"$out/json/$name.json" || die "gps $1 failed, see above." "The command was: gps $*"
  say "$name: $(tidy_seconds $((SECONDS - begin)))"
}

# Replaces only what an earlier demo made.
clear_output() {
  if [ -d "$out" ] && [ -n "$(ls -A "$out")" ]; then
    [ -f "$out/commands.txt" ] || die "$out holds other files." "Name another folder: scripts/demo.sh --out FOLDER"
    rm -rf "$out"
  fi
  mkdir -p "$out/json" "$out/val" || die "$out cannot be made." "Name another folder: scripts/demo.sh --out FOLDER"
}

run_job() {
  clear_output
  step data data "$out/phantom" --make-phantom --train "$train_pictures" --val "$val_pictures" --image-size 256 --seed "$seed"
  while IFS= read -r name; do cp "$out/phantom/images/${name%.*}".* "$out/val/"; done <"$out/phantom/val.txt"
  step evaluate-before evaluate "${model[@]}" --data "$out/phantom" --split val
  step select select "${model[@]}" --data "$out/phantom" --k 1 --seed "$seed" --out "$out/selection.safetensors"
  step train train "${model[@]}" --data "$out/phantom" --selection "$out/selection.safetensors" "${training[@]}" --out "$out/run"
  step evaluate-after evaluate "${model[@]}" --delta "$out/run" --data "$out/phantom" --split val
  step predict-before predict "${model[@]}" --images "$out/val" --out "$out/before" --overlay
  step predict-after predict "${model[@]}" --delta "$out/run" --images "$out/val" --out "$out/after" --overlay
}

begin=$SECONDS
if [ "$setup" = 1 ]; then "$root/scripts/setup.sh"; fi
use_build_tools
setup_seconds=$((SECONDS - begin))

begin=$SECONDS
build_preset release gps gps-workbench || die "The build failed; the lines above say where."
build_seconds=$((SECONDS - begin))
say "Set-up $(tidy_seconds $setup_seconds), build $(tidy_seconds $build_seconds)"

if [ "$window" = 1 ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -x "$workbench" ]; then
  say "Opening the workbench on the demo project"
  exec "$workbench" --demo
fi

begin=$SECONDS
run_job
job_seconds=$((SECONDS - begin))
say "Set-up $(tidy_seconds $setup_seconds), build $(tidy_seconds $build_seconds), job $(tidy_seconds $job_seconds)"
"$GPS_DEPS/venv/bin/python" "$root/scripts/demo_report.py" "$out" "$setup_seconds" "$build_seconds" "$job_seconds"
