#!/usr/bin/env python3
"""Compares every #include of our code with the table of who may include what.

    check_includes.py [ROOT]       prints FILE:LINE: complaint for each breach; exit 1 if there is one
    check_includes.py --self-test  proves on small trees that breaches are found and clean code passes

Beside the table: quoted includes are written from the repository root and exist; QCustomPlot is seen
through its wrapper only, and only by .cpp files of widgets (and private headers of theirs); app/ meets no torch or CUDA header, not even through a header of core.
"""
import re
import sys
import tempfile
from pathlib import Path

SUFFIXES = {".h", ".cpp", ".cu", ".cuh"}
WRAPPER = "widgets/qcustomplotwrapper.h"

# Library of an <include>; the first pattern that fits counts.
LIBRARIES = [
    ("qcustomplot", r"qcustomplot\.h"),
    ("qt", r"Q[A-Za-z0-9]+(/Q[A-Za-z0-9]+)?|Qt[A-Z]\w*/.*|q[a-z]+\.h"),
    ("torch", r"(torch|ATen|c10|caffe2)/.*"),
    ("cuda", r"(cuda|cublas|cusparse|curand|nvtx|cooperative_groups|device_launch|mma)[\w/]*(\.h|\.hpp)?|(cub|thrust|cuda)/.*"),
    ("opencv", r"opencv2/.*"),
    ("gif", r"gif_lib\.h"),
    ("nlohmann", r"nlohmann/.*"),
    ("cli11", r"CLI/.*"),
    ("toml", r"toml\+\+/.*"),
    ("spdlog", r"spdlog/.*"),
    # The standard library, POSIX and Linux, and the compiler's own.
    ("std", r"[a-z_]+|(sys|linux|netinet|arpa)/\w+\.h|(unistd|fcntl|malloc|signal|pthread|sched|poll|dlfcn|termios|omp|cpuid|\w*intrin)\.h"),
]

CORE_ROOMS = ["core/distributed", "core/nn", "core/backbones", "core/checkpoints", "core/data", "core/selection", "core/tuning", "core/evaluation"]
READERS = "core/checkpoints/readers"

# Room -> (libraries, rooms) it may include; the longest room that holds a file counts, and a room may include itself.
TABLE = {
    "core/values": ({"std"}, set()),
    "core/control": ({"std"}, {"core/values"}),
    "core/kernels": ({"std", "cuda"}, {"core/values"}),
    READERS: ({"std", "nlohmann"}, {"core/values"}),
    "core/drawing": ({"std"}, {"core/values"}),
    "core/io": ({"std", "opencv", "gif"}, {"core/values", "core/control"}),
    "app/cli": ({"std", "cli11", "nlohmann", "spdlog"}, {"core/values", "core/control", READERS, "core/drawing", "core/io", *CORE_ROOMS}),
    "app": ({"std", "qt", "spdlog"}, {"core/values", "core/control", READERS, "core/drawing", "core/io", "widgets", *CORE_ROOMS}),
    "widgets": ({"std", "qt", "qcustomplot"}, {"core/values", "core/drawing"}),
}
for room in CORE_ROOMS:
    TABLE[room] = (
        {"std", "torch", "nlohmann", "toml"},
        {"core/values", "core/control", "core/kernels", READERS, *CORE_ROOMS},
    )

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
DIRECTIVE = re.compile(r"^\s*#\s*(if|ifdef|ifndef|elif|else|endif)\b(.*)")


def room_of(path):
    """The room of a path like core/io/overlay.h, or None outside of all."""
    rooms = [room for room in TABLE if path.startswith(room + "/")]
    return max(rooms, key=len, default=None)


def library_of(name):
    return next((library for library, pattern in LIBRARIES if re.fullmatch(pattern, name)), None)


def includes(text):
    """(line number, '<' or '"', name, the open #if conditions) of every include."""
    conditions = []
    for number, line in enumerate(text.splitlines(), 1):
        directive = DIRECTIVE.match(line)
        if directive:
            word, rest = directive.groups()
            if word in ("elif", "else", "endif") and conditions:
                conditions.pop()
            if word != "endif":
                conditions.append(rest if word in ("if", "ifdef", "elif") else "")
        found = INCLUDE.match(line)
        if found:
            yield number, found[1], found[2], " ".join(conditions)


