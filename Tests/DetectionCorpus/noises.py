"""Backgrounds and distractors made by arithmetic: float arrays of any scale. `rng` is a numpy Generator."""
import numpy as np
from sources import RATE

DTMF = [(low, high) for low in (697, 770, 852, 941) for high in (1209, 1336, 1477, 1633)]


def scaled(noise, power=1.0):
    """A sound scaled to a mean power."""
    return noise * np.sqrt(power / max(np.mean(noise ** 2), 1e-9))


def shaped(rng, n, gain):
    """White noise through a gain that depends on the frequency in hertz."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    return scaled(np.fft.irfft(spectrum * gain(np.maximum(np.fft.rfftfreq(n, 1 / RATE), 20)), n))


def white(rng, n):
    return rng.standard_normal(n)


def pink(rng, n):
    return shaped(rng, n, lambda f: f ** -0.5)


def hum(rng, n):
    """Mains hum with harmonics that fall off."""
    base, t = rng.choice([50, 60]), np.arange(n) / RATE
    return scaled(sum(rng.uniform(0.3, 1) / k ** rng.uniform(0.3, 1.2) * np.sin(2 * np.pi * base * k * t + rng.uniform(0, 6))
                      for k in range(1, rng.integers(4, 30))) + 0.02 * rng.standard_normal(n))


def tones(frequencies, n):
    t = np.arange(n) / RATE
    return sum(np.sin(2 * np.pi * f * t) for f in frequencies)


def cadence(sound, on, off, begin=0):
    """A sound gated by a cadence in seconds."""
    phase = (np.arange(len(sound)) / RATE + begin) % (on + off)
    return sound * (phase < on)


def dtmf(rng, n):
    """Keys, 60-200 ms each, with pauses."""
    out, at = np.zeros(n), rng.integers(0, 2000)
    while at < n:
        length = min(int(rng.uniform(0.06, 0.2) * RATE), n - at)
        out[at:at + length] = tones(DTMF[rng.integers(16)], length)
        at += length + int(rng.uniform(0.05, 0.6) * RATE)
    return out


def ringback(rng, n):
    kind = rng.integers(3)
    if kind == 0:
        return cadence(tones([425], n), 1, 4, rng.uniform(0, 5))
    if kind == 1:
        return cadence(tones([440, 480], n), 2, 4, rng.uniform(0, 6))
    return cadence(tones([400, 450], n), 0.4, 0.2, rng.uniform(0, 3)) * (np.arange(n) / RATE % 3 < 1)


def busy(rng, n):
    frequencies, period = [([425], 0.48), ([480, 620], 0.5), ([480, 620], 0.25), ([400], 0.375)][rng.integers(4)]
    return cadence(tones(frequencies, n), period, period, rng.uniform(0, 1))


def beep(rng, n):
    out, at = np.zeros(n), rng.integers(0, n // 2)
    length = min(int(rng.uniform(0.15, 0.6) * RATE), n - at)
    out[at:at + length] = tones([rng.choice([800, 1000, 1400])], length)
    return out


def clicks(rng, n):
    """Crackle: very short decaying impulses."""
    out = np.zeros(n)
    for at in rng.integers(0, n - 100, rng.integers(4, 30)):
        length = rng.integers(4, 80)
        out[at:at + length] += rng.standard_normal(length) * np.exp(-np.arange(length) / (length / 4)) * rng.uniform(0.2, 1)
    return out


def cough(rng, n):
    """Cough-like bursts: noise with formants, a hard attack and a voiced tail."""
    out, at = np.zeros(n), rng.integers(0, n // 4)
    while at < n - 4000:
        length = int(rng.uniform(0.12, 0.35) * RATE)
        t = np.arange(length) / RATE
        formants = rng.uniform([400, 1100], [900, 2500])
        burst = shaped(rng, length, lambda f: sum(1 / (1 + ((f - c) / 150) ** 2) for c in formants) + 0.05)
        tail = 0.3 * np.sign(np.sin(2 * np.pi * rng.uniform(110, 250) * t)) * (t > 0.1)
        out[at:at + length] += (burst + tail) * np.exp(-t / rng.uniform(0.05, 0.12)) * np.minimum(1, t / 0.005)
        at += length + int(rng.uniform(0.2, 1.5) * RATE)
    return out


DISTRACTORS = {"DTMF": dtmf, "clicks": clicks, "ring-back": ringback, "busy": busy}
