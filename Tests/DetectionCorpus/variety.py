"""More families of backgrounds to train on, made by arithmetic: float arrays of any scale. `rng` is a numpy Generator."""
import numpy as np
import families, noises
from families import coloured, curve, envelope
from noises import scaled
from sources import RATE


def formants(rng, sound, count):
    """A sound through a random row of resonances that falls off towards the top."""
    f = np.fft.rfftfreq(len(sound), 1 / RATE)
    centres = np.sort(rng.uniform(250, 3800, count))
    gain = 0.02 + sum(1 / (1 + ((f - c) / rng.uniform(40, 250)) ** 2) * (c / 300) ** rng.uniform(-1.5, 0) for c in centres)
    return np.fft.irfft(np.fft.rfft(sound) * gain, len(sound))


def syllables(rng, n):
    """Gusts at the pace of syllables, 2-8 a second, in groups with pauses between them."""
    out, at, pace = np.full(n, 10 ** rng.uniform(-4, -0.7)), rng.uniform(0, 0.5), rng.uniform(2, 8)
    steep, phrase = rng.uniform(0.5, 3), rng.uniform(0.3, 3)
    while at < n / RATE:
        end = at + phrase * rng.uniform(0.3, 1.7)
        while at < min(end, n / RATE):
            length = max(300, int(RATE / pace * rng.uniform(0.4, 1.3)))
            begin = int(at * RATE)
            out[begin:begin + length] += (np.sin(np.pi * np.linspace(0, 1, length)) ** steep * rng.uniform(0.3, 1))[:n - begin]
            at += length / RATE * rng.uniform(0.7, 1.3)
        at += rng.exponential(0.5)
    return out


def gusts(rng, n):
    """Noise of fixed resonances, or of two colours in turn, at the pace of syllables."""
    sound = formants(rng, rng.standard_normal(n), rng.integers(1, 6)) * syllables(rng, n)
    if rng.random() < 0.4:
        sound = scaled(sound) + scaled(coloured(rng, n) * syllables(rng, n), rng.uniform(0.05, 1))
    return sound


def motor(rng, n):
    """A series of pulses of wandering rate through fixed resonances: engines, purring, rattling, buzzers."""
    rate = 10 ** rng.uniform(0.8, 2.6) * 2 ** (rng.uniform(0, 0.5) * curve(rng, n, 10 ** rng.uniform(-0.7, 0.7)))
    beats = np.floor(np.cumsum(rate) / RATE)
    pulses = np.diff(beats, prepend=0) * rng.uniform(1 - rng.uniform(0, 0.8), 1, n)
    sound = formants(rng, scaled(pulses) + rng.uniform(0, 0.5) * rng.standard_normal(n), rng.integers(1, 5))
    return sound * envelope(rng, n) if rng.random() < 0.4 else sound


def cries(rng, n):
    """Short glides of random shape, alone or in rows: birds, whistles, toys, squeaks."""
    out, at, gap = np.zeros(n), rng.uniform(0, 1) * RATE, 10 ** rng.uniform(-1.5, 0)
    base, spread, longest = 10 ** rng.uniform(2.4, 3.4), rng.uniform(0.05, 1), 10 ** rng.uniform(-1.2, -0.1)
    partials, rough = rng.integers(1, 6), rng.uniform(0, 0.5) * (rng.random() < 0.5)
    while at < n - 400:
        length = min(n - int(at), int(RATE * longest * rng.uniform(0.3, 1)) + 160)
        pitch = base * 2 ** (spread * (rng.standard_normal() + curve(rng, length, 3 / longest)))
        phase = 2 * np.pi * np.cumsum(np.minimum(pitch, 3900)) / RATE
        sound = sum(np.sin(k * phase) * (k * pitch < 3900) * rng.uniform(0.1, 1) / k for k in range(1, partials + 1))
        sound = sound * np.hanning(length) ** rng.uniform(0.3, 2) + rough * rng.standard_normal(length) * np.hanning(length)
        out[int(at):int(at) + length] += sound * rng.uniform(0.2, 1)
        at += length + RATE * gap * rng.uniform(0.1, 2)
    return out


def line_code(rng, n):
    """Random bits as a signal of a few levels through a band: scramblers, base band data, facsimile."""
    baud, levels = 10 ** rng.uniform(2, 3.6), rng.choice([2, 3, 4])
    symbols = rng.integers(0, levels, int(n / RATE * baud) + 2) - (levels - 1) / 2
    sound = symbols[(np.arange(n) / RATE * baud).astype(int)]
    if rng.random() < 0.5:
        sound = sound * np.sin(2 * np.pi * rng.uniform(400, 3200) * np.arange(n) / RATE)
    return formants(rng, sound + 0.01 * rng.standard_normal(n), rng.integers(1, 4))


