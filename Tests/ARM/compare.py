"""Compares what kernels.c wrote on two processors: compare.py FOLDER FOLDER.

What is counted in whole numbers is the same bit for bit: levels, sums, rounding, and so the verdicts of all rules. Audio that was
filtered in floats is the same within one step of 16 bits, and a probability of talk within 1e-4: processors that multiply and add in
one operation round once less.
"""
import sys
from pathlib import Path

import numpy as np

TYPES = {".u16": np.uint16, ".u32": np.uint32, ".u64": np.uint64, ".i16": np.int16, ".f32": np.float32}
STEP = {".u16": 0, ".u32": 0, ".u64": 0, ".i16": 1, ".f32": 1e-4}


def main(one, other):
    names = sorted(path.name for path in one.iterdir())
    if not names or names != sorted(path.name for path in other.iterdir()):
        return f"{one} and {other} hold different files"
    faults = []
    for name in names:
        kind = Path(name).suffix
        a, b = (np.fromfile(folder / name, TYPES[kind]).astype(np.float64) for folder in (one, other))
        if a.shape != b.shape or not np.isfinite(a).all() or np.ptp(a) == 0:
            faults.append(f"{name}: {a.size} and {b.size} values, of which some are no numbers, or all are one")
            continue
        largest = np.abs(a - b).max()
        print(f"{name:20} {a.size:7} values, largest difference {largest:g}")
        if largest > STEP[kind]:
            faults.append(f"{name}: the largest difference is {largest:g}, allowed is {STEP[kind]:g}")
    return "\n".join(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])) or 0)
