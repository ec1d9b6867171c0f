#!/usr/bin/env python3
"""What rtmedia says of each recording of an archive, as a table: a job for Apache Spark.

    archive.py detect  INPUT OUTPUT [options] [-- options of rtmedia detect]
    archive.py inspect INPUT OUTPUT [options] [-- options of rtmedia inspect]
    archive.py levels  INPUT OUTPUT [options] [-- options of rtmedia levels]
    archive.py convert INPUT OUTPUT --audio FOLDER [options] [-- options of rtmedia convert]
    archive.py tune    INPUT OUTPUT [options] [-- options of rtmedia tune]

INPUT is a folder, a glob or a table of paths; OUTPUT becomes a folder of Parquet files with one row for each recording.
Recordings are worked on in batches. A batch counts once it is written and its rows are counted, so a job that was stopped
continues after the last of them, and none of its recordings is worked on twice.

Each partition of a batch runs `rtmedia COMMAND --files-from -`: paths are distributed, and the executors read the recordings.
Where they can't, Spark reads them, and their contents go through `rtmedia COMMAND --framed`.

The file is all there is: Spark brings it to the executors.
"""

import argparse
import collections
import csv
import glob
import heapq
import json
import os
import posixpath
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

from py4j.protocol import Py4JError
from pyspark import SparkFiles
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.types import LongType, StringType, StructField, StructType

# The columns that the answers of each command become; a failure has `code` and `error`, and no value in most others.
ANSWERS = {
    "detect": """result STRING, decided_ms DOUBLE, talk_ms DOUBLE, duration_ms DOUBLE, explanation STRING, cause STRING,
        kept_ms DOUBLE, talkspurts ARRAY<STRUCT<start_ms: DOUBLE, length_ms: DOUBLE, silence_ms: DOUBLE,
        leading_pause_ms: DOUBLE, qualifies: BOOLEAN, reason: STRING>>, warnings ARRAY<STRING>, code STRING, error STRING,
        command STRING, rules STRING, frame_ms DOUBLE, threshold STRING""",
    "inspect": """ok BOOLEAN, duration_ms DOUBLE, active_level_dbov DOUBLE, peak_dbfs DOUBLE, offset DOUBLE,
        clipped_runs LONG, leading_silence_ms DOUBLE, trailing_silence_ms DOUBLE, container STRING, encoding STRING,
        sample_rate LONG, channels INT, payload_bytes LONG, findings ARRAY<STRUCT<severity: STRING, text: STRING>>,
        remedy STRING, result STRING, code STRING, error STRING""",
    "levels": """result STRING, duration_ms DOUBLE, level_dbov DOUBLE, frames LONG, levels STRING, code STRING,
        error STRING""",
    "convert": """result STRING, output STRING, duration_ms DOUBLE, samples LONG, frames LONG, container STRING,
        encoding STRING, sample_rate LONG, channels INT, decoder STRING, payload_bytes LONG, clamped LONG,
        warnings ARRAY<STRING>, code STRING, error STRING""",
}

# The parameters of what `detect --command` predicts, with their defaults: each is given to rtmedia, and is a column.
PARAMETERS = {
    "play_talk_detect": {"min_ms": 500, "max_ms": 60000, "silence_ms": 5, "analysistime_ms": 4000},
    "wait_for_silence": {"silence_ms": 500, "iterations": 1, "timeout": 0},
    "record": {"silence": 3, "max_duration": 60},
    "activity": {"min_ms": 0, "silence_ms": 200},
    "amd": {},
    "dtmf": {},
}
TUNED = list(PARAMETERS["play_talk_detect"])

# The labels that mean talk unless --talk names others: those of rtmedia tune.
TALK = ["talk", "human", "speech", "voice", "person", "live", "hello", "caller", "yes", "true", "1"]


class ArchiveError(Exception):
    """What is wrong, in a sentence for whoever runs the job."""


# On the executors


def program_path(program):
    """Where rtmedia is: shipped with the job, or installed."""
    shipped = SparkFiles.get(program) if os.sep not in program else program
    return shipped if os.path.exists(shipped) else program


def framed(name, content):
    """A file as `--framed` reads it."""
    name = name.encode()
    return len(name).to_bytes(4, "big") + name + len(content).to_bytes(8, "big") + content


def answers(command, folder, files, contents):
    """Sends files through rtmedia as a filter, and yields each with its line of JSON.

    Args:
        command: the program and its arguments.
        folder: where names lead from.
        files: tuples that begin with the file's name, and with its content behind it if contents is true.
    Yields: each tuple without the content, and the line, in order.
    Raises: ArchiveError unless each file has exactly one line, and rtmedia ends well.
    """
    errors = tempfile.TemporaryFile()
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=folder)
    except OSError as error:
        raise ArchiveError(f"{command[0]} can't be started on {os.uname().nodename}: {error.strerror}") from None
    asked = collections.deque()
    trouble = []

    def ask():
        try:
            with process.stdin as stream:
                for name, *rest in files:
                    if contents:
                        asked.append((name, *rest[1:]))
                        stream.write(framed(name, rest[0]))
                    else:
                        asked.append((name, *rest))
                        stream.write(name.encode() + b"\0")
        except BrokenPipeError:
            pass  # How it ended is known below.
        except BaseException as error:
            trouble.append(error)
            process.kill()

    asker = threading.Thread(target=ask, daemon=True)
    asker.start()
    count = 0
    try:
        for line in process.stdout:
            if not asked or not line.endswith(b"}\n"):
                raise ArchiveError(f"{command[0]} answers what is not asked: {line[:200].decode(errors='replace')!r}")
            count += 1
            yield (*asked.popleft(), line.decode())
        status = process.wait()
        asker.join()
        if trouble:
            raise trouble[0]
        if status != 0 or asked:
            errors.seek(0)
            said = errors.read()[-1000:].decode(errors="replace").strip()
            end = f"was ended by signal {-status}" if status < 0 else f"ended with exit code {status}"
            place = f"; next was {asked[0][0]}" if asked else ""
            raise ArchiveError(
                f"{command[0]} {end} on {os.uname().nodename} after {count} answers{place}{': ' + said if said else ''}"
            )
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        errors.close()


