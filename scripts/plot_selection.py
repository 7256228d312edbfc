#!/usr/bin/env python3
"""Draws where selections lie and what they share, as SVG, from the JSON of `gps select`, `gps selection info` and `gps compare`.

    plot_selection.py --blocks NAME=select.json … --out FILE.svg     share of the selected weights that falls into each block
    plot_selection.py --sharing compare.json --out FILE.svg          shared and specific weights a task, how many tasks chose a
                                                                     position, shared share per block; each beside chance
    plot_selection.py --jaccard compare.json --out FILE.svg          agreement of every pair, beside chance
      --title TEXT    above the figure
      --columns N     panels in a row (--blocks; default 3)
"""
import argparse
import json
import math
import sys
from pathlib import Path
from xml.sax.saxutils import escape

SURFACE, INSET, LINE = "#FFFFFF", "#EDF0F4", "#D9DEE6"
TEXT, TEXT2, ACCENT, WASH, GHOST = "#18212C", "#566171", "#0B62B8", "#E3EFFB", "#B8C1CD"
CHANCE = "#D55E00"
KINDS = {"qkv": "#0072B2", "proj": "#56B4E9", "fc1": "#E69F00", "fc2": "#D55E00", "patch": "#009E73", "neck": "#009E73"}
OTHER_KIND = "#CC79A7"
FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"
CAPTION, BODY, PAGE = 11, 13, 15
MARGIN = 24


def text_width(text, size):
    """Close enough to place things, and rather too wide than too narrow, whatever sans face is there."""
    return sum(1.0 if ord(c) > 0x2E80 else 0.34 if c in "il.,:;'| " else 0.95 if c in "mwMW" else 0.63 for c in text) * size


def nice_ticks(top, count=4):
    """0, step, … up to the first tick that is not below top."""
    if top <= 0:
        return [0, 1]
    raw = top / count
    power = 10 ** math.floor(math.log10(raw))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= raw * (1 - 1e-9))
    return [i * step for i in range(math.ceil(top / step - 1e-9) + 1)]


def percent(share, digits=None):
    if share is None:
        return "–"
    value = share * 100
    if digits is None:
        digits = 0 if value == 0 or abs(value) >= 99.5 else 1 if abs(value) >= 1 else 2 if abs(value) >= 0.1 else 3
    return f"{value:.{digits}f} %"


def tick_percents(ticks):
    step = (ticks[1] - ticks[0]) * 100
    digits = 0 if abs(step - round(step)) < 1e-9 else 1 if abs(step * 10 - round(step * 10)) < 1e-9 else 2
    return [f"{t * 100:.{digits}f} %" if t else "0" for t in ticks]


def count_text(value):
    return f"{value:,}"


class Svg:
    def __init__(self):
        self.parts = []

    def rect(self, x, y, w, h, fill, radius=0.0):
        if w > 0 and h > 0:
            r = min(radius, w / 2, h / 2)
            self.parts.append(f'<rect x="{x:.2f}" y="{y:.2f}" width="{w:.2f}" height="{h:.2f}" fill="{fill}"' + (f' rx="{r:.2f}"' if r else "") + "/>")

    def line(self, x1, y1, x2, y2, stroke=LINE, width=1.0, dash=None):
        extra = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{stroke}" stroke-width="{width}"{extra}/>')

    def text(self, x, y, text, size=CAPTION, fill=TEXT2, anchor="start", weight=400, turn=None):
        extra = f' transform="rotate({turn} {x:.2f} {y:.2f})"' if turn is not None else ""
        extra += f' font-weight="{weight}"' if weight != 400 else ""
        self.parts.append(f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"{extra}>{escape(text)}</text>')

    def legend(self, x, y, entries):
        """entries: (label, colour, "box" | "line"); returns the x behind the last."""
        for label, colour, shape in entries:
            if shape == "line":
                self.line(x, y - 4, x + 14, y - 4, colour, 2)
                x += 20
            else:
                self.rect(x, y - 9, 10, 10, colour, 1.5)
                x += 15
            self.text(x, y, label)
            x += text_width(label, CAPTION) + 18
        return x

    def document(self, width, height, label):
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'role="img" aria-label="{escape(label, {chr(34): "&quot;"})}" font-family="{FONT}" style="font-variant-numeric: tabular-nums">\n'
            f'<rect width="{width:.0f}" height="{height:.0f}" fill="{SURFACE}"/>\n' + "\n".join(self.parts) + "\n</svg>\n"
        )


def heading(svg, title, subtitle):
    svg.text(MARGIN, MARGIN + 12, title, PAGE, TEXT, weight=600)
    svg.text(MARGIN, MARGIN + 30, subtitle, CAPTION)
    return MARGIN + 46


