#!/usr/bin/env python3
"""Full-size models with random weights: `gps features` against timm and segment-anything.

    compare_features.py GPS_PROGRAM

Runs in the Python that GPS_REFERENCE_PYTHON names (torch, timm, segment_anything, Pillow, safetensors); exits with 77, a skip, where
that has no timm. The largest absolute difference may be 1e-4. Prints a line a model: parameters, difference, seconds a picture.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

if os.environ.get("GPS_REFERENCE_PYTHON") and not os.environ.get("GPS_REFERENCE_RUNNING"):
    python = os.environ["GPS_REFERENCE_PYTHON"]
    os.execve(python, [python, *sys.argv], os.environ | {"GPS_REFERENCE_RUNNING": "1"})
try:
    import timm
    import torch
    from PIL import Image
    from safetensors.torch import load_file, save_file
except ImportError as missing:
    print(f"skipped: needs a Python with timm, torch and Pillow in GPS_REFERENCE_PYTHON ({missing})")
    sys.exit(77)

LIMIT = 1e-4
# Model, side of the input
CLASSIFIERS = [("vit_base_patch16_224", 224), ("vit_small_patch16_224", 160), ("vit_small_patch14_dinov2", 98),
               ("swin_base_patch4_window7_224", 224), ("swin_tiny_patch4_window7_224", 256), ("convnext_base.fb_in22k", 224),
               ("convnext_tiny.fb_in22k", 192)]


def gps(program, *words):
    done = subprocess.run([program, *map(str, words), "--json"], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"gps {' '.join(map(str, words))} failed:\n{done.stderr}{done.stdout}")
    return json.loads(done.stdout)


def pictures(folder, sizes):
    """Noise with structure, as PNG; returns the Pillow images in the order of their names."""
    folder.mkdir()
    images = []
    for i, (width, height) in enumerate(sizes):
        coarse = torch.randint(0, 256, (height // 9 + 1, width // 9 + 1, 3), dtype=torch.uint8).numpy()
        images.append(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))
        images[-1].save(folder / f"{i}.png")
    return images


def randomise(model):
    """The way trained weights lie: the initial ones are too tame to show a difference."""
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.dim() == 1:
                p.normal_(1 if name.endswith("weight") or name.endswith("gamma") else 0, 0.1)
            else:
                p.mul_(1.5)


def classifier(program, folder, name, side):
    torch.manual_seed(41)
    more = {} if name.startswith("convnext") else {"img_size": side}
    model = timm.create_model(name, num_classes=11, **more).eval()
    randomise(model)
    weights = folder / "w.safetensors"
    save_file({k: v.contiguous() for k, v in model.state_dict().items() if "attn_mask" not in k}, weights)
    config = timm.data.resolve_data_config({"input_size": (3, side, side)}, model=model)
    transform = timm.data.create_transform(**config, is_training=False)
    exact = timm.data.create_transform(**(config | {"crop_pct": 1.0}), is_training=False)
    worst, seconds = 0.0, 0.0
    for kind, sizes in (("none", [(side, side)] * 2), ("model", [(side + 83, side + 11), (side - 40, side + 90)])):
        images = pictures(folder / kind, sizes)
        batch = torch.stack([(transform if kind == "model" else exact)(image) for image in images])
        with torch.no_grad():
            features = model.forward_head(model.forward_features(batch), pre_logits=True)
            logits = model.get_classifier()(features)
        out = folder / f"{kind}.safetensors"
        result = gps(program, "features", "--weights", weights, "--images", folder / kind, "--resize", kind, "--image-size", side,
                     "--device", "cpu", "--out", out)
        if result["model"] != name.split(".")[0]:
            sys.exit(f"{name} was recognised as {result['model']}")
        found = load_file(out)
        worst = max(worst, (found["features"] - features).abs().max().item(), (found["logits"] - logits).abs().max().item())
        seconds = result["seconds"] / len(sizes)
    return sum(p.numel() for p in model.parameters()), worst, seconds


def sam(program, folder):
    from segment_anything import sam_model_registry
    torch.manual_seed(42)
    model = sam_model_registry["vit_b"]().eval()
    weights = folder / "w.pth"
    torch.save(model.state_dict(), weights)
    images = pictures(folder / "none", [(1024, 1024)])
    pixels = torch.tensor(list(images[0].tobytes()), dtype=torch.float).view(1024, 1024, 3).permute(2, 0, 1)
    with torch.no_grad():
        embedding = model.image_encoder(model.preprocess(pixels)[None])
    out = folder / "out.safetensors"
    result = gps(program, "features", "--weights", weights, "--images", folder / "none", "--resize", "none", "--device", "cpu", "--out", out)
    difference = (load_file(out)["features"] - embedding).abs().max().item()
    return sum(p.numel() for p in model.parameters()), difference, result["seconds"]


def main():
    program, failed = sys.argv[1], []
    cases = [(f"{name} at {side}", lambda p, f, n=name, s=side: classifier(p, f, n, s)) for name, side in CLASSIFIERS]
    cases.append(("sam_vit_b at 1024", sam))
    for title, run in cases:
        with tempfile.TemporaryDirectory() as folder:
            parameters, difference, seconds = run(program, Path(folder))
        print(f"{title}: {parameters} parameters, largest difference {difference:.2e}, {seconds:.3f} s a picture", flush=True)
        if not difference <= LIMIT:
            failed.append(title)
    if failed:
        sys.exit(f"above {LIMIT}: {', '.join(failed)}")


if __name__ == "__main__":
    main()
