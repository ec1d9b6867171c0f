"""Judges a tree of telephony WAV files against the files that they were converted from.

    judge.py SOURCES RESULTS                 the sources are 8000 Hz, 16-bit mono WAV, or headerless G.722
    judge.py --original WAV SOURCES RESULTS  the sources are that one file in other formats

Nothing of rtmedia's takes part: headers are read byte by byte and with Python's wave, every twentieth file with soxi
and ffprobe too, and what is not carried over bit by bit is compared with what ffmpeg and sox make of the same source.
Prints a line for each fault and, in the end, how many files were looked at.
"""

import argparse
import pathlib
import struct
import subprocess
import sys
import tempfile
import wave

import numpy


def fault(path, text):
    fault.count += 1
    print(f"{path}: {text}")


fault.count = 0


def samples(path):
    """The samples of a WAV file of 8000 Hz, 16 bit, mono, whose header is judged to the byte."""
    data = path.read_bytes()
    size = len(data) - 44
    canonical = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", size + 36, b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", size)
    if data[:44] != canonical:
        fault(path, f"the header is {data[:44].hex()}, not {canonical.hex()}")
    with wave.open(str(path)) as file:
        parameters = file.getparams()[:4]
        if parameters != (1, 2, 8000, size // 2):
            fault(path, f"Python's wave reads {parameters}")
        return numpy.frombuffer(file.readframes(file.getnframes()), "<i2")


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def judge_with_other_tools(path, count):
    found = [output_of("soxi", option, str(path))[0] for option in ("-t", "-r", "-c", "-b", "-s")]
    if found != ["wav", "8000", "1", "16", str(count)]:
        fault(path, f"soxi reads {found}")
    found = output_of(
        "ffprobe", "-v", "warning", "-of", "default=nw=1:nk=1", "-show_entries",
        "stream=codec_name,sample_rate,channels,bits_per_sample,duration_ts", str(path))
    if found != ["pcm_s16le", "8000", "1", "16", str(count)]:
        fault(path, f"ffprobe reads {found}")


def correlation(a, b):
    """Of two signals, sample by sample; 1 if they differ by rounding alone, as silence does."""
    a, b = a.astype(float), b.astype(float)
    if numpy.mean((a - b) ** 2) < 1:
        return 1.0
    a, b = a - a.mean(), b - b.mean()
    energy = numpy.sqrt((a @ a) * (b @ b))
    return a @ b / energy if energy > 0 else 0.0


def compare(path, found, expected, least=0.99, lag=0):
    """Whether two signals are the same but for level and noise, and at most so many samples apart."""
    count = min(len(found), len(expected)) - lag - 1
    middle = expected[lag + 1:count]
    if lag:
        products = numpy.correlate(found[:count + lag + 1].astype(float), middle.astype(float))
        shifts = [int(products.argmax()) - lag - 1]
    else:
        shifts = [0, -1, 1]
    found_at = {shift: correlation(found[lag + 1 + shift:count + shift], middle) for shift in shifts}
    best = max(found_at, key=found_at.get)
    if found_at[best] < least:
        fault(path, f"the correlation with the reference is {found_at[best]:.5f}, not {least}")
    if abs(best) > lag:
        fault(path, f"it is shifted by {best} samples or more")
    return found_at[best]


def decoded_g722(paths, folder):
    """What ffmpeg decodes from G.722 files and sox resamples, each to the sample at its place, 50 at a time."""
    for start in range(0, len(paths), 50):
        part = list(enumerate(paths[start:start + 50]))
        inputs = [word for _, path in part for word in ("-f", "g722", "-i", str(path))]
        outputs = [word for index, _ in part for word in ("-map", f"{index}:a", "-bitexact", f"{folder}/{index}.wav")]
        subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *inputs, *outputs], check=True)
        for index, path in part:
            resampled = subprocess.run(
                ["sox", "-D", f"{folder}/{index}.wav", "-t", "raw", "-e", "signed", "-b", "16", "-r", "8000", "-"],
                check=True, capture_output=True).stdout
            yield path, numpy.frombuffer(resampled, "<i2")


def result_of(source, sources, results):
    return (results / source.relative_to(sources)).with_suffix(".wav")


def judge_tree(sources, results, original, excess, lag, least):
    files = sorted(path for path in sources.rglob("*") if path.is_file())
    found = {}
    for index, source in enumerate(files):
        result = result_of(source, sources, results)
        if not result.is_file():
            fault(result, "is missing")
            continue
        found[source] = samples(result)
        if index % 20 == 0:
            judge_with_other_tools(result, len(found[source]))
    if extra := {path for path in results.rglob("*") if path.is_file()} - {result_of(s, sources, results) for s in files}:
        fault(results, f"also holds {sorted(extra)}")
    lowest = 1.0
    if original:
        expected = samples(original)
        for source, signal in found.items():
            if abs(len(signal) - len(expected)) > excess:
                fault(source, f"became {len(signal)} samples, not {len(expected)}")
            lowest = min(lowest, compare(source, signal, expected, least, lag))
    else:
        for source in (path for path in found if path.suffix == ".wav"):
            if not numpy.array_equal(found[source], samples(source)):
                fault(source, "was not carried over bit by bit")
        with tempfile.TemporaryDirectory() as folder:
            g722 = [path for path in found if path.suffix == ".g722"]
            for source, expected in decoded_g722(g722, folder):
                # 4 bits are a sample at 16 kHz: a byte is a sample at 8.
                if not len(found[source]) == len(expected) == source.stat().st_size:
                    fault(source, f"became {len(found[source])} samples, not {source.stat().st_size}")
                lowest = min(lowest, compare(source, found[source], expected))
    print(f"{len(found)} files, lowest correlation {lowest:.4f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("sources", type=lambda word: pathlib.Path(word).resolve())
    parser.add_argument("results", type=lambda word: pathlib.Path(word).resolve())
    parser.add_argument("--original", type=pathlib.Path)
    parser.add_argument("--excess", type=int, default=0, help="samples that a result may be longer or shorter by")
    parser.add_argument("--lag", type=int, default=0, help="samples that a result may be early or late by")
    parser.add_argument("--least", type=float, default=0.99, help="the least correlation with the original")
    judge_tree(**vars(parser.parse_args()))
    sys.exit(1 if fault.count else 0)
