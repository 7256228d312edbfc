#!/usr/bin/env python3
"""Writes report.html from what demo.sh left in a folder, and holds the result against the demo's promise.

    demo_report.py FOLDER SETUP_SECONDS BUILD_SECONDS JOB_SECONDS

Exit 1 when mean Dice on the validation phantoms rose by less than 0.30 or ended below 0.50.
"""
import html
import json
import math
import sys
from pathlib import Path

LEAST_RISE = 0.30
LEAST_END = 0.50

STYLE = """
body { font: 15px/1.5 Inter, system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1b2430; }
h1, h2 { font-weight: 600; } td, th { padding: .25rem .75rem .25rem 0; text-align: left; } td.n { text-align: right; }
.facts { display: flex; flex-wrap: wrap; gap: 1rem; } .facts div { border: 1px solid #d5dbe3; border-radius: 8px; padding: .5rem 1rem; }
.facts b { display: block; font-size: 1.5rem; } figure { margin: 0; } figcaption { color: #5a6675; font-size: .85rem; }
.case { display: grid; grid-template-columns: repeat(4, 1fr); gap: .5rem; margin-bottom: 1rem; } img { width: 100%; border-radius: 6px; }
pre { background: #f2f4f7; padding: 1rem; overflow-x: auto; border-radius: 8px; }
"""


def load(folder, name):
    return json.loads(Path(folder, "json", name + ".json").read_text())


def picture(folder, path, caption):
    """A figure, with the path relative to the report; a picture that is not there shows as its caption alone."""
    image = f'<img src="{html.escape(path)}" alt="">' if Path(folder, path).is_file() else ""
    return f"<figure>{image}<figcaption>{html.escape(caption)}</figcaption></figure>"


def fact(value, caption):
    return f"<div><b>{html.escape(value)}</b>{html.escape(caption)}</div>"


def case_rows(folder, before, after):
    earlier = {case["id"]: case for case in before["per_image"]}
    for case in sorted(after["per_image"], key=lambda c: c["dice"]):
        name = Path(case["id"]).stem
        yield (
            '<div class="case">'
            + picture(folder, f"phantom/images/{name}.png", f"{name}: picture")
            + picture(folder, f"phantom/masks/{name}.png", "ground truth")
            + picture(folder, f"before/{name}_overlay.png", f"before, Dice {earlier[case['id']]['dice']:.3f}")
            + picture(folder, f"after/{name}_overlay.png", f"after, Dice {case['dice']:.3f}")
            + "</div>"
        )


def epoch_rows(train):
    for epoch in train["epochs"]:
        loss = "" if epoch["epoch"] == 0 else f"{epoch['train_loss']:.4f}"
        cells = [str(epoch["epoch"]), loss, "" if epoch["val_loss"] is None else f"{epoch['val_loss']:.4f}", f"{epoch['metrics'].get('dice_mean', math.nan):.4f}"]
        yield "<tr>" + "".join(f'<td class="n">{cell}</td>' for cell in cells) + "</tr>"


def report(folder, seconds):
    before, after = load(folder, "evaluate-before"), load(folder, "evaluate-after")
    select, train = load(folder, "select"), load(folder, "train")
    start, end = before["metrics"]["dice_mean"], after["metrics"]["dice_mean"]
    times = ", ".join(f"{name} {value:.0f} s" for name, value in seconds.items())
    commands = html.escape(Path(folder, "commands.txt").read_text())
    text = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>GPS workbench: demo</title><style>{STYLE}</style>
<h1>LiteMedSAM on procedural polyps, before and after</h1>
<p>Of every neuron in the image encoder the one input connection with the largest gradient for this task was fine-tuned, with
its bias and the mask decoder; everything else is bit for bit the pretrained model. The pictures are drawn by the program.</p>
<div class="facts">{fact(f"{start:.3f} → {end:.3f}", f"mean Dice, {after['n']} validation pictures")}
{fact(f"{select['selected']:,}", f"weights selected, K = 1 in {select['rows']:,} neurons")}
{fact(f"{select['trainable_share']:.2%}", "of the encoder trains, biases included")}
{fact(f"{train['seconds']:.0f} s", f"of training on {train['device']}")}</div>
<p>{html.escape(times)}.</p>
<h2>Epochs</h2><table><tr><th>epoch</th><th>training loss</th><th>validation loss</th><th>mean Dice</th></tr>
{"".join(epoch_rows(train))}</table>
<h2>Validation pictures, hardest first</h2>{"".join(case_rows(folder, before, after))}
<h2>The commands</h2><pre>{commands}</pre><p>{html.escape(after["definition"])}</p></html>
"""
    Path(folder, "report.html").write_text(text, encoding="utf-8")
    return start, end


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    start, end = report(folder, dict(zip(("set-up", "build", "job"), map(float, sys.argv[2:]))))
    print(f"-- Report:   {folder}/report.html")
    print(f"-- Pictures: {folder}/before, {folder}/after (NAME_overlay.png)")
    print(f"-- Mean Dice on the validation phantoms: {start:.3f} before, {end:.3f} after, rise {end - start:.3f}")
    if end - start < LEAST_RISE or end < LEAST_END:
        sys.exit(f"error: the demo promises a rise of at least {LEAST_RISE:.2f} and an end of at least {LEAST_END:.2f}.")


if __name__ == "__main__":
    main()
