#!/usr/bin/env python3
"""Kills `gps train` with SIGKILL again and again, resumes it, and looks at what is left each time.

Checked after every kill: the run can be read (settings, metrics, its deltas), and no finished epoch is gone. Checked at the end of every
run: deltas and metrics are those of a run that nobody disturbed, byte for byte (the seconds aside).

    kill_and_resume.py --gps build/release/bin/gps --weights lite_medsam.pth                     100 kills at random moments
    kill_and_resume.py … --kills 20 --device cuda --precision bf16 -- --method full              on a GPU, other settings behind --
    kill_and_resume.py … --every-write build/release/lib/libkillatwrite.so                       at every change of the run folder

Gradients are computed with --backward sampled unless said otherwise: measured ways may differ between two processes.
Random moments lie in every stage (selecting, steps, validation, writing, any time). Exit 0 when all is well, 1 when not, 77 without
weights. The last line of stdout is one JSON object. Standard library only.
"""
import argparse
import collections
import fcntl
import json
import os
import pathlib
import pty
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

STAGES = ("gradient", "train", "validate")
MOST_KILLS_OF_A_RUN = 6


class Child:
    """A running gps whose progress bar is read, so that its stage is known."""

    def __init__(self, words, environment=None):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 300, 0, 0))
        self.started = time.monotonic()
        self.stage, self.entered, self.text = "", collections.Counter(), ""
        self.spans = collections.defaultdict(float)
        self._since = self.started
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs,
                                        env={**os.environ, **(environment or {})})
        os.close(theirs)
        self._reader = threading.Thread(target=self._read, args=(ours,), daemon=True)
        self._reader.start()

    def _read(self, terminal):
        while True:
            try:
                text = os.read(terminal, 65536).decode(errors="replace")
            except OSError:
                text = ""
            if not text:
                os.close(terminal)
                self._enter("")
                return
            self.text += text
            for stage in re.findall(r"\[[#.]+\] (\w+)", text):
                self._enter(stage)

    def _enter(self, stage):
        if stage == self.stage:
            return
        now = time.monotonic()
        self.spans[self.stage] = max(self.spans[self.stage], now - self._since)
        self.stage, self._since = stage, now
        self.entered[stage] += 1

    def ended(self):
        return self.process.poll() is not None

    def wait_for(self, condition):
        """True once the condition holds, False when the program ended before."""
        while not condition():
            if self.ended():
                return False
            time.sleep(0.0003)
        return True

    def kill(self):
        """True when it was the kill that ended it."""
        self.process.send_signal(signal.SIGKILL)
        return self.wait() == -signal.SIGKILL

    def wait(self):
        code = self.process.wait()
        self._reader.join(10)
        return code


def metadata_of(path):
    with open(path, "rb") as file:
        length = struct.unpack("<Q", file.read(8))[0]
        return json.loads(file.read(length))["__metadata__"]


def without_second_look(bytes_of_file):
    """A delta without the figures of the best epoch in fp32, which come last of all; its header and its values."""
    length = struct.unpack("<Q", bytes_of_file[:8])[0]
    header = json.loads(bytes_of_file[8:8 + length])
    header["__metadata__"].pop("fp32_metrics", None)
    return header, bytes_of_file[8 + length:]


def recorded(run):
    """Lines of metrics.jsonl without their seconds; a last line cut short does not count."""
    path = run / "metrics.jsonl"
    lines = []
    for line in path.read_bytes().split(b"\n")[:-1] if path.exists() else []:
        record = json.loads(line)
        record.pop("seconds")
        lines.append(record)
    return lines


def deltas_of(run):
    return {p.name: p.read_bytes() for p in sorted((run / "deltas").glob("*.safetensors"))}


def saved_epochs(run):
    state = run / "state" / "last.safetensors"
    return json.loads(metadata_of(state)["position"])["epoch"] if state.exists() else 0


def being_written(run):
    found = set()
    for part in (run, run / "deltas", run / "state"):
        try:
            found.update(str(part / name) for name in os.listdir(part) if name.endswith(".tmp"))
        except FileNotFoundError:
            pass
    return found


