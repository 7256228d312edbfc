#!/usr/bin/env python3
"""Golden vectors of Pillow's resize.

    make_resize_vectors.py OUT_FILE

Pillow, numpy and safetensors must be importable. Writes `image` [37, 53, 3] and `MODE.WIDTHxHEIGHT` for both filters and sizes that
shrink, enlarge, do both and leave a side alone.
"""
import sys

import numpy as np
from PIL import Image
from safetensors.numpy import save_file

SIZES = [(20, 15), (53, 12), (90, 37), (71, 64), (11, 80), (1, 1)]


def main():
    rng = np.random.default_rng(31)
    noise = rng.integers(0, 256, (37, 53, 3), dtype=np.uint8)
    ramp = (np.arange(53)[None, :, None] * 4 + np.arange(37)[:, None, None] * 1 + np.array([0, 9, 30])).astype(np.uint8)
    image = np.where(np.arange(53)[None, :, None] < 26, noise, ramp)
    out = {"image": image}
    for name, mode in (("bilinear", Image.Resampling.BILINEAR), ("bicubic", Image.Resampling.BICUBIC)):
        for width, height in SIZES:
            out[f"{name}.{width}x{height}"] = np.array(Image.fromarray(image).resize((width, height), mode))
    save_file(out, sys.argv[1])


if __name__ == "__main__":
    main()