class Filter:
    """What a partition does: its recordings go through rtmedia, and become rows.

    A recording is a tuple of its name for rtmedia, its path, its size, and the other columns of the table.
    """

    def __init__(self, command, arguments, program="rtmedia", folder=None, renames=False):
        """
        Args:
            folder: where names lead from.
            renames: whether names are others than those of the files, which have to be read here then.
        """
        self.command, self.arguments, self.program = command, list(arguments), program
        self.folder, self.renames = folder, renames

    def __call__(self, files, contents=False):
        if self.renames and not contents:
            files, contents = with_own_contents(files), True
        source = ["--framed"] if contents else ["--files-from", "-", "-0"]
        line = [program_path(self.program), self.command, *source, "--jobs", "1", *self.arguments]
        return answers(line, None if contents else self.folder, files, contents)


def with_own_contents(files):
    """Recordings with their contents; empty if they can't be read, which is then what rtmedia tells."""
    for name, path, *rest in files:
        try:
            with open(path, "rb") as file:
                content = file.read()
        except OSError:
            content = b""
        yield name, content, path, *rest


def walk(entry):
    """The files under a folder with their sizes, except hidden ones; a file is itself."""
    path, is_folder = entry
    if not is_folder:
        yield path, size(path)
        return
    for found in entries(path):
        yield from walk(found)


def entries(folder):
    """What lies in a folder: paths, and whether each is a folder."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield entry.path, True
            elif entry.is_file():
                yield entry.path, False


def size(path):
    """How many bytes a file has; 0 if that can't be said, which rtmedia then tells."""
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return 0


def has_scheme(path):
    """Whether a path is one of a file system that Spark has to read, as in s3a://archive/calls."""
    return re.match("[a-z][a-z0-9+.-]*:/", path) is not None


def escaped(path):
    """A path as Spark takes it where it looks for wildcards."""
    return re.sub(r"([\\*?\[\]{}])", r"\\\1", path)


def column(name):
    """A column of the table, whatever is in its name."""
    return F.col(quoted(name))


def quoted(name):
    """A column's name as SQL takes it."""
    return "`" + name.replace("`", "``") + "`"


def harmless(text):
    """A text from outside as a terminal can be shown it: in one line, without control characters."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def is_text(path):
    """Whether a name is UTF-8, as a table's must be."""
    try:
        path.encode()
        return True
    except UnicodeEncodeError:
        return False


# What there is to do


class Archive:
    """The recordings of INPUT: a DataFrame of `path`, `bytes` and the columns of the table."""

    TABLES = {".csv": "csv", ".parquet": "parquet", ".json": "json", ".jsonl": "json", ".orc": "orc"}

    def __init__(self, spark, arguments):
        self.spark = spark
        source = arguments.input
        self.is_local = not has_scheme(source)
        self.reads_contents = not self.is_local or arguments.read == "contents"
        table = arguments.table or self.TABLES.get(posixpath.splitext(source.rstrip("/"))[1])
        if table:
            self.root, self.recordings = "/", self._table(source, table, arguments.path)
        elif self.is_local:
            self.root, self.recordings = self._files(os.path.abspath(source))
        else:
            self.root, self.recordings = self._remote_files(source)
        # Results that lie in the folder of the recordings are none. A local path may be written with its scheme.
        plain = F.regexp_replace("path", "^file:/+", "/")
        for results in filter(None, [arguments.output, getattr(arguments, "audio", None)]):
            prefix = re.sub("^file:/+", "/", Folder(spark, results).qualified)
            self.recordings = self.recordings.where(~plain.startswith(prefix.rstrip("/") + "/"))

    def _table(self, source, kind, path_column):
        reader = self.spark.read.option("header", True) if kind == "csv" else self.spark.read
        place = "file://" + escaped(os.path.abspath(source)) if self.is_local else source
        table = reader.format(kind).load(place)
        if path_column not in table.columns:
            raise ArchiveError(f"{source} has no column {path_column}; --path names the one that holds the paths")
        folder = posixpath.dirname(os.path.abspath(source) if self.is_local else source)
        path = column(path_column)
        is_whole = path.startswith("/") | path.rlike("^[a-z][a-z0-9+.-]*:/")
        table = table.withColumn("path", F.when(is_whole, path).otherwise(F.concat(F.lit(folder + "/"), path)))
        table = table.where(F.col("path").isNotNull())
        twice = table.groupBy("path").count().where("count > 1").first()
        if twice:
            raise ArchiveError(
                f"{source} names {twice['path']} {twice['count']} times; each recording must be there once"
            )
        table = table.drop("bytes")  # What a table says of sizes may be out of date.
        if not self.is_local:
            return table.withColumn("bytes", F.lit(None).cast("long"))
        schema = StructType(table.schema.fields + [StructField("bytes", LongType())])
        rows = table.rdd.map(lambda row: (*row, size(row["path"])))
        return self.spark.createDataFrame(rows, schema, verifySchema=False)

    def _files(self, source):
        context = self.spark.sparkContext
        if glob.has_magic(source):
            fixed = glob.escape(source[: re.search(r"[*?[]", source).start()])
            root = os.path.dirname(fixed)
            paths = context.parallelize([source], 1).flatMap(
                lambda pattern: ((path, False) for path in glob.iglob(pattern, recursive=True) if os.path.isfile(path))
            )
        else:
            root = source
            if not os.path.isdir(source):
                raise ArchiveError(f"{source} is not a folder; a table of paths ends in .csv, .parquet, .json or .orc")
            paths = context.parallelize([source], 1).flatMap(entries)
        files = paths.repartition(context.defaultParallelism * 4).flatMap(walk)
        files = files.map(
            # Two names that are no text remain two.
            lambda file: file if is_text(file[0]) else (os.fsencode(file[0]).decode(errors="backslashreplace"), file[1])
        )
        return root, self.spark.createDataFrame(files, "path STRING, bytes LONG", verifySchema=False)

    def _remote_files(self, source):
        listing = self.spark.read.format("binaryFile").option("recursiveFileLookup", True).load(source)
        filled = listing.select("path", F.col("length").alias("bytes"))
        # Files without content are in the listing, but are no rows.
        names = [(re.sub("^file:/+", "file:/", urllib.parse.unquote(name)),) for name in listing.inputFiles()]
        names = self.spark.createDataFrame(names, "path STRING", verifySchema=False)
        recordings = names.join(filled, "path", "left").select("path", F.coalesce("bytes", F.lit(0)).alias("bytes"))
        wild = re.search(r"[*?\[{]", source)
        return Folder(self.spark, source[: wild.start()].rsplit("/", 1)[0] if wild else source).qualified, recordings


