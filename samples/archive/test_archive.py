"""Tests of archive.py with a real Spark: python3 -m unittest, in this folder.

They need pyspark, Java 17 and asterisk-core-sounds-en-wav. The programs are those of RTMEDIA_PROGRAMS, or of .build/release. Two executors are processes of their own.
"""

import base64
import contextlib
import csv
import filecmp
import io
import json
import math
import os
import pathlib
import random
import re
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import warnings
import wave

from pyspark import cloudpickle
from pyspark.sql import SparkSession

import archive

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(os.environ.get("RTMEDIA_PROGRAMS", ROOT / ".build/release"))
RTMEDIA = str(PROGRAMS / "rtmedia")
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
PROMPTS = pathlib.Path("/usr/share/asterisk/sounds/en_US_f_Allison")


def setUpModule():
    global spark, place
    # As a script the module is sent to the executors; here its name is another.
    cloudpickle.register_pickle_by_value(archive)
    place = tempfile.TemporaryDirectory()
    # Most of the time of short jobs is otherwise the compilation of code that runs once.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"--driver-java-options '{QUICK_JAVA}' pyspark-shell"
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("tests of archive.py")
        .config("spark.executor.extraJavaOptions", QUICK_JAVA)
        .config("spark.sql.codegen.wholeStage", False)
        .config("spark.ui.enabled", False)
        .config("spark.ui.showConsoleProgress", False)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.task.maxFailures", 2)
        .config("spark.executor.maxNumFailures", 100)
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.local.dir", place.name)
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("OFF")
    make_recordings(pathlib.Path(place.name) / "calls")


def tearDownModule():
    spark.stop()
    place.cleanup()


def talk(randomness, seconds, level=3000):
    """Bursts of noise, 0.3...1.5 s each, with pauses."""
    samples = []
    while len(samples) < seconds * 8000:
        samples += [int(randomness.gauss(0, level)) for _ in range(randomness.randrange(2400, 12000))]
        samples += [0] * randomness.randrange(800, 8000)
    return samples[: int(seconds * 8000)]


def write_wav(path, samples):
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(struct.pack(f"<{len(samples)}h", *(max(-32768, min(32767, sample)) for sample in samples)))


def make_recordings(folder):
    """114 recordings of very different lengths, with names that are hard to quote, and 6 that are damaged."""
    randomness = random.Random(24)
    prompts = sorted(PROMPTS.glob("*.wav"))[:60] + sorted((PROMPTS / "digits").glob("*.wav"))[:30]
    for number, prompt in enumerate(prompts):
        target = folder / f"site-{number % 3}" / prompt.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(prompt, target)
    for number in range(18):
        write_wav(folder / "made" / f"call {number}.wav", talk(randomness, randomness.choice([0.4, 1, 3, 5])))
    write_wav(folder / "made" / "long.wav", talk(randomness, 90))
    for name in ["a,b;c.wav", "*[x]{y}?.wav", "é \"quoted\" 'name'.wav", "back\\slash %20.wav", "line\nfeed.wav"]:
        write_wav(folder / "strange" / name, talk(randomness, 1))
    damaged = [
        b"",
        b"no audio",
        randomness.randbytes(5000),
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"OggS" + bytes(100),
        b"fLaC" + bytes(50),
    ]
    for number, content in enumerate(damaged):
        (folder / "site-1" / f"damaged-{number}.wav").write_bytes(content)


