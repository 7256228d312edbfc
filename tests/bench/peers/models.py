"""The networks with random weights, their batch of noise, and their loss."""
import functools
import importlib
import importlib.util

import torch
from torch import nn
from torch.nn import functional as F

CLASSES = 100
SEED = 42
HALF = {"fp16-amp": torch.float16, "bf16-autocast": torch.bfloat16}


class Skip(Exception):
    """The case cannot run here; the text says why."""


class Task:
    """A network on its device, and the loss of a batch of noise.

    model     what trains; whole are the prefixes of parameters that train entirely under every rule but full
    images    [batch, 3, S, S]
    """

    def __init__(self, model, whole, images, loss, note="", vector_bias_prefix=None, is_stand_in=False):
        self.model, self.whole, self.images, self.note = model, whole, images, note
        self.is_stand_in = is_stand_in  # not quite the network that is asked for; the note says what it is
        self.vector_bias_prefix = vector_bias_prefix  # norms below it have trained biases (the neck of SAM)
        self._loss = loss

    def loss(self, images=None):
        return self._loss(self.model, self.images if images is None else images)


def import_all(case):
    """What the case needs, before its memory is counted; torch's optimisers load torch._dynamo at their first step."""
    import torch._dynamo  # noqa: F401

    for package in ("timm", "peft") if case.rule == "lora" else ("timm",):
        try:
            importlib.import_module(package)
        except Exception as error:  # what it drags in may be missing as well
            raise Skip(f"{package} cannot be imported ({error})") from error
    if case.network == "sam" and importlib.util.find_spec("segment_anything"):
        import segment_anything  # noqa: F401


def _noise(batch, side, device, dtype):
    return torch.randn(batch, 3, side, side, device=device).to(dtype)


def _add_lora(model):
    from peft import LoraConfig, get_peft_model

    return get_peft_model(model, LoraConfig(r=8, lora_alpha=8, target_modules=["qkv"], modules_to_save=["head"]))


def classifier(case, model_id, batch, side, device):
    import timm

    dtype = torch.bfloat16 if case.precision == "bf16" else torch.float32
    # timm lets only some families say their input size; all of them know it.
    sized = {"img_size": side} if side else {}
    with device:
        model = timm.create_model(model_id, num_classes=CLASSES, **sized)
    side = side or model.default_cfg["input_size"][-1]
    note = ""
    if case.rule == "lora":
        model, note = _add_lora(model), "PEFT r=8 on qkv, head trained"
    if case.rule == "probe":
        for name, parameter in model.named_parameters():
            parameter.requires_grad_(name.startswith("head."))
    model = model.to(device, dtype).train(case.rule != "forward")
    labels = torch.randint(CLASSES, (batch,), device=device)

    def loss(network, images):
        if case.rule == "probe":
            with torch.no_grad():
                features = network.forward_features(images)
            return F.cross_entropy(network.forward_head(features).float(), labels)
        return F.cross_entropy(network(images).float(), labels)

    return Task(model, ("head.",), _noise(batch, side, device, dtype), loss, note)


class _SegmentAnything(nn.Module):
    """segment-anything's ViT-B encoder and mask decoder, no prompt: logits [B, 1, S, S]."""

    def __init__(self, side):
        from segment_anything.modeling import ImageEncoderViT, MaskDecoder, PromptEncoder, TwoWayTransformer

        super().__init__()
        cells = side // 16
        norm = functools.partial(nn.LayerNorm, eps=1e-6)
        self.image_encoder = ImageEncoderViT(img_size=side, embed_dim=768, depth=12, num_heads=12, norm_layer=norm, use_rel_pos=True,
                                             window_size=14, global_attn_indexes=(2, 5, 8, 11), out_chans=256)
        self.prompt_encoder = PromptEncoder(256, (cells, cells), (side, side), 16)
        self.mask_decoder = MaskDecoder(transformer_dim=256, num_multimask_outputs=3,
                                        transformer=TwoWayTransformer(depth=2, embedding_dim=256, mlp_dim=2048, num_heads=8))
        for name, parameter in self.prompt_encoder.named_parameters():
            parameter.requires_grad_(name == "no_mask_embed.weight")

    def forward(self, images):
        logits = []
        # One picture at a time: without a prompt the decoder takes the batch for a batch of prompts.
        for embedding in self.image_encoder(images).split(1):
            sparse, dense = self.prompt_encoder(points=None, boxes=None, masks=None)
            low, _ = self.mask_decoder(image_embeddings=embedding, image_pe=self.prompt_encoder.get_dense_pe(),
                                       sparse_prompt_embeddings=sparse, dense_prompt_embeddings=dense, multimask_output=False)
            logits.append(low)
        return F.interpolate(torch.cat(logits), images.shape[-2:], mode="bilinear", align_corners=False)


class _TimmSam(nn.Module):
    """timm's SAM encoder; one convolution stands where the mask decoder would."""

    def __init__(self, side):
        import timm

        super().__init__()
        self.image_encoder = timm.create_model("samvit_base_patch16", num_classes=0, img_size=side)
        self.mask_decoder = nn.Conv2d(256, 1, 1)

    def forward(self, images):
        logits = self.mask_decoder(self.image_encoder.forward_features(images))
        return F.interpolate(logits, images.shape[-2:], mode="bilinear", align_corners=False)


def _segmentation_loss(logits, targets):
    """Binary cross entropy plus 1 - soft IoU, the mean over pictures."""
    p, t = torch.sigmoid(logits).flatten(1), targets.flatten(1)
    both = (p * t).sum(1)
    either = p.sum(1) + t.sum(1) - both
    return F.binary_cross_entropy_with_logits(logits, targets) + (1 - both / either.clamp_min(1e-12)).mean()


def segmenter(case, batch, side, device):
    """At 1024 px unless side says otherwise."""
    side = side or 1024
    if importlib.util.find_spec("segment_anything"):
        build, note = _SegmentAnything, "segment-anything: encoder and mask decoder"
    else:
        build, note = _TimmSam, "segment_anything is not installed: timm's encoder, a 1x1 convolution for the decoder"
    with device:
        model = build(side).to(device).train()
    targets = (torch.rand(batch, 1, side, side, device=device) > 0.5).float()
    return Task(model, ("mask_decoder.", "prompt_encoder.no_mask_embed."), _noise(batch, side, device, torch.float32),
                lambda network, images: _segmentation_loss(network(images), targets), note, "image_encoder.neck.", build is _TimmSam)


def build(case, options, device):
    torch.manual_seed(SEED)
    if case.network == "sam":
        return segmenter(case, options["sam_batch"], options["sam_image_size"], device)
    return classifier(case, options["model"], options["batch"], options["image_size"], device)
