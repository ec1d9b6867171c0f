"""Backgrounds of the unseen set, used nowhere else: neither trained nor tuned on."""
import numpy as np
from noises import scaled, shaped
from sources import RATE


def drift(rng, n, hertz):
    """A slow random curve, about normal."""
    points = rng.standard_normal(max(4, int(n / RATE * hertz) + 3))
    return np.interp(np.arange(n), np.linspace(0, n, len(points)), points)


def car(rng, n):
    """Rolling noise, wind, and an engine whose speed drifts."""
    road = shaped(rng, n, lambda f: 1 / (1 + (f / 180) ** 2)) * 10 ** (drift(rng, n, 1) / 10)
    speed = 2 * np.pi * np.cumsum(28 + 3 * drift(rng, n, 0.5)) / RATE
    engine = sum(np.sin(k * speed + rng.uniform(0, 6)) / k for k in range(1, 9))
    return road + 0.3 * engine + 0.1 * shaped(rng, n, lambda f: f ** -0.5)


def typing(rng, n):
    """Keys struck in words: a thump, a click and a rattle each."""
    out, at = 0.01 * rng.standard_normal(n), 0
    while at < n - 1200:
        length = rng.integers(200, 700)
        t = np.arange(length) / RATE
        key = sum(a * np.exp(-t / d) * np.sin(2 * np.pi * f * t) for a, d, f in
                  ((0.6, 0.01, rng.uniform(120, 300)), (0.5, 0.003, rng.uniform(1500, 3500))))
        key += 0.7 * rng.standard_normal(length) * np.exp(-t / 0.004)
        out[at:at + length] += key * rng.uniform(0.4, 1)
        at += int(RATE * (rng.uniform(0.06, 0.22) if rng.random() < 0.85 else rng.uniform(0.4, 1)))
    return out


def siren(rng, n):
    """Two-tone horn or wail, with harmonics and an echo."""
    t = np.arange(n) / RATE
    if rng.random() < 0.5:
        pitch = np.where((t / rng.uniform(0.4, 0.7)) % 2 < 1, 440, 585.0)
    else:
        pitch = 900 + 500 * np.sin(2 * np.pi * rng.uniform(0.15, 0.4) * t + rng.uniform(0, 6))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    horn = sum(np.sin(k * phase) / k ** 1.3 for k in (1, 2, 3, 4))
    echo = np.zeros(n)
    echo[800:] = 0.4 * horn[:-800]
    return horn + echo + 0.05 * rng.standard_normal(n)


def modem(rng, n):
    """An answer tone with phase reversals, then scrambled four-phase modulation."""
    t = np.arange(n) / RATE
    answer = np.sin(2 * np.pi * 2100 * t + np.pi * (t // 0.45))
    symbols = np.pi / 2 * rng.integers(0, 4, n // 13 + 1).repeat(13)[:n]
    carrier = np.sin(2 * np.pi * rng.choice([1200, 2400]) * t + symbols)
    return np.where(t < rng.uniform(0.5, 3), answer, carrier)


def modulated(rng, n):
    """Noise of a voice's colour that swells and falls as fast as syllables do."""
    colour = shaped(rng, n, lambda f: np.minimum(1, (500 / f)) * np.minimum(1, f / 200))
    return colour * 10 ** (drift(rng, n, 8) * 8 / 20)


BACKGROUNDS = {"car": car, "typing": typing, "siren": siren, "modem": modem, "modulated": modulated}