class Frame:
    """A plot's area: hairlines and labels of the value axis on the left, no box."""

    def __init__(self, svg, x, y, w, h, ticks, labels):
        self.svg, self.x, self.y, self.w, self.h, self.top = svg, x, y, w, h, ticks[-1]
        for tick, label in zip(ticks, labels):
            svg.line(x, self.at(tick), x + w, self.at(tick), TEXT2 if tick == 0 else LINE, 1)
            svg.text(x - 6, self.at(tick) + 4, label, anchor="end")

    def at(self, value):
        return round(self.y + self.h * (1 - value / self.top)) + 0.5

    def bar(self, x, w, value, colour, base=0.0, radius=0.0):
        self.svg.rect(x, self.at(base + value), w, self.at(base) - self.at(base + value), colour, radius)


def block_labels(svg, y, centres, blocks, pitch):
    """Below each bar its block; all turned upright where they do not fit side by side. Returns whether they are."""
    labels = ["patch" if b == "patch_embed" else b.replace("downsample.", "down ") for b in blocks]
    fits = [text_width(label, CAPTION) + 3 <= pitch for label in labels]
    turned = not all(fit or block == "patch_embed" for fit, block in zip(fits, blocks))
    for centre, label, fit in zip(centres, labels, fits):
        if turned or not fit:
            svg.text(centre + 4, y + 7, label, anchor="end", turn=-90)
        else:
            svg.text(centre, y + 15, label, anchor="middle")
    return turned


def order_of(rows, key):
    seen = []
    for row in rows:
        if row[key] not in seen:
            seen.append(row[key])
    return seen


