#!/usr/bin/env python3
"""Golden vectors of prompts by segment-anything, for the small random SAM of make_sam_vectors.py.

    make_prompt_vectors.py tests/core/files/sam_small.safetensors OUT.safetensors

Takes weights and embeddings from the first file. For its first picture: points of both labels, a box, both together, a mask of the step
before, each with one mask and with three ("NAME.single.logits", "NAME.multi.iou" and so on), and the steps of a person who sets one
point after another as segment-anything's predictor is driven ("steps.I.logits", the mask with the best predicted IoU after the first
point, and its logits going in with the next).
"""
import sys

import torch
from safetensors.torch import load_file, save_file
from segment_anything.modeling import MaskDecoder, PromptEncoder, TwoWayTransformer

SIDE, GRID, DIM = 96, 12, 32


def main():
    values = load_file(sys.argv[1])
    prompts = PromptEncoder(embed_dim=DIM, image_embedding_size=(GRID, GRID), input_image_size=(SIDE, SIDE), mask_in_chans=16)
    decoder = MaskDecoder(num_multimask_outputs=3, transformer=TwoWayTransformer(depth=2, embedding_dim=DIM, mlp_dim=48, num_heads=4),
                          transformer_dim=DIM, iou_head_depth=3, iou_head_hidden_dim=24)
    for module, prefix in (prompts, "prompt_encoder."), (decoder, "mask_decoder."):
        module.load_state_dict({k[len(prefix):]: v for k, v in values.items() if k.startswith(prefix)})
        module.eval()
    embedding = values["embedding"][:1]

    @torch.no_grad()
    def decode(multi, points=None, labels=None, box=None, mask=None):
        sparse, dense = prompts(points=None if points is None else (points, labels), boxes=box, masks=mask)
        return decoder(image_embeddings=embedding, image_pe=prompts.get_dense_pe(), sparse_prompt_embeddings=sparse,
                       dense_prompt_embeddings=dense, multimask_output=multi)

    torch.manual_seed(21)
    points = torch.tensor([[[30.0, 44.0], [80.0, 12.0], [51.25, 60.5]]])
    labels = torch.tensor([[1.0, 0.0, 1.0]])
    box = torch.tensor([[10.0, 20.0, 70.0, 90.0]])
    mask = torch.randn(1, 1, 4 * GRID, 4 * GRID) * 4
    out = {"points": points, "labels": labels, "box": box, "mask": mask}
    cases = {"points": dict(points=points, labels=labels), "exclude": dict(points=points[:, 1:2], labels=labels[:, 1:2]),
             "both": dict(points=points, labels=labels, box=box), "mask": dict(mask=mask),
             "all": dict(points=points, labels=labels, box=box, mask=mask)}
    for name, prompt in cases.items():
        for kind, multi in {"single": False, "multi": True}.items():
            logits, iou = decode(multi, **prompt)
            out |= {f"{name}.{kind}.logits": logits.clone(), f"{name}.{kind}.iou": iou.clone()}
    logits, iou = decode(True, points=points[:, :1], labels=labels[:, :1])
    best = int(iou[0].argmax())
    out |= {"steps.0.logits": logits[:, best:best + 1].clone(), "steps.0.iou": iou[:, best:best + 1].clone(),
            "steps.0.mask": torch.tensor([best + 1.0])}
    for n in (2, 3):
        logits, iou = decode(False, points=points[:, :n], labels=labels[:, :n], mask=out[f"steps.{n - 2}.logits"])
        out |= {f"steps.{n - 1}.logits": logits.clone(), f"steps.{n - 1}.iou": iou.clone()}
    save_file(out, sys.argv[2])


if __name__ == "__main__":
    main()
