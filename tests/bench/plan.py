#!/usr/bin/env python3
"""What scripts/bench.sh runs: `ours` prints a line NAME, tab, arguments of gps; `peers` a line of arguments of peers.py.

    plan.py ours|peers --device cpu|cuda [--quick] [--only REGEX] [--model ID] [--batch N] [--selection FILE --weights FILE]
"""
import argparse
import dataclasses
import re
import shlex

from peers import cases

SAM = "sam_vit_b"
TINY = "vit_tiny_patch16_224"


@dataclasses.dataclass(frozen=True)
class Options:
    device: str = "cuda"
    quick: bool = False
    only: str = ""
    model: str = "vit_base_patch16_224"
    batch: int = 0  # 0: 32 on a GPU; on a CPU 4, and 8 for the tiny model
    selection: str = ""  # a selection file of the model: the columns of a real case
    weights: str = ""  # that it was made from
    threads: int = 2  # of a CPU run

    @property
    def steps(self):
        return (5 if self.device == "cuda" else 3) if self.quick else 20

    def models(self):
        """[(model, batch)] whose steps are timed."""
        if self.device == "cuda":
            return [(self.model, self.batch or 32)]
        chosen = [(self.model, self.batch or 4)]
        return chosen if self.model == TINY else [*chosen, (TINY, self.batch or 8)]


@dataclasses.dataclass(frozen=True)
class Run:
    """One call of gps; model is what its figures are compared on, with a peer of the same."""

    name: str
    model: str
    arguments: list
    quick: bool = False


def _step(options, model, batch, name, precision, k=1, quick=False, extra=()):
    arguments = ["bench", "step", "--model", model, "--batch", str(batch), "--precision", precision]
    if "--columns" not in extra or extra[1] in ("noise", "random"):
        arguments += ["--k", str(k)]  # a file says its own
    return Run(name, model, [*arguments, "--steps", str(options.steps), *extra], quick)


def _real(options, model, batch, precision):
    if not options.selection or model != options.model:
        return []
    extra = ("--columns", options.selection, *(("--weights", options.weights) if options.weights else ()))
    return [_step(options, model, batch, f"step-{precision}-real", precision, extra=extra)]


def _cuda(options):
    [(model, batch)] = options.models()

    def step(name, precision, k=1, quick=False, extra=()):
        return _step(options, model, batch, name, precision, k, quick, extra)

    for precision in ("bf16", "fp32"):
        for k in (1, 5, 15):
            yield step(f"step-{precision}-k{k}", precision, k, quick=k != 5)
        yield step(f"step-{precision}-k1-random", precision, extra=("--columns", "random"))
        yield from _real(options, model, batch, precision)
    for precision in ("tf32", "fp16"):
        yield step(f"step-{precision}-k1", precision)
    yield step("step-bf16-k1-eager", "bf16", extra=("--eager",))  # no recorded graph: what is the graph worth?
    for precision in ("fp32", "fp16", "bf16"):
        yield step(f"dense-{precision}-k1", precision, extra=("--rule", "dense"))
    for precision in ("tf32", "bf16"):
        yield _step(options, SAM, 1, f"sam-{precision}-k1", precision, quick=precision == "tf32")
        yield _step(options, SAM, 1, f"sam-{precision}-k1-recomputed", precision, quick=precision == "tf32", extra=("--recompute",))


def _cpu(options):
    for model, batch in options.models():
        prefix = "tiny-" if model == TINY else ""

        def step(name, k=1, quick=False, extra=()):
            return _step(options, model, batch, f"{prefix}{name}", "fp32", k, quick, extra)

        yield step("step-fp32-k1", quick=True)
        yield step("step-fp32-k15", 15)
        yield step("step-fp32-k1-random", extra=("--columns", "random"))
        yield from _real(options, model, batch, "fp32")
        yield step("dense-fp32-k1", extra=("--rule", "dense"))


def runs(options):
    """Of our side, in their order."""
    place = ["--device", options.device]
    if options.device == "cpu":
        place += ["--threads", str(options.threads)]
    model, batch = options.models()[0]
    found = list(_cuda(options) if options.device == "cuda" else _cpu(options))
    for precision in ("fp32", "bf16") if options.device == "cuda" else ("fp32",):
        arguments = ["bench", "forward", "--model", model, "--batch", str(batch), "--precision", precision, "--runs", str(options.steps)]
        found.append(Run(f"forward-{precision}", model, arguments))
    found.append(Run("selection", model, ["bench", "selection", "--model", model, "--k", "1", "--batch", str(batch)], quick=True))
    found = [run for run in found if re.search(options.only, run.name) and (run.quick or not options.quick)]
    return [dataclasses.replace(run, arguments=[*run.arguments, *place, "--json"]) for run in found]


def peers(options):
    """Arguments of each call of peers.py."""
    for model, batch in options.models():
        arguments = ["--device", options.device, "--model", model, "--batch", str(batch), "--steps", str(options.steps)]
        arguments += ["--only", options.only, *(["--quick"] if options.quick else [])]
        if options.device == "cpu":
            arguments += ["--threads", str(options.threads), "--warmup", "2", "--limit", "1800"]
        yield arguments


def add_options(parser):
    parser.add_argument("--device", choices=("cpu", "cuda"), required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="", type=cases.pattern, metavar="REGEX")
    parser.add_argument("--model", default=Options.model)
    parser.add_argument("--batch", type=int, default=0)
    parser.add_argument("--selection", default="", metavar="FILE")
    parser.add_argument("--weights", default="", metavar="FILE")
    parser.add_argument("--threads", type=int, default=Options.threads)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("side", choices=("ours", "peers"))
    add_options(parser)
    args = vars(parser.parse_args())
    side = args.pop("side")
    options = Options(**args)
    if side == "ours":
        for run in runs(options):
            print(f"{run.name}\t{shlex.join(run.arguments)}")
    else:
        for arguments in peers(options):
            print(shlex.join(arguments))


if __name__ == "__main__":
    main()