def draw_blocks(panels, title, columns):
    """panels: (name, per_block). Stacked by kind; the value axis is common, so that panels can be compared."""
    blocks = order_of([row for _, rows in panels for row in rows], "block")
    kinds = order_of([row for _, rows in panels for row in rows], "kind")
    colours = list(dict.fromkeys(KINDS.get(kind, OTHER_KIND) for kind in kinds))
    shares = []
    for _, rows in panels:
        total = sum(row["selected"] for row in rows) or 1
        table = {}
        for row in rows:
            place = row["block"], KINDS.get(row["kind"], OTHER_KIND)
            table[place] = table.get(place, 0) + row["selected"] / total
        shares.append(table)
    highest = max(sum(table.get((b, c), 0) for c in colours) for table in shares for b in blocks)
    ticks = nice_ticks(highest)
    columns = min(columns, len(panels))
    pitch = max(14.0, min(20.0, 252 / len(blocks)))
    axis, width, height = 40, pitch * len(blocks), 132
    below = 14 + max(text_width(block.replace("downsample.", "down ").replace("_embed", ""), CAPTION) for block in blocks)
    cell_w, cell_h = axis + width + 28, height + 34 + below
    svg = Svg()
    top = heading(svg, title or "Where the selected weights lie", "Share of a selection's weights in each block; blocks count from 0")
    for i, ((name, rows), table) in enumerate(zip(panels, shares)):
        x = MARGIN + (i % columns) * cell_w + axis
        y = top + (i // columns) * cell_h + 26
        svg.text(x, y - 12, name, BODY, TEXT, weight=600)
        count = count_text(sum(row["selected"] for row in rows)) + " weights"
        if text_width(name, BODY) + text_width(count, CAPTION) < width:
            svg.text(x + width, y - 12, count, anchor="end")
        frame = Frame(svg, x, y, width, height, ticks, tick_percents(ticks))
        for j, block in enumerate(blocks):
            base = 0.0
            for colour in colours:
                share = table.get((block, colour), 0)
                if share > 0:
                    frame.bar(x + j * pitch + 1, pitch - 2, share, colour, base)
                    base += share
        block_labels(svg, y + height, [x + (j + 0.5) * pitch for j in range(len(blocks))], blocks, pitch)
    bottom = top + math.ceil(len(panels) / columns) * cell_h
    named = [(kind, KINDS[kind], "box") for kind in kinds if kind in KINDS]
    others = [kind for kind in kinds if kind not in KINDS]
    if others:
        named.append((", ".join(others), OTHER_KIND, "box"))
    end = svg.legend(MARGIN + axis, bottom + 14, named)
    width_all = max(2 * MARGIN + columns * cell_w - 28, end + MARGIN, MARGIN * 2 + text_width(title or "", PAGE))
    return svg.document(width_all, bottom + 14 + MARGIN, title or "Share of the selected weights per block")


def draw_tasks(svg, data, x, y, width):
    """One bar a task, full length = its weights; the tick is the share that chance would share. Returns the y below."""
    svg.text(x, y, "Of each task's weights", BODY, TEXT, weight=600)
    names = max(text_width(task["name"], BODY) for task in data["tasks"])
    left, right = x + names + 12, x + width - 8
    bar, step = 16, 28
    y += 18
    ends = y + step * len(data["tasks"]) - (step - bar)
    for tick in (0, 0.25, 0.5, 0.75, 1):
        at = round(left + (right - left) * tick) + 0.5
        svg.line(at, y - 6, at, ends + 6)
        svg.text(at, ends + 20, percent(tick, 0) if tick else "0", anchor="middle")
    for i, task in enumerate(data["tasks"]):
        top = y + i * step
        svg.text(left - 12, top + 12.5, task["name"], BODY, TEXT, anchor="end")
        share, chance = task["shared_share"], task["shared_chance"]
        if share is None:
            svg.text(left + 6, top + 12, "nothing chosen")
            continue
        split = left + (right - left) * share
        svg.rect(left, top, right - left, bar, GHOST, 1.5)
        svg.rect(left, top, split - left, bar, ACCENT, 1.5)
        if split - left > 52:
            svg.text(left + 6, top + 12, percent(share), CAPTION, SURFACE, weight=600)
        if right - split > 52:
            svg.text(right - 6, top + 12, percent(1 - share), CAPTION, TEXT, anchor="end")
        at = left + (right - left) * chance
        svg.line(at, top - 3, at, top + bar + 3, CHANCE, 2)
    svg.legend(left, ends + 42, [("shared with another task", ACCENT, "box"), ("its own", GHOST, "box")])
    return ends + 52


def draw_times(svg, data, x, y, width, height):
    """Share of the union that exactly 1, 2, … tasks chose; the mark is what chance would give."""
    rows, union = data["chosen_times"], data["union"] or 1
    expected = sum(row["chance"] for row in rows) or 1
    svg.text(x, y, "How many tasks chose a position", BODY, TEXT, weight=600)
    top = max(max(row["count"] / union for row in rows), max(row["chance"] / expected for row in rows))
    ticks = nice_ticks(top)
    frame = Frame(svg, x + 40, y + 24, width - 40, height, ticks, tick_percents(ticks))
    pitch = (width - 40) / len(rows)
    bar = min(44, pitch * 0.62)
    for i, row in enumerate(rows):
        centre = x + 40 + (i + 0.5) * pitch
        share, chance = row["count"] / union, row["chance"] / expected
        frame.bar(centre - bar / 2, bar, share, ACCENT if row["times"] > 1 else GHOST, radius=1.5)
        svg.line(centre - bar / 2 - 4, frame.at(chance), centre + bar / 2 + 4, frame.at(chance), CHANCE, 2)
        if pitch >= 40:
            above = frame.at(share) - 5
            if 0 <= frame.at(share) - frame.at(chance) < 16:
                above = frame.at(chance) - 5
            svg.text(centre, above, percent(share), CAPTION, TEXT, anchor="middle")
        svg.text(centre, y + 24 + height + 15, str(row["times"]), anchor="middle")
    svg.text(x + 40 + (width - 40) / 2, y + 24 + height + 32, f"tasks, of {len(rows)}; share of the {count_text(data['union'])} positions chosen by any", anchor="middle")


def draw_shared_blocks(svg, rows, x, y, width, height):
    svg.text(x, y, "Shared share in each block, mean over the tasks", BODY, TEXT, weight=600)
    ticks = nice_ticks(max(max(row["shared_share"] or 0, row["shared_chance"] or 0) for row in rows))
    frame = Frame(svg, x + 40, y + 24, width - 40, height, ticks, tick_percents(ticks))
    pitch = (width - 40) / len(rows)
    for i, row in enumerate(rows):
        left = x + 40 + i * pitch
        if row["shared_share"] is not None:
            frame.bar(left + pitch * 0.14, pitch * 0.72, row["shared_share"], ACCENT, radius=1.5)
            svg.line(left, frame.at(row["shared_chance"]), left + pitch, frame.at(row["shared_chance"]), CHANCE, 1.5)
    turned = block_labels(svg, y + 24 + height, [x + 40 + (i + 0.5) * pitch for i in range(len(rows))], [row["block"] for row in rows], pitch)
    return y + 24 + height + (52 if turned else 18)


def draw_sharing(data, title):
    svg = Svg()
    total = 920
    width = total - 2 * MARGIN
    subtitle = (
        f"{percent(data['shared_share'])} of a task's weights are chosen by another one too, {percent(data['specific_share'])} are its own "
        f"(mean over {len(data['tasks'])} tasks); by chance {percent(data['shared_chance'])} would be shared"
    )
    top = heading(svg, title or "What the tasks share", subtitle) + 16
    half = (width - 36) / 2
    below = draw_tasks(svg, data, MARGIN, top, half)
    plot = max(132.0, below - top - 74)
    draw_times(svg, data, MARGIN + half + 36, top, half, plot)
    y = max(below, top + 24 + plot + 40) + 26
    y = draw_shared_blocks(svg, data["blocks"], MARGIN, y, width, 132)
    per = "of each neuron's inputs" if data["chance_per"] == "row" else "of each tensor's entries"
    svg.legend(MARGIN, y + 18, [(f"by chance: as many {per}, chosen uniformly and independently", CHANCE, "line")])
    return svg.document(total, y + 18 + MARGIN, title or "Shared and specific weights")


def mix(low, high, t):
    pairs = [(int(low[i : i + 2], 16), int(high[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * t):02X}" for a, b in pairs)


def draw_jaccard(data, title):
    names = [task["name"] for task in data["tasks"]]
    pairs = {}
    for pair in data["pairs"]:
        pairs[pair["a"], pair["b"]] = pairs[pair["b"], pair["a"]] = pair
    highest = max((pair["jaccard"] or 0 for pair in data["pairs"]), default=0) or 1
    cell = 64
    left = MARGIN + max(text_width(name, BODY) for name in names) + 12
    svg = Svg()
    top = heading(svg, title or "Agreement of the tasks", "Jaccard of every pair; below it what chance would give")
    turned = max(text_width(name, BODY) for name in names) > cell - 6
    top += 12 + (max(text_width(name, BODY) for name in names) * 0.72 if turned else 16)
    for i, name in enumerate(names):
        centre = left + (i + 0.5) * cell
        if turned:
            svg.text(centre, top - 10, name, BODY, TEXT, turn=-45)
        else:
            svg.text(centre, top - 10, name, BODY, TEXT, anchor="middle")
        svg.text(left - 12, top + (i + 0.5) * cell + 4.5, name, BODY, TEXT, anchor="end")
        for j, other in enumerate(names):
            x, y = left + j * cell, top + i * cell
            pair = pairs.get((name, other))
            if pair is None:
                svg.rect(x + 1, y + 1, cell - 2, cell - 2, INSET, 4)
                continue
            value = pair["jaccard"]
            depth = (value or 0) / highest
            svg.rect(x + 1, y + 1, cell - 2, cell - 2, mix(WASH, ACCENT, depth), 4)
            ink, quiet = (SURFACE, SURFACE) if depth > 0.75 else (TEXT, TEXT2 if depth < 0.15 else TEXT)  # 4.5 : 1 or better
            svg.text(x + cell / 2, y + cell / 2, "–" if value is None else f"{value:.3f}", BODY, ink, "middle", 600)
            svg.text(x + cell / 2, y + cell / 2 + 16, "–" if pair["chance"] is None else f"{pair['chance']:.2g}", CAPTION, quiet, "middle")
    right = left + cell * len(names)
    overhang = text_width(names[-1], BODY) * 0.72 - cell / 2 if turned else 0
    width = max(right + max(overhang, 0), MARGIN + text_width("Jaccard of every pair; below it what chance would give", CAPTION)) + MARGIN
    return svg.document(width, top + cell * len(names) + MARGIN, title or "Jaccard of every pair of tasks")


def load(path, *keys):
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as failure:
        sys.exit(f"plot_selection.py: {path}: {failure.strerror}")
    except ValueError as failure:
        sys.exit(f"plot_selection.py: {path}: is no JSON: {failure}")
    missing = [key for key in keys if not isinstance(data, dict) or key not in data]
    if missing:
        sys.exit(f"plot_selection.py: {path}: lacks {', '.join(missing)}; give the --json output of the command that the help names")
    return data


def panels_of(words):
    panels = []
    for word in words:
        name, separator, path = word.partition("=")
        if not separator:
            name, path = Path(word).stem, word
        panels.append((name, load(path, "per_block")["per_block"]))
    if not any(row["selected"] for _, rows in panels for row in rows):
        sys.exit("plot_selection.py: none of the files holds a selected weight")
    return panels


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--blocks", nargs="+", metavar="NAME=FILE")
    what.add_argument("--sharing", metavar="FILE")
    what.add_argument("--jaccard", metavar="FILE")
    parser.add_argument("--out", required=True, metavar="FILE.svg")
    parser.add_argument("--title")
    parser.add_argument("--columns", type=int, default=3)
    args = parser.parse_args()
    if args.columns < 1:
        parser.error("--columns takes 1 or more")
    if args.blocks:
        text = draw_blocks(panels_of(args.blocks), args.title, args.columns)
    elif args.sharing:
        keys = ("tasks", "chosen_times", "blocks", "union", "shared_share", "specific_share", "shared_chance", "chance_per")
        text = draw_sharing(load(args.sharing, *keys), args.title)
    else:
        text = draw_jaccard(load(args.jaccard, "tasks", "pairs"), args.title)
    Path(args.out).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
