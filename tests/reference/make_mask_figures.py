#!/usr/bin/env python3
"""Golden figures of masks and golden statistics, with numpy, scipy and MedPy.

    make_mask_figures.py OUT.json

Needs: pip install numpy scipy medpy (0.5). Masks are written as run lengths, off first, row by row. The figures:
    hd95             medpy.metric.binary.hd95; 0 where both masks are empty, null where one is
    boundary_f       share of outline pixels within 0.75 % of the diagonal of the other outline, P and R, 2PR / (P + R); the outline as MedPy
                     takes it
    intervals        scipy.stats.bootstrap, method BCa, with its own replicates
    sign, binomial   scipy.stats.binomtest (two-sided p; exact = Clopper-Pearson interval), scipy.stats.binom.cdf
"""
import json
import sys

import numpy as np
from medpy.metric.binary import hd95
from scipy import ndimage, stats

TOLERANCE = 0.0075


def runs(mask):
    lengths, value, count = [], 0, 0
    for pixel in mask.ravel().astype(int):
        if pixel != value:
            lengths.append(count)
            value, count = pixel, 0
        count += 1
    return lengths + [count]


def outline(mask):
    return mask ^ ndimage.binary_erosion(mask, ndimage.generate_binary_structure(2, 1))


def boundary_f(predicted, truth):
    ours, theirs = outline(predicted), outline(truth)
    if not ours.any() and not theirs.any():
        return 1.0
    if not ours.any() or not theirs.any():
        return 0.0
    tolerance = TOLERANCE * np.hypot(*truth.shape)
    precision = np.mean(ndimage.distance_transform_edt(~theirs)[ours] <= tolerance)
    recall = np.mean(ndimage.distance_transform_edt(~ours)[theirs] <= tolerance)
    return float(2 * precision * recall / (precision + recall)) if precision + recall > 0 else 0.0


def figures(name, predicted, truth):
    tp = int((predicted & truth).sum())
    fp, fn = int((predicted & ~truth).sum()), int((~predicted & truth).sum())
    both_empty = not predicted.any() and not truth.any()
    if both_empty:
        distance = 0.0
    else:
        distance = float(hd95(predicted, truth)) if predicted.any() and truth.any() else None
    return {
        "name": name, "height": truth.shape[0], "width": truth.shape[1],
        "predicted": runs(predicted), "truth": runs(truth),
        "tp": tp, "fp": fp, "fn": fn,
        "dice": 1.0 if both_empty else 2 * tp / (2 * tp + fp + fn),
        "iou": 1.0 if both_empty else tp / (tp + fp + fn),
        "precision": tp / (tp + fp) if tp + fp else float(fn == 0),
        "recall": tp / (tp + fn) if tp + fn else 1.0,
        "boundary_f": boundary_f(predicted, truth), "hd95": distance,
        "area_share": float(predicted.mean()),
    }


def ellipse(shape, y, x, ry, rx):
    ys, xs = np.mgrid[: shape[0], : shape[1]]
    return ((ys - y) / ry) ** 2 + ((xs - x) / rx) ** 2 <= 1


def blobs(rng, shape):
    noise = ndimage.gaussian_filter(rng.standard_normal(shape), rng.uniform(1, 5))
    return noise > np.quantile(noise, rng.uniform(0.4, 0.95))


def mask_cases(rng):
    none, all_on = np.zeros((20, 30), bool), np.ones((20, 30), bool)
    dot, other = none.copy(), none.copy()
    dot[3, 4] = other[17, 28] = True
    frame = all_on.copy()
    frame[1:-1, 1:-1] = False
    line = none.copy()
    line[7] = True
    cases = [("both empty", none, none), ("nothing predicted", none, dot), ("nothing there", dot, none), ("all on", all_on, dot),
             ("whole picture", all_on, all_on), ("two dots", dot, other), ("same dot", dot, dot), ("frame and dot", frame, dot),
             ("line and frame", line, frame), ("one pixel", np.ones((1, 1), bool), np.ones((1, 1), bool)),
             ("one row", np.arange(40)[None] > 20, np.arange(40)[None] > 25), ("one column", np.arange(40)[:, None] > 20,
                                                                              np.arange(40)[:, None] < 9)]
    big = (200, 260)  # the tolerance is above two pixels
    cases.append(("ellipses", ellipse(big, 100, 130, 40, 60), ellipse(big, 104, 127, 42, 55)))
    ring = ellipse(big, 90, 120, 50, 50) & ~ellipse(big, 90, 120, 20, 20)
    cases.append(("ring over disc", ring, ellipse(big, 92, 118, 48, 52)))
    cases.append(("cut by the border", ellipse(big, 0, 260, 70, 90), ellipse(big, 4, 250, 70, 90)))
    for i in range(24):
        shape = tuple(rng.integers(1, 70, 2))
        cases.append((f"blobs {i}", blobs(rng, shape), blobs(rng, shape)))
    for i in range(6):
        shape = (96, 120)
        y, x, r = rng.uniform(20, 70), rng.uniform(30, 90), rng.uniform(8, 30)
        cases.append((f"near discs {i}", ellipse(shape, y, x, r, r), ellipse(shape, y + rng.uniform(-3, 3), x + rng.uniform(-3, 3), r, r)))
    return cases


def interval_cases(rng):
    found = []
    samples = [rng.beta(8, 1.5, 60), rng.beta(2, 5, 25), np.concatenate([np.zeros(4), rng.uniform(0.8, 1, 30)]), np.round(rng.uniform(0, 1, 12), 1)]
    for values in samples:
        result = stats.bootstrap((values,), np.mean, n_resamples=499, method="BCa", rng=rng)
        left_out = [float(np.delete(values, i).mean()) for i in range(len(values))]
        found.append({"value": float(values.mean()), "leave_one_out": left_out, "level": 0.95,
                      "replicates": [float(v) for v in result.bootstrap_distribution],
                      "low": float(result.confidence_interval.low), "high": float(result.confidence_interval.high)})
    return found


def sign_cases():
    found = []
    for first, second in [(0, 1), (1, 0), (5, 5), (8, 2), (2, 8), (0, 20), (61, 39), (700, 300), (512, 489), (3, 0)]:
        test = stats.binomtest(first, first + second, 0.5)
        interval = test.proportion_ci(0.95, "exact")
        found.append({"first": first, "second": second, "p": float(test.pvalue), "low": float(interval.low), "high": float(interval.high)})
    return found


def main():
    rng = np.random.default_rng(20261126)
    normal = [1e-300, 1e-12, 1e-5, 0.0013, 0.02425, 0.025, 0.2, 0.5, 0.6, 0.975, 0.97575, 0.999, 1 - 1e-9]
    binomial = [(0, 10, 0.3), (3, 10, 0.3), (9, 10, 0.99), (50, 120, 0.5), (400, 1000, 0.42), (1, 2, 0.5)]
    golden = {
        "masks": [figures(name, np.asarray(p, bool), np.asarray(t, bool)) for name, p, t in mask_cases(rng)],
        "intervals": interval_cases(rng),
        "sign": sign_cases(),
        "normal": [{"share": p, "quantile": float(stats.norm.ppf(p))} for p in normal],
        "binomial": [{"k": k, "n": n, "p": p, "cdf": float(stats.binom.cdf(k, n, p))} for k, n, p in binomial],
    }
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
