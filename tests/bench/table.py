#!/usr/bin/env python3
"""Puts what bench.sh left in a folder together as bench.json and bench.md.

    table.py FOLDER

FOLDER holds facts.txt (lines "key: value"), ours/NAME.json with NAME.command and NAME.log, and peers.jsonl. Every ratio is
between figures of that one call; figures that do not belong together (another batch, size or device) are not divided.
"""
import json
import shlex
import sys
from pathlib import Path

from lines import MEMORY, OURS, SELECTION, TIME, lines

UNITS = {TIME: "ms", MEMORY: "MiB"}
FEWEST_STEPS = 20


def read_facts(folder):
    facts = {}
    for text in Path(folder, "facts.txt").read_text(encoding="utf-8").splitlines():
        key, _, value = text.partition(": ")
        facts[key] = value
    return facts


def read_ours(folder):
    """{name: result}; a run that failed has the last line of its log under "failed"."""
    results = {}
    for command in sorted(Path(folder, "ours").glob("*.command"), key=lambda path: (path.stat().st_mtime_ns, path.name)):
        result = {"name": command.stem}
        try:
            result.update(json.loads(command.with_suffix(".json").read_text(encoding="utf-8")))
        except (OSError, ValueError):
            log = command.with_suffix(".log")
            said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if log.is_file() else []
            result["failed"] = said[-1].strip() if said else "it printed nothing"
        # Where a selection file lies is nobody's business.
        words = shlex.split(command.read_text(encoding="utf-8"))
        result["command"] = shlex.join(Path(word).name if word.startswith("/") else word for word in words)
        if "columns" in result:
            result["columns"] = Path(result["columns"]).name
        results[command.stem] = result
    return results


def read_peers(folder):
    """{(case, model): result}"""
    path = Path(folder, "peers.jsonl")
    results = {}
    for text in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
        try:
            result = json.loads(text)
        except ValueError:  # the last line of a run that was cut off
            continue
        results[result["case"], result["model"]] = result
    return results


def missing(result, absent="left out"):
    """Why there is no figure; empty where there is one."""
    if result is None:
        return absent
    return result.get("skipped") or result.get("failed") or ""


def not_run(row, name, result, reason):
    return row | {"verdict": "not run", "reason": f"{name}: {reason}", "is_left_out": result is None}


def mismatch(ours, other):
    for key in ("batch", "image_size", "device"):
        if ours.get(key) is not None and other.get(key) is not None and ours[key] != other[key]:
            return f"{key} {ours[key]} against {other[key]}"
    return ""


def judge(line, ours, peers, facts):
    """One row: what was measured, its ratio, and "met" or "missed" where something is promised."""
    row = {"line": line.text, "measure": line.measure, "target": line.target, "ours": None, "other": None, "ratio": None, "verdict": ""}
    mine = ours.get(line.ours)
    if reason := missing(mine):
        return not_run(row, line.ours, mine, reason)
    row["ours"] = mine[line.measure]
    other = ours.get(line.other) if line.side == OURS else peers.get((line.other, mine["model"]))
    if reason := missing(other, "left out" if line.side == OURS else facts.get("peers absent", "left out")):
        return not_run(row, line.other, other, reason)
    row["other"] = other[line.measure]
    if reason := mismatch(mine, other):
        return row | {"verdict": "not comparable", "reason": reason}
    if not row["other"]:
        return row | {"verdict": "not comparable", "reason": f"{line.other} measured 0"}
    row["ratio"] = row["ours"] / row["other"]
    if other.get("is_stand_in"):
        row["note"] = "against a stand-in, see its note"
    if line.limit is not None:
        is_met = row["ratio"] < line.limit if line.is_ahead else row["ratio"] <= line.limit
        row["verdict"] = "met" if is_met else "missed"
    return row


def selection_rows(result):
    """The rows of `gps bench selection`: absolute targets in ms, and for the tables the released rule's full sort beside them."""
    if reason := missing(result):
        for text, _ in SELECTION:
            row = {"line": text, "measure": TIME, "target": "in ms", "ours": None, "other": None, "ratio": None}
            yield not_run(row, "selection", result, reason)
        return
    found = {line["name"]: line for line in result.get("lines", [])}
    released = found.get("released", {}).get("ms_median")
    for text, beginnings in SELECTION:
        matching = [line for name, line in found.items() if name.startswith(beginnings) and line.get("target_ms")]
        if not matching:
            continue
        slowest = max(matching, key=lambda line: line["ms_median"] / line["target_ms"])
        row = {"line": text, "measure": TIME, "target": f"≤ {slowest['target_ms']:g} ms", "ours": slowest["ms_median"], "other": None,
               "ratio": None, "verdict": "met" if slowest["ms_median"] <= slowest["target_ms"] else "missed"}
        if len(matching) > 1:
            row["line"] += f" (slowest: {slowest['name']})"
        if "tables" in beginnings and released:
            row["line"] += " | released rule's sort"
            row |= {"other": released, "ratio": row["ours"] / released}
        yield row


