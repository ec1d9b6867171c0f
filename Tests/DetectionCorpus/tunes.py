"""Music of random chords, rhythms and instruments, played by fluidsynth from Debian's General MIDI sound font."""
import pathlib, subprocess, tempfile
import numpy as np
from sources import RATE

FONT, SMALL_FONT = "/usr/share/sounds/sf2/FluidR3_GM.sf2", "/usr/share/sounds/sf2/TimGM6mb.sf2"
CHOIRS = (52, 53, 54, 85, 91)  # programs that sound like voices
SCALES = [(0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 3, 5, 7, 9, 10), (0, 2, 4, 7, 9), (0, 3, 5, 6, 7, 10)]
TICKS = 96  # of a beat


def part(rng, scale, root, chords, kind):
    """The notes (begin, end, pitch, velocity) of one instrument over chords of four beats; ticks."""
    notes, step = [], TICKS * 4 // int(rng.choice([1, 2, 4, 8, 8, 16]))
    octave, loudness = {"bass": -24, "chords": 0, "melody": 12}[kind] + 12 * rng.integers(-1, 2), rng.integers(60, 120)
    held, rest, degree = rng.uniform(0.3, 1.1), rng.uniform(0, 0.5), 0
    for bar, chord in enumerate(chords):
        for at in range(bar * 4 * TICKS, (bar + 1) * 4 * TICKS, step):
            if rng.random() < rest:
                continue
            degree = {"bass": chord, "chords": chord, "melody": degree + rng.integers(-2, 3)}[kind]
            for voice in (0, 2, 4) if kind == "chords" else (0,):
                index = degree + voice
                pitch = root + octave + 12 * (index // len(scale)) + scale[index % len(scale)]
                if 21 <= pitch <= 108:
                    notes.append((at, at + max(4, int(step * held)), pitch, min(127, loudness + rng.integers(-15, 16))))
    return notes


def drums(rng, bars):
    """A pattern of a bar, repeated."""
    pattern = [(at, rng.choice([35, 36, 38, 40, 42, 44, 46, 49, 51, 45, 47, 54, 56, 62, 64, 70]), rng.integers(50, 120))
               for at in range(0, 4 * TICKS, TICKS // 4) if rng.random() < 0.5]
    return [(bar * 4 * TICKS + at, bar * 4 * TICKS + at + 20, pitch, loud) for bar in range(bars) for at, pitch, loud in pattern]


def quantity(value):
    """MIDI's variable length."""
    out = [value & 127]
    while value := value >> 7:
        out.insert(0, 128 | value & 127)
    return bytes(out)


def track(events):
    out, now = b"", 0
    for at, data in sorted(events, key=lambda event: event[0]):
        out += quantity(int(at) - now) + data
        now = int(at)
    out += b"\0\xff\x2f\0"
    return b"MTrk" + len(out).to_bytes(4, "big") + out


def midi(rng, bars=20):
    """A piece as a MIDI file: one to five instruments."""
    scale, root = SCALES[rng.integers(len(SCALES))], 48 + rng.integers(12)
    chords = np.resize(rng.integers(0, 7, rng.integers(1, 5)), bars)
    kinds = [("melody",), ("chords",), ("melody", "chords"), ("bass", "chords", "melody"), ("bass", "melody"),
             ("bass", "chords", "melody", "melody")][rng.integers(6)]
    tempo = int(60e6 / rng.uniform(55, 170))
    tracks = [track([(0, b"\xff\x51\x03" + tempo.to_bytes(3, "big"))])]
    programs = [program for program in range(128) if program not in CHOIRS]
    channels = [(channel, part(rng, scale, root, chords, kind)) for channel, kind in enumerate(kinds)]
    if rng.random() < 0.5:
        channels.append((9, drums(rng, bars)))
    for channel, notes in channels:
        events = [(0, bytes([0xC0 | channel, int(rng.choice(programs)) if channel != 9 else 0]))]
        for begin, end, pitch, loud in notes:
            events += [(begin, bytes([0x90 | channel, int(pitch), max(1, int(loud))])), (end, bytes([0x80 | channel, int(pitch), 0]))]
        tracks.append(track(events))
    return b"MThd" + (6).to_bytes(4, "big") + b"\0\1" + len(tracks).to_bytes(2, "big") + TICKS.to_bytes(2, "big") + b"".join(tracks)


def tunes(count, cache, seed=71, font=FONT):
    """So many pieces as samples, 40 s at most of each, from the cache if they are there."""
    path = pathlib.Path(cache) / f"tunes-{seed}-{count}.npz"
    if not path.exists():
        rng, sounds = np.random.default_rng(seed), []
        with tempfile.TemporaryDirectory() as folder:
            names = [f"{folder}/{index}.mid" for index in range(count)]
            for name in names:
                pathlib.Path(name).write_bytes(midi(rng))
                subprocess.run(["fluidsynth", "-q", "-i", "-n", "-g", "0.4", "-r", str(RATE), "-T", "raw", "-O", "s16",
                                "-F", name + ".raw", font, name], check=True, capture_output=True)
                stereo = np.fromfile(name + ".raw", "<i2").reshape(-1, 2).astype(np.float32)
                sounds.append(stereo.mean(1)[:40 * RATE])
        np.savez(path, samples=np.concatenate(sounds).astype(np.int16), lengths=[len(sound) for sound in sounds])
    stored = np.load(path)
    return np.split(stored["samples"].astype(np.float32), np.cumsum(stored["lengths"])[:-1])
