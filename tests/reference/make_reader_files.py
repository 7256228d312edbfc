"""Writes tests/readers/files: small checkpoints made by torch 2.11 and safetensors 0.8 themselves.

Element i (row-major) of every floating tensor is ((7 i) mod 23 - 11) / 4, of every integer tensor (7 i) mod 23, of every
bool tensor i odd; the tests know the rule. Run with both packages installed:
    python tests/reference/make_reader_files.py tests/readers/files
"""
import argparse
import collections
import io
import os
import sys
import zipfile

import safetensors.torch
import torch

out = sys.argv[1]


def filled(shape, dtype=torch.float32):
    count = 1
    for size in shape:
        count *= size
    steps = torch.arange(count, dtype=torch.int64) * 7 % 23
    if dtype == torch.bool:
        return (torch.arange(count) % 2 == 1).reshape(shape)
    if dtype.is_floating_point:
        return ((steps.to(torch.float64) - 11) / 4).to(dtype).reshape(shape)
    return steps.to(dtype).reshape(shape)


def save(name, value, **options):
    torch.save(value, os.path.join(out, name), **options)


class Command:
    def __reduce__(self):
        return os.system, ("touch reader_was_fooled",)


kinds = {
    "f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16, "f64": torch.float64, "i64": torch.int64,
    "i32": torch.int32, "i16": torch.int16, "i8": torch.int8, "u8": torch.uint8, "bool": torch.bool,
}
plain = collections.OrderedDict((name, filled((3, 4), dtype)) for name, dtype in kinds.items())
plain["scalar"] = filled(())
plain["empty"] = filled((0, 5))
plain["Größe.重み"] = filled((2,))
save("plain.pth", plain)
save("protocol4.pth", plain, pickle_protocol=4)
save("plain_dict.pth", dict(plain))

whole = filled((6, 8))
strided = {
    "whole": whole,
    "part": whole[2:4],                      # shared storage, offset
    "columns": whole[:, 3:5],                # offset and row stride
    "transposed": filled((5, 3)).t(),
    "permuted": filled((2, 3, 4)).permute(2, 0, 1),
    "every_second": filled((10,))[::2],
    "parameter": torch.nn.Parameter(filled((2, 2))),
    "f16_columns": filled((4, 6), torch.float16)[:, 1:3],
}
save("strided.pth", strided)

torch.manual_seed(1)
module = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3))
with torch.no_grad():
    for value in module.state_dict().values():
        value.copy_(filled(value.shape, value.dtype))
save("module.pth", module.state_dict())      # carries _metadata
optimizer = torch.optim.AdamW(module.parameters())
module(torch.ones(2, 4)).sum().backward()
optimizer.step()
with torch.no_grad():
    for value in module.state_dict().values():
        value.copy_(filled(value.shape, value.dtype))
save("wrapped_model.pth", {"model": module.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 3, "best": 0.5,
                           "notes": [None, True, ("a", -7, 1 << 40)], "sizes": torch.Size([3, 4])})
save("wrapped_state_dict.pth", {"iteration": torch.tensor(5), "state_dict": module.state_dict()})
save("wrapped_twice.pth", {"model": {"model_state_dict": module.state_dict()}})
save("no_tensors.pth", {"epoch": 3, "teacher": {"a": filled((2,))}})
save("untyped.pth", {"u32": filled((3, 4), torch.int64).to(torch.uint32), "u16": filled((5,), torch.int64).to(torch.uint16)})
save("legacy.pth", plain, _use_new_zipfile_serialization=False)
save("command.pth", {"model": module.state_dict(), "extra": Command()})
save("namespace.pth", {"model": module.state_dict(), "args": argparse.Namespace(rate=0.1)})
save("whole_module.pth", module)
torch.jit.script(torch.nn.Linear(2, 2)).save(os.path.join(out, "script.pth"))

stored = io.BytesIO()
torch.save(plain, stored)
with zipfile.ZipFile(stored) as source, zipfile.ZipFile(os.path.join(out, "compressed.pth"), "w", zipfile.ZIP_DEFLATED) as target:
    for entry in source.infolist():
        target.writestr(zipfile.ZipInfo(entry.filename), source.read(entry), zipfile.ZIP_DEFLATED)
# The same archive through Python's zip module with 64-bit fields forced on.
with zipfile.ZipFile(stored) as source, zipfile.ZipFile(os.path.join(out, "zip64.pth"), "w") as target:
    for entry in source.infolist():
        with target.open(zipfile.ZipInfo(entry.filename), "w", force_zip64=True) as file:
            file.write(source.read(entry))

plain = {name: value for name, value in plain.items()}
safetensors.torch.save_file(plain, os.path.join(out, "plain.safetensors"), {"format": "pt", "note": "größer"})
safetensors.torch.save_file({"f8": torch.zeros(4).to(torch.float8_e4m3fn)}, os.path.join(out, "float8.safetensors"))
