"""Families of backgrounds to train on, made by arithmetic: float arrays of any scale. `rng` is a numpy Generator."""
import numpy as np
import noises
from noises import cadence, scaled, shaped, tones
from sources import RATE


def curve(rng, n, hertz):
    """A slow random curve, about normal."""
    points = rng.standard_normal(max(4, int(n / RATE * hertz) + 3))
    return np.interp(np.arange(n), np.linspace(0, n - 1, len(points)), points)


def coloured(rng, n):
    """Noise of a random tilt and of random resonances."""
    tilt, corner = rng.uniform(-1.2, 0.5), rng.uniform(50, 800)
    peaks = [(rng.uniform(100, 3900), rng.uniform(30, 600), rng.uniform(0, 6)) for _ in range(rng.integers(0, 5))]
    return shaped(rng, n, lambda f: np.maximum(f, corner) ** tilt * (
        1 + sum(a / (1 + ((f - c) / w) ** 2) for c, w, a in peaks)))


def painted(rng, n, gain):
    """White noise whose spectrum follows gains [frame of 10 ms, bin of 50 Hz]."""
    hop, frames = 80, len(gain)
    window = np.sin(np.pi * (np.arange(2 * hop) + 0.5) / (2 * hop))
    noise = rng.standard_normal((frames + 1) * hop)
    parts = np.lib.stride_tricks.sliding_window_view(noise, 2 * hop)[::hop] * window
    parts = np.fft.irfft(np.fft.rfft(parts) * gain, 2 * hop) * window
    out = np.zeros((frames + 1, hop))
    out[:-1] += parts[:, :hop]
    out[1:] += parts[:, hop:]
    return out.ravel()[:n]


def texture(rng, n):
    """Noise whose spectrum wanders: a random surface over time and frequency, or resonances that move."""
    frames, bins = n // 80 + 1, np.arange(81) * 50.0
    if rng.random() < 0.5:
        points = rng.standard_normal((int(n / RATE * 10 ** rng.uniform(-0.5, 1.2)) + 3, rng.integers(2, 20)))
        rows = np.linspace(0, len(points) - 1, frames)
        points = points[rows.astype(int)] + (rows % 1)[:, None] * np.diff(points, axis=0, append=points[-1:])[rows.astype(int)]
        surface = np.stack([np.interp(bins, np.linspace(0, 4000, points.shape[1]), row) for row in points])
        gain = 10 ** (surface * rng.uniform(3, 14) / 20)
    else:
        gain = np.full((frames, 81), rng.uniform(0, 0.1))
        for _ in range(rng.integers(1, 5)):
            centre = rng.uniform(200, 3500) * 2 ** (rng.uniform(0, 0.8) * curve(rng, frames * 80, 10 ** rng.uniform(-0.5, 1))[::80])
            gain = gain + rng.uniform(0.2, 1) / (1 + ((bins - centre[:, None]) / rng.uniform(40, 400)) ** 2)
    return scaled(painted(rng, n, gain * np.maximum(bins, 100) ** rng.uniform(-1, 0.3)))


def envelope(rng, n):
    """A random envelope: waves, gates, bumps as of syllables or of breath, or steps; regular or not."""
    t, kind, rate = np.arange(n) / RATE, rng.integers(5), 10 ** rng.uniform(-0.5, 1.2)
    if kind == 0:
        return 10 ** (curve(rng, n, rate) * rng.uniform(2, 14) / 20)
    if kind == 1:
        gate = curve(rng, n, rate) > rng.uniform(-1, 1)
        ramp = rng.integers(8, 800)
        return np.convolve(gate, np.ones(ramp) / ramp, "same") + 10 ** rng.uniform(-4, -0.7)
    if kind == 2:
        phase = rate * t + rng.uniform(0, 0.3) * curve(rng, n, 2) + rng.uniform(0, 1)
        wave = 0.5 + 0.5 * np.sin(2 * np.pi * phase)
        return 1 - rng.uniform(0.4, 1) + wave ** 10 ** rng.uniform(-0.5, 1)
    out, at = np.full(n, 10 ** rng.uniform(-4, -1)), rng.uniform(0, 0.5)
    longest, gap, sharp = 10 ** rng.uniform(-1.1, 0), 10 ** rng.uniform(-2, 0), rng.uniform(0.1, 0.9)
    while at < n / RATE:
        length = max(200, int(RATE * longest * rng.uniform(0.4, 1)))
        x = np.linspace(0, 1, length)
        bump = np.minimum(x / sharp, (1 - x) / (1 - sharp)) if kind == 3 else np.exp(-4 * x) * np.minimum(1, 20 * x)
        begin = int(at * RATE)
        out[begin:begin + length] += (bump * rng.uniform(0.2, 1))[:n - begin]
        at += length / RATE + gap * rng.exponential()
        if rng.random() < 0.15:
            at += rng.uniform(0.2, 1)
    return out


