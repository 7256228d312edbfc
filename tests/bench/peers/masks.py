"""The masks of the GPS rule: of every row the K entries with the largest |gradient| of one batch of noise."""
import torch

FROZEN, SELECTED, WHOLE = "frozen", "selected", "whole"


def part_of(name, module, leaf, task):
    """What the rule does with the parameter `leaf` of `module`; decided by the kind of module, not by substrings of names."""
    if name.startswith(task.whole):
        return WHOLE
    if "Norm" in type(module).__name__:
        prefix = task.vector_bias_prefix
        return WHOLE if prefix and name.startswith(prefix) and leaf == "bias" else FROZEN
    if isinstance(module, (torch.nn.Linear, torch.nn.modules.conv._ConvNd)):
        return SELECTED if leaf == "weight" else WHOLE
    return WHOLE if leaf in ("gamma", "relative_position_bias_table") else FROZEN


def parts(task):
    """[(name, parameter, part)] of what requires a gradient."""
    found = []
    for prefix, module in task.model.named_modules():
        for leaf, parameter in module.named_parameters(recurse=False):
            name = f"{prefix}.{leaf}" if prefix else leaf
            if parameter.requires_grad:
                found.append((name, parameter, part_of(name, module, leaf, task)))
    return found


def top_per_row(gradient, k):
    """Boolean, the shape of gradient; a row is the first dimension, flattened."""
    rows = gradient.detach().abs().reshape(gradient.shape[0], -1)
    chosen = rows.topk(min(k, rows.shape[1]), dim=1).indices
    return torch.zeros_like(rows, dtype=torch.bool).scatter_(1, chosen, True).view_as(gradient)


def selection(task, k, dtype):
    """[(name, parameter, part, keep or None)] from one batch of noise; keep is boolean, for selected entries only."""
    task.loss(torch.randn_like(task.images, dtype=dtype)).backward()
    chosen = []
    for name, parameter, part in parts(task):
        keep = None
        if part == SELECTED:
            if parameter.grad is None:
                raise RuntimeError(f"{name} got no gradient")
            keep = top_per_row(parameter.grad, k)
        chosen.append((name, parameter, part, keep))
    task.model.zero_grad(set_to_none=True)
    return chosen


def released(task, chosen):
    """A dense fp32 mask for every parameter, frozen ones too; returns the function that masks the gradients."""
    masks = []
    for _, parameter, part, keep in chosen:
        mask = torch.full_like(parameter, 1.0 if part == WHOLE else 0.0) if keep is None else keep.to(parameter.dtype)
        masks.append((parameter, mask))

    def apply():
        for parameter, mask in masks:
            if parameter.grad is not None:
                parameter.grad.mul_(mask)

    return apply


def tuned(task, chosen):
    """Boolean masks where entries are selected; what is frozen asks for no gradient."""
    dropped = []
    for _, parameter, part, keep in chosen:
        if part == FROZEN:
            parameter.requires_grad_(False)
        elif keep is not None:
            dropped.append((parameter, keep.logical_not_()))

    def apply():
        for parameter, drop in dropped:
            parameter.grad.masked_fill_(drop, 0)

    return apply