class ArchiveTestCase(unittest.TestCase):
    def setUp(self):
        # pyspark leaves sockets to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        self.place = pathlib.Path(tempfile.mkdtemp(dir=place.name))
        self.calls = pathlib.Path(place.name) / "calls"
        self.files = sorted(str(path) for path in self.calls.rglob("*.wav"))
        self.output = self.place / "results"

    def run_archive(self, *words, program=RTMEDIA):
        """Exit code, and what was printed."""
        said, errors = io.StringIO(), io.StringIO()
        end = words.index("--") if "--" in words else len(words)
        words = [str(word) for word in (*words[:end], "--program", program, *words[end:])]
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(errors):
            try:
                code = archive.main(words, spark)
            except SystemExit as end:
                code = end.code
        return code, said.getvalue() + errors.getvalue()

    def check(self, *words, **options):
        code, said = self.run_archive(*words, **options)
        self.assertEqual(code, 0, said)
        return said

    def rows(self, output=None):
        """The rows by path; each path has one."""
        rows = [row.asDict(recursive=True) for row in spark.read.parquet(archive.escaped(str(output or self.output))).collect()]
        by_path = {row.pop("path"): row for row in rows}
        self.assertEqual(len(rows), len(by_path))
        return by_path

    def script(self, text):
        """A program that stands in for rtmedia."""
        path = self.place / f"program-{len(list(self.place.iterdir()))}"
        path.write_text(text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)


def plain(command, files, *options):
    """What rtmedia itself says of each file."""
    run = subprocess.run([RTMEDIA, command, "--json", *options, *files], capture_output=True, text=True)
    return {answer["file"]: answer for answer in map(json.loads, run.stdout.splitlines())}


def as_row(command, answer):
    """An answer as the row that it should become."""

    def typed(value, kind):
        if value is None:
            return None
        if kind.typeName() == "array":
            return [typed(item, kind.elementType) for item in value]
        if kind.typeName() == "struct":
            return {field.name: typed(value.get(field.name), field.dataType) for field in kind.fields}
        return {"double": float, "string": str}.get(kind.typeName(), lambda value: value)(value)

    return {field.name: typed(answer.get(field.name), field.dataType) for field in archive.answers_schema(command)}