def swelling(rng, n):
    """Noise with a random envelope."""
    maker = (coloured, texture, noises.white, noises.pink)[rng.choice(4, p=[0.4, 0.3, 0.15, 0.15])]
    return maker(rng, n) * envelope(rng, n)


def knocks(rng, n):
    """Impulses with random resonances, alone or in series."""
    out, at, gap = np.zeros(n), rng.uniform(0, 0.5) * RATE, 10 ** rng.uniform(-1.3, 0.3)
    pitch, decay, noisy = rng.uniform(80, 3500, 3), 10 ** rng.uniform(-3, -1.2, 3), rng.uniform(0, 1)
    while at < n - 2000:
        length = rng.integers(100, 2000)
        t = np.arange(length) / RATE
        hit = sum(np.exp(-t / d) * np.sin(2 * np.pi * p * rng.uniform(0.9, 1.1) * t) for p, d in zip(pitch, decay))
        hit = hit + noisy * rng.standard_normal(length) * np.exp(-t / decay[0])
        out[int(at):int(at) + length] += hit * rng.uniform(0.3, 1)
        at += RATE * gap * rng.uniform(0.3, 1.7)
    return out


def bursts(rng, n):
    """Coughs, breaths and bangs: shaped noise of 50-500 ms."""
    out, at = np.zeros(n), rng.integers(0, RATE)
    voiced = rng.random() < 0.3
    while at < n - 4000:
        length = 2 * int(rng.uniform(0.025, 0.25) * RATE)
        t = np.arange(length) / RATE
        burst = coloured(rng, length) if rng.random() < 0.8 else noises.cough(rng, 8000)[:length]
        if voiced:
            burst = burst + rng.uniform(0, 0.8) * np.sign(np.sin(2 * np.pi * rng.uniform(80, 300) * t))
        shape = np.minimum(1, t / rng.uniform(0.001, 0.05)) * np.exp(-t / rng.uniform(0.02, 0.3))
        out[at:at + length] += burst * shape * rng.uniform(0.3, 1)
        at += length + int(10 ** rng.uniform(-1, 0.4) * RATE)
    return out


