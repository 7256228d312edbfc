#!/usr/bin/env python3
"""The dense-masked rule of the peers does what it says: only the K largest entries of a row, biases and the head move."""
import sys
import unittest

try:
    import torch
    from torch import nn
except ImportError as error:
    print(f"skipped: torch cannot be imported in this Python ({error}; tests of the bench's peers)")
    sys.exit(0)

from peers import cases, masks, measure, models, steps  # noqa: E402


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.pos_embed = nn.Parameter(torch.randn(1, 16, 8))
        self.patch = nn.Conv2d(3, 8, 4, 4)
        self.norm = nn.LayerNorm(8)
        self.fc = nn.Linear(8, 12)
        self.head = nn.Linear(12, 5)

    def forward(self, images):
        x = self.patch(images).flatten(2).transpose(1, 2) + self.pos_embed
        return self.head(self.fc(self.norm(x)).mean(1))


def small_task():
    torch.manual_seed(1)
    labels = torch.randint(5, (4,))
    return models.Task(Small(), ("head.",), torch.randn(4, 3, 16, 16), lambda m, x: nn.functional.cross_entropy(m(x), labels))


CPU = torch.device("cpu")


class MaskedRule(unittest.TestCase):
    def test_top_per_row(self):
        gradient = torch.tensor([[0.1, -3.0, 2.0], [0.0, 0.5, -0.4]])
        self.assertEqual(masks.top_per_row(gradient, 1).tolist(), [[False, True, False], [False, True, False]])
        self.assertEqual(masks.top_per_row(gradient, 2).tolist(), [[False, True, True], [False, True, True]])
        self.assertTrue(masks.top_per_row(gradient, 9).all())

    def test_what_moves(self):
        for rule, precision in (("masked", "fp32"), ("tuned", "fp32"), ("masked", "bf16-autocast"), ("masked", "fp16-amp")):
            with self.subTest(rule=rule, precision=precision):
                task = small_task()
                before = {name: p.detach().clone() for name, p in task.model.named_parameters()}
                case = cases.Case("x", rule, precision, k=2)
                step, _ = steps.make_step(case, task, CPU, lambda: None)
                for _ in range(4):
                    step()
                changed = {name: int((p.detach() != before[name]).sum()) for name, p in task.model.named_parameters()}
                self.assertEqual([changed[n] for n in ("pos_embed", "norm.weight", "norm.bias")], [0, 0, 0])
                self.assertEqual((changed["patch.weight"], changed["fc.weight"]), (8 * 2, 12 * 2))
                self.assertEqual((changed["patch.bias"], changed["fc.bias"]), (8, 12))
                self.assertEqual((changed["head.weight"], changed["head.bias"]), (60, 5))

    def test_full_moves_all(self):
        task = small_task()
        before = {name: p.detach().clone() for name, p in task.model.named_parameters()}
        step, _ = steps.make_step(cases.Case("x", "full", "fp32"), task, CPU, lambda: None)
        step()
        for name, p in task.model.named_parameters():
            self.assertTrue(bool((p.detach() != before[name]).any()), name)


class Measuring(unittest.TestCase):
    def test_peak_of_the_resident_set(self):
        memory = measure.Memory(CPU)
        held = torch.ones(64 << 18)  # 64 MiB
        del held
        self.assertGreater(memory.peak_mib(), 60)
        memory.restart()
        self.assertLess(memory.peak_mib(), 30)

    def test_times(self):
        count = []
        self.assertEqual(len(measure.time_steps(lambda: count.append(1), 3, CPU)), 3)
        self.assertEqual(len(count), 3)


if __name__ == "__main__":
    sys.exit(unittest.main())