class TableTests(ArchiveTestCase):
    """detect, inspect and levels: the rows are what rtmedia says on one machine."""

    def test_detect_row_for_row(self):
        said = self.check("detect", self.calls, self.output, "--", "--silence-ms", "300")
        expected = plain("detect", self.files, "--silence-ms", "300")
        rows = self.rows()
        self.assertEqual(set(rows), set(self.files))
        self.assertEqual(set(expected), set(self.files))
        for file, answer in expected.items():
            row = rows[file]
            self.assertEqual({name: row[name] for name in as_row("detect", answer)}, as_row("detect", answer))
            self.assertEqual(row["bytes"], os.path.getsize(file))
            parameters = {name: row[name] for name in archive.TUNED}
            self.assertEqual(parameters, {"min_ms": 500, "max_ms": 60000, "silence_ms": 300, "analysistime_ms": 4000})
        # 5 % are damaged: these, and no others, are errors.
        failed = [file for file, row in rows.items() if row["result"] == "failed"]
        self.assertEqual(sorted(failed), [file for file in self.files if "damaged" in file])
        self.assertEqual(len(failed) / len(rows), 0.05)
        self.assertTrue(all(rows[file]["error"] and rows[file]["code"] for file in failed))
        self.assertIn(f"{len(rows)} recordings: ", said)
        self.assertIn("6 × failed", said)

    def test_contents_equal_paths(self):
        self.check("detect", self.calls, self.output)
        self.check("detect", self.calls, self.place / "contents", "--read", "contents")
        rows = self.rows()
        self.assertEqual(set(rows), set(self.files))
        self.assertEqual(rows, self.rows(self.place / "contents"))

    def test_another_file_system(self):
        """What has a scheme is listed and read by Spark alone: a folder, a glob, and a table."""
        self.check("detect", f"file://{self.calls}", self.output)
        expected = {
            f"file:{file}": (answer["result"], answer["decided_ms"])
            for file, answer in plain("detect", self.files).items()
        }
        rows = self.rows()
        self.assertEqual({path: (row["result"], row["decided_ms"]) for path, row in rows.items()}, expected)
        self.check("detect", f"file://{self.calls}/site-[01]/*.wav", self.place / "glob")
        self.assertEqual(
            self.rows(self.place / "glob"), {path: row for path, row in rows.items() if re.search("/site-[01]/", path)}
        )
        files = [file for file in self.files if "site-1" in file or "gone" in file] + ["/nowhere/gone.wav"]
        with open(self.place / "calls.csv", "w", newline="") as file:
            csv.writer(file).writerows([["path"], *([f"file:{file}"] for file in files)])
        self.check("detect", f"file://{self.place}/calls.csv", self.place / "table")
        listed = self.rows(self.place / "table")
        self.assertEqual(listed.pop("file:/nowhere/gone.wav")["result"], "failed")
        self.assertEqual(listed, {path: row for path, row in rows.items() if "/site-1/" in path})

    def test_inspect_row_for_row(self):
        self.check("inspect", self.calls / "*" / "*.wav", self.output)
        rows = self.rows()
        self.assertEqual(set(rows), set(self.files))
        for file, answer in plain("inspect", self.files).items():
            expected = as_row("inspect", answer)
            if answer.get("result") is None:
                self.assertEqual({name: rows[file][name] for name in expected}, expected)
            else:
                self.assertEqual(rows[file]["error"], answer["error"])

    def test_levels_row_for_row(self):
        self.check("levels", self.calls / "site-0", self.output)
        files = [file for file in self.files if "site-0" in file]
        run = subprocess.run(
            [RTMEDIA, "levels", "--files-from", "-"], input="\n".join(files), capture_output=True, text=True
        )
        rows = self.rows()
        self.assertEqual(len(rows), len(files))
        for answer in map(json.loads, run.stdout.splitlines()):
            row = rows[answer["file"]]
            self.assertEqual(bytes(row["levels"]), base64.b64decode(answer["levels"]))
            self.assertEqual((row["level_dbov"], row["duration_ms"]), (answer["level_dbov"], answer["duration_ms"]))

    def test_table_of_paths(self):
        """Paths are from the table's folder or whole; other columns stay; a file that is missing is a row.

        Names are whatever the table and the user have made of them, and sizes are measured.
        """
        lines = [
            ["recording", "camp`ai.gn", "bytes"],
            [self.files[0], "spring", 0],
            ["here.wav", "summer", 1 << 40],
            ["gone.wav", "autumn", "x"],
        ]
        with open(self.place / "calls.csv", "w", newline="") as file:
            csv.writer(file).writerows(lines)
        self.output = self.place / "results [1]{a}*"
        shutil.copy(self.files[1], self.place / "here.wav")
        self.check("detect", self.place / "calls.csv", self.output, "--path", "recording")
        rows = self.rows()
        self.assertEqual(
            {path: row["camp`ai.gn"] for path, row in rows.items()},
            {self.files[0]: "spring", f"{self.place}/here.wav": "summer", f"{self.place}/gone.wav": "autumn"},
        )
        self.assertEqual(rows[f"{self.place}/gone.wav"]["code"], "no_input")
        self.assertEqual(rows[self.files[0]]["bytes"], os.path.getsize(self.files[0]))
        again = self.check("detect", self.place / "calls.csv", self.output, "--path", "recording")
        self.assertIn("(3 of them were there already)", again)
        with open(self.place / "calls.csv", "a") as file:
            file.write(f"{self.files[0]},winter,5\n")
        code, said = self.run_archive("detect", self.place / "calls.csv", self.place / "twice", "--path", "recording")
        self.assertEqual(code, 65)
        self.assertIn("names " + self.files[0] + " 2 times", said)
        (self.place / "taken.csv").write_text("path,error\na.wav,1\n")
        code, said = self.run_archive("detect", self.place / "taken.csv", self.place / "taken")
        self.assertEqual(code, 65)
        self.assertIn("a column error, which the results have, too", said)

    def test_names_that_are_no_text(self):
        """They can't be in a table: each is a row of its own, with an error."""
        folder = self.place / "calls"
        folder.mkdir()
        for name in (b"caf\xe8.wav", b"caf\xe9.wav"):
            shutil.copy(self.files[0], os.path.join(os.fsencode(folder), name))
        self.check("detect", folder, self.output)
        rows = self.rows()
        self.assertEqual(set(rows), {f"{folder}/caf\\xe8.wav", f"{folder}/caf\\xe9.wav"})
        self.assertEqual({row["code"] for row in rows.values()}, {"no_input"})

    def test_results_among_the_recordings(self):
        """They are no recordings, also where the folder of the results is written as a URL."""
        folder = self.place / "calls"
        shutil.copytree(self.calls / "strange", folder)
        for _ in range(2):
            self.check("detect", folder, f"file://{folder}/results")
        self.assertEqual(len(self.rows(folder / "results")), 5)

    def test_rtmedia_is_shipped(self):
        """Also to executors that do not have it, and where PATH does not."""
        self.check("detect", self.calls / "strange", self.output, "--files", RTMEDIA, program="rtmedia")
        self.assertEqual(len(self.rows()), 5)


