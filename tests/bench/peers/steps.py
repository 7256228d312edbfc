"""From a case and its task to a function that makes one step."""
import contextlib

import torch

from . import masks
from .models import HALF

LEARNING_RATE = 1e-4


def set_precision(precision):
    is_exact = precision == "fp32"
    torch.set_float32_matmul_precision("highest" if is_exact else "high")
    torch.backends.cudnn.allow_tf32 = not is_exact
    torch.backends.cudnn.benchmark = True


def _forward_step(task):
    def step():
        with torch.inference_mode():
            task.model(task.images)

    return step


def _captured(step, optimizer, restart_peak):
    """The whole step as one CUDA graph, warmed up on a side stream as PyTorch asks for."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            step()
    torch.cuda.current_stream().wait_stream(side)
    # Gradients that are None at capture are written, not added to, at every replay.
    optimizer.zero_grad(set_to_none=True)
    restart_peak()  # replays allocate nothing: the peak is that of the capture
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step(keep_gradients=True)

    def replay():
        graph.replay()

    replay.holds = (step, optimizer)  # what the graph writes to must outlive it
    return replay


def make_step(case, task, device, restart_peak):
    """Returns (step, name of the optimiser). restart_peak() is called before a capture."""
    if case.rule == "forward":
        return _forward_step(task), ""

    mask = None
    if case.rule in ("masked", "tuned"):
        chosen = masks.selection(task, case.k, task.images.dtype)
        mask = (masks.released if case.rule == "masked" else masks.tuned)(task, chosen)
        del chosen
    is_captured = case.runtime == "graph" and device.type == "cuda"
    is_fused = case.rule != "masked"
    kept = {"fused": True} if is_fused else {}
    optimizer = torch.optim.Adam([p for p in task.model.parameters() if p.requires_grad], lr=LEARNING_RATE, capturable=is_captured, **kept)
    half = HALF.get(case.precision)
    autocast = contextlib.nullcontext() if half is None else torch.autocast(device.type, half)
    scaler = torch.amp.GradScaler(device.type) if case.precision == "fp16-amp" else None
    if case.runtime == "compile" and device.type == "cuda":
        task.model = torch.compile(task.model)

    def step(keep_gradients=False):
        if not keep_gradients:
            optimizer.zero_grad(set_to_none=True)
        with autocast:
            loss = task.loss()
        (loss if scaler is None else scaler.scale(loss)).backward()
        if mask is not None:
            mask()
        if scaler is None:
            optimizer.step()
        else:
            scaler.step(optimizer)
            scaler.update()

    optimizer_name = "fused Adam" if is_fused else "torch's default Adam"
    return (_captured(step, optimizer, restart_peak) if is_captured else step), optimizer_name
