#!/usr/bin/env python3
"""Turns a folder of pictures with masks, or with classes, into a pack: one safetensors file that `gps` reads without an image library.

    make_pack.py FOLDER --out pack.safetensors

Stands alone: Python 3.8 with Pillow, or with OpenCV (which brings numpy). Reads the same layouts as `gps pack`, ImageNet's apart, and
writes the same bytes of pixels. With masks: images/ + masks/ with optional train.txt, val.txt, test.txt; train|val|test/{images,masks};
x.jpg beside x_mask.png; a CSV file with image, mask, split. With classes: train|val|test/<class> with optional train_fit.txt and
train_val.txt; <class>; a CSV file with image, class, split; lists of lines "path label" (train800.txt, val200.txt, test.txt, or
train.txt, val.txt, test.txt); train.json, val.json, test.json; CIFAR-10 and -100 as binary files. What is incomplete is left out and
named on stderr.
"""
import argparse
import csv
import hashlib
import json
import os
import re
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
LABELLED = (("train.txt", "train"), ("val.txt", "val"), ("valid.txt", "val"), ("validation.txt", "val"))
RANK = {"train": 1, "val": 2, "test": 3}
CIFAR = ((["data_batch_%d.bin" % i for i in range(1, 6)], "test_batch.bin", "batches.meta.txt", 1, "cifar-10-batches-bin"),
         (["train.bin"], "test.bin", "fine_label_names.txt", 2, "cifar-100-binary"))
SPLIT_PURPOSE = 3
WORD = (1 << 64) - 1


class Item:
    """A picture: `image` is a path, or (path, offset of the pixels) inside a CIFAR file; `mask` is a path or None."""

    def __init__(self, name, split, image, mask=None, kind=""):
        self.name, self.split, self.image, self.mask, self.kind = name, split, image, mask, kind


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


def listing(folder):
    """The names of the subfolders and of the files, hidden ones left out."""
    names = [n for n in sorted(os.listdir(folder), key=os.fsencode) if not n.startswith(".") and n != "__MACOSX"]
    folders = [n for n in names if os.path.isdir(os.path.join(folder, n))]
    return folders, [n for n in names if n not in set(folders)]


def split_name(word):
    word = word.lower()
    return dict(SPLIT_FOLDERS).get(word, word)


def split_folders(folder):
    return [(n, s) for s in ("train", "val", "test") for n in listing(folder)[0] if split_name(n) == s]


def text_lines(path):
    with open(path, encoding="utf-8-sig") as lines:
        return [line.strip() for line in lines]


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
            items.append(Item(key, split, images[key], masks.pop(name)))
    for path in masks.values():
        warn("%s has no picture and is left out" % path)
    return items


def mix(x):
    x = (x + 0x9E3779B97F4A7C15) & WORD
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & WORD
    return x ^ (x >> 31)


def permutation(count, seed, epoch=0):
    """The order that core/values/counterrandom.h gives for (seed, epoch, sample 0, split)."""
    key = mix(seed)
    for word in (epoch, 0, SPLIT_PURPOSE, 0):
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
        if os.path.isfile(path):
            split_of.update((stem(line), split) for line in text_lines(path) if line and not line.startswith("#"))
    return split_of


def rest_of(splits):
    return "train" if "train" not in splits else "val" if "val" not in splits else "unlisted"


def split_by_seed(items, epoch=0):
    count = len(items)
    held = 0 if count < 2 else min(max(int(0.12 * count + 0.5), 1), count - 1)
    for position, index in enumerate(permutation(count, 42, epoch)):
        items[index].split = "val" if position < held else "train"


def split_classes_by_seed(items, classes):
    for number, kind in enumerate(classes):
        split_by_seed(sorted((i for i in items if i.kind == kind), key=lambda i: i.name.encode()), number)


def assign_splits(folder, items):
    split_of = read_lists(folder)
    if not split_of:
        split_by_seed(items)
        return
    for item in items:
        item.split = split_of.get(item.name, rest_of(set(split_of.values())))
    for name in sorted(set(split_of) - {i.name for i in items}):
        warn("a list names %s but there is no such pair" % name)


def make_unique(items):
    if len({i.name for i in items}) < len(items):
        for item in items:
            item.name = item.split + "/" + item.name
    return items


# ---- pictures with masks

def pairs_in_splits(folder):
    items = []
    for name, split in SPLIT_FOLDERS:
        part = subfolder(folder, (name,))
        images, masks = (subfolder(part, IMAGE_FOLDERS), subfolder(part, MASK_FOLDERS)) if part else (None, None)
        if images and masks:
            items += pairs(pictures(images), pictures(masks), split)
    return make_unique(items)


