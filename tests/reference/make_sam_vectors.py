#!/usr/bin/env python3
"""Golden vectors of small random SAM-family networks, made by the reference implementations.

    make_sam_vectors.py TINY_VIT_FOLDER OUT_FOLDER

TINY_VIT_FOLDER holds LiteMedSAM's tiny_vit_sam.py; segment_anything, timm, torch and safetensors must be importable.
Writes tinyvit_lite, tinyvit_mobile and sam_small .safetensors (weights under their own names, inputs, outputs, and per
weight the gradient summed over all but its first dimension) and sam_vit_b.tensors.txt (names and shapes).
"""
import sys
from functools import partial
from pathlib import Path

import torch
from safetensors.torch import save_file
from segment_anything import sam_model_registry
from segment_anything.modeling import ImageEncoderViT, MaskDecoder, PromptEncoder, TwoWayTransformer
from torch import nn

sys.path.insert(0, sys.argv[1])
import tiny_vit_sam as tv  # noqa: E402


def randomise(module):
    """Values of a size that keeps signals alive, norms near one, variances positive."""
    with torch.no_grad():
        for name, p in module.named_parameters():
            if p.dim() > 1 and "rel_pos" not in name and "attention_biases" not in name:
                p.normal_(0, 1.5 / p[0].numel() ** 0.5)
            elif name.endswith("weight"):
                p.normal_(1, 0.2)
            else:
                p.normal_(0, 0.3)
        for name, b in module.named_buffers():
            if name.endswith("running_mean"):
                b.normal_(0, 0.3)
            elif name.endswith("running_var"):
                b.uniform_(0.5, 2)
            elif name.endswith("gaussian_matrix"):
                b.normal_(0, 1)


def weights(module, prefix=""):
    return {prefix + k: v.clone().contiguous() for k, v in module.state_dict().items() if v.is_floating_point()}


def gradient_sums(module, loss, prefix=""):
    module.zero_grad()
    loss.backward()
    return {"gradsum." + prefix + k: p.grad.reshape(p.shape[0], -1).sum(1).clone()
            for k, p in module.named_parameters() if p.grad is not None}


class SmallTinyViT(tv.TinyViT):
    """Any input size; the last merge keeps the resolution, as it does at the published widths."""

    def __init__(self, side, strided_stem):
        dims = [8, 16, 24, 32]
        super().__init__(img_size=side // 4 if strided_stem else side, embed_dims=dims, depths=[1, 2, 2, 1],
                         num_heads=[1, 2, 3, 4], window_sizes=[4, 5, 7, 3], drop_path_rate=0.0)
        self.layers[2].downsample.conv2.c.stride = (1, 1)
        if strided_stem:
            self.patch_embed.seq = nn.Sequential(tv.Conv2d_BN(3, 4, 3, 2, 1), nn.GELU(), tv.Conv2d_BN(4, 8, 3, 2, 1))
        self.neck = nn.Sequential(nn.Conv2d(32, 16, 1, bias=False), tv.LayerNorm2d(16),
                                  nn.Conv2d(16, 16, 3, padding=1, bias=False), tv.LayerNorm2d(16))

    def forward_features(self, x):
        x = self.patch_embed(x)
        for layer in self.layers:
            x = layer(x)
        side = int(x.shape[1] ** 0.5)
        return self.neck(x.view(x.shape[0], side, side, -1).permute(0, 3, 1, 2))


def tiny_vit(side, strided_stem, pictures):
    torch.manual_seed(11)
    m = SmallTinyViT(side, strided_stem)
    randomise(m)
    m.eval()
    for part in m.modules():
        if isinstance(part, tv.Attention):
            part.train()  # takes the bias from its parameters, so that they get a gradient
            part.norm.eval()
    image = torch.randn(pictures, 3, side, side)
    embedding = m(image)
    probe = torch.randn_like(embedding)
    out = weights(m, "image_encoder.")
    out |= gradient_sums(m, (embedding * probe).sum(), "image_encoder.")
    return out | {"image": image, "embedding": embedding.detach(), "probe": probe}


def sam(side=96, patch=8, dim=32):
    torch.manual_seed(12)
    norm = partial(nn.LayerNorm, eps=1e-6)
    encoder = ImageEncoderViT(img_size=side, patch_size=patch, embed_dim=24, depth=3, num_heads=3, mlp_ratio=4, out_chans=dim,
                              norm_layer=norm, use_rel_pos=True, window_size=5, global_attn_indexes=(1,))
    grid = side // patch
    prompts = PromptEncoder(embed_dim=dim, image_embedding_size=(grid, grid), input_image_size=(side, side), mask_in_chans=16)
    transformer = TwoWayTransformer(depth=2, embedding_dim=dim, mlp_dim=48, num_heads=4)
    decoder = MaskDecoder(num_multimask_outputs=3, transformer=transformer, transformer_dim=dim, iou_head_depth=3,
                          iou_head_hidden_dim=24)
    net = nn.ModuleDict({"image_encoder": encoder, "prompt_encoder": prompts, "mask_decoder": decoder})
    randomise(net)
    net.eval()
    image = torch.randn(2, 3, side, side)
    embedding = encoder(image)
    box = torch.tensor([[10.0, 20.0, 70.0, 90.0], [5.0, 3.0, 60.0, 41.0]])
    point = torch.tensor([[30.0, 44.0], [80.0, 12.0]])
    out = {"image": image, "embedding": embedding.detach(), "box": box, "point": point}

    def decode(multi, **prompt):
        both = []
        for i in range(2):  # one picture at a time: the reference pairs one picture with many prompts
            one = {k: None if v is None else (v[i:i + 1] if k != "points" else (v[i:i + 1, None], torch.ones(1, 1)))
                   for k, v in prompt.items()}
            sparse, dense = prompts(points=one.get("points"), boxes=one.get("boxes"), masks=None)
            both.append(decoder(image_embeddings=embedding[i:i + 1], image_pe=prompts.get_dense_pe(), sparse_prompt_embeddings=sparse,
                                dense_prompt_embeddings=dense, multimask_output=multi))
        return torch.cat([b[0] for b in both]), torch.cat([b[1] for b in both])

    for name, prompt in {"none": {}, "box": {"boxes": box}, "point": {"points": point}}.items():
        for kind, multi in {"single": False, "multi": True}.items():
            logits, iou = decode(multi, **prompt)
            out |= {f"{name}.{kind}.logits": logits.detach().clone(), f"{name}.{kind}.iou": iou.detach().clone()}
    logits, _ = decode(False)
    upsampled = nn.functional.interpolate(logits, (side, side), mode="bilinear", align_corners=False)
    probe = torch.randn_like(upsampled)
    out |= weights(net) | gradient_sums(net, (upsampled * probe).sum())
    return out | {"upsampled": upsampled.detach(), "probe": probe}


def main():
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tiny_vit(48, False, 2), folder / "tinyvit_lite.safetensors")
    save_file(tiny_vit(144, True, 1), folder / "tinyvit_mobile.safetensors")
    save_file(sam(), folder / "sam_small.safetensors")
    with torch.device("meta"):
        lines = [f"{k} {'x'.join(map(str, v.shape))}\n" for k, v in sorted(sam_model_registry["vit_b"]().state_dict().items())
                 if v.is_floating_point()]
    (folder / "sam_vit_b.tensors.txt").write_text("".join(lines))


if __name__ == "__main__":
    main()