class Folder:
    """A folder on any file system that Spark knows."""

    def __init__(self, spark, path):
        self.spark = spark
        self.path = path if has_scheme(path) else "file://" + os.path.abspath(path)
        self._hadoop = spark._jvm.org.apache.hadoop.fs
        place = self._hadoop.Path(self.path)
        self._system = place.getFileSystem(spark._jsc.hadoopConfiguration())
        self.qualified = self._system.makeQualified(place).toString()

    @property
    def pattern(self):
        """The folder for Spark's readers, which take a path for a pattern."""
        return escaped(self.path)

    def _place(self, name):
        return self._hadoop.Path(f"{self.path}/{name}" if name else self.path)

    def __truediv__(self, name):
        return Folder(self.spark, f"{self.path}/{name}")

    def names(self):
        """What lies in it."""
        if not self.exists():
            return []
        return [found.getPath().getName() for found in self._system.listStatus(self._place(""))]

    def exists(self, name=""):
        return self._system.exists(self._place(name))

    def delete(self, name=""):
        self._system.delete(self._place(name), True)

    def write(self, name, text):
        stream = self._system.create(self._place(name), True)
        stream.write(bytearray(text.encode()))
        stream.close()

    def read(self, name):
        """The text of a file; None if there is none."""
        if not self.exists(name):
            return None
        stream = self._system.open(self._place(name))
        text = self.spark._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
        stream.close()
        return text