def rows(ours, peers, facts):
    found = [judge(line, ours, peers, facts) for line in lines(facts["device"])]
    if "selection" in ours:
        found += selection_rows(ours["selection"])
    return found


def number(value):
    return f"{value:.2g}" if value < 0.1 else f"{value:.3f}" if value < 10 else f"{value:.1f}" if value < 1000 else f"{value:.0f}"


def figure(value, measure):
    return "" if value is None else f"{number(value)} {UNITS[measure]}"


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def markdown_row(cells):
    return "| " + " | ".join(cell(c) for c in cells) + " |"


def table_markdown(found):
    yield markdown_row(["ours, against", "", "target", "ours", "against", "ratio", ""])
    yield "|---|---|---|---:|---:|---:|---|"
    for row in found:
        verdict = f"{row['verdict']}: {row['reason']}" if "reason" in row else row["verdict"]
        if "note" in row:
            verdict += f" ({row['note']})"
        text = row["line"].replace(" | ", ", against ")
        ratio = "" if row["ratio"] is None else f"{row['ratio']:.3f}"
        measure = "time" if row["measure"] == TIME else "memory"
        yield markdown_row([text, measure, row["target"], figure(row["ours"], row["measure"]), figure(row["other"], row["measure"]), ratio, verdict])


def spread(result):
    times = result.get("ms_all") or [result["ms_median"]]
    return f"{number(min(times))} – {number(max(times))}"


def ours_markdown(ours):
    yield markdown_row(["run", "model", "batch", "columns in use", "ms, median", "lowest – highest", "steps", "peak MiB"])
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    for name, result in ours.items():
        if reason := missing(result):
            yield markdown_row([name, "", "", "", f"not run: {reason}", "", "", ""])
            continue
        share = result.get("union_share")
        yield markdown_row([name, result.get("model", ""), result.get("batch", ""), "" if share is None else f"{share:.3f}",
                            number(result["ms_median"]), spread(result), len(result.get("ms_all", [])), number(result["peak_mib"])])


def peers_markdown(peers):
    yield markdown_row(["case", "model", "batch", "ms, median", "lowest – highest", "steps", "peak MiB", "note"])
    yield "|---|---|---:|---:|---:|---:|---:|---|"
    for (name, model), result in peers.items():
        if reason := missing(result):
            yield markdown_row([name, model, "", f"not run: {reason}", "", "", "", ""])
            continue
        yield markdown_row([name, model, result["batch"], number(result["ms_median"]), spread(result), len(result["ms_all"]),
                            number(result["peak_mib"]), result.get("note", "")])


def warnings(ours, peers):
    few = [name for name, result in ours.items() if name != "selection" and 0 < len(result.get("ms_all", [])) < FEWEST_STEPS]
    few += [result["case"] for result in peers.values() if 0 < len(result.get("ms_all", [])) < FEWEST_STEPS]
    if few:
        yield f"Not for quoting: {len(few)} of these medians are over fewer than {FEWEST_STEPS} steps."


def versions(peers):
    found = {}
    for result in peers.values():
        found |= {package: result[package] for package in ("torch", "timm", "peft") if result.get(package)}
    return found


def markdown(facts, ours, peers, found):
    yield f"# Bench on {facts.get('card') or facts.get('processor', 'an unnamed machine')}"
    yield ""
    for key, value in facts.items():
        if value and not key.endswith("absent"):
            yield f"- {key}: {value}"
    yield ""
    yield "Medians of the steps of one call, every side in its turn on this machine. Memory is the peak of the device's allocator, on a CPU the"
    yield "highest resident set less that before the model was made. A step is forward, loss, backward and optimiser on one batch of noise."
    for text in warnings(ours, peers):
        yield f"\n**{text}**"
    promised = [row for row in found if row["target"]]
    compared = [row for row in found if not row["target"] and not row.get("is_left_out")]
    sections = (("Against the targets", table_markdown(promised)), ("For comparison", table_markdown(compared)),
                ("Ours", ours_markdown(ours)), ("Peers", peers_markdown(peers)))
    for title, part in sections:
        yield f"\n## {title}\n"
        yield from part
    yield "\nNot timed here: applying and removing a delta, and the window's thread while training runs."


def assemble(folder):
    facts, ours, peers = read_facts(folder), read_ours(folder), read_peers(folder)
    facts |= versions(peers)
    found = rows(ours, peers, facts)
    record = {"facts": facts, "table": found, "ours": list(ours.values()), "peers": list(peers.values())}
    Path(folder, "bench.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    text = "\n".join(markdown(facts, ours, peers, found)) + "\n"
    Path(folder, "bench.md").write_text(text, encoding="utf-8")
    return record


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    table = assemble(sys.argv[1])["table"]
    count = {verdict: sum(row["verdict"] == verdict for row in table) for verdict in ("met", "missed", "not run", "not comparable")}
    print("-- Lines: " + ", ".join(f"{n} {verdict}" for verdict, n in count.items() if n))


if __name__ == "__main__":
    main()
