#!/usr/bin/env python3
"""Turns a folder of pictures and masks into a pack: one safetensors file that `gps` reads without an image library.

    make_pack.py FOLDER --out pack.safetensors

Stands alone: Python 3.8 with Pillow, or with OpenCV (which brings numpy). Reads the same layouts as `gps pack` and writes the
same bytes of pixels: images/ + masks/ with optional train.txt, val.txt, test.txt; train|val|test/{images,masks}; x.jpg beside
x_mask.png. Pairs that are incomplete or whose sizes differ are left out and named on stderr.
"""
import argparse
import hashlib
import json
import os
import struct
import sys

try:
    from PIL import Image, ImageChops, ImageOps
except ImportError:
    Image = None
    try:
        import cv2
        import numpy
    except ImportError:
        sys.exit("make_pack.py needs Pillow or OpenCV: pip install pillow")

ENDINGS = (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp")
IMAGE_FOLDERS = ("images", "image", "imgs", "img", "original")
MASK_FOLDERS = ("masks", "mask", "labels", "ground truth", "ground_truth", "groundtruth", "gt")
SUFFIXES = ("_mask", "-mask", ".mask", "_masks", "_seg", "-seg", "_segmentation", "_label", "_gt", "-gt", "_truth", "_groundtruth")
SPLIT_FOLDERS = (("train", "train"), ("training", "train"), ("val", "val"), ("validation", "val"), ("valid", "val"),
                 ("dev", "val"), ("test", "test"), ("testing", "test"))
LISTS = (("train.txt", "train"), ("val.txt", "val"), ("valid.txt", "val"), ("validation.txt", "val"), ("test.txt", "test"))
SPLIT_PURPOSE = 3
WORD = (1 << 64) - 1


def warn(text):
    print("make_pack: " + text, file=sys.stderr)


def stem(name):
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    base, ending = os.path.splitext(name)
    return base if ending.lower() in ENDINGS else name


def pictures(folder):
    names = sorted(os.listdir(folder), key=os.fsencode)
    return [(stem(n), os.path.join(folder, n)) for n in names
            if not n.startswith(".") and n.lower().endswith(ENDINGS) and not os.path.isdir(os.path.join(folder, n))]


def subfolder(folder, wanted):
    for word in wanted:
        for name in sorted(os.listdir(folder)):
            if name.lower() == word and os.path.isdir(os.path.join(folder, name)):
                return os.path.join(folder, name)
    return None


def by_stem(files):
    found = {}
    for key, path in files:
        if key in found:
            warn("%s has the same name as %s and is left out" % (path, found[key]))
        else:
            found[key] = path
    return found


def pairs(images, masks, split):
    images, masks = by_stem(images), by_stem(masks)
    items = []
    for key in sorted(images):
        name = next((key + s for s in ("",) + SUFFIXES if key + s in masks), None)
        if name is None:
            warn("%s has no mask and is left out" % images[key])
        else:
            items.append([key, split, images[key], masks.pop(name)])
    for path in masks.values():
        warn("%s has no picture and is left out" % path)
    return items


def mix(x):
    x = (x + 0x9E3779B97F4A7C15) & WORD
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & WORD
    return x ^ (x >> 31)


def permutation(count, seed):
    """The order that core/values/counterrandom.h gives for (seed, epoch 0, sample 0, split)."""
    key = mix(seed)
    for word in (0, 0, SPLIT_PURPOSE, 0):
        key = mix(key ^ word)
    order, counter = list(range(count)), 0
    for i in range(count, 1, -1):
        limit = (WORD // i) * i
        while True:
            value = mix(key ^ mix(counter))
            counter += 1
            if value < limit:
                break
        order[i - 1], order[value % i] = order[value % i], order[i - 1]
    return order


def read_lists(folder):
    split_of = {}
    for name, split in LISTS:
        path = os.path.join(folder, name)
        if not os.path.isfile(path):
            continue
        with open(path, encoding="utf-8-sig") as lines:
            for line in lines:
                line = line.strip()
                if line and not line.startswith("#"):
                    split_of[stem(line)] = split
    return split_of


def assign_splits(folder, items):
    split_of = read_lists(folder)
    if split_of:
        have = set(split_of.values())
        rest = "train" if "train" not in have else "val" if "val" not in have else "unlisted"
        for item in items:
            item[1] = split_of.get(item[0], rest)
        for name in sorted(set(split_of) - {i[0] for i in items}):
            warn("a list names %s but there is no such pair" % name)
        return
    count = len(items)
    held = 0 if count < 2 else min(max(int(0.12 * count + 0.5), 1), count - 1)
    for position, index in enumerate(permutation(count, 42)):
        items[index][1] = "val" if position < held else "train"


def find_items(folder):
    items = []
    for name, split in SPLIT_FOLDERS:
        part = subfolder(folder, (name,))
        images, masks = (subfolder(part, IMAGE_FOLDERS), subfolder(part, MASK_FOLDERS)) if part else (None, None)
        if images and masks:
            items += pairs(pictures(images), pictures(masks), split)
    if items:
        if len({i[0] for i in items}) < len(items):
            for item in items:
                item[0] = item[1] + "/" + item[0]
        return items
    images, masks = subfolder(folder, IMAGE_FOLDERS), subfolder(folder, MASK_FOLDERS)
    if images and masks:
        items = pairs(pictures(images), pictures(masks), "")
    else:
        plain, marked = [], []
        for key, path in pictures(folder):
            suffix = next((s for s in SUFFIXES if key.lower().endswith(s) and len(key) > len(s)), None)
            (marked.append((key[:-len(suffix)], path)) if suffix else plain.append((key, path)))
        items = pairs(plain, marked, "") if plain and marked else []
    assign_splits(folder, items)
    return items


def to_8_bit(picture):
    """16-bit grey in any of Pillow's modes, scaled by 1/257."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda v: v * (1 / 257) + 0.5).convert("L")
    return picture


def load(path, as_mask):
    """(width, height, bytes): RGB, or 0/255 where the largest channel is above 127."""
    if Image is None:
        picture = cv2.imdecode(numpy.fromfile(path, numpy.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH)
        if picture is None:
            raise OSError("it cannot be decoded")
        if picture.dtype == numpy.uint16:
            picture = ((picture.astype(numpy.uint32) + 128) // 257).astype(numpy.uint8)
        height, width = picture.shape[:2]
        if as_mask:
            return width, height, ((picture.max(axis=2) > 127) * numpy.uint8(255)).tobytes()
        return width, height, numpy.ascontiguousarray(picture[:, :, ::-1]).tobytes()
    with Image.open(path) as opened:
        picture = to_8_bit(ImageOps.exif_transpose(opened))
        if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
            picture = picture.convert("RGBA")  # the colour under the alpha, as it is
        picture = picture.convert("RGB")
    if as_mask:
        red, green, blue = picture.split()
        picture = ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda v: 255 if v > 127 else 0)
    return picture.width, picture.height, picture.tobytes()


def write_pack(items, path):
    entries, tensors, usable, at = [], {}, [], 0
    for name, split, image, mask in sorted(items, key=lambda i: i[0].encode()):
        try:
            (width, height, pixels), (mask_width, mask_height, _) = load(image, False), load(mask, True)
        except (OSError, ValueError) as error:
            warn("%s is left out: %s" % (image, error))
            continue
        if (width, height) != (mask_width, mask_height):
            warn("%s is left out: its mask has another size" % image)
            continue
        with open(image, "rb") as source:
            source_hash = hashlib.sha256(source.read()).hexdigest()
        entries.append({"id": name, "split": split, "class": "", "source_hash": source_hash})
        for kind, shape in (("image/", [height, width, 3]), ("mask/", [height, width])):
            size = width * height * (3 if kind == "image/" else 1)
            tensors[kind + name] = {"dtype": "U8", "shape": shape, "data_offsets": [at, at + size]}
            at += size
        usable.append((image, mask))
    if not usable:
        sys.exit("make_pack: not one picture with its mask was found")
    description = {"version": 1, "task": "segmentation", "classes": [], "items": entries}
    header = json.dumps({"__metadata__": {"pack": json.dumps(description, ensure_ascii=False)}, **tensors}, ensure_ascii=False).encode()
    header += b" " * (-len(header) % 8)
    part = path + ".part"
    with open(part, "wb") as out:
        out.write(struct.pack("<Q", len(header)) + header)
        for image, mask in usable:
            out.write(load(image, False)[2])
            out.write(load(mask, True)[2])
    os.replace(part, path)
    print("%s: %d pictures with masks" % (path, len(usable)))


def main():
    parser = argparse.ArgumentParser(description="Turns a folder of pictures and masks into a pack for gps.")
    parser.add_argument("folder")
    parser.add_argument("--out", required=True, help="the file to write, NAME.safetensors")
    options = parser.parse_args()
    if not os.path.isdir(options.folder):
        sys.exit("make_pack: %s is not a folder" % options.folder)
    write_pack(find_items(options.folder), options.out)


if __name__ == "__main__":
    main()