class Job:
    """A command on recordings, whose rows go to a folder, batch by batch.

    In the folder are `batch=N` with Parquet and, once its rows are counted, a file `_counted`; `_inputs` with what there was
    to do; and `_job` with what was asked for. Spark does not read names that begin with an underscore as data.
    """

    def __init__(self, spark, output, work, *, archive, columns=(), batch_size=50_000, partitions=None, tell=print):
        """
        Args:
            work: a Filter.
            archive: says how recordings are read.
            columns: names and values that each row has besides.
            batch_size: how many recordings a batch has; the driver holds the paths of one batch.
        """
        self.spark, self.output, self.work, self.archive = spark, output, work, archive
        self.columns, self.batch_size, self.partitions, self.tell = dict(columns), batch_size, partitions, tell

    def run(self, recordings, name=None):
        """Works on the recordings that have no row yet.

        Args:
            recordings: `path`, `bytes` and other columns, which each row has, too.
            name: the column of what rtmedia is told as the name.
        Returns: the rows, and how many were there before.
        """
        self._check_job(recordings)
        done = self._batches()
        before = 0
        if done:
            rows = self._rows(done)
            before = rows.count()
            recordings = recordings.join(rows.select("path"), "path", "left_anti")
        inputs = self.output / "_inputs"
        recordings.write.mode("overwrite").parquet(inputs.path)
        recordings = self.spark.read.schema(recordings.schema).parquet(inputs.pattern)
        count = recordings.count()
        batch_count = -(-count // self.batch_size)
        for number in range(batch_count):
            begin = time.monotonic()
            batch = recordings.where(F.pmod(F.xxhash64("path"), F.lit(batch_count)) == number)
            done.append(max(done, default=-1) + 1)
            rows = self._write_batch(batch.collect(), recordings.schema, name, f"batch={done[-1]}")
            self.tell(f"batch {number + 1} of {batch_count}: {rows} recordings in {time.monotonic() - begin:.1f} s")
        if not done:
            raise ArchiveError("there are no recordings in the input")
        return self._rows(done), before

    def _check_job(self, recordings):
        """Keeps results of different options, and of tables with different columns, apart."""
        asked = {"command": self.work.command, "options": self.work.arguments, **self.columns}
        asked = json.dumps({**asked, "recordings": recordings.schema.simpleString()}, sort_keys=True)
        there = self.output.read("_job")
        if there is None:
            if self.output.names():
                raise ArchiveError(f"{self.output.path} holds something else; name a new folder")
            self.output.write("_job", asked)
        elif there != asked:
            raise ArchiveError(f"{self.output.path} holds results of another job, {there}; name a new folder")

    def _batches(self):
        """The numbers of the batches that are complete; the others are deleted."""
        numbers = []
        for name in self.output.names():
            if not name.startswith("batch="):
                continue
            if self.output.exists(f"{name}/_counted"):
                numbers.append(int(name.removeprefix("batch=")))
            else:
                self.output.delete(name)
        return sorted(numbers)

    def _rows(self, batches):
        paths = [(self.output / f"batch={number}").pattern for number in batches]
        return self.spark.read.option("basePath", self.output.path).parquet(*paths)

    def _write_batch(self, recordings, schema, name, folder):
        """Works on a batch, writes its rows and counts them."""
        others = [field for field in schema.fields if field.name not in ("path", "bytes", name)]
        files = [
            (
                tellable(recording[name or "path"]),
                recording["path"],
                recording["bytes"],
                *(recording[field.name] for field in others),
            )
            for recording in recordings
        ]
        if self.archive.reads_contents:
            files = sized(self.spark, files)
        own = (
            [StructField(field, StringType()) for field in ("told", "path")]
            + [StructField("bytes", LongType())]
            + others
        )
        answered = self.spark.createDataFrame(
            self._answered(files), StructType(own + [StructField("line", StringType())]), verifySchema=False
        )
        answers = F.from_json("line", "file STRING, " + ANSWERS[self.work.command], {"mode": "FAILFAST"})
        answered = answered.withColumn("answer", answers)
        wrong = F.raise_error(
            F.concat(F.lit("ArchiveError: rtmedia answers "), "answer.file", F.lit(" when it is asked for "), "told")
        )
        answered = answered.withColumn(
            "path", F.when(F.col("answer.file") == F.col("told"), F.col("path")).otherwise(wrong)
        )
        values = [
            F.unbase64("answer.levels").alias("levels") if field.name == "levels" else F.col(f"answer.{field.name}")
            for field in answers_schema(self.work.command)
        ]
        parameters = [F.lit(value).alias(name) for name, value in self.columns.items()]
        rows = answered.select("path", "bytes", *(column(field.name) for field in others), *values, *parameters)
        place = self.output / folder
        rows.write.mode("overwrite").parquet(place.path)
        written = self.spark.read.parquet(place.pattern).agg(F.count("path"), F.countDistinct("path")).first()
        if tuple(written) != (len(files), len(files)):
            raise ArchiveError(
                f"{place.path} has {written[0]} rows of {written[1]} recordings for {len(files)} of the input"
            )
        self.output.write(f"{folder}/_counted", f"{len(files)}\n")
        return len(files)

    def _answered(self, files):
        """The recordings with their lines, as an RDD."""
        context, work = self.spark.sparkContext, self.work
        count = min(self.partitions or context.defaultParallelism * 4, len(files))
        if not self.archive.reads_contents:
            return context.parallelize(balanced(files, count), count).mapPartitions(
                lambda parts: (row for part in parts for row in work(part))
            )
        # Spark balances what it reads by size.
        scheme = "file:" if self.archive.is_local else ""
        known = context.broadcast({scheme + file[1]: file for file in files})
        # It reads no files without content.
        empty = [file for file in files if file[2] == 0]
        parts = (
            [
                context.parallelize(empty, 1).mapPartitions(
                    lambda files: work(((name, b"", *rest) for name, *rest in files), contents=True)
                )
            ]
            if empty
            else []
        )
        if len(empty) < len(files):
            paths = [escaped(scheme + file[1]) for file in files if file[2] != 0]
            found = self.spark.read.format("binaryFile").load(paths).select("path", "content")

            def with_contents(rows):
                for row in rows:
                    name, *rest = known.value[row.path]
                    yield name, row.content, *rest

            parts.append(found.rdd.mapPartitions(lambda rows: work(with_contents(rows), contents=True)))
        return context.union(parts)


def sized(spark, files):
    """Recordings with their sizes, which a table of paths on another file system does not say; 0 of what is not there."""
    paths = spark._jvm.org.apache.hadoop.fs.Path
    settings = spark._jsc.hadoopConfiguration()

    def with_size(file):
        name, path, known, *rest = file
        if known is None:
            try:
                place = paths(path)
                known = place.getFileSystem(settings).getFileStatus(place).getLen()
            except Py4JError:
                known = 0  # It is not there, or can't be one: a row with an error.
        return name, path, known, *rest

    if all(file[2] is not None for file in files):
        return files
    with ThreadPoolExecutor(32) as threads:
        return list(threads.map(with_size, files))


def tellable(name):
    """A name as rtmedia can be told it; one that can't be a file's becomes another that can't be found."""
    return name[:4096].replace("\0", "\ufffd")


def answers_schema(command):
    """The columns of a command's answers."""
    return StructType.fromDDL(ANSWERS[command]).fields


def balanced(files, count):
    """Parts of about the same size: the largest file goes first, each to the part that has least."""
    parts = [(0, number, []) for number in range(count)]
    for file in sorted(files, key=lambda file: -(file[2] or 0)):
        load, number, part = parts[0]
        part.append(file)
        # Opening a file takes about as long as reading 64 kB.
        heapq.heapreplace(parts, (load + (file[2] or 0) + 65_536, number, part))
    return [part for _, _, part in sorted(parts, key=lambda part: part[1])]


# The commands


def table(spark, arguments, tell):
    """detect, inspect, levels and convert."""
    archive = Archive(spark, arguments)
    command, options = arguments.command, list(arguments.options)
    columns, folder, name = {}, None, None
    recordings = archive.recordings
    if command == "detect":
        options, columns = detection(options)
    if command == "convert":
        audio = os.path.abspath(arguments.audio)
        options += ["-o", audio]
        prefix = archive.root.rstrip("/") + "/"
        recordings = recordings.withColumn(
            "_name",
            F.when(F.col("path").startswith(prefix), F.expr(f"substring(path, {len(prefix) + 1})")).otherwise(
                F.col("path")
            ),
        )
        folder, name = (None if archive.reads_contents else archive.root), "_name"
        refuse_one_result_of_two(recordings)
    refuse_columns(recordings, {field.name for field in answers_schema(command)} | set(columns))
    work = Filter(command, options, arguments.program, folder)
    job = Job(
        spark,
        Folder(spark, arguments.output),
        work,
        archive=archive,
        columns=columns,
        batch_size=arguments.batch,
        partitions=arguments.partitions,
        tell=tell,
    )
    rows, before = job.run(recordings, name)
    verdict = (
        F.when(F.col("ok"), "plays as it is").when(~F.col("ok"), "does not play as it is").otherwise(F.col("result"))
    )
    counts = (
        rows.groupBy((verdict if command == "inspect" else F.col("result")).alias("result")).count().orderBy("result")
    )
    counts = counts.collect()
    told = ", ".join(f"{row['count']} × {row['result'] or 'nothing'}" for row in counts)
    there = f" ({before} of them were there already)" if before else ""
    print(f"{arguments.output}: {sum(row['count'] for row in counts)} recordings{there}: {told}")


def detection(options):
    """The options of detect with all parameters, and the parameters as columns."""
    parser = Parser(
        prog="archive.py detect ... --", usage="options of rtmedia detect", allow_abbrev=False, add_help=False
    )
    parser.add_argument("--command", choices=PARAMETERS, default="play_talk_detect")
    command = parser.parse_known_args(options)[0].command
    for name, value in PARAMETERS[command].items():
        parser.add_argument("--" + name.replace("_", "-"), type=int, default=value)
    given, rest = parser.parse_known_args(options)
    columns = {name: getattr(given, name) for name in PARAMETERS[command]}
    settings = [word for name, value in columns.items() for word in ("--" + name.replace("_", "-"), str(value))]
    return ["--command", command, *settings, *rest], columns


def refuse_columns(recordings, taken):
    """Columns of the table that would be those of the answers."""
    taken = {name.lower() for name in taken} | {"told", "line", "answer", "batch"}
    both = [name for name in recordings.columns if name.lower() in taken]
    if both:
        raise ArchiveError(f"the table has a column {both[0]}, which the results have, too; rename it")


def refuse_one_result_of_two(recordings):
    """Of two recordings with one result, which would be there would depend on chance."""
    stem = F.regexp_replace("_name", r"(?<=[^/])\.[^./]*$", "")
    twice = recordings.groupBy(stem.alias("stem")).agg(F.count("*").alias("count"), F.min("_name"), F.max("_name"))
    row = twice.where("count > 1").first()
    if row:
        raise ArchiveError(f"{row[2]} and {row[3]} would both become {row['stem']}.wav; convert them apart")


def tune(spark, arguments, tell):
    """The parameters that a sample recommends, judged on all recordings."""
    output = Folder(spark, arguments.output)
    archive = Archive(spark, arguments)
    recordings = labelled(archive.recordings, arguments)
    shared = dict(archive=archive, batch_size=arguments.batch, partitions=arguments.partitions, tell=tell)
    answered = {field.name for command in ("detect", "levels") for field in answers_schema(command)}
    refuse_columns(
        archive.recordings, answered | {"is_talk", "setting", "recording", "_name", "sample", "seed", "by", *TUNED}
    )
    found = recommendation(spark, output, recordings, arguments, shared)
    settings = [{**{name: found["recommendation"][name] for name in TUNED}, "threshold": "512"}]
    settings += [setting for setting in arguments.setting if setting not in settings]
    for setting in settings:
        options, columns = detection([f"--{key.replace('_', '-')}={value}" for key, value in setting.items()])
        media = ["--media-ms", str(arguments.media_ms)] if arguments.media_ms else []
        work = Filter("detect", options + media, arguments.program)
        Job(spark, output / "answers" / f"setting={setting_name(setting)}", work, columns=columns, **shared).run(
            recordings
        )
    answers = relabelled(spark.read.parquet((output / "answers").pattern), recordings)
    judged = judgement(answers, arguments)
    judged.coalesce(1).write.mode("overwrite").parquet((output / "judged").path)
    show(spark.read.parquet((output / "judged").pattern), settings)


def relabelled(rows, recordings):
    """Rows of an earlier run with the labels of now, which may have been corrected since."""
    return rows.drop("is_talk").join(recordings.select("path", "is_talk"), "path")


def labelled(recordings, arguments):
    """The recordings that have a label, with whether that means talk, as `is_talk`."""
    label = arguments.label
    if label is None:
        label = "label" if "label" in recordings.columns else "folder"
    if label == "folder" and "folder" not in recordings.columns:
        recordings = recordings.withColumn("folder", F.element_at(F.split("path", "/"), -2))
    for name in [label, *arguments.by, *([arguments.speaker] if arguments.speaker else [])]:
        if name not in recordings.columns:
            raise ArchiveError(f"there is no column {name}; there are {', '.join(recordings.columns)}")
    plain = F.regexp_replace(F.lower(F.trim(column(label).cast("string"))), "[ _]", "-")
    names = [name.lower().replace("_", "-").replace(" ", "-") for name in arguments.talk or TALK]
    return recordings.withColumn("is_talk", plain.isin(names)).where(F.col("is_talk").isNotNull())


def sample(recordings, columns, size, seed):
    """About as many recordings as that: each group of the columns' values has its share, and one at least."""
    total = recordings.count()
    group = Window.partitionBy(*(column(name) for name in columns))
    share = F.round(F.count("*").over(group) * size / max(total, 1))
    chance = F.row_number().over(group.orderBy(F.xxhash64("path", F.lit(seed)), "path"))
    return recordings.withColumn("_isIn", chance <= F.greatest(F.lit(1.0), share)).where("_isIn").drop("_isIn")


def recommendation(spark, output, recordings, arguments, shared):
    """What rtmedia tune finds on the levels of a sample: each label and group has its share in it."""
    total = recordings.count()
    last = F.regexp_replace(F.element_at(F.split("path", "/"), -1), r"\p{Cntrl}", "_")
    name = F.concat(F.lower(F.hex(F.xxhash64("path"))), F.lit("/"), last)
    sampled = sample(recordings, ["is_talk", *arguments.by], arguments.sample, arguments.seed)
    sampled = sampled.withColumn("recording", name).withColumn("_name", name)
    columns = {"sample": arguments.sample, "seed": arguments.seed, "by": ",".join(arguments.by)}
    # A level file keeps the last folder of a name and the file's own, which may be those of another recording, too.
    work = Filter("levels", [], arguments.program, renames=True)
    job = Job(spark, output / "sample", work, columns=columns, **shared)
    levels, _ = job.run(sampled, "_name")
    levels = relabelled(levels, recordings)
    with tempfile.TemporaryDirectory() as folder:
        labels, count, failed = os.path.join(folder, "labels.csv"), 0, 0
        speaker = [column(arguments.speaker)] if arguments.speaker else []
        os.mkdir(os.path.join(folder, "levels"))
        with open(labels, "w", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(["file", "label"] + ["speaker"] * len(speaker))
            for row in levels.select("recording", "is_talk", "levels", *speaker).toLocalIterator():
                if row["levels"] is None:
                    failed += 1
                    continue
                with open(os.path.join(folder, "levels", f"{count:08}.levels"), "wb") as level_file:
                    level_file.write(row["levels"])
                lines.writerow([row["recording"], "talk" if row["is_talk"] else "none", *row[3:]])
                count += 1
        costs = [
            f"--cost-{name.replace('_', '-')}={getattr(arguments, 'cost_' + name)}"
            for name in ("false_talk", "missed", "second")
        ]
        media = [f"--media-ms={arguments.media_ms}"] if arguments.media_ms else []
        command = [
            program_path(arguments.program),
            "tune",
            os.path.join(folder, "levels"),
            "--labels",
            labels,
            "--talk",
            "talk",
        ]
        try:
            run = subprocess.run(
                [*command, "--json", "--no-cache", *costs, *media, *arguments.options], capture_output=True, text=True
            )
        except OSError as error:
            raise ArchiveError(f"{command[0]} can't be started here: {error.strerror}") from None
    if run.returncode != 0:
        raise ArchiveError(f"rtmedia tune ended with exit code {run.returncode}: {run.stderr.strip()}")
    found = json.loads(run.stdout)
    output.write("recommendation.json", run.stdout)
    best = ", ".join(f"{name} {found['recommendation'][name]}" for name in TUNED)
    print(f"{best}: found on {count} of {total} recordings{f', {failed} more failed' if failed else ''}")
    print("  " + found["words"])
    return found


def judgement(answers, arguments):
    """What each setting gets right, and what it costs: over all recordings, and for each value of the columns of --by.

    A failed recording is counted, and judged by nothing else. Intervals are of 95 %: Wilson's of the error, and that of the
    mean for the cost, as if recordings were independent.
    """
    is_talk, is_found = F.col("is_talk"), F.col("result") == "TALK"
    cost = (
        F.when(is_talk & is_found, F.col("decided_ms") / 1000 * arguments.cost_second)
        .when(is_talk, arguments.cost_missed)
        .when(is_found, arguments.cost_false_talk)
        .otherwise(0.0)
    )
    answers = answers.withColumn("judged", F.col("result").isin("TALK", "0")).withColumn(
        "cost", F.when(F.col("judged"), cost)
    )

    def count(condition):
        return F.count(F.when(F.col("judged") & condition, 1))

    figures = [
        F.count("*").alias("recordings"),
        F.count(F.when(~F.col("judged"), 1)).alias("failed"),
        count(is_talk & is_found).alias("found"),
        count(is_talk & ~is_found).alias("missed"),
        count(~is_talk & is_found).alias("false_talk"),
        count(~is_talk & ~is_found).alias("quiet"),
        F.avg("cost").alias("cost"),
        F.stddev_samp("cost").alias("deviation"),
    ]
    parts = []
    for name in [None, *arguments.by]:
        value = column(name).cast("string") if name else F.lit(None).cast("string")
        key = [F.lit(name).cast("string").alias("by"), value.alias("value")]
        parts.append(answers.groupBy("setting", *TUNED, "threshold", *key).agg(*figures))
    judged = parts[0]
    for part in parts[1:]:
        judged = judged.unionByName(part)
    z = 1.959963984540054
    n = F.nullif(F.col("recordings") - F.col("failed"), F.lit(0))
    error = (F.col("missed") + F.col("false_talk")) / n
    middle = (error + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * F.sqrt(error * (1 - error) / n + z * z / (4 * n * n))
    reach = z * F.col("deviation") / F.sqrt(n)
    return judged.select(
        "setting",
        *TUNED,
        "threshold",
        "by",
        "value",
        "recordings",
        "failed",
        "found",
        "missed",
        "false_talk",
        "quiet",
        error.alias("error"),
        F.when(n > 0, F.greatest(F.lit(0.0), middle - half)).alias("error_low"),
        F.when(n > 0, F.least(F.lit(1.0), middle + half)).alias("error_high"),
        "cost",
        (F.col("cost") - reach).alias("cost_low"),
        (F.col("cost") + reach).alias("cost_high"),
    )


SHOWN_VALUES = 20


def show(judged, settings):
    """Prints what was judged, of each column the values with most recordings."""
    for place, setting in enumerate(settings):
        words = ", ".join(f"{key} {value}" for key, value in setting.items())
        print(f"{words}{' (recommended)' if place == 0 else ''}")
        counted = f"{'failed':>7} {'found':>8} {'missed':>8} {'false':>8} {'quiet':>8}"
        print(f"  {'':24} {'recordings':>10} {counted}  {'error':18}  cost")
        rows = judged.where(F.col("setting") == setting_name(setting))
        best = Window.partitionBy("by").orderBy(F.desc("recordings"), "value")
        rows = rows.withColumn("place", F.row_number().over(best)).where(F.col("place") <= SHOWN_VALUES)
        for row in rows.orderBy(F.col("by").asc_nulls_first(), "place").collect():
            name = f"{row['by']} {row['value'] or '(none)'}" if row["by"] else "all"
            error = (
                "-"
                if row["error"] is None
                else f"{row['error']:.1%}, {row['error_low'] * 100:.1f}...{row['error_high']:.1%}"
            )
            low_high = "" if row["cost_low"] is None else f", {row['cost_low']:.4f}...{row['cost_high']:.4f}"
            cost = "-" if row["cost"] is None else f"{row['cost']:.4f}{low_high}"
            counts = f"{row['found']:8} {row['missed']:8} {row['false_talk']:8} {row['quiet']:8}"
            print(f"  {harmless(name)[:24]:24} {row['recordings']:10} {row['failed']:7} {counts}  {error:18}  {cost}")


def setting_name(setting):
    """The setting as the name of a folder."""
    return "-".join(str(setting[key]) for key in [*TUNED, "threshold"])


def parse_setting(text):
    """A setting as it is given: min_ms=500,silence_ms=300; what is left out is as the platform's page has it."""
    setting = {**PARAMETERS["play_talk_detect"], "threshold": "512"}
    for part in text.split(","):
        name, is_given, value = part.partition("=")
        if (
            not is_given
            or name not in setting
            or not re.fullmatch(r"\d+|adaptive" if name == "threshold" else r"\d+", value)
        ):
            raise argparse.ArgumentTypeError(
                f"{part!r} must be one of {', '.join(setting)} with a number, as in silence_ms=300"
            )
        setting[name] = value if name == "threshold" else int(value)
    return setting


class Parser(argparse.ArgumentParser):
    """Exits with 64 for wrong usage, as rtmedia does."""

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(64, f"{self.prog}: {message}\n")


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def parser():
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "input",
        metavar="INPUT",
        help=(
            "a folder, a glob (quote it), a table of paths, or the same on any file system that Spark reads, as "
            "in s3a://archive/calls"
        ),
    )
    common.add_argument(
        "output", metavar="OUTPUT", help="the folder of the results, where the driver and the executors find it"
    )
    source = common.add_argument_group("INPUT")
    source.add_argument(
        "--table",
        choices=["csv", "parquet", "json", "orc"],
        help="INPUT is a table of paths (default: if its name ends so)",
    )
    source.add_argument(
        "--path", default="path", metavar="COLUMN", help="the column of the table that holds the paths (default: path)"
    )
    source.add_argument(
        "--read",
        choices=["paths", "contents"],
        help=(
            "who reads the recordings: the executors, by paths, or Spark, as contents (default: paths, unless "
            "INPUT has a scheme)"
        ),
    )
    run = common.add_argument_group("PROGRAM AND CLUSTER")
    run.add_argument(
        "--program",
        default="rtmedia",
        help=(
            "rtmedia on the driver and the executors: a path, or a name that --files ships or that PATH has "
            "(default: rtmedia)"
        ),
    )
    run.add_argument(
        "--files",
        default="",
        help=(
            "files to ship to the executors, between commas, as rtmedia,rtmedia-full; spark-submit --files does "
            "the same"
        ),
    )
    run.add_argument(
        "--master", help=("the cluster, as in local[4] or spark://host:7077 (default: that of spark-submit)")
    )
    run.add_argument(
        "--batch",
        type=positive,
        default=50_000,
        metavar="N",
        help=("how many recordings are written and counted at a time; the driver holds their paths (default: 50000)"),
    )
    run.add_argument(
        "--partitions", type=positive, metavar="N", help="how many parts a batch has (default: four for each core)"
    )
    run.add_argument("--quiet", action="store_true", help="print no line for each batch")

    all_commands = Parser(
        prog="archive.py",
        description="What rtmedia says of each recording of an archive, as Parquet, by Apache Spark.",
        epilog="Options of rtmedia itself follow --, as in: archive.py detect /archive verdicts -- --silence-ms 300",
    )
    commands = all_commands.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in [
        ("detect", "what talk and silence detection answer"),
        ("inspect", "whether the platform plays it as it is"),
        ("levels", "its levels under all line conditions"),
        ("convert", "WAV of 8000 Hz, 16 bit, mono, under the same names"),
    ]:
        commands.add_parser(name, parents=[common], help=text, description=f"Of each recording: {text}.")
    commands.choices["convert"].add_argument(
        "--audio", required=True, metavar="FOLDER", help="where the results go; all executors must see this folder"
    )
    tuning = commands.add_parser(
        "tune",
        parents=[common],
        help="the parameters that suit the callers, judged on all recordings",
        description="Finds parameters of play_talk_detect on a sample, and judges them on all recordings.",
    )
    labels = tuning.add_argument_group("LABELS")
    labels.add_argument(
        "--label",
        metavar="COLUMN",
        help=(
            "the column that says what is on a recording (default: label, or without that the folder that the "
            "recording lies in)"
        ),
    )
    labels.add_argument(
        "--talk",
        action="append",
        metavar="NAME",
        help=(f"a label that means talk; may be given several times (default: {', '.join(TALK)})"),
    )
    labels.add_argument(
        "--speaker",
        metavar="COLUMN",
        help=("the column that says who talks: the search holds out one speaker's recordings together"),
    )
    judging = tuning.add_argument_group("SEARCH AND JUDGEMENT")
    judging.add_argument(
        "--sample",
        type=positive,
        default=5000,
        metavar="N",
        help="about how many recordings the search has (default: 5000)",
    )
    judging.add_argument("--seed", type=int, default=1, help="which recordings those are (default: 1)")
    judging.add_argument(
        "--by",
        action="append",
        default=[],
        metavar="COLUMN",
        help="judge for each value of this column, too; may be given several times",
    )
    judging.add_argument(
        "--setting",
        action="append",
        default=[],
        type=parse_setting,
        metavar="LIST",
        help=("judge this, too, as in min_ms=500,silence_ms=300,threshold=256; may be given several times"),
    )
    judging.add_argument(
        "--media-ms",
        type=positive,
        metavar="MS",
        help="how long the prompt lasts (default: longer than every recording)",
    )
    judging.add_argument(
        "--cost-false-talk",
        type=float,
        default=1.0,
        metavar="PRICE",
        help="what TALK costs where there is no talk (default: 1)",
    )
    judging.add_argument(
        "--cost-missed", type=float, default=1.0, metavar="PRICE", help="what 0 costs where there is talk (default: 1)"
    )
    judging.add_argument(
        "--cost-second",
        type=float,
        default=0.01,
        metavar="PRICE",
        help="what each second until talk is found costs (default: 0.01)",
    )
    return all_commands


def refuse_options(options, all_commands):
    """Options that make more than one answer of a recording, or that the job itself sets."""
    for word in options:
        name = word.split("=")[0]
        if name in (
            "--files-from",
            "--framed",
            "-0",
            "--null",
            "--jobs",
            "--json",
            "-o",
            "--output",
            "--plot",
            "--labels",
            "--frames",
        ):
            all_commands.error(f"{name} can't be among the options of rtmedia here")
    text = " ".join(options)
    if re.search(r"--channel[ =]each", text):
        all_commands.error("--channel each has several answers for a recording; run left and right apart")
    if re.search(r"--silence-ms[ =]\S*[,.]", text):
        all_commands.error("several values of --silence-ms have several answers for a recording; run them apart")


def reason(error):
    """What is wrong, out of all that Spark says."""
    own = re.findall(r"ArchiveError: (.*)", str(error))
    return own[-1] if own else str(error).strip().split("\n")[0]


def main(words, spark=None):
    """Runs the job, and returns the exit code.

    Args:
        spark: the session; one of its own by default.
    """
    end = words.index("--") if "--" in words else len(words)
    all_commands = parser()
    arguments = all_commands.parse_args(words[:end])
    arguments.options = words[end + 1 :]
    if os.sep in arguments.program:
        arguments.program = os.path.abspath(arguments.program)  # Filters run where the recordings lie.
    refuse_options(arguments.options, all_commands)
    if (arguments.master or "").startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # It has to be the same version as this one.
    session = spark

    def tell(line):
        if not arguments.quiet:
            print(line, file=sys.stderr)

    try:
        if session is None:
            builder = SparkSession.builder.appName(f"rtmedia {arguments.command} {arguments.input}")
            session = (builder.master(arguments.master) if arguments.master else builder).getOrCreate()
            session.sparkContext.setLogLevel("ERROR")
        for file in filter(None, arguments.files.split(",")):
            session.sparkContext.addFile(file)
        (tune if arguments.command == "tune" else table)(session, arguments, tell)
        return 0
    except ArchiveError as error:
        print(f"archive.py: {harmless(str(error))}", file=sys.stderr)
        return 65
    except (Py4JError, PySparkException) as error:
        print(f"archive.py: the job failed: {harmless(reason(error))}", file=sys.stderr)
        return 70
    finally:
        if spark is None and session is not None:
            session.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