def pairs_in_folders(folder):
    images, masks = subfolder(folder, IMAGE_FOLDERS), subfolder(folder, MASK_FOLDERS)
    if not images or not masks or (listing(images)[0] and not pictures(images)):
        return []
    items = pairs(pictures(images), pictures(masks), "")
    assign_splits(folder, items)
    return items


def pairs_by_suffix(folder):
    plain, marked = [], []
    for key, path in pictures(folder):
        suffix = next((s for s in SUFFIXES if key.lower().endswith(s) and len(key) > len(s)), None)
        (marked.append((key[:-len(suffix)], path)) if suffix else plain.append((key, path)))
    items = pairs(plain, marked, "") if plain and marked else []
    assign_splits(folder, items)
    return items


def pairs_of_table(folder, rows):
    items, seen = [], set()
    for image, mask, split in rows:
        name = stem(image)
        paths = [os.path.normpath(os.path.join(folder, p)) for p in (image, mask)]
        if not all(os.path.isfile(p) for p in paths) or (split, name) in seen:
            warn("the table's row of %s is left out: a file is missing, or the name stands twice" % image)
            continue
        seen.add((split, name))
        items.append(Item(name, split, *paths))
    if not any(i.split for i in items):
        split_by_seed(items)
        return items
    for item in items:
        item.split = item.split or "unlisted"
    return make_unique(items)


# ---- pictures with classes

def sort_classes(names):
    names = set(names)
    if all(re.fullmatch("[0-9]+", n) for n in names):
        return sorted(names, key=lambda n: (int(n), n))
    return sorted(names, key=os.fsencode)


def separate_equal(folder, items):
    """Where two items of a split have one name: the class with the whole path."""
    uses = {}
    for item in items:
        uses.setdefault((item.split, item.name), []).append(item)
    for equal in uses.values():
        for item in equal if len(equal) > 1 else ():
            item.name = item.kind + "/" + os.path.relpath(item.image, folder).replace(os.sep, "/")


def class_folders(folder, place, split):
    items = []
    for kind in listing(place)[0]:
        for at, folders, names in os.walk(os.path.join(place, kind), followlinks=True):
            folders[:] = [f for f in folders if not f.startswith(".")]
            for name in names:
                if name.lower().endswith(ENDINGS) and not name.startswith("."):
                    path = os.path.join(at, name)
                    below = os.path.relpath(path, os.path.join(place, kind)).replace(os.sep, "/")
                    items.append(Item(kind + "/" + os.path.splitext(below)[0], split, path, None, kind))
    return items


def classes_of(items):
    classes = sort_classes(i.kind for i in items)
    if classes and all(re.fullmatch("n[0-9]{8}", c) for c in classes):
        sys.exit("make_pack: these are the synset folders of ImageNet; pack them with `gps pack`")
    return classes


def split_train(folder, items):
    if any(i.split == "val" for i in items):
        return
    split_of = {}
    for name, split in (("train_fit.txt", "train"), ("train_val.txt", "val")):
        path = os.path.join(folder, name)
        for line in text_lines(path) if os.path.isfile(path) else ():
            if line and not line.startswith("#"):
                split_of[os.path.normpath(os.path.join(folder, line))] = split
    for item in items if split_of else ():
        if item.split == "train":
            item.split = split_of.get(item.image, rest_of(set(split_of.values())))


def classes_in_splits(folder):
    items = [i for name, split in split_folders(folder) for i in class_folders(folder, os.path.join(folder, name), split)]
    classes = classes_of(items)
    if len(classes) < 2:
        return [], None
    split_train(folder, items)
    separate_equal(folder, items)
    return make_unique(items), classes


def holds_data_sets(place):
    inner = [{split_name(n) for n in listing(os.path.join(place, name))[0]} for name in listing(place)[0]]
    return any(names & {"train", "val", "test"} or {"images", "masks"} <= names for names in inner)


def classes_in_folders(folder):
    place = subfolder(folder, IMAGE_FOLDERS) or folder
    items = [] if split_folders(place) or holds_data_sets(place) else class_folders(folder, place, "")
    classes = classes_of(items)
    if len(classes) < 2:
        return [], None
    separate_equal(folder, items)
    split_classes_by_seed(items, classes)
    return make_unique(items), classes


def find_picture(folder, path, split):
    roots = [folder, subfolder(folder, IMAGE_FOLDERS)] + [os.path.join(folder, n) for n, s in split_folders(folder) if s == split]
    endings = ("",) if path.lower().endswith(ENDINGS) else ("", ".jpg", ".png", ".jpeg", ".JPEG")
    tried = (os.path.normpath(os.path.join(root, path)) + ending for root in roots if root for ending in endings)
    return next((t for t in tried if path and os.path.isfile(t)), None)


