#!/usr/bin/env python3
"""Golden vectors of the augmentations: Pillow through torchvision's PIL functions, and timm's mixup.

    make_augment_vectors.py OUT_FILE

Needs torch, torchvision, Pillow below 13, numpy, timm and safetensors: from 13 on Pillow resizes down before across where that is faster,
with other roundings. Writes
  picture.NAME        [H, W, 3] uint8
  operation.KIND.I    [H, W, 3] uint8, of picture.colours; its factor is operation.KIND.factors[I], fp64
  plan.I              fp64: left, top, width, height, size, bicubic, mirrored, jittered, four operations, brightness, contrast,
                      saturation, hue, grey
  view.I.NAME         [size, size, 3] uint8, plan I on picture.NAME
  mix.…               what timm gives for the lambdas in mix.lambdas
"""
import sys
from unittest import mock

import numpy as np
import torch
from PIL import Image, __version__ as pillow_version
from safetensors.numpy import save_file
from timm.data.mixup import cutmix_bbox_and_lam, mixup_target
from timm.loss import SoftTargetCrossEntropy
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F

OPERATIONS = {
    "brightness": (F.adjust_brightness, [0.0, 0.6, 0.873, 1.4]),
    "contrast": (F.adjust_contrast, [0.6, 1.0, 1.127, 1.4]),
    "saturation": (F.adjust_saturation, [0.0, 0.6, 1.21, 1.4]),
    "hue": (F.adjust_hue, [-0.1, -0.053, 0.0, 0.1]),
}


def pictures(rng):
    """Every kind of colour; a photograph's mixture of slopes, edges and noise; a picture of one column."""
    levels = np.array([0, 1, 84, 85, 128, 170, 254, 255])
    corners = np.stack(np.meshgrid(levels, levels, levels), -1).reshape(-1, 3)
    colours = np.concatenate([corners, np.arange(0, 256, 2)[:, None].repeat(3, 1), rng.integers(0, 256, (384, 3))])
    y, x = np.mgrid[0:61, 0:83]
    scene = np.stack([3 * x, 255 - 4 * y, 2 * x + y], -1) + rng.normal(0, 12, (61, 83, 3))
    scene[20:40, 30:55] = [200, 40, 60]
    scene[45:, :20] = rng.integers(0, 256, (16, 20, 3))
    return {
        "colours": colours.reshape(32, 32, 3).astype(np.uint8),
        "scene": np.clip(scene, 0, 255).astype(np.uint8),
        "column": rng.integers(0, 256, (40, 1, 3), dtype=np.uint8),
    }


def view(image, plan):
    left, top, width, height, size, bicubic, mirrored, jittered, *rest = plan
    mode = InterpolationMode.BICUBIC if bicubic else InterpolationMode.BILINEAR
    out = F.resized_crop(image, int(top), int(left), int(height), int(width), [int(size)] * 2, mode)
    if mirrored:
        out = F.hflip(out)
    if jittered:
        for operation in rest[:4]:
            out = list(OPERATIONS.values())[int(operation)][0](out, rest[4 + int(operation)])
    return F.rgb_to_grayscale(out, 3) if rest[8] else out


def plans(rng, width, height, count):
    for i in range(count):
        w, h = (width, height) if i == 0 else (int(rng.integers(1, width + 1)), int(rng.integers(1, height + 1)))
        left, top = int(rng.integers(0, width - w + 1)), int(rng.integers(0, height - h + 1))
        size = (32, 20)[i % 2]
        factors = [*rng.uniform(0.6, 1.4, 3), rng.uniform(-0.1, 0.1)]
        yield np.array([left, top, w, h, size, i // 2 % 2, i % 3 == 1, i % 4 > 0, *rng.permutation(4), *factors, i % 5 == 4])


def mixing(rng):
    lambdas = np.array([0.0, 0.13, 0.5, 0.77, 0.999])
    centres = np.array([[0, 0], [3, 15], [8, 7], [15, 1], [9, 9]])
    out = {"lambdas": lambdas, "centres": centres}
    out["boxes"] = np.zeros((5, 4), dtype=np.int64)
    out["lambdas_left"] = np.zeros(5)
    for i, (lam, (cy, cx)) in enumerate(zip(lambdas, centres)):
        with mock.patch("numpy.random.randint", side_effect=[cy, cx]):
            out["boxes"][i], out["lambdas_left"][i] = cutmix_bbox_and_lam((6, 3, 16, 16), lam)
    labels = torch.tensor([0, 4, 2, 2, 1, 3])
    out["labels"] = labels.numpy()
    targets = [mixup_target(labels, 5, lam, smoothing) for smoothing in (0.0, 0.1) for lam in lambdas]
    out["targets"] = torch.stack(targets).numpy()
    logits = torch.from_numpy(rng.normal(0, 3, (6, 5)).astype(np.float32))
    out["logits"] = logits.numpy()
    out["losses"] = torch.stack([SoftTargetCrossEntropy()(logits, t) for t in targets]).numpy()
    return out


def main():
    if int(pillow_version.split(".")[0]) > 12:
        sys.exit(f"Pillow {pillow_version} resizes in another order; use 12 or older")
    rng = np.random.default_rng(47)
    sources = pictures(rng)
    out = {f"picture.{name}": picture for name, picture in sources.items()}
    colours = Image.fromarray(sources["colours"])
    for kind, (function, factors) in OPERATIONS.items():
        out[f"operation.{kind}.factors"] = np.array(factors)
        for i, factor in enumerate(factors):
            out[f"operation.{kind}.{i}"] = np.array(function(colours, factor))
    number = 0
    for name, count in (("scene", 20), ("colours", 8), ("column", 2)):
        height, width, _ = sources[name].shape
        for plan in plans(rng, width, height, count):
            out[f"plan.{number}"] = plan
            out[f"view.{number}.{name}"] = np.array(view(Image.fromarray(sources[name]), plan))
            number += 1
    out |= {f"mix.{name}": np.ascontiguousarray(values) for name, values in mixing(rng).items()}
    save_file(out, sys.argv[1])


if __name__ == "__main__":
    main()