class InterruptionTests(ArchiveTestCase):
    """What is lost or done twice: nothing."""

    def test_executor_is_killed(self):
        """In the middle of its recordings, with -9."""
        gate = self.script(f"""#!{sys.executable}
import os, pathlib, subprocess, sys, time
place = pathlib.Path({str(self.place)!r})
child = subprocess.Popen([{RTMEDIA!r}, *sys.argv[1:]], stdin=subprocess.PIPE)
names = sys.stdin.buffer.read().split(b"\\0")
child.stdin.write(b"\\0".join(names[:5]) + b"\\0")
child.stdin.flush()
place.joinpath(f"begun-{{os.getpid()}}").touch()
while not place.joinpath("go").exists():
    time.sleep(0.05)
child.stdin.write(b"\\0".join(names[5:]))
child.stdin.close()
sys.exit(child.wait())
""")
        answers = []
        job = threading.Thread(
            target=lambda: answers.append(
                self.run_archive("detect", self.calls, self.output, "--partitions", "4", program=gate)
            )
        )
        job.start()
        while len(list(self.place.glob("begun-*"))) < 2 and job.is_alive():
            time.sleep(0.05)
        killed = executors()
        self.assertEqual(len(killed), 2, answers)
        os.kill(killed[0], signal.SIGKILL)
        (self.place / "go").touch()
        job.join()
        self.assertEqual(answers[0][0], 0, answers)
        # The part was begun once more.
        self.assertGreater(len(list(self.place.glob("begun-*"))), 4)
        rows = self.rows()
        self.assertEqual(set(rows), set(self.files))
        expected = plain("detect", self.files)
        self.assertEqual(
            {file: (row["result"], row["decided_ms"], row["error"]) for file, row in rows.items()},
            {file: (answer["result"], answer["decided_ms"], answer["error"]) for file, answer in expected.items()},
        )

    def test_again(self):
        """Only what has no row yet is worked on, and a batch that was not complete."""
        log = self.place / "log"
        logging = self.script(f'#!/bin/bash\ntee -a {log} | exec {RTMEDIA} "$@"\n')

        def names():
            found = log.read_bytes().split(b"\0")[:-1] if log.exists() else []
            log.unlink(missing_ok=True)
            return sorted(name.decode() for name in found)

        folder = self.place / "calls"
        self.output = folder / "results"
        shutil.copytree(self.calls / "site-0", folder)
        files = sorted(str(path) for path in folder.iterdir())
        said = self.check("detect", folder, self.output, "--batch", "10", program=logging)
        self.assertEqual(names(), files)
        self.assertIn("batch 3 of 3: ", said)
        before = self.rows()
        # Nothing is new.
        self.assertIn("(30 of them were there already)", self.check("detect", folder, self.output, program=logging))
        self.assertEqual((names(), self.rows()), ([], before))
        # One is new, and one batch was not counted when the job was killed; its rows are there, and count no more.
        lost = spark.read.parquet(str(self.output / "batch=1")).select("path").collect()
        (self.output / "batch=1" / "_counted").unlink()
        (self.output / "batch=1" / "_temporary" / "0").mkdir(parents=True)
        shutil.copy(files[0], folder / "new.wav")
        self.check("detect", folder, self.output, program=logging)
        self.assertEqual(names(), sorted([row["path"] for row in lost] + [str(folder / "new.wav")]))
        after = self.rows()
        self.assertEqual(len(after), 31)
        self.assertEqual(
            {path: row["result"] for path, row in before.items()}, {path: after[path]["result"] for path in before}
        )
        # Other options are another table.
        code, said = self.run_archive("detect", folder, self.output, "--", "--silence-ms", "500")
        self.assertEqual(code, 65)
        self.assertIn("results of another job", said)


