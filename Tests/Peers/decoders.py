"""The programs that are asked for a file's sound: rtmedia, and its peers."""
import dataclasses, json, os, pathlib, re, shlex, shutil, signal, struct, subprocess, tempfile, time
import numpy as np

RATE = 8000

# An exit code of sysexits.h, which rtmedia keeps to.
BAD_DATA = 65
# What a shell says of a program that took too long.
TIMED_OUT = 124
# Instead of 0, where there is no result.
NO_RESULT = 256


@dataclasses.dataclass
class Decoded:
    """What a program made of a file."""
    program: str
    # float32, full scale 1.0, one column a channel, at 8000 Hz; None if the program refused the file.
    sound: np.ndarray | None = None
    # What it said: why it refused the file, or what it complained of while it decoded it.
    message: str = ""
    exit_code: int = 0
    seconds: float = 0.0
    # rtmedia's report of the conversion.
    report: dict = dataclasses.field(default_factory=dict)

    @property
    def is_refusal(self):
        return self.sound is None


def wav_sound(data):
    """The samples of a 16-bit WAV file; sizes in a header that was written into a pipe are not believed."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise ValueError("the result is no WAV file")
    at, channels = 12, None
    while at + 8 <= len(data):
        name, size = data[at:at + 4], struct.unpack_from("<I", data, at + 4)[0]
        if name == b"fmt ":
            channels, rate, _, _, bits = struct.unpack_from("<HIIHH", data, at + 10)
            if (rate, bits) != (RATE, 16):
                raise ValueError(f"the result has {rate} Hz and {bits} bits")
        if name == b"data" and channels:
            body = data[at + 8:at + 8 + size]
            body = body[:len(body) // (2 * channels) * 2 * channels]
            return np.frombuffer(body, "<i2").astype(np.float32).reshape(-1, channels) / 32768
        at += 8 + size + size % 2
    raise ValueError("the result is a WAV file without data")


class Timeout(Exception):
    pass


def run(command, timeout, output=None):
    """Runs a command line of the shell; returns its exit code, standard output (a file's, if named) and errors."""
    with tempfile.TemporaryFile() as errors, (open(output, "wb") if output else tempfile.TemporaryFile()) as out:
        process = subprocess.Popen(
            ["bash", "-c", "set -o pipefail; " + command], stdin=subprocess.DEVNULL, stdout=out, stderr=errors,
            start_new_session=True)
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise Timeout
        errors.seek(0)
        text = errors.read(1 << 20).decode("utf-8", "replace")
        if output:
            return code, b"", text
        out.seek(0)
        return code, out.read(), text


def shortened(text, path, limit=300):
    """A program's complaints in one line, each once, without the file's name and ffmpeg's addresses."""
    for name in (str(path.absolute()), str(path), path.name):
        text = text.replace(name, "FILE")
    text = re.sub(r" @ 0x[0-9a-f]+", "", text)
    lines = [line.strip() for line in text.replace("\r", "\n").splitlines()]
    lines = list(dict.fromkeys(line for line in lines if line))
    return " | ".join(lines)[:limit]


class RTMedia:
    """The program that is judged."""
    name = "rtmedia"

    def __init__(self, path):
        self.path = path

    def decode(self, path, timeout, partial=False):
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="peers-") as folder:
            output = pathlib.Path(folder) / "out.wav"
            option = "--partial " if partial else ""
            command = f"{shlex.quote(str(self.path))} convert --json {option}-o {output} -- {shlex.quote(str(path))}"
            try:
                code, out, errors = run(command, timeout)
            except Timeout:
                return Decoded(self.name, message=f"did not end in {timeout} s", exit_code=TIMED_OUT, seconds=timeout)
            report = self.report(out)
            result = Decoded(self.name, exit_code=code, report=report, seconds=time.monotonic() - begun)
            if code == 0:
                result.message = "; ".join(report.get("warnings", []))
                try:
                    result.sound = wav_sound(output.read_bytes())
                except (OSError, ValueError, struct.error) as error:
                    result.exit_code, result.message = NO_RESULT, f"exit code 0, but {error}"
            else:
                result.message = report.get("error") or shortened(errors, path) or f"ended with {code}"
            return result

    @staticmethod
    def report(out):
        for line in out.splitlines():
            try:
                return json.loads(line)
            except ValueError:
                continue
        return {}