def hops(rng, n):
    """Tones that hop within a comb of frequencies, one or several at once, with soft or hard edges, in bursts."""
    spacing, count = 10 ** rng.uniform(1.2, 2.6), rng.integers(2, 33)
    comb = rng.uniform(250, 2500) + spacing * np.arange(count)
    comb, length, out = comb[comb < 3800], int(RATE * 10 ** rng.uniform(-2.2, -0.3)), np.zeros(n)
    for _ in range(rng.choice([1, 1, 2, 3])):
        row = rng.choice(comb, n // length + 1) if len(comb) else np.full(n // length + 1, 900.0)
        gains = (rng.random(len(row)) < rng.uniform(0.4, 1.5)).repeat(length)[:n]
        edge = rng.integers(1, max(2, length // 2))
        out += np.sin(2 * np.pi * np.cumsum(row.repeat(length)[:n]) / RATE) * np.convolve(gains, np.ones(edge) / edge, "same")
    return out + 0.003 * rng.standard_normal(n)


def handshake(rng, n):
    """Signals of random kinds one after the other, some at the same time as another."""
    out, at = np.zeros(n), 0
    makers = (line_code, hops, families.keyed, families.modulated_carriers, families.glide, coloured, families.signalling)
    while at < n:
        length = int(RATE * 10 ** rng.uniform(-1.3, 0.5)) + 100
        made = scaled(makers[rng.integers(len(makers))](rng, max(length, 2400))[:length], 10 ** rng.uniform(-1, 0))
        out[at:at + length] += made[:n - at]
        at += int(length * rng.choice([1, 1, 1, 0.5])) + int(RATE * rng.exponential(0.3)) * (rng.random() < 0.2)
    return out


def swept(rng, n):
    """Noise or a sound rich in harmonics through one narrow resonance that moves: sweeps, wah-wah, wind."""
    frames, bins = n // 80 + 1, np.arange(81) * 50.0
    centre = rng.uniform(300, 2500) * 2 ** (rng.uniform(0.3, 1.3) * curve(rng, frames * 80, 10 ** rng.uniform(-0.5, 1))[::80])
    gain = rng.uniform(0, 0.05) + 1 / (1 + ((bins - centre[:, None]) / rng.uniform(40, 300)) ** 2)
    sound = families.painted(rng, n, gain)
    return sound * syllables(rng, n) if rng.random() < 0.3 else sound


def speechlike(rng, n, phrases):
    """Noise of a voice's long-term spectrum, or of another colour, with the envelope of a voice."""
    row, at = np.zeros(n), 0
    while at < n:
        sound = phrases[rng.integers(len(phrases))].sound[:n - at]
        row[at:at + len(sound)] = sound
        at += len(sound) + int(RATE * rng.exponential(0.3))
    if rng.random() < 0.5:
        noise = np.fft.irfft(np.abs(np.fft.rfft(row)) * np.exp(2j * np.pi * rng.random(n // 2 + 1)), n)
    else:
        noise = coloured(rng, n)
    width = rng.integers(40, 400)
    slow = np.sqrt(np.convolve(row ** 2, np.hanning(width) / width, "same"))
    return noise * slow ** rng.uniform(0.5, 1.3) if rng.random() < 0.8 else noise


def estranged(rng, sound):
    """A sound backwards, with its spectrum inverted or shifted, gated, or as it is."""
    kind, n = rng.integers(5), len(sound)
    if kind == 0:
        return sound[::-1]
    if kind == 1:
        return sound * (1 - 2 * (np.arange(n) % 2))
    if kind == 2:
        return sound * np.sin(2 * np.pi * 10 ** rng.uniform(1, 3.3) * np.arange(n) / RATE)
    return sound * envelope(rng, n) if kind == 3 else sound


def echoing(rng, sound):
    """A sound in a large room, or several times over."""
    length = int(rng.uniform(0.1, 0.8) * RATE)
    tail = rng.standard_normal(length) * np.exp(-np.arange(length) / (length / 5)) * rng.uniform(0.02, 0.3)
    if rng.random() < 0.3:
        tail = np.zeros(length)
        tail[rng.integers(0, length, 4)] = rng.uniform(-0.8, 0.8, 4)
    tail[0] = 1
    size = 1 << int(np.ceil(np.log2(len(sound) + length)))
    return np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(tail, size), size)[:len(sound)]


MADE = [gusts, gusts, motor, cries, line_code, hops, handshake, handshake, swept]


def made(rng, n):
    """A sound of a random family, now and then two at once or one with another's envelope."""
    sound, draw = MADE[rng.integers(len(MADE))](rng, n), rng.random()
    if draw < 0.1:
        return sound * envelope(rng, n)
    return scaled(sound) + scaled(MADE[rng.integers(len(MADE))](rng, n), rng.uniform(0.05, 1)) if draw < 0.2 else sound