class ProgramTests(ArchiveTestCase):
    """A program that is missing or broken fails the job, and says what is wrong."""

    def check_failure(self, program, words):
        code, said = self.run_archive(
            "detect", self.calls / "site-2", self.output, "--partitions", "2", program=program
        )
        self.assertEqual(code, 70, said)
        self.assertRegex(said, words)
        self.assertFalse(list(self.output.glob("batch=*/_counted")))

    def test_missing(self):
        self.check_failure("/nowhere/rtmedia", "/nowhere/rtmedia can't be started on .*: No such file")

    def test_fails(self):
        failing = self.script("#!/bin/sh\necho 'error while loading shared libraries' >&2\nexit 127\n")
        self.check_failure(failing, "ended with exit code 127 on .* after 0 answers; next was .*: error while loading")

    def test_ends_early(self):
        """It exits with 0, and says less than it should."""
        self.check_failure(self.script(f'#!/bin/sh\n{RTMEDIA} "$@" | head -n 3\n'), "after 3 answers; next was ")

    def test_is_killed(self):
        dying = self.script(f'#!/bin/bash\n{RTMEDIA} "$@" | head -n 2\nkill -9 $$\n')
        self.check_failure(dying, "was ended by signal 9 on .* after 2 answers")

    def test_answers_something_else(self):
        self.check_failure(
            self.script("#!/bin/sh\nwhile :; do echo hello; done\n"), "answers what is not asked: 'hello"
        )
        swapped = self.script(f'#!/bin/bash\n{RTMEDIA} "$@" | sort -r\n')
        self.check_failure(swapped, "rtmedia answers .* when it is asked for ")


class ConvertTests(ArchiveTestCase):
    def test_same_bytes_under_the_same_names(self):
        folder = self.place / "calls"
        shutil.copytree(
            ROOT / "samples/audio",
            folder / "formats",
            ignore=lambda _, names: {name for name in names if not re.fullmatch(r"chime\.(mp3|wav)", name)},
        )
        os.rename(folder / "formats/chime.wav", folder / "formats/other.wav")
        shutil.copytree(self.calls, folder / "deep/er")
        audio, plain_audio = self.place / "audio", self.place / "plain"
        self.check("convert", folder, self.output, "--audio", audio, "--", "--level", "-26")
        subprocess.run([RTMEDIA, "convert", folder, "-o", plain_audio, "--level", "-26"], capture_output=True)
        self.check(
            "convert",
            folder,
            self.place / "contents",
            "--read",
            "contents",
            "--audio",
            self.place / "audio 2",
            "--",
            "--level=-26",
        )
        expected = sorted(path.relative_to(plain_audio) for path in plain_audio.rglob("*.wav"))
        self.assertEqual(len(expected), 116)
        for made in (audio, self.place / "audio 2"):
            self.assertEqual(sorted(path.relative_to(made) for path in made.rglob("*") if path.is_file()), expected)
            self.assertEqual(filecmp.cmpfiles(plain_audio, made, expected, shallow=False)[0], expected)
        rows = self.rows()
        self.assertEqual(sum(row["result"] == "converted" for row in rows.values()), 116)
        self.assertEqual(rows[str(folder / "formats/chime.mp3")]["output"], str(audio / "formats/chime.wav"))
        shutil.copy(folder / "formats/chime.mp3", folder / "formats/other.mp3")
        code, said = self.run_archive("convert", folder, self.place / "two", "--audio", audio)
        self.assertEqual(code, 65)
        self.assertIn("formats/other.mp3 and formats/other.wav would both become formats/other.wav", said)


