#!/usr/bin/env python3
"""Golden vectors of the supervised contrastive selection, with torch and timm.

    make_contrastive_vectors.py OUT_FOLDER

Writes contrastive.safetensors:
    loss.N.{features,labels,value,gradient}   the loss alone, anchor by anchor as the formula reads, in fp64
    pass.{first,second,labels}                two batches of two views for the network of vit_small.safetensors (in OUT_FOLDER)
    pass.{value}                              loss of each batch
    field.NAME                                summed signed gradient of every weight of two or more dimensions
    picks.NAME                                int32 [rows, 3]: columns of a row by |gradient|, larger first, smaller column first
"""
import math
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from timm.models.vision_transformer import VisionTransformer

TEMPERATURE = 0.07
DEPTH = 3


def contrastive(features, labels):
    """features [2B, D]: the first views of all pictures, then their second views."""
    z = torch.nn.functional.normalize(features, dim=1)
    classes = list(labels) * 2
    total = 0
    for i in range(len(classes)):
        others = [a for a in range(len(classes)) if a != i]
        similarity = torch.stack([z[i] @ z[a] for a in others]) / TEMPERATURE
        log_denominator = torch.logsumexp(similarity, 0)
        positives = [k for k, a in enumerate(others) if classes[a] == classes[i]]
        total = total - sum(similarity[k] - log_denominator for k in positives) / len(positives)
    return total / len(classes)


def loss_cases():
    cases = [(2, 3, [0, 0]), (3, 5, [0, 1, 2]), (6, 8, [0, 0, 1, 2, 1, 0]), (5, 4, [3, 3, 3, 3, 3]), (1, 4, [7])]
    for seed, (count, width, labels) in enumerate(cases):
        torch.manual_seed(seed)
        features = torch.randn(2 * count, width, dtype=torch.float64, requires_grad=True)
        value = contrastive(features, labels)
        value.backward()
        yield {f"loss.{seed}.features": features.detach(), f"loss.{seed}.labels": torch.tensor(labels, dtype=torch.int32),
               f"loss.{seed}.value": value.detach().reshape(1), f"loss.{seed}.gradient": features.grad}


def network(folder):
    model = VisionTransformer(img_size=40, patch_size=8, embed_dim=24, depth=3, num_heads=3, num_classes=5)
    weights = load_file(folder / "vit_small.safetensors")
    model.load_state_dict({k: weights[k] for k in model.state_dict()})
    return model.double().train()


def selection_pass(folder):
    model = network(folder)
    torch.manual_seed(99)
    out, values = {"pass.labels": torch.tensor([0, 1, 1, 2, 0, 2, 2, 0], dtype=torch.int32)}, []
    for batch, name in enumerate(["first", "second"]):
        images = torch.randn(8, 3, 40, 40).half()  # exact in half the bytes
        labels = out["pass.labels"][4 * batch:4 * batch + 4].tolist()
        value = contrastive(model.forward_head(model.forward_features(images.double()), pre_logits=True), labels)
        value.backward()
        values.append(value.item())
        out["pass." + name] = images
    out["pass.value"] = torch.tensor(values)
    for name, p in model.named_parameters():
        if p.dim() < 2 or p.grad is None or "embed" in name and "proj" not in name or "token" in name or name.startswith("head"):
            continue
        gradient = p.grad.reshape(p.shape[0], -1)
        out["field." + name] = gradient.float()
        order = torch.sort(gradient.abs(), dim=1, descending=True, stable=True).indices[:, :DEPTH]
        out["picks." + name] = order.to(torch.int32)
    return out


def main():
    folder = Path(sys.argv[1])
    out = {}
    for case in loss_cases():
        out |= {k: (v if v.dtype == torch.int32 else v.float()).contiguous() for k, v in case.items()}
    out |= {k: (v if v.dtype in (torch.int32, torch.half) else v.float()).contiguous() for k, v in selection_pass(folder).items()}
    assert all(math.isfinite(float(v.sum())) for v in out.values())
    save_file(out, folder / "contrastive.safetensors")


if __name__ == "__main__":
    main()