def names_beside(folder, labels):
    """The classes, and which label means which."""
    path = next((p for p in (os.path.join(folder, n) for n in ("classes.txt", "labels.txt")) if os.path.isfile(p)), None)
    if not path:
        classes = sort_classes(labels)
        return classes, dict(zip(classes, classes))
    classes = list(dict.fromkeys(line for line in text_lines(path) if line))
    class_of = dict(zip(classes, classes))
    if all(re.fullmatch("[0-9]+", label) for label in labels) and not labels <= set(classes):
        first = int(str(len(classes)) in labels and "0" not in labels and max(map(int, labels)) == len(classes))
        class_of.update((str(i + first), name) for i, name in enumerate(classes))
    return classes, class_of


def names_of_folders(rows):
    folder_of, label_of = {}, {}
    for path, label, _ in rows:
        folder = os.path.basename(os.path.dirname(path))
        if not folder or folder_of.setdefault(label, folder) != folder or label_of.setdefault(folder, label) != label:
            classes = sort_classes(label for _, label, _ in rows)
            return classes, dict(zip(classes, classes))
    return [folder_of[label] for label in sort_classes(folder_of)], folder_of


def labelled(folder, rows, names):
    """Rows (path, label, split) as items; a picture in two lists counts for the later of train, val, test."""
    classes, class_of = names
    items = {}
    for path, label, split in rows:
        image = find_picture(folder, path, split)
        if image is None or label not in class_of:
            warn("%s is left out: %s" % (path, "there is no such picture" if image is None else "its class is unknown"))
            continue
        if image in items:
            warn("%s stands twice in the lists" % path)
            if RANK.get(split, 0) <= RANK.get(items[image].split, 0):
                continue
        items[image] = Item(class_of[label] + "/" + stem(image), split, image, None, class_of[label])
    items = list(items.values())
    separate_equal(folder, items)
    return items, classes


def classes_of_table(folder, rows):
    has_splits = any(split for _, _, split in rows)
    rows = [(image, label, split or ("unlisted" if has_splits else "")) for image, label, split in rows]
    items, classes = labelled(folder, rows, names_beside(folder, {label for _, label, _ in rows if label}))
    if not has_splits:
        split_classes_by_seed(items, classes)
    return make_unique(items), classes


def labelled_rows(folder, name, split):
    """The lines "path label"; none for a list of ids, which its first line tells."""
    path = os.path.join(folder, name)
    lines = [line for line in text_lines(path) if line and not line.startswith("#")] if os.path.isfile(path) else []
    cut = re.compile(r"(.*?(?:%s))[ \t]+(.*)" % "|".join(map(re.escape, ENDINGS)), re.IGNORECASE)
    found = [cut.fullmatch(line) for line in lines]
    return [(m[1], m[2], split) if m else (line, "", split) for m, line in zip(found, lines)] if found and found[0] else []


def classes_of_lists(folder):
    parts = [labelled_rows(folder, name, split) for name, split in (("train800.txt", "train"), ("val200.txt", "val"))]
    whole = labelled_rows(folder, "train800val200.txt", "train")
    rows = whole if whole and not all(parts) else sum(parts, [])
    rows = rows or [row for name, split in LABELLED for row in labelled_rows(folder, name, split)]
    rows += labelled_rows(folder, "test.txt", "test")
    if not rows:
        return [], None
    items, classes = labelled(folder, rows, names_beside(folder, {label for _, label, _ in rows if label}))
    return make_unique(items), classes


def classes_of_json(folder):
    rows = []
    for split in ("train", "val", "test"):
        path = os.path.join(folder, split + ".json")
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as text:
                content = json.load(text)
            if isinstance(content, dict) and content and all(isinstance(v, (int, str)) for v in content.values()):
                rows += [(image, str(content[image]), split) for image in sorted(content)]
    if not rows:
        return [], None
    items, classes = labelled(folder, rows, names_of_folders(rows))
    return make_unique(items), classes


def classes_of_cifar(folder):
    for train, test, names, label_bytes, inner in CIFAR:
        for place in (folder, os.path.join(folder, inner)):
            if not os.path.isfile(os.path.join(place, test)):
                continue
            classes, items = [line for line in text_lines(os.path.join(place, names)) if line], []
            for split, files in (("train", train), ("test", [test])):
                count = 0
                for path in (os.path.join(place, name) for name in files):
                    with open(path, "rb") as data:
                        content = data.read()
                    for at in range(0, len(content), label_bytes + 3072):
                        kind = classes[content[at + label_bytes - 1]]
                        items.append(Item("%s/%05d" % (split, count), split, (path, at + label_bytes), None, kind))
                        count += 1
            return items, classes
    return [], None


# ---- all of them