def glide(rng, n):
    """One oscillator: steady, swept, warbling or keyed, pure or rich in harmonics."""
    t, base = np.arange(n) / RATE, 10 ** rng.uniform(2, 3.5)
    kind = rng.integers(5)
    if kind == 0:
        pitch = np.full(n, base)
    elif kind == 1:
        pitch = base * 2 ** (rng.uniform(0.1, 1.5) * np.sin(2 * np.pi * 10 ** rng.uniform(-1, 1) * t + rng.uniform(0, 6)))
    elif kind == 2:
        pitch = base * 2 ** ((t / rng.uniform(0.1, 3)) % 1 * rng.uniform(-2, 2))
    elif kind == 3:
        pitch = np.repeat(base * rng.uniform(0.5, 2, n // 300 + 1), 300)[:n]
    else:
        steps = rng.integers(200, 5000)
        pitch = base * np.repeat(rng.choice(rng.uniform(0.5, 2, rng.integers(2, 6)), n // steps + 1), steps)[:n]
    phase = 2 * np.pi * np.cumsum(np.minimum(pitch, 3800)) / RATE
    partials = rng.integers(1, 8) if rng.random() < 0.5 else 1
    sound = sum(np.sin(k * phase) * rng.uniform(0.2, 1) / k for k in range(1, partials + 1) if k * base < 3900)
    if rng.random() < 0.4:
        sound = cadence(sound, 10 ** rng.uniform(-1.3, 0.5), 10 ** rng.uniform(-1.3, 0.7), rng.uniform(0, 3))
    return sound + 0.003 * rng.standard_normal(n)


def signalling(rng, n):
    """Tones of the telephone network, and others like them."""
    kind = rng.integers(6)
    if kind < 4:
        return (noises.dtmf, noises.ringback, noises.busy, noises.beep)[kind](rng, n)
    sound = tones(rng.uniform(200, 2500, rng.integers(1, 4)), n)
    return sound if kind == 4 else cadence(sound, rng.uniform(0.05, 2), rng.uniform(0.05, 3), rng.uniform(0, 3))


def keyed(rng, n):
    """Keyed carriers: frequency or phase, at a random rate."""
    length = rng.integers(4, 200)
    symbols = rng.integers(0, rng.choice([2, 4, 8]), n // length + 1).repeat(length)[:n]
    t, carrier = np.arange(n) / RATE, rng.uniform(400, 3000)
    if rng.random() < 0.5:
        return np.sin(2 * np.pi * np.cumsum(carrier + symbols * rng.uniform(30, 400)) / RATE)
    return np.sin(2 * np.pi * carrier * t + symbols * np.pi / 2)


def modulated_carriers(rng, n):
    """One carrier or many, in phase and in amplitude, of smoothed symbols."""
    count, out, t = rng.choice([1, 1, 1, 2, rng.integers(3, 40)]), np.zeros(n), np.arange(n) / RATE
    baud = 10 ** rng.uniform(1.5, 3.4) if count < 3 else 10 ** rng.uniform(1.3, 2)
    points = rng.choice([2, 4, 8, 16])
    grid = np.exp(2j * np.pi * (np.arange(points) + rng.uniform(0, 1)) / points)
    if points == 16:
        grid = np.array([a + 1j * b for a in (-3, -1, 1, 3) for b in (-3, -1, 1, 3)]) / 3.2
    smooth = max(1, int(RATE / baud * rng.uniform(0.2, 1.2)))
    window = np.hanning(smooth + 2)[1:-1]
    for carrier in rng.uniform(500, 3100, count) if count < 3 else rng.uniform(300, 800) + np.arange(count) * rng.uniform(40, 90):
        if carrier < 3900:
            symbols = rng.choice(grid, int(n / RATE * baud) + 2)[(t * baud).astype(int)]
            symbols = np.convolve(symbols, window / window.sum(), "same")
            out += np.real(symbols * np.exp(2j * np.pi * carrier * t))
    return out


def data(rng, n):
    """What modems send: stretches of keyed and of modulated carriers, of steady tones, and pauses."""
    out, at = np.zeros(n), 0
    makers = (keyed, modulated_carriers, modulated_carriers, glide)
    stretch = 10 ** rng.uniform(-0.7, 1.3)
    while at < n:
        length = min(n - at, int(RATE * stretch * rng.uniform(0.3, 1)) + 200)
        if rng.random() < 0.9:
            made = makers[rng.integers(4) if stretch < 6 else rng.integers(3)](rng, max(length, 2000))[:length]
            out[at:at + length] = scaled(made, 10 ** rng.uniform(-0.6, 0))
        at += length
    return out


def tune(rng, n):
    """Notes, chords and drums from a random scale."""
    out, beat = np.zeros(n), 10 ** rng.uniform(-0.9, 0.1)
    scale = rng.uniform(60, 300) * 2 ** (np.array([0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 17, 19, 21, 23, 24]) / 12)
    decay, attack, vibrato, partials = 10 ** rng.uniform(-1, 0.6), 10 ** rng.uniform(-3, -1), rng.uniform(0, 0.01), rng.integers(1, 12)
    strengths = rng.uniform(0, 1, partials) / np.arange(1, partials + 1) ** rng.uniform(0.3, 1.5)
    at, drums = 0.0, rng.random() < 0.5
    while at * RATE < n - 400:
        begin = int(at * RATE)
        length = min(n - begin, int(beat * RATE * rng.uniform(0.7, 4)))
        t = np.arange(length) / RATE
        for pitch in rng.choice(scale, rng.integers(1, 4)):
            phase = 2 * np.pi * pitch * (t + vibrato / 30 * np.sin(2 * np.pi * 5.5 * t))
            note = sum(a * np.sin(k * phase) for k, a in enumerate(strengths, 1) if k * pitch < 3900)
            out[begin:begin + length] += note * np.exp(-t / decay) * np.minimum(1, t / attack) * np.minimum(1, (t[-1] - t) / 0.01)
        if drums and rng.random() < 0.7:
            hit = min(length, 1600)
            out[begin:begin + hit] += rng.uniform(0.3, 3) * coloured(rng, 1600)[:hit] * np.exp(-t[:hit] / rng.uniform(0.01, 0.08))
        at += beat * rng.choice([0.5, 1, 1, 2])
    return out


MADE = [coloured, coloured, texture, swelling, swelling, swelling, swelling, knocks, bursts, glide, glide, signalling,
        signalling, data, data, data, tune, noises.hum, noises.clicks, noises.white, noises.pink]


def made(rng, n):
    """A sound of a random family; now and then one with another's envelope."""
    sound = MADE[rng.integers(len(MADE))](rng, n)
    return sound * envelope(rng, n) if rng.random() < 0.08 else sound
