#!/usr/bin/env python3
"""Times the PyTorch peers of `gps bench step`: full fine-tuning, the released GPS rule with dense masks, LoRA, linear probe.

    peers.py --device cuda [--only REGEX] [--quick] [--model ID] [--batch N] [--steps N]     one JSON object a line on stdout
    peers.py --device cuda --list                                                            the names of the cases

Needs torch and timm; LoRA needs peft, and the SAM cases take segment_anything where it is installed. A case that cannot run is
a line with "skipped" or "failed" and the reason. CPU cases have a process each. CUDA cases of one kind share one: between two
of them everything is freed and the allocator's peak starts anew, and a case that found memory in use says so in its note.
"""
import argparse
import json
import subprocess
import sys
import threading

from peers import cases


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--device", choices=cases.DEVICES, default="cpu")
    parser.add_argument("--only", default="", type=cases.pattern, metavar="REGEX", help="cases whose name it is found in")
    parser.add_argument("--quick", action="store_true", help="the few cases of a quick run")
    parser.add_argument("--model", default="vit_base_patch16_224", help="timm's id (default: %(default)s)")
    parser.add_argument("--batch", type=int, default=32, help="default: %(default)s")
    parser.add_argument("--image-size", type=int, help="default: the model's own")
    parser.add_argument("--sam-batch", type=int, default=1)
    parser.add_argument("--sam-image-size", type=int, default=1024)
    parser.add_argument("--steps", type=int, default=20, help="timed steps (default: %(default)s)")
    parser.add_argument("--warmup", type=int, default=5, help="steps before (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=0, help="CPU cores used (default: torch's choice)")
    parser.add_argument("--limit", type=int, default=600, metavar="SECONDS", help="for the cases of one process (default: %(default)s)")
    parser.add_argument("--rehearse", action="store_true", help="run the CUDA cases eagerly on the CPU: do they construct? No figures")
    parser.add_argument("--list", action="store_true", help="print the names")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.steps < 3 or args.batch < 1 or args.warmup < 0:
        parser.error("--steps takes 3 or more, --batch 1 or more, --warmup 0 or more")
    if args.rehearse and args.device != "cpu":
        parser.error("--rehearse runs on the CPU: leave --device out")
    return args


def report(line):
    print(json.dumps(line), flush=True)


def run_group(group, args):
    """One process; every case of the group gets its line, whatever becomes of the process."""
    options = {key: value for key, value in vars(args).items() if key not in ("worker", "only", "quick", "list", "limit")}
    work = json.dumps({"names": [case.name for case in group], "options": options})
    left = [case.name for case in group]
    ended = ""
    with subprocess.Popen([sys.executable, __file__, "--worker", work], stdout=subprocess.PIPE, text=True) as process:
        timer = Timer(process, args.limit)
        for text in process.stdout:
            try:
                line = json.loads(text)
            except ValueError:
                line = None
            if not isinstance(line, dict) or line.get("case") not in left:
                sys.stderr.write(text)  # a library that talks
                continue
            left.remove(line["case"])
            report(line)
            outcome = line.get("skipped") or line.get("failed") or f"{line['ms_median']:.2f} ms, {line['peak_mib']:.0f} MiB"
            print(f"-- {line['case']}: {outcome}", file=sys.stderr)
        process.wait()
        ended = timer.stop() or f"the process ended with {process.returncode}"
    for name in left:
        report({"case": name, "model": args.model, "device": args.device, "failed": ended})


class Timer:
    """Kills a process that runs too long; stop says whether it had to."""

    def __init__(self, process, seconds):
        self._text = ""
        self._seconds = seconds
        self._process = process
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def _expire(self):
        self._text = f"stopped after {self._seconds} s"
        self._process.kill()

    def stop(self):
        self._timer.cancel()
        return self._text


def work_here(work):
    """The process of one group."""
    try:
        from peers import worker
    except ImportError as error:
        for name in work["names"]:
            options = work["options"]
            report({"case": name, "model": options["model"], "device": options["device"], "skipped": f"torch cannot be imported ({error})"})
        return
    worker.run(work["names"], work["options"])


def main():
    args = arguments()
    if args.worker:
        work_here(json.loads(args.worker))
        return
    chosen = cases.cases("cuda" if args.rehearse else args.device, args.only, args.quick)
    if args.list:
        print("\n".join(case.name for case in chosen))
        return
    for group in cases.grouped(chosen):
        run_group(group, args)


if __name__ == "__main__":
    main()
