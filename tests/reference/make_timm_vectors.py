#!/usr/bin/env python3
"""Golden vectors of small random classification networks, made by timm.

    make_timm_vectors.py OUT_FOLDER

timm, torch and safetensors must be importable. Writes vit_small, dino_small, swin_small, swin_padded and convnext_small
.safetensors (weights under timm's names, input, pooled features, logits, and per weight the gradient summed over all but its
first dimension), positions.safetensors (resized position embeddings) and NAME.tensors.txt of the full-size models (names and shapes).
"""
import sys
from pathlib import Path

import timm
import torch
from safetensors.torch import save_file
from timm.layers import resample_abs_pos_embed
from timm.models.convnext import ConvNeXt
from timm.models.swin_transformer import SwinTransformer
from timm.models.vision_transformer import VisionTransformer

FULL_SIZE = ["vit_base_patch16_224", "vit_small_patch14_dinov2", "swin_base_patch4_window7_224", "convnext_base"]


def randomise(module):
    """Values of a size that keeps signals alive, norms near one."""
    with torch.no_grad():
        for name, p in module.named_parameters():
            if p.dim() > 1 and "position_bias" not in name and "pos_embed" not in name and "cls_token" not in name:
                p.normal_(0, 1.5 / p[0].numel() ** 0.5)
            elif name.endswith("weight") or name.endswith("gamma"):
                p.normal_(1, 0.2)
            else:
                p.normal_(0, 0.3)


def vectors(make, seed, side, pictures=2):
    torch.manual_seed(seed)
    model = make()
    randomise(model)
    model.eval()
    image = torch.randn(pictures, 3, side, side)
    features = model.forward_head(model.forward_features(image), pre_logits=True)
    logits = model.get_classifier()(features)
    probe = torch.randn_like(logits)
    (logits * probe).sum().backward()
    out = {k: v.clone().contiguous() for k, v in model.state_dict().items() if v.is_floating_point() and "attn_mask" not in k}
    out |= {"gradsum." + k: p.grad.reshape(p.shape[0], -1).sum(1).clone() for k, p in model.named_parameters() if p.grad is not None}
    return out | {"image": image, "features": features.detach().clone(), "logits": logits.detach().clone(), "probe": probe}


def vit(**more):
    return lambda: VisionTransformer(img_size=40, patch_size=8, embed_dim=24, depth=3, num_heads=3, num_classes=5, **more)


def swin(side):
    return lambda: SwinTransformer(img_size=side, patch_size=4, window_size=3, embed_dim=8, depths=(2, 2, 2, 1), num_heads=(1, 2, 2, 4),
                                   num_classes=5, drop_path_rate=0.0)


def convnext():
    return ConvNeXt(num_classes=5, depths=(1, 2, 2, 1), dims=(8, 12, 16, 24), ls_init_value=1.0)


def positions():
    """A class token and a grid of 5 x 5, brought to other grids in the three ways that occur."""
    torch.manual_seed(26)
    table = torch.randn(1, 26, 6)
    out = {"table": table}
    for side in (3, 8):
        for name, mode, antialias in (("antialiased", "bicubic", True), ("bicubic", "bicubic", False), ("bilinear", "bilinear", False)):
            out[f"{name}.{side}"] = resample_abs_pos_embed(table, (side, side), interpolation=mode, antialias=antialias)
    return out


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    save_file(vectors(vit(), 21, 40), folder / "vit_small.safetensors")
    save_file(vectors(vit(init_values=1.0), 22, 40), folder / "dino_small.safetensors")
    save_file(vectors(swin(96), 23, 96, 1), folder / "swin_small.safetensors")
    save_file(vectors(swin(128), 24, 128, 1), folder / "swin_padded.safetensors")  # maps that are no multiple of the window
    save_file(vectors(convnext, 25, 64), folder / "convnext_small.safetensors")
    save_file(positions(), folder / "positions.safetensors")
    for name in FULL_SIZE:
        with torch.device("meta"):
            state = timm.create_model(name).state_dict()
        lines = [f"{k} {'x'.join(map(str, v.shape))}\n" for k, v in sorted(state.items()) if v.is_floating_point() and "attn_mask" not in k]
        (folder / f"{name}.tensors.txt").write_text("".join(lines))


if __name__ == "__main__":
    main()