def table_rows(path):
    """(has masks, rows of image, target, split); no rows when the header names no pictures with masks or classes."""
    lines = text_lines(path)
    separator = next((s for s in "\t;" if lines and s in lines[0]), ",")
    table = [[field.strip() for field in row] for row in csv.reader(lines, delimiter=separator) if row]
    header = [name.lower() for name in table[0]] if table else []

    def column(*names):
        return next((i for i, name in enumerate(header) if name in names), None)
    image = column("image", "image_path", "img", "picture", "file", "filename", "file_name", "path", "filepath")
    mask, kind = column("mask", "mask_path", "segmentation"), column("class", "class_name", "classname", "category")
    target = next((c for c in (mask, kind, column("label")) if c is not None), None)
    split = column("split", "set", "subset", "fold")
    if image is None or target is None:
        return False, []
    rows = [(row[image], row[target], "" if split is None else split_name(row[split])) for row in table[1:]]
    is_mask = mask is not None or (kind is None and bool(rows) and rows[0][1].lower().endswith(ENDINGS))
    return is_mask, rows


def find_table(folder):
    for name in listing(folder)[1]:
        if name.lower().endswith(".csv"):
            has_masks, rows = table_rows(os.path.join(folder, name))
            if rows:
                return (pairs_of_table(folder, rows), None) if has_masks else classes_of_table(folder, rows)
    return [], None


def find_items(folder):
    """The items, and the classes or None for masks; layouts in the order of `gps pack`."""
    for find in (pairs_in_splits, pairs_in_folders):
        items = find(folder)
        if items:
            return items, None
    items, classes = find_table(folder)
    items = items or pairs_by_suffix(folder)
    for find in (classes_of_json, classes_of_lists, classes_of_cifar, classes_in_splits, classes_in_folders):
        if not items:
            items, classes = find(folder)
    folders, files = listing(folder)
    if not items and len(folders) == 1 and not pictures(folder):
        return find_items(os.path.join(folder, folders[0]))
    return items, classes


def to_8_bit(picture):
    """16-bit grey in any of Pillow's modes, scaled by 1/257."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda v: v * (1 / 257) + 0.5).convert("L")
    return picture


def load(path, as_mask):
    """(width, height, bytes): RGB, or 0/255 where the largest channel is above 127."""
    if isinstance(path, tuple):
        with open(path[0], "rb") as data:
            data.seek(path[1])
            planes, pixels = data.read(3072), bytearray(3072)
        for channel in range(3):
            pixels[channel::3] = planes[1024 * channel:1024 * (channel + 1)]
        return 32, 32, bytes(pixels)
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


def hash_of(image):
    if isinstance(image, tuple):
        return ""
    with open(image, "rb") as source:
        return hashlib.sha256(source.read()).hexdigest()


def write_pack(items, classes, path):
    entries, tensors, usable, at = [], {}, [], 0
    for item in sorted(items, key=lambda i: i.name.encode()):
        try:
            width, height, _ = load(item.image, False)
            mask_size = load(item.mask, True)[:2] if item.mask else (width, height)
        except (OSError, ValueError) as error:
            warn("%s is left out: %s" % (item.image, error))
            continue
        if (width, height) != mask_size:
            warn("%s is left out: its mask has another size" % item.image)
            continue
        entries.append({"id": item.name, "split": item.split, "class": item.kind, "source_hash": hash_of(item.image)})
        shapes = [("image/", [height, width, 3])] + ([("mask/", [height, width])] if item.mask else [])
        for kind, shape in shapes:
            size = width * height * (3 if kind == "image/" else 1)
            tensors[kind + item.name] = {"dtype": "U8", "shape": shape, "data_offsets": [at, at + size]}
            at += size
        usable.append(item)
    if not usable:
        sys.exit("make_pack: not one picture with its mask or class was found")
    task = "segmentation" if classes is None else "classification"
    description = {"version": 1, "task": task, "classes": classes or [], "items": entries}
    header = json.dumps({"__metadata__": {"pack": json.dumps(description, ensure_ascii=False)}, **tensors}, ensure_ascii=False).encode()
    header += b" " * (-len(header) % 8)
    part = path + ".part"
    with open(part, "wb") as out:
        out.write(struct.pack("<Q", len(header)) + header)
        for item in usable:
            out.write(load(item.image, False)[2])
            if item.mask:
                out.write(load(item.mask, True)[2])
    os.replace(part, path)
    print("%s: %d pictures with %s" % (path, len(usable), "masks" if classes is None else "%d classes" % len(classes)))


def main():
    parser = argparse.ArgumentParser(description="Turns a folder of pictures with masks or classes into a pack for gps.")
    parser.add_argument("folder")
    parser.add_argument("--out", required=True, help="the file to write, NAME.safetensors")
    options = parser.parse_args()
    if not os.path.isdir(options.folder):
        sys.exit("make_pack: %s is not a folder" % options.folder)
    write_pack(*find_items(os.path.abspath(options.folder)), options.out)


if __name__ == "__main__":
    main()
