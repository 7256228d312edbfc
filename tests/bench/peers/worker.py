"""Runs the cases of one group in this process, one after the other, and prints a JSON object a line."""
import importlib.metadata
import json

import torch

from . import cases
from .measure import Memory, median, time_steps
from .models import Skip, build, import_all
from .steps import make_step, set_precision


def _version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _device_name(device):
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    threads = torch.get_num_threads()
    return f"CPU, {threads} thread" + ("" if threads == 1 else "s")


def _measure(case, options, device):
    set_precision(case.precision)
    import_all(case)
    memory = Memory(device)
    task = build(case, options, device)
    step, optimizer = make_step(case, task, device, memory.restart)
    for _ in range(options["warmup"]):
        step()
    if case.runtime != "graph" or not memory.is_cuda:
        memory.restart()
    times = time_steps(step, options["steps"], device)
    notes = [task.note, optimizer]
    if options["rehearse"]:
        notes.append("rehearsed eagerly on the CPU: the figures mean nothing")
    if memory.is_cuda and memory.mib_before > 1:
        notes.append(f"{memory.mib_before:.0f} MiB were in use before")
    return {
        "batch": task.images.shape[0],
        "image_size": task.images.shape[-1],
        "ms_median": round(median(times), 4),
        "ms_all": [round(ms, 4) for ms in times],
        "peak_mib": round(memory.peak_mib(), 2),
        "is_stand_in": task.is_stand_in,
        "note": "; ".join(note for note in notes if note),
    }


def run(names, options):
    """options: device, model, batch, image_size, sam_batch, sam_image_size, steps, warmup, threads, rehearse."""
    if options["threads"]:
        torch.set_num_threads(options["threads"])
    device = torch.device(options["device"])
    table = {case.name: case for case in cases.cases("cuda" if options["rehearse"] else options["device"])}
    for name in names:
        case = table[name]
        line = {
            "case": case.name,
            "model": "sam_vit_b" if case.network == "sam" else options["model"],
            "rule": case.rule,
            "precision": case.precision,
            "k": case.k,
            "runtime": case.runtime,
            "device": options["device"],
            "torch": torch.__version__,
            "timm": _version("timm"),
            "peft": _version("peft"),
        }
        try:
            if device.type == "cuda" and not torch.cuda.is_available():
                raise Skip("torch finds no CUDA device")
            line["device"] = _device_name(device)
            line.update(_measure(case, options, device))
        except Skip as reason:
            line["skipped"] = str(reason)
        except Exception as error:  # the next case may well run
            line["failed"] = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        print(json.dumps(line), flush=True)