class Checker:
    def __init__(self, root):
        self.root = Path(root)
        self.complaints = []
        self.heavy = {}  # header of core -> the chain of includes by which it reaches torch or CUDA, or None

    def chain_to_engine(self, path):
        if path not in self.heavy:
            self.heavy[path] = None  # a cycle of includes ends here
            for _, kind, name, _ in includes((self.root / path).read_text()):
                if kind == "<" and library_of(name) in ("torch", "cuda"):
                    self.heavy[path] = [path, name]
                elif kind == '"' and (self.root / name).is_file() and self.chain_to_engine(name):
                    self.heavy[path] = [path, *self.chain_to_engine(name)]
                if self.heavy[path]:
                    break
        return self.heavy[path]

    def shows_qcustomplot(self, path):
        return any(name == WRAPPER for _, _, name, _ in includes((self.root / path).read_text()))

    def check_library(self, path, room, name):
        library = library_of(name)
        if library is None:
            return f"<{name}> belongs to no known library; add it to the table in tests/style/check_includes.py"
        if library not in TABLE[room][0]:
            return f"{room} may not include {library} (<{name}>)"
        if room == READERS and library == "nlohmann" and not path.endswith(".cpp"):
            return f"<{name}> only in .cpp files of {READERS}"
        if library == "toml" and not re.fullmatch(r"core/tuning/(config\w*|sweep/sweepplan)\.cpp", path):
            return f"<{name}> only in core/tuning/config*.cpp and sweep/sweepplan.cpp"
        if library == "nlohmann" and room in CORE_ROOMS and not path.endswith(".cpp"):
            return f"<{name}> only in .cpp files of core"
        if library == "qcustomplot" and path != WRAPPER:
            return f"<{name}> only through {WRAPPER}"
        return None

    def check_own(self, path, room, name, conditions):
        if not (self.root / name).is_file():
            if name.endswith(".moc") and name == Path(path).stem + ".moc":
                return None
            return f'"{name}" is no file of the repository; includes are written from its root'
        target = room_of(name)
        if target != room and target not in TABLE[room][1] and not (target == "app/cli" and room == "app/cli"):
            return f'{room} may not include {target or "this folder"} ("{name}")'
        if room == "app/cli" and target == "core/io" and "GPS_WITH_OPENCV" not in conditions:
            return f'app/cli includes core/io only under GPS_WITH_OPENCV ("{name}")'
        if name != WRAPPER and self.shows_qcustomplot(name) and not (room == "widgets" and path.endswith(".cpp")):
            return f'"{name}" includes {WRAPPER} and so belongs to .cpp files of widgets only'
        if room in ("app", "app/cli") and self.chain_to_engine(name):
            return f'"{name}" brings in torch or CUDA: ' + " > ".join(self.chain_to_engine(name))
        return None

    def run(self):
        count = 0
        for path in sorted(p for top in ("core", "app", "widgets") for p in (self.root / top).rglob("*") if p.suffix in SUFFIXES):
            name = path.relative_to(self.root).as_posix()
            room = room_of(name)
            count += 1
            if room is None:
                self.complaints.append(f"{name}:1: lies in no room of the table")
                continue
            for line, kind, included, conditions in includes(path.read_text()):
                complaint = (
                    self.check_library(name, room, included) if kind == "<" else self.check_own(name, room, included, conditions)
                )
                if complaint:
                    self.complaints.append(f"{name}:{line}: {complaint}")
        return count


def check(root):
    checker = Checker(root)
    count = checker.run()
    return count, checker.complaints


