#!/usr/bin/env python3
"""The table of the bench from canned figures: ratios, verdicts, what is missing; and that every name it asks for exists."""
import json
import sys
import tempfile
import unittest
from pathlib import Path

import lines
import plan
import table
from peers import cases

CARD = "NVIDIA H100 80GB HBM3"


def ours(ms, mib, **more):
    return {"model": "vit_base_patch16_224", "batch": 32, "device": CARD, "ms_median": ms, "ms_all": [ms] * 20, "peak_mib": mib, **more}


def peer(case, ms, mib, **more):
    return {"case": case, **ours(ms, mib), "image_size": 224, "note": "", **more}


class Judging(unittest.TestCase):
    def judge(self, line, mine, other):
        peers = {("p", "vit_base_patch16_224"): other} if other else {}
        return table.judge(line, {"o": mine} if mine else {}, peers, {"peers absent": "left out (--skip-peers)"})

    def line(self, limit=0.5, **more):
        return lines.Line("text", more.pop("measure", lines.TIME), "o", "p", limit, **more)

    def test_ratio_and_verdict(self):
        row = self.judge(self.line(0.5), ours(10, 900), peer("p", 25, 1000))
        self.assertAlmostEqual(row["ratio"], 0.4)
        self.assertEqual((row["verdict"], row["target"], row["ours"], row["other"]), ("met", "≤ 0.50×", 10, 25))
        row = self.judge(self.line(0.5, measure=lines.MEMORY), ours(10, 900), peer("p", 25, 1000))
        self.assertAlmostEqual(row["ratio"], 0.9)
        self.assertEqual(row["verdict"], "missed")

    def test_at_the_limit(self):
        self.assertEqual(self.judge(self.line(0.5), ours(10, 1), peer("p", 20, 1))["verdict"], "met")
        self.assertEqual(self.judge(self.line(1.0, is_ahead=True), ours(10, 1), peer("p", 10, 1))["verdict"], "missed")
        self.assertEqual(self.judge(self.line(1.0, is_ahead=True), ours(9.9, 1), peer("p", 10, 1))["verdict"], "met")

    def test_without_a_promise(self):
        row = self.judge(self.line(None), ours(30, 1), peer("p", 20, 1))
        self.assertEqual((row["ratio"], row["verdict"], row["target"]), (1.5, "", ""))

    def test_what_is_missing(self):
        row = self.judge(self.line(), ours(10, 1), {"case": "p", "model": "m", "skipped": "peft cannot be imported"})
        self.assertEqual((row["verdict"], row["reason"], row["ratio"]), ("not run", "p: peft cannot be imported", None))
        row = self.judge(self.line(), ours(10, 1), None)
        self.assertEqual(row["reason"], "p: left out (--skip-peers)")
        row = self.judge(self.line(), {"failed": "out of memory"}, peer("p", 20, 1))
        self.assertEqual((row["verdict"], row["reason"]), ("not run", "o: out of memory"))

    def test_figures_that_do_not_belong_together(self):
        for other in (peer("p", 20, 1, batch=8), peer("p", 20, 1, device="CPU, 2 threads")):
            row = self.judge(self.line(), ours(10, 1), other)
            self.assertEqual((row["verdict"], row["ratio"]), ("not comparable", None))
        row = self.judge(self.line(), ours(10, 1, image_size=384), peer("p", 20, 1))
        self.assertEqual(row["reason"], "image_size 384 against 224")

    def test_a_stand_in_is_named(self):
        row = self.judge(self.line(), ours(10, 1), peer("p", 25, 1, is_stand_in=True))
        self.assertEqual(row["verdict"], "met")
        self.assertIn("met (against a stand-in", "\n".join(table.table_markdown([row])))

    def test_both_of_our_own(self):
        line = lines.Line("text", lines.TIME, "a", "b", 1.15, side=lines.OURS)
        row = table.judge(line, {"a": ours(12, 1), "b": ours(10, 1)}, {}, {})
        self.assertEqual((round(row["ratio"], 6), row["verdict"]), (1.2, "missed"))

    def test_selection(self):
        def line(name, ms, target):
            return {"name": name, "ms_median": ms, "target_ms": target}

        result = {"lines": [line("tables", 12, 20), line("level net", 8, 20), line("exclusion net", 30, 20), line("choice net", 99, None),
                            line("slider", 0.002, 16), line("released", 6000, None)]}
        rows = list(table.selection_rows(result))
        self.assertEqual([row["verdict"] for row in rows], ["met", "met", "missed"])
        self.assertAlmostEqual(rows[0]["ratio"], 0.002)
        self.assertIn("exclusion net", rows[2]["line"])
        rows = list(table.selection_rows({"failed": "no card"}))
        self.assertEqual([row["reason"] for row in rows], ["selection: no card"] * 3)


