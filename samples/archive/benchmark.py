#!/usr/bin/env python3
"""What Spark adds to rtmedia: CPU time for a recording, by the plain command and by archive.py.

    benchmark.py COMMAND RECORDING ... [--count N] [--rounds N] [--workers N] [--program PATH] [-- options of rtmedia]

Makes folders of N and of 3 N links to the recordings in turn, and lets both work on them. The difference is what 2 N recordings
take, so that starting Spark is not in it; that is said apart. CPU time is that of all processes.
"""

import argparse
import ctypes
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

BECOME_SUBREAPER = 36


def measured(words):
    """CPU seconds of a command and of all that it starts, and wall seconds."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    wall = time.monotonic() - begin
    if run.returncode not in (0, 65):
        sys.exit(f"{words[0]} ended with exit code {run.returncode}: {run.stderr[-2000:]}")
    # Executors outlive the driver for a moment, and are ours then.
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def main():
    end = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("command", choices=["detect", "inspect", "levels"])
    parser.add_argument("recordings", nargs="+")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--program", default="rtmedia")
    arguments = parser.parse_args(sys.argv[1:end])
    options = sys.argv[end + 1 :]
    ctypes.CDLL(None).prctl(BECOME_SUBREAPER, 1, 0, 0, 0)
    job = pathlib.Path(__file__).with_name("archive.py")
    with tempfile.TemporaryDirectory() as place:
        folders = {}
        for count in (arguments.count, 3 * arguments.count):
            folders[count] = os.path.join(place, str(count))
            for number in range(count):
                folder = os.path.join(folders[count], f"{number // 1000:04}")
                os.makedirs(folder, exist_ok=True)
                recording = arguments.recordings[number % len(arguments.recordings)]
                os.symlink(os.path.abspath(recording), os.path.join(folder, f"{number}-{os.path.basename(recording)}"))
        few, many = folders
        print(
            f"{arguments.command} on {few} and {many} recordings; {arguments.workers} workers; CPU time for each recording"
        )
        ratios, walls = [], []
        for number in range(arguments.rounds):
            alone, spark = {}, {}
            for count, folder in folders.items():
                names = os.path.join(place, "names")
                with open(names, "w") as file:
                    for path in sorted(pathlib.Path(folder).rglob("*.*")):
                        print(path, file=file)
                alone[count] = measured(
                    [
                        arguments.program,
                        arguments.command,
                        "--files-from",
                        names,
                        "--jobs",
                        str(arguments.workers),
                        *options,
                    ]
                )
                results = os.path.join(place, "results")
                spark[count] = measured(
                    [
                        sys.executable,
                        str(job),
                        arguments.command,
                        folder,
                        results,
                        "--program",
                        arguments.program,
                        "--master",
                        f"local-cluster[{arguments.workers},1,1024]",
                        "--",
                        *options,
                    ]
                )
                shutil.rmtree(results)
            own, through = ((times[many][0] - times[few][0]) / (many - few) for times in (alone, spark))
            ratios.append(through / own)
            wall = spark[many][1] - spark[few][1]
            walls.append((many - few) / wall)
            print(
                f"round {number + 1}: plain {own * 1e3:.3f} ms, Spark {through * 1e3:.3f} ms, ratio {through / own:.3f}; starting Spark"
                f" {spark[few][0] - few * through:.1f} s; {(many - few) / wall:.0f} recordings a second of wall time",
                flush=True,
            )
        print(
            f"median: ratio {statistics.median(ratios):.3f}, {statistics.median(walls):.0f} recordings a second of wall time"
        )


if __name__ == "__main__":
    main()
