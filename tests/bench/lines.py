"""The lines of the table: which of our figures stands beside which of the peers', and what is promised of their ratio."""
import dataclasses

TIME, MEMORY = "ms_median", "peak_mib"
PEER, OURS = "peer", "ours"


@dataclasses.dataclass(frozen=True)
class Line:
    """ratio = ours / other. limit None: for comparison only. is_ahead: below the limit, not at it."""

    text: str
    measure: str
    ours: str
    other: str
    limit: float | None = None
    is_ahead: bool = False
    side: str = PEER  # where `other` comes from

    @property
    def target(self):
        if self.limit is None:
            return ""
        return f"{'<' if self.is_ahead else '≤'} {self.limit:.2f}×"


def _both(text, ours, other, time_limit=None, memory_limit=None, is_ahead=False, side=PEER):
    yield Line(text, TIME, ours, other, time_limit, is_ahead, side)
    yield Line(text, MEMORY, ours, other, memory_limit, is_ahead, side)


def _ahead(text, ours, other):
    return _both(text, ours, other, 1.0, 1.0, is_ahead=True)


def _cuda():
    rule, tuned = "released rule", "the rule tuned (fused Adam, boolean masks)"
    yield from _both(f"bf16, K=1 | {rule}, fp16 AMP", "step-bf16-k1", "masked-fp16-amp-k1", 0.34, 0.40)
    yield from _ahead("bf16, K=1 | full, bf16, CUDA graph", "step-bf16-k1", "full-bf16-graph")
    yield from _ahead("bf16, K=1 | LoRA r=8, bf16", "step-bf16-k1", "lora-bf16")
    yield from _both(f"fp32, K=1 | {rule}, fp32", "step-fp32-k1", "masked-fp32-k1", 0.70, 0.60)
    yield Line("fp32, K=15 | ours, K=1", TIME, "step-fp32-k15", "step-fp32-k1", 1.15, side=OURS)
    yield from _both(f"SAM ViT-B 1024 px, tf32, K=1 | {rule}, tf32", "sam-tf32-k1", "sam-masked-tf32-k1", 0.65, 0.60)
    yield from _both(f"SAM ViT-B 1024 px, tf32, K=1, recomputed | {rule}, tf32", "sam-tf32-k1-recomputed", "sam-masked-tf32-k1", None, 0.35)

    yield from _both("bf16, K=1 | LoRA r=8, bf16, CUDA graph", "step-bf16-k1", "lora-bf16-graph")
    yield from _both("bf16, K=1 | full, bf16, torch.compile", "step-bf16-k1", "full-bf16-compile")
    yield from _both(f"bf16, K=1 | {tuned}, fp16 AMP", "step-bf16-k1", "tuned-fp16-amp-k1")
    yield from _both(f"bf16, K=1 | {tuned}, bf16, CUDA graph", "step-bf16-k1", "tuned-bf16-k1-graph")
    for k in (5, 15):
        yield from _both(f"bf16, K={k} | {rule}, fp16 AMP", f"step-bf16-k{k}", f"masked-fp16-amp-k{k}")
    for columns in ("k1-random", "real"):
        name = "random" if columns == "k1-random" else "real"
        yield from _both(f"bf16, {name} columns | {rule}, fp16 AMP", f"step-bf16-{columns}", "masked-fp16-amp-k1")
        yield from _both(f"bf16, {name} columns | full, bf16, CUDA graph", f"step-bf16-{columns}", "full-bf16-graph")
        yield from _both(f"fp32, {name} columns | {rule}, fp32", f"step-fp32-{columns}", "masked-fp32-k1")
    yield from _both(f"fp32, K=1 | {tuned}, fp32", "step-fp32-k1", "tuned-fp32-k1")
    yield from _both("fp32, K=1 | full, fp32", "step-fp32-k1", "full-fp32")
    yield from _both("fp32, K=1 | LoRA r=8, fp32", "step-fp32-k1", "lora-fp32")
    for k in (5, 15):
        yield from _both(f"fp32, K={k} | {rule}, fp32", f"step-fp32-k{k}", f"masked-fp32-k{k}")
    yield from _both(f"tf32, K=1 | {rule}, tf32", "step-tf32-k1", "masked-tf32-k1")
    yield from _both(f"fp16, K=1 | {rule}, fp16 AMP", "step-fp16-k1", "masked-fp16-amp-k1")
    yield from _both("SAM ViT-B 1024 px, tf32, K=1 | full, tf32", "sam-tf32-k1", "sam-full-tf32")
    for precision in ("fp32", "bf16"):
        yield from _both(f"forward, {precision} | forward, {precision}", f"forward-{precision}", f"forward-{precision}")
    yield Line(f"our dense rule, fp32 | {rule}, fp32", TIME, "dense-fp32-k1", "masked-fp32-k1")
    yield Line(f"our dense rule, fp16 | {rule}, fp16 AMP", TIME, "dense-fp16-k1", "masked-fp16-amp-k1")
    yield Line("our dense rule, bf16 | the rule tuned, bf16, CUDA graph", TIME, "dense-bf16-k1", "tuned-bf16-k1-graph")


def _cpu():
    for prefix, name in (("", ""), ("tiny-", "ViT-Ti, ")):
        yield Line(f"{name}fp32, K=1 | released rule, fp32", TIME, f"{prefix}step-fp32-k1", "masked-fp32-k1", 0.75)
        yield Line(f"{name}fp32, K=1 | released rule, fp32", MEMORY, f"{prefix}step-fp32-k1", "masked-fp32-k1")
        for other, case in (("the rule tuned", "tuned-fp32-k1"), ("full, fp32", "full-fp32"), ("LoRA r=8, fp32", "lora-fp32")):
            yield from _both(f"{name}fp32, K=1 | {other}", f"{prefix}step-fp32-k1", case)
        yield Line(f"{name}fp32, K=15 | ours, K=1", TIME, f"{prefix}step-fp32-k15", f"{prefix}step-fp32-k1", side=OURS)
        yield from _both(f"{name}fp32, random columns | released rule, fp32", f"{prefix}step-fp32-k1-random", "masked-fp32-k1")
        if not prefix:
            yield from _both("fp32, real columns | released rule, fp32", "step-fp32-real", "masked-fp32-k1")
        yield Line(f"{name}our dense rule, fp32 | released rule, fp32", TIME, f"{prefix}dense-fp32-k1", "masked-fp32-k1")
    yield from _both("forward, fp32 | forward, fp32", "forward-fp32", "forward-fp32")


def lines(device):
    return list(_cuda() if device == "cuda" else _cpu())


# (text, beginnings of the names of `gps bench selection`'s lines; the slowest counts against its own target)
SELECTION = [
    ("ready field → RankTable and BudgetTable", ("tables",)),
    ("K slider 1…64, one step, any level", ("slider",)),
    ("another level, criterion or exclusion", ("level", "exclusion", "criterion")),
]