# file, text, what the complaint must hold (None: must pass)
CASES = [
    ("core/values/a.h", "#include <string>\n", None),
    ("core/values/b.h", "#pragma once\n#include <torch/torch.h>\n", "core/values/b.h:2: core/values may not include torch"),
    ("core/control/c.h", '#include "core/values/a.h"\n', None),
    ("core/values/d.h", '#include "core/control/c.h"\n', "may not include core/control"),
    ("core/kernels/e.cu", '#include <cuda_runtime.h>\n#include <cub/cub.cuh>\n#include "core/values/a.h"\n', None),
    ("core/kernels/f.cpp", "#include <ATen/ATen.h>\n", "core/kernels may not include torch"),
    ("core/checkpoints/readers/g.cpp", "#include <nlohmann/json.hpp>\n#include <sys/mman.h>\n", None),
    ("core/checkpoints/readers/h.h", "#include <nlohmann/json.hpp>\n", "only in .cpp"),
    ("core/checkpoints/readers/i.cpp", "#include <c10/core/Device.h>\n", "may not include torch"),
    ("core/io/j.cpp", '#include <opencv2/core.hpp>\n#include "core/control/c.h"\n', None),
    ("core/io/k.cpp", '#include "core/nn/arena.h"\n', "core/io may not include core/nn"),
    ("core/nn/arena.h", "#include <ATen/ATen.h>\n", None),
    ("core/data/l.cpp", "#include <opencv2/core.hpp>\n", "core/data may not include opencv"),
    ("core/tuning/m.cpp", "#include <spdlog/spdlog.h>\n", "may not include spdlog"),
    ("core/tuning/config.cpp", "#include <toml++/toml.h>\n", None),
    ("core/tuning/n.cpp", "#include <toml++/toml.h>\n", "only in core/tuning/config*.cpp"),
    ("core/selection/light.h", '#include "core/values/a.h"\n', None),
    ("core/selection/heavy.h", '#include "core/nn/arena.h"\n', None),
    ("app/cli/o.cpp", '#include <CLI/CLI.hpp>\n#include "core/selection/light.h"\n', None),
    ("app/cli/p.cpp", '#include "core/selection/heavy.h"\n', "core/selection/heavy.h > core/nn/arena.h > ATen/ATen.h"),
    ("app/cli/q.cpp", "#include <QString>\n", "app/cli may not include qt"),
    ("app/cli/r.cpp", '#ifdef GPS_WITH_OPENCV\n#include "core/io/s.h"\n#endif\n', None),
    ("app/cli/t.cpp", '#ifdef GPS_WITH_OPENCV\n#else\n#include "core/io/s.h"\n#endif\n', "app/cli/t.cpp:3: app/cli includes core/io only"),
    ("core/io/s.h", "#include <string>\n", None),
    ("app/engine/u.cpp", '#include <QThread>\n#include "widgets/v.h"\n', None),
    ("app/engine/w.cpp", "#include <cuda_runtime.h>\n", "app may not include cuda"),
    ("widgets/v.h", "#include <QWidget>\n", None),
    ("widgets/x.cpp", '#include "core/selection/light.h"\n', "widgets may not include core/selection"),
    ("widgets/y.cpp", "#include <qcustomplot.h>\n", "only through"),
    (WRAPPER, "#include <qcustomplot.h>\n", None),
    ("widgets/plotparts.h", f'#include "{WRAPPER}"\n', None),
    ("widgets/plot.cpp", '#include "widgets/plotparts.h"\n', None),
    ("widgets/plot.h", '#include "widgets/plotparts.h"\n', "belongs to .cpp files of widgets only"),
    ("app/pages/plotpage.cpp", '#include "widgets/plotparts.h"\n', "belongs to .cpp files of widgets only"),
    ("widgets/aa.cpp", f'#include "{WRAPPER}"\n', None),
    ("widgets/ab.cpp", '#include "v.h"\n', "written from its root"),
    ("widgets/ac.cpp", "#include <somelib/thing.h>\n", "belongs to no known library"),
    ("core/ad.h", "#include <string>\n", "lies in no room"),
]


def self_test():
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        for name, text, _ in CASES:
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        _, complaints = check(folder)
    for name, _, expected in CASES:
        found = [complaint for complaint in complaints if complaint.startswith(name + ":")]
        if expected is None and found:
            failures.append(f"{name} should pass: {found}")
        elif expected is not None and (len(found) != 1 or expected not in found[0]):
            failures.append(f"{name} should give one complaint with '{expected}': {found}")
    print("\n".join(failures) or f"{len(CASES)} cases as expected")
    return 1 if failures else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    count, complaints = check(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])
    print("\n".join(complaints) or f"{count} files keep to the table")
    if count == 0:
        print("no source file found: wrong folder?")
        return 1
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
