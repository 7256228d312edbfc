"""Milliseconds of each step, and the memory that a case takes."""
import ctypes
import gc
import statistics
import time

import torch


def _status_mib(key):
    """VmRSS or VmHWM of this process."""
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith(key + ":"):
                return int(line.split()[1]) / 1024
    return 0.0


class Memory:
    """CUDA: the allocator's peak. CPU: the highest resident set, less that before the model was made."""

    def __init__(self, device):
        self.is_cuda = device.type == "cuda"
        if self.is_cuda:
            torch._C._cuda_clearCublasWorkspaces()
        self._settle()
        self.mib_before = torch.cuda.memory_allocated() / 2**20 if self.is_cuda else _status_mib("VmRSS")
        self.restart()

    def _settle(self):
        gc.collect()
        if self.is_cuda:
            torch.cuda.synchronize()
            torch.cuda.empty_cache()
        else:
            with open("/proc/self/clear_refs", "w", encoding="ascii") as refs:
                # The heap gives back what earlier work left in it.
                ctypes.CDLL(None).malloc_trim(0)
                refs.write("5")

    def restart(self):
        """Forgets the peak so far, that of making masks, compiling, trying algorithms; what is held still counts."""
        self._settle()
        if self.is_cuda:
            torch.cuda.reset_peak_memory_stats()

    def peak_mib(self):
        if self.is_cuda:
            return torch.cuda.max_memory_allocated() / 2**20
        return max(0.0, _status_mib("VmHWM") - self.mib_before)


def time_steps(step, steps, device):
    """Milliseconds [steps].

    CUDA: between events on the stream, one after each step, so that nothing waits for the host in between.
    """
    if device.type == "cuda":
        events = [torch.cuda.Event(enable_timing=True) for _ in range(steps + 1)]
        torch.cuda.synchronize()
        events[0].record()
        for event in events[1:]:
            step()
            event.record()
        torch.cuda.synchronize()
        return [a.elapsed_time(b) for a, b in zip(events, events[1:])]
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1000)
    return times


def median(times):
    return statistics.median(times)