class TuneTests(ArchiveTestCase):
    def test_judged_on_all(self):
        """With all recordings in the sample it finds what rtmedia tune finds, and its own judgement is the same."""
        randomness = random.Random(7)
        lines = []
        for number in range(80):
            is_talk = number % 2 == 0
            samples = talk(randomness, 3) if is_talk else [int(randomness.gauss(0, 80)) for _ in range(24000)]
            if number % 10 == 1:
                samples = talk(randomness, 0.4) + samples
            # The same last folder and name under several sites: these are different recordings all the same.
            path = self.place / f"calls/site-{number % 4}/{'human' if is_talk else 'machine'}/{number // 4}.wav"
            write_wav(path, samples)
            lines.append(
                [path.relative_to(self.place), "Human" if is_talk else "machine", ["fr", "es"][number % 3 == 0]]
            )
        with open(self.place / "calls.csv", "w", newline="") as file:
            csv.writer(file).writerows([["path", "label", "country"], *lines, ["gone.wav", "human", "it"]])
        words = ["tune", self.place / "calls.csv", self.output, "--by", "country", "--cost-missed", "2"]
        said = self.check(
            *words, "--setting", "silence_ms=300", "--setting", "min_ms=100,silence_ms=300,threshold=128"
        )
        run = subprocess.run(
            [RTMEDIA, "tune", self.place / "calls", "--no-cache", "--json", "--cost-missed", "2"],
            capture_output=True,
            text=True,
        )
        alone = json.loads(run.stdout)
        found = json.loads((self.output / "recommendation.json").read_text())
        self.assertEqual(found["recommendation"], alone["recommendation"])
        self.assertEqual(found["cost"], alone["cost"])
        judged = [row.asDict() for row in spark.read.parquet(str(self.output / "judged")).collect()]
        overall = {row["setting"]: row for row in judged if row["by"] is None}
        self.assertEqual(len(overall), 3)
        best = overall[archive.setting_name({**alone["recommendation"], "threshold": 512})]
        confusion = alone["confusion"]
        self.assertEqual(
            {name: best[name] for name in ("found", "missed", "false_talk", "quiet")},
            {name: confusion[name] for name in ("found", "missed", "false_talk", "quiet")},
        )
        self.assertAlmostEqual(best["error"], confusion["error"])
        self.assertEqual((best["recordings"], best["failed"]), (81, 1))
        self.assertTrue(best["error_low"] <= best["error"] <= best["error_high"])
        self.assertTrue(best["cost_low"] <= best["cost"] <= best["cost_high"])
        # The other settings are what detect answers, and countries add up.
        for name, options in [
            ("500-60000-300-4000-512", []),
            ("100-60000-300-4000-128", ["--min-ms", "100", "--threshold", "128"]),
        ]:
            answers = plain("detect", [str(self.place / line[0]) for line in lines], "--silence-ms", "300", *options)
            talks = {str(self.place / line[0]): line[1] == "Human" for line in lines}
            costs = [
                (
                    answer["decided_ms"] * 1e-5
                    if answer["result"] == "TALK" and talks[file]
                    else 1 if answer["result"] == "TALK" else 2 if talks[file] else 0
                )
                for file, answer in answers.items()
            ]
            self.assertAlmostEqual(overall[name]["cost"], sum(costs) / len(costs))
            parts = [row for row in judged if row["setting"] == name and row["by"] == "country"]
            self.assertEqual({row["value"] for row in parts}, {"fr", "es", "it"})
            self.assertEqual([row["error"] for row in parts if row["value"] == "it"], [None])
            for figure in ("recordings", "failed", "found", "missed", "false_talk", "quiet"):
                self.assertEqual(sum(row[figure] for row in parts), overall[name][figure])
        self.assertIn("(recommended)", said)
        self.assertIn("found on 80 of 81 recordings, 1 more failed", said)
        self.assertIn("country fr", said)
        # Another setting later judges that alone.
        again = self.check(*words, "--setting", "silence_ms=500")
        self.assertEqual(len(re.findall("batch 1 of 1", again)), 1)
        # A label that was corrected counts, also for what has been answered before.
        table = (self.place / "calls.csv").read_text()
        (self.place / "calls.csv").write_text(table.replace(",machine,", ",Human,", 1))
        self.check(*words, "--setting", "silence_ms=500")
        corrected = spark.read.parquet(str(self.output / "judged")).where("by IS NULL").first()
        self.assertEqual(corrected["false_talk"] + corrected["quiet"], best["false_talk"] + best["quiet"] - 1)

    def test_sample_is_stratified(self):
        recordings = spark.createDataFrame(
            [(f"/a/{n}", n % 10 == 0, "big" if n % 100 else "small") for n in range(5000)],
            "path STRING, is_talk BOOLEAN, campaign STRING",
        )
        sampled = archive.sample(recordings, ["is_talk", "campaign"], 500, seed=3)
        groups = {tuple(row)[:2]: row[2] for row in sampled.groupBy("is_talk", "campaign").count().collect()}
        self.assertEqual(groups, {(True, "small"): 5, (True, "big"): 45, (False, "big"): 450})
        self.assertEqual(sampled.exceptAll(archive.sample(recordings, ["is_talk", "campaign"], 500, seed=3)).count(), 0)