class Peer:
    """Another decoder, as a command line that writes 16-bit WAV of 8000 Hz to standard output."""

    def __init__(self, name, command, fits=None):
        self.name, self.command, self.fits = name, command, fits

    @property
    def is_installed(self):
        programs = [part.split()[0] for part in self.command.split("|")]
        return all(shutil.which(program) for program in programs)

    def decode(self, path, timeout):
        begun = time.monotonic()
        # A relative name could be taken for an option.
        command = self.command.replace("FILE", shlex.quote(str(path.absolute())))
        try:
            code, out, errors = run(command, timeout)
        except Timeout:
            return Decoded(self.name, message=f"did not end in {timeout} s", exit_code=TIMED_OUT, seconds=timeout)
        result = Decoded(self.name, message=shortened(errors, path), exit_code=code, seconds=time.monotonic() - begun)
        try:
            sound = wav_sound(out)
        except (ValueError, struct.error):
            return result
        # Some end with an error after all the sound; some write a header and no sound.
        if len(sound):
            result.sound = sound
        return result


# Sox keeps every channel and does the filtering for those that have no good resampler of their own.
TO_8000 = "sox -V1 -D --ignore-length -t wav - -t wav -b 16 -r 8000 -"

MPEG = re.compile(rb"ID3|\xff[\xe0-\xff]")


def is_mpeg(path, head):
    named = path.suffix.lower() in (".mp3", ".mp2", ".mp1", ".mpga", ".mpa", ".bit")
    return head.startswith(b"\xff") and bool(MPEG.match(head)) and head[1] & 0xF6 != 0xF0 or named


def is_ogg_with(magic):
    return lambda path, head: head.startswith(b"OggS") and magic in head[:512]


def is_aac(path, head):
    return path.suffix.lower() in (".aac", ".adts", ".m4a", ".m4b", ".mp4") and (
        head[4:8] == b"ftyp" or len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0)


def peers():
    """The peers that are installed, those that know the most formats first."""
    known = [
        Peer("ffmpeg", "ffmpeg -nostdin -v error -i FILE -map 0:a:0 -vn -sn -dn -ar 8000 -c:a pcm_s16le -f wav -"),
        Peer("sox", "sox -V1 -D FILE -t wav -b 16 -r 8000 -"),
        # Its output keeps one form even where the input's rate changes.
        Peer("mpg123", f"mpg123 -q -r 48000 --stereo -e s16 -w - FILE | {TO_8000}", is_mpeg),
        Peer("opusdec", f"opusdec --quiet --rate 48000 --force-wav FILE - | {TO_8000}", is_ogg_with(b"OpusHead")),
        # What rtmedia mixes to mono inside libopus keeps the phase of both channels, as RFC 6716 allows for mono.
        Peer(
            "ffmpeg without phase inversion",
            "ffmpeg -nostdin -v error -apply_phase_inv 0 -i FILE -map 0:a:0 -ar 8000 -c:a pcm_s16le -f wav -",
            is_ogg_with(b"OpusHead")),
        # Phones put several frames into a packet, of which ffmpeg decodes the first, unless they come from a file of AMR.
        Peer(
            "ffmpeg by way of AMR",
            "ffmpeg -nostdin -v error -i FILE -map 0:a:0 -c copy -f amr - | "
            "ffmpeg -v error -f amr -i - -ar 8000 -c:a pcm_s16le -f wav -",
            lambda path, head: head[4:10] == b"ftyp3g"),
        Peer("oggdec", f"oggdec -Q -o - FILE | {TO_8000}", is_ogg_with(b"\x01vorbis")),
        Peer("flac", f"flac -s -d -c FILE | {TO_8000}", lambda path, head: head.startswith(b"fLaC")),
        Peer("flac-ogg", f"flac -s -d --ogg -c FILE | {TO_8000}", is_ogg_with(b"\x7fFLAC")),
        Peer("faad", f"faad -q -b 1 -w FILE | {TO_8000}", is_aac),
        Peer("wvunpack", f"wvunpack -q -y --wav FILE -o - | {TO_8000}", lambda path, head: head.startswith(b"wvpk")),
    ]
    return [peer for peer in known if peer.is_installed]