class Names(unittest.TestCase):
    def test_every_line_has_its_run_and_its_case(self):
        for device in cases.DEVICES:
            runs = {run.name: run for run in plan.runs(plan.Options(device=device, selection="s.safetensors"))}
            peers = {case.name for case in cases.cases(device)}
            for line in lines.lines(device):
                self.assertIn(line.ours, runs)
                self.assertIn(line.other, runs if line.side == lines.OURS else peers)

    def test_a_quick_run_has_both_sides_of_a_promise(self):
        runs = {run.name for run in plan.runs(plan.Options(quick=True))}
        peers = {case.name for case in cases.cases("cuda", quick=True)}
        for line in lines.lines("cuda"):
            if line.limit is not None:
                self.assertIn(line.ours, runs)
                self.assertIn(line.other, runs if line.side == lines.OURS else peers)

    def test_names_are_unique_and_can_be_picked(self):
        for device in cases.DEVICES:
            names = [case.name for case in cases.cases(device)]
            self.assertEqual(len(names), len(set(names)))
            names = [run.name for run in plan.runs(plan.Options(device=device))]
            self.assertEqual(len(names), len(set(names)))
        self.assertEqual([run.name for run in plan.runs(plan.Options(only="^selection$"))], ["selection"])


class Assembling(unittest.TestCase):
    def test_a_folder(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "ours").mkdir()
            (folder / "facts.txt").write_text(f"device: cuda\ncard: {CARD}\nrevision: abc\n")
            for run, result in (("step-bf16-k1", ours(11, 2000, union_share=0.34, columns="/some/where/real.safetensors")), ("step-fp32-k1", None)):
                (folder / "ours" / f"{run}.command").write_text(f"gps bench step {run} --columns '/some/where else/real.safetensors' --json\n")
                (folder / "ours" / f"{run}.log").write_text("bench  1/20\nerror: out of memory\n")
                if result:
                    (folder / "ours" / f"{run}.json").write_text(json.dumps(result))
            found = [peer("masked-fp16-amp-k1", 35.2, 5287, torch="2.11.0"), {"case": "lora-bf16", "model": "vit_base_patch16_224",
                     "skipped": "peft | missing"}]
            (folder / "peers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in found) + '{"case": "cut')
            record = table.assemble(folder)
            self.assertEqual(json.loads((folder / "bench.json").read_text()), record)
            self.assertNotIn("/some/where", json.dumps(record))
            self.assertIn("--columns real.safetensors --json", record["ours"][0]["command"])
            rows = {(row["line"], row["measure"]): row for row in record["table"]}
            row = rows["bf16, K=1 | released rule, fp16 AMP", lines.TIME]
            self.assertAlmostEqual(row["ratio"], 0.3125)
            self.assertEqual(row["verdict"], "met")
            text = (folder / "bench.md").read_text()
            self.assertIn("| bf16, K=1, against released rule, fp16 AMP | time | ≤ 0.34× | 11.0 ms | 35.2 ms | 0.312 | met |", text)
            self.assertIn("not run: lora-bf16: peft \\| missing", text)
            self.assertIn("not run: step-fp32-k1: error: out of memory", text)
            self.assertIn("- torch: 2.11.0", text)
            self.assertNotIn("Not for quoting", text)
            width = {}
            for line in text.splitlines():  # every row of a table has as many cells as its head
                if line.startswith("|"):
                    cells = line.replace("\\|", "").count("|")
                    self.assertEqual(cells, width.setdefault("now", cells), line)
                else:
                    width = {}


if __name__ == "__main__":
    sys.exit(unittest.main())