class PartTests(unittest.TestCase):
    def test_balance(self):
        """Skewed lengths make parts of about one size."""
        randomness = random.Random(1)
        files = [(str(n), str(n), int(randomness.paretovariate(1.2) * 50_000)) for n in range(2000)]
        parts = archive.balanced(files, 8)
        self.assertEqual(sorted(file for part in parts for file in part), sorted(files))
        loads = [sum(file[2] for file in part) for part in parts]
        largest = max(file[2] for file in files)
        self.assertLess(max(loads), max(largest, math.fsum(loads) / 8 * 1.01) + 2_000_000)

    def test_defaults_are_those_of_rtmedia(self):
        answers = subprocess.run(
            [RTMEDIA, "detect", PROMPTS / "hello-world.wav"], capture_output=True, text=True
        ).stdout
        for name, value in archive.PARAMETERS["play_talk_detect"].items():
            self.assertIn(f"{name} {value}", answers)
        for command, parameters in archive.PARAMETERS.items():
            options = [f"--{name.replace('_', '-')}={value}" for name, value in parameters.items()]
            bare = plain("detect", [str(PROMPTS / "vm-intro.wav")], "--command", command)
            given = plain("detect", [str(PROMPTS / "vm-intro.wav")], "--command", command, *options)
            for answer in (*bare.values(), *given.values()):
                answer.pop("with_usual_pause")
            self.assertEqual(bare, given)
        usage = subprocess.run([RTMEDIA, "tune", "--help"], capture_output=True, text=True).stdout
        self.assertIn(f"(default: {', '.join(archive.TALK)})", re.sub(r"\s+", " ", usage))

    def test_without_java(self):
        run = subprocess.run(
            [sys.executable, archive.__file__, "detect", "a", "b", "--master", "local[1]"],
            env={"PATH": "/nowhere", "JAVA_HOME": "/nowhere"},
            capture_output=True,
            text=True,
        )
        self.assertEqual(run.returncode, 70, run.stderr)
        self.assertIn("archive.py: the job failed: ", run.stderr)
        self.assertNotIn("Traceback", run.stderr)

    def test_wrong_usage(self):
        for words in (
            ["detect"],
            ["detect", "a", "b", "--", "--jobs", "3"],
            ["detect", "a", "b", "--", "--silence-ms", "3,4"],
            ["detect", "a", "b", "--", "--channel", "each"],
            ["convert", "a", "b"],
            ["tune", "a", "b", "--setting", "min=3"],
        ):
            with self.assertRaises(SystemExit) as end, contextlib.redirect_stderr(io.StringIO()):
                archive.main(words, spark)
            self.assertEqual(end.exception.code, 64, words)


def executors():
    """The processes of the executors of this session."""
    own = spark.sparkContext.applicationId
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = folder.joinpath("cmdline").read_bytes().decode(errors="replace").split("\0")
            if (
                own in words
                and "org.apache.spark.executor.CoarseGrainedExecutorBackend" in words
                and words[0].endswith("java")
            ):
                found.append(int(folder.name))
    return found