class Campaign:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.random = random.Random(options.seed)
        self.pack = folder / "set.pack"
        self.problems, self.kills, self.runs, self.lost = [], collections.Counter(), 0, 0

    def gps(self, *words):
        return subprocess.run([self.options.gps, *map(str, words)], capture_output=True, text=True)

    def must(self, *words):
        done = self.gps(*words)
        if done.returncode != 0:
            sys.exit(f"gps {' '.join(map(str, words))} ended with {done.returncode}:\n{done.stderr}")
        return done

    def words(self, run, resume):
        o = self.options
        place = ["--device", o.device, "--precision", o.precision, "--threads", str(o.threads)]
        if resume:
            return [o.gps, "train", "--resume", "--out", str(run), *place]
        return [o.gps, "train", "--weights", o.weights, "--data", str(self.pack), "--out", str(run), "--image-size", str(o.image_size),
                "--batch", "2", "--epochs", str(o.epochs), *place, *([] if "--backward" in o.more else ["--backward", "sampled"]), *o.more]

    def start(self, run, environment=None):
        # A run that was killed before it had a name on the disk is started again.
        return Child(self.words(run, (run / "run.toml").exists()), environment)

    def problem(self, run, text):
        self.problems.append(f"{run.name}: {text}")
        print(f"  PROBLEM {run.name}: {text}", flush=True)

    def prepare(self):
        o = self.options
        self.must("data", self.pack, "--make-phantom", "--train", o.pictures, "--val", 2, "--image-size", 96, "--seed", 7)
        self.reference = self.folder / "undisturbed"
        child = Child(self.words(self.reference, False))
        if child.wait() != 0:
            sys.exit("the undisturbed run failed:\n" + child.text)
        self.seconds = time.monotonic() - child.started
        self.spans = dict(child.spans)
        self.expected = deltas_of(self.reference), recorded(self.reference)
        print(f"an undisturbed run takes {self.seconds:.1f} s: "
              + ", ".join(f"{s} up to {self.spans.get(s, 0):.2f} s" for s in STAGES), flush=True)

    # ---- what is looked at

    @staticmethod
    def is_finished(run):
        return (run / "state" / "finished").exists()

    def look_at_killed(self, run, before):
        """The run as a killed process left it; returns the epochs that are safe."""
        if not (run / "run.toml").exists():
            if before > 0:
                self.problem(run, "its settings are gone")
            return 0
        try:
            epochs = len([r for r in recorded(run) if r["epoch"] > 0])
            safe = saved_epochs(run)
        except (ValueError, KeyError, struct.error) as failure:
            self.problem(run, f"cannot be read: {failure!r}")
            return before
        settings = self.gps("train", "--resume", "--out", run, "--print-config")
        if settings.returncode != 0:
            self.problem(run, "run.toml cannot be read: " + settings.stderr)
        info = self.gps("delta", "info", run, "--json")
        if info.returncode != (0 if any((run / "deltas").glob("epoch-*.safetensors")) else 2):
            self.problem(run, f"gps delta info ended with {info.returncode}: {info.stderr}")
        # Metrics are written before the state: at most the running epoch stands there already.
        if safe < before or not safe <= epochs <= safe + 1:
            self.problem(run, f"{before} epochs were finished, {epochs} are recorded, {safe} are kept")
        deltas = deltas_of(run)
        for epoch in range(1, safe + 1):
            name = f"epoch-{epoch:04d}.safetensors"
            if name not in deltas or without_second_look(deltas[name]) != without_second_look(self.expected[0][name]):
                self.problem(run, f"{name} is not that of the undisturbed run")
        self.lost += epochs - safe
        return safe

    def look_at_finished(self, run, child):
        self.runs += 1
        if not self.is_finished(run) and child.process.returncode != 0:
            return self.problem(run, f"ended with {child.process.returncode}: {child.text[-1500:]}")
        deltas, metrics = deltas_of(run), recorded(run)
        for name in sorted(set(deltas) | set(self.expected[0])):
            if deltas.get(name) != self.expected[0].get(name):
                self.problem(run, f"deltas/{name} is not that of the undisturbed run")
        if metrics != self.expected[1]:
            self.problem(run, f"metrics differ: {metrics} instead of {self.expected[1]}")
        left = being_written(run)
        if left or not self.is_finished(run):
            self.problem(run, f"is not tidy: {sorted(left)}")
        shutil.rmtree(run)

    # ---- moments

    def moment(self, run, child):
        """Waits for a random moment; its kind, or None when the program ended before."""
        kinds = ["any", "train", "validate", "writing", "writing"]
        if not (run / "deltas" / "base.safetensors").exists():
            kinds += ["gradient", "gradient"]
        kind = self.random.choice(kinds)
        rest, later = self.random.random(), self.random.randrange(self.options.epochs)
        if kind == "any":
            end = time.monotonic() + rest * self.seconds
            came = child.wait_for(lambda: time.monotonic() >= end)
        elif kind == "writing":
            seen, skip = set(), self.random.randrange(4 * self.options.epochs)
            def sighted():
                seen.update((p, time.monotonic_ns() // 20_000_000) for p in being_written(run))
                return len(seen) > skip
            came = child.wait_for(sighted)
            rest = 0
        else:
            came = child.wait_for(lambda: child.entered[kind] > (0 if kind == "gradient" else later))
            time.sleep(rest * self.spans.get(kind, 0))
        return kind if came and not child.ended() else None

    def random_kills(self):
        while sum(self.kills.values()) < self.options.kills:
            run, safe, times = self.folder / f"run-{self.runs}", 0, 0
            while True:
                child = self.start(run)
                may = times < MOST_KILLS_OF_A_RUN and sum(self.kills.values()) < self.options.kills
                kind = self.moment(run, child) if may else None
                if kind is None or not child.kill():
                    child.wait()
                    break
                times += 1
                self.kills[kind] += 1
                safe = self.look_at_killed(run, safe)
                if self.is_finished(run):
                    break
            self.look_at_finished(run, child)
            print(f"{sum(self.kills.values())} kills, {self.runs} runs", flush=True)

    def every_write(self):
        counted = self.folder / "counted"
        count_file = self.folder / "count"
        environment = {"LD_PRELOAD": os.path.abspath(self.options.every_write), "GPS_KILL_FOLDER": str(counted), "GPS_KILL_AT": "0",
                       "GPS_KILL_COUNT": str(count_file)}
        child = self.start(counted, environment)
        child.wait()
        self.look_at_finished(counted, child)
        count = int(count_file.read_text())
        print(f"an undisturbed run changes its folder {count} times", flush=True)
        for at in range(self.options.first, count + 1, self.options.stride):
            run = self.folder / f"write-{at}"
            child = self.start(run, {**environment, "GPS_KILL_FOLDER": str(run), "GPS_KILL_AT": str(at)})
            if child.wait() != -signal.SIGKILL:
                self.problem(run, f"was not killed at change {at}: {child.text[-500:]}")
            self.kills["change"] += 1
            self.look_at_killed(run, 0)
            if not self.is_finished(run):
                child = self.start(run)
                child.wait()
            self.look_at_finished(run, child)
            print(f"change {at} of {count}", flush=True)


def sample_weights():
    folder = os.environ.get("GPS_WEIGHTS") or os.path.join(os.environ.get("GPS_DEPS", ""), "weights")
    return os.path.join(folder, "lite_medsam.pth")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gps", required=True)
    parser.add_argument("--weights", default=sample_weights())
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--every-write", metavar="LIBRARY", help="instead: at every change of the folder, with this library loaded")
    parser.add_argument("--first", type=int, default=1, help="of the changes, where to begin")
    parser.add_argument("--stride", type=int, default=1, help="of the changes, only every n-th")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precision", default="fp32")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--pictures", type=int, default=6, help="to train on")
    parser.add_argument("--image-size", type=int, default=64)
    parser.add_argument("--folder", type=pathlib.Path, help="to work in; kept when there are problems (default: a temporary one)")
    parser.add_argument("more", nargs="*", help="flags of gps train, behind --")
    options = parser.parse_args()
    if not os.path.exists(options.weights):
        print(f"no weights at {options.weights}: skipped")
        sys.exit(77)
    options.gps = os.path.abspath(options.gps)
    folder = options.folder or pathlib.Path(tempfile.mkdtemp(prefix="gps-kill-"))
    folder.mkdir(parents=True, exist_ok=True)
    campaign = Campaign(options, folder.resolve())
    start = time.monotonic()
    campaign.prepare()
    if options.every_write:
        campaign.every_write()
    else:
        campaign.random_kills()
    if campaign.problems:
        print(f"the runs are kept in {folder}")
    else:
        shutil.rmtree(folder)
    print(json.dumps({"kills": dict(campaign.kills), "kills_in_all": sum(campaign.kills.values()), "runs": campaign.runs,
                      "recorded_epochs_done_again": campaign.lost, "problems": campaign.problems,
                      "seconds": round(time.monotonic() - start, 1), "device": options.device, "precision": options.precision}))
    sys.exit(1 if campaign.problems else 0)


if __name__ == "__main__":
    main()
