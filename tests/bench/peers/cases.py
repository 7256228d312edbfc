"""The cases by name. Imports no torch, so that the list is there where torch is not.

A step is forward, loss, backward and optimiser on one fixed batch of noise; of rule "forward" the forward alone.
Rules: full      every parameter trains
       masked    the released GPS rule: a full dense backward, a dense fp32 mask for every parameter, its gradient multiplied by
                 it, torch's default Adam over all parameters
       tuned     the same rule as lean as plain PyTorch makes it: frozen parameters ask for no gradient, masks are booleans and
                 only where entries are selected, Adam is fused
       lora      PEFT, rank 8 on qkv, the head trained
       probe     the head alone, the backbone without gradients
       forward   inference
Precisions: fp32 (no tf32 anywhere), tf32, fp16-amp (autocast and GradScaler), bf16-autocast, bf16 (weights and Adam's state too).
"""
import argparse
import dataclasses
import re

DEVICES = ("cpu", "cuda")


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    rule: str
    precision: str
    k: int = 0
    runtime: str = "eager"  # eager, graph (the whole step in a CUDA graph), compile (torch.compile of the model)
    network: str = "vit"  # vit, sam
    group: str = "vit"  # cases of one group share a process, one after the other
    quick: bool = False  # part of a quick run


def _case(rule, precision, k=0, runtime="eager", network="vit", group="vit", quick=False):
    words = ["sam"] if network == "sam" else []
    words += [rule, precision]
    if k:
        words.append(f"k{k}")
    if runtime != "eager":
        words.append(runtime)
    return Case("-".join(words), rule, precision, k, runtime, network, group, quick)


def _cuda():
    for precision in ("fp32", "tf32", "fp16-amp", "bf16-autocast"):
        yield _case("full", precision, quick=precision == "fp32")
    for precision in ("fp32", "tf32", "fp16-amp"):
        for k in (1, 5, 15):
            yield _case("masked", precision, k, quick=k == 1 and precision != "tf32")
    for precision in ("fp32", "fp16-amp", "bf16-autocast"):
        yield _case("tuned", precision, 1)
    for precision in ("fp32", "bf16"):
        yield _case("probe", precision)
        yield _case("forward", precision, quick=precision == "bf16")
    yield _case("full", "bf16", runtime="graph", group="graph", quick=True)
    yield _case("tuned", "bf16", 1, runtime="graph", group="graph")
    yield _case("full", "bf16", runtime="compile", group="compile")
    yield _case("lora", "fp32", group="lora")
    yield _case("lora", "bf16", group="lora", quick=True)
    yield _case("lora", "bf16", runtime="graph", group="lora")
    yield _case("full", "tf32", network="sam", group="sam")
    yield _case("masked", "tf32", 1, network="sam", group="sam", quick=True)


def _cpu():
    # A process each: the resident set falls back to no known floor between two cases.
    for rule, k in (("full", 0), ("masked", 1), ("tuned", 1), ("lora", 0), ("probe", 0), ("forward", 0)):
        case = _case(rule, "fp32", k, quick=rule in ("full", "masked"))
        yield dataclasses.replace(case, group=case.name)


def pattern(text):
    """For argparse: a regular expression, refused where it is none."""
    try:
        re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no regular expression: {error}") from error
    return text


def cases(device, only="", quick=False):
    """Of a device, in the order in which they run; only is a regular expression, searched in the name."""
    found = [case for case in (_cuda() if device == "cuda" else _cpu()) if re.search(only, case.name)]
    return [case for case in found if case.quick] if quick else found


def grouped(chosen):
    """Lists of cases that share a process."""
    groups = {}
    for case in chosen:
        groups.setdefault(case.group, []).append(case)
    return list(groups.values())
