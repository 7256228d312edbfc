#!/usr/bin/env python3
"""Writes .npz archives and a checkpoint in several files into tests/readers/files.

    make_numpy_files.py tests/readers/files

numpy and safetensors must be importable. The values follow the rule of make_reader_files.py.
"""
import json
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

out = Path(sys.argv[1])


def filled(shape, dtype=np.float32):
    steps = np.arange(int(np.prod(shape)), dtype=np.int64) * 7 % 23
    return ((steps - 11) / 4 if np.issubdtype(dtype, np.floating) else steps).astype(dtype).reshape(shape)


kinds = {"f64": np.float64, "f32": np.float32, "f16": np.float16, "i64": np.int64, "i32": np.int32, "u8": np.uint8}
plain = {name: filled((3, 4), dtype) for name, dtype in kinds.items()}
plain |= {"fortran": np.asfortranarray(filled((3, 4))), "cube/kernel": np.asfortranarray(filled((2, 3, 4))), "scalar": filled(()),
          "empty": filled((0, 5)), "Größe": filled((2,))}
np.savez(out / "plain.npz", **plain)
np.savez_compressed(out / "compressed.npz", a=filled((30, 40)))
np.savez(out / "objects.npz", a=np.array([{}, None], dtype=object))
np.savez(out / "bigendian.npz", a=filled((2, 2)).astype(">f4"))

shards = {"part-1-of-2.safetensors": {"a": filled((3, 4)), "b": filled((2,))}, "part-2-of-2.safetensors": {"c": filled((2, 3))}}
for name, tensors in shards.items():
    save_file(tensors, out / name)
index = {"metadata": {"total_size": 80}, "weight_map": {tensor: name for name, tensors in shards.items() for tensor in tensors}}
(out / "parts.index.json").write_text(json.dumps(index, indent=2) + "\n")
