#!/usr/bin/python3
"""Judges rtmedia's conversion of any audio files by what other decoders make of them.

Converts each file with rtmedia, ffmpeg, sox and, where they fit, mpg123, opusdec, oggdec, flac, faad and wvunpack;
aligns the results; compares their lengths and, in the telephone band, their sound; and prints a table of what is
equal, refused by whom, differing, and who lost sound. README.md beside this file says how to read it.
"""
import argparse, collections, concurrent.futures, dataclasses, json, math, pathlib, sys
from decoders import RTMedia, peers
from verdict import Limits, Verdict, judge

HERE = pathlib.Path(__file__).resolve().parent
BAD = (Verdict.LOST_SOUND, Verdict.CONTESTED, Verdict.DIFFERING, Verdict.FAILED, Verdict.REFUSED_HERE)


def arguments(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", type=pathlib.Path, metavar="INPUT", help="files, or folders of them")
    parser.add_argument(
        "--rtmedia", type=pathlib.Path, default=HERE.parent.parent / ".build/release/rtmedia", metavar="PATH",
        help="the program to judge (default: this checkout's release build)")
    parser.add_argument("--json", action="store_true", help="print one JSON object per file and line, and no table")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="files to work on at a time (default: 1)")
    parser.add_argument(
        "--timeout", type=float, default=60, metavar="S", help="seconds that a program may take for a file (default: 60)")
    parser.add_argument(
        "--snr", type=float, default=20, metavar="DB",
        help="signal-to-noise ratio, 200...3400 Hz, from which on sound is the same (default: 20)")
    parser.add_argument(
        "--edge", type=float, default=0.12, metavar="S",
        help="seconds that may be missing at either end; more at low sample rates, less of linear PCM (default: 0.12)")
    parser.add_argument("--all", action="store_true", help="show the rows that are equal, too")
    return parser.parse_args(words)


def files(inputs):
    """The files named and all those in the folders named, in order; what is empty or hidden is skipped."""
    for path in inputs:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.is_file() and not file.name.startswith(".") and file.stat().st_size)


def findings(options):
    """Judges every file; as they come, in order."""
    rtmedia, others = RTMedia(options.rtmedia), peers()
    limits = Limits(snr=options.snr, edge=options.edge)

    def work(path):
        return judge(path, rtmedia, others, options.timeout, limits)

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        yield from pool.map(work, files(options.inputs))


def json_line(finding):
    """A finding in JSON, which has no infinity: an endless signal-to-noise ratio is null."""
    record = dataclasses.asdict(finding)
    for comparison in record["comparisons"].values():
        if math.isinf(comparison["snr"]):
            comparison["snr"] = None
    return json.dumps(record)


def row(finding):
    """A finding as lines of the table."""
    length = finding.seconds if finding.seconds is not None else finding.partial_seconds
    here = "refused" if length is None else f"{length:.2f} s"
    if finding.seconds is None and length is not None:
        here += " with --partial"
    lines = [f"  {finding.path}", f"      rtmedia: {here}{'; ' + finding.message if finding.message else ''}"]
    return "\n".join(lines + [f"      {name}: {text}" for name, text in finding.peers.items()])


def table(found, shows_all):
    """All findings, grouped by verdict, and how many of each there are."""
    groups = collections.defaultdict(list)
    for finding in found:
        groups[finding.verdict].append(finding)
    for verdict in Verdict:
        rows = groups[verdict]
        if rows and (shows_all or verdict not in (Verdict.EQUAL, Verdict.REFUSED_BY_ALL)):
            print(f"{verdict} ({verdict.meaning}):")
            print("\n".join(map(row, rows)), end="\n\n")
    print(f"{len(found):6} files")
    for verdict in Verdict:
        print(f"{len(groups[verdict]):6} {verdict}")


def main():
    options = arguments()
    if not options.rtmedia.is_file():
        sys.exit(f"judge.py: there is no program at {options.rtmedia}; name one with --rtmedia PATH")
    found = []
    for finding in findings(options):
        found.append(finding)
        if options.json:
            print(json_line(finding), flush=True)
        elif sys.stderr.isatty():
            print(f"\r{len(found)} files", end="", file=sys.stderr)
    if not options.json:
        table(found, options.all)
    sys.exit(1 if any(finding.verdict in BAD for finding in found) else 0)


if __name__ == "__main__":
    main()
