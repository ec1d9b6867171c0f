"""Clips to train on, mixed at random from development voices, music, effects and noises made by arithmetic."""
import numpy as np
import corpus, noises, sources
from corpus import pcm, piece, transcode
from noises import cadence, scaled, shaped, tones
from sources import FRAME, RATE


class Material:
    """All that may be trained on; for the second stage of the training there is more music, and it is heard more often."""

    def __init__(self, cache, is_second=False):
        self.main = sources.voices(sources.DEVELOPMENT.values(), cache)
        self.more = [voice for voice in sources.voices(sources.MORE, cache) if len(voice) > 10]
        self.music = sources.load(sources.DEVELOPMENT_MUSIC, cache)
        self.more_music = sources.load(sources.MORE_MUSIC, cache)
        if is_second:
            self.more_music += sources.load(sources.LATER_MUSIC, cache)
        self.shares = (0.42, 0.46) if is_second else (0.62, 0.70)  # of noises made, and of them and the main music
        self.effects = sources.load(sources.EFFECTS, cache)

    def voice(self, rng):
        pool = self.main if rng.random() < 0.55 else self.more
        return pool[rng.integers(len(pool))]


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


def swelling(rng, n):
    """Coloured noise with a random envelope, or gated."""
    noise = coloured(rng, n)
    if rng.random() < 0.6:
        return noise * 10 ** (curve(rng, n, 10 ** rng.uniform(-0.7, 1.2)) * rng.uniform(2, 12) / 20)
    gate = curve(rng, n, 10 ** rng.uniform(-0.3, 1)) > rng.uniform(-1, 1)
    return noise * np.convolve(gate, np.ones(40) / 40, "same")


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
        envelope = np.minimum(1, t / rng.uniform(0.001, 0.05)) * np.exp(-t / rng.uniform(0.02, 0.3))
        out[at:at + length] += burst * envelope * rng.uniform(0.3, 1)
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


def data(rng, n):
    """Keyed carriers: frequency or phase, at a random rate."""
    length = rng.integers(4, 200)
    symbols = rng.integers(0, rng.choice([2, 4, 8]), n // length + 1).repeat(length)[:n]
    t, carrier = np.arange(n) / RATE, rng.uniform(400, 3000)
    if rng.random() < 0.5:
        return np.sin(2 * np.pi * np.cumsum(carrier + symbols * rng.uniform(30, 400)) / RATE)
    return np.sin(2 * np.pi * carrier * t + symbols * np.pi / 2)


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


MADE = [coloured, coloured, swelling, swelling, knocks, bursts, glide, glide, signalling, signalling, data, tune, tune,
        noises.hum, noises.clicks, noises.white, noises.pink]


def background(rng, material, n):
    """Anything that is not talk, of power 1."""
    draw = rng.random()
    made, music = material.shares
    if draw < made:
        sound = MADE[rng.integers(len(MADE))](rng, n)
    elif draw < music:
        sound = piece(rng, material.music, n)
    elif draw < 0.83:
        sound = stretched(rng, piece(rng, material.more_music, 2 * n))[:n]
    elif draw < 0.91:
        sound = stretched(rng, np.concatenate([piece(rng, material.effects, n // 2) for _ in range(4)]))[:n]
    else:
        sound = corpus.babble(rng, material.main + material.more, rng.integers(6, 14), n)
    return scaled(sound + 1e-3 * rng.standard_normal(n))


def stretched(rng, sound, low=0.75, high=1.3):
    """A sound played faster or slower."""
    speed = rng.uniform(low, high)
    return np.interp(np.arange(0, len(sound) - 1, speed), np.arange(len(sound)), sound).astype(np.float32)


def turned(rng, phrase):
    """A phrase played faster or slower, at a random loudness and colour."""
    sound, talk = phrase.sound, phrase.talk
    if rng.random() < 0.7:
        speed = rng.uniform(0.72, 1.25)
        sound = np.interp(np.arange(0, len(sound) - 1, speed), np.arange(len(sound)), sound)
        count = len(sound) // FRAME
        talk = talk[np.minimum((np.arange(count) * speed).astype(int), len(talk) - 1)]
        sound = sound[:count * FRAME]
    if rng.random() < 0.4 and len(sound) > 800:
        gain = rng.uniform(-0.5, 0.5)
        spectrum = np.fft.rfft(sound) * (np.maximum(np.fft.rfftfreq(len(sound), 1 / RATE), 100) / 1000) ** gain
        sound = scaled(np.fft.irfft(spectrum, len(sound)))
    return sources.Phrase((sound * 10 ** (rng.uniform(-4, 4) / 20)).astype(np.float32), talk)


def echoed(rng, sound):
    """A sound in a room."""
    length = int(rng.uniform(0.05, 0.25) * RATE)
    tail = rng.standard_normal(length) * np.exp(-np.arange(length) / (length / 5)) * rng.uniform(0.02, 0.15)
    tail[0] = 1
    size = 1 << int(np.ceil(np.log2(len(sound) + length)))
    return np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(tail, size), size)[:len(sound)]


def talked(rng, material):
    """A stage with talk in random places, of one speaker or several."""
    clip = corpus.Stage()
    voice, at = material.voice(rng), rng.choice([0, rng.uniform(0, 3)])
    spread = 10 ** rng.uniform(-1, 0.5)
    while at < corpus.SECONDS:
        phrase = turned(rng, voice[rng.integers(len(voice))])
        if rng.random() < 0.25:
            phrase = sources.cut(phrase, max(0.1, rng.uniform(0.1, 1)))
        at = clip.put(phrase, at) + 0.03 + rng.exponential(spread)
        if rng.random() < 0.1:
            voice = material.voice(rng)
    return clip


def mix(rng, material):
    """A clip's samples, as floats, and its truth."""
    n, has_talk = corpus.LENGTH, rng.random() < 0.82
    clip = talked(rng, material) if has_talk else corpus.Stage()
    sound = echoed(rng, clip.sound) if rng.random() < 0.2 else clip.sound.astype(np.float64)
    if rng.random() < 0.8:
        sound = sound + background(rng, material, n) * 10 ** (-rng.uniform(2, 40) / 20)
        if rng.random() < 0.35:
            sound = sound + background(rng, material, n) * 10 ** (-rng.uniform(4, 40) / 20)
    if rng.random() < 0.3:  # as loud as talk, where there is none
        gaps = np.convolve(clip.talk, np.ones(11), "same") == 0
        if rng.random() < 0.5:
            gaps &= np.arange(len(gaps)) >= rng.integers(0, len(gaps))
        sound = sound + background(rng, material, n) * 10 ** (rng.uniform(-15, 8) / 20) * gaps.repeat(FRAME)
    if rng.random() < 0.1:  # the line's gain changes
        sound = sound * 10 ** (curve(rng, n, 0.5) * 3 / 20)
    draw = rng.random()
    loudness = rng.uniform(-52, -40) if draw < 0.2 else rng.uniform(-10, 2) if draw < 0.3 else rng.uniform(-40, -14)
    floor = corpus.level(rng.uniform(-90, -60)) * (rng.random() < 0.8)
    offset = rng.normal() * 50 if rng.random() < 0.1 else 0
    return sound * corpus.level(loudness) + floor * rng.standard_normal(n) + offset, clip.talk


def narrow(rng, sound):
    """The telephone's band."""
    f = np.fft.rfftfreq(len(sound), 1 / RATE)
    low, high = rng.uniform(150, 400), rng.uniform(2800, 3800)
    gain = 1 / np.sqrt(1 + (low / np.maximum(f, 1)) ** 8) / np.sqrt(1 + (f / high) ** 16)
    return np.fft.irfft(np.fft.rfft(sound) * gain, len(sound))


def batch(seed, material, count):
    """Clips as int16 [count, samples] and their truth [count, 600]; some through a codec."""
    rng = np.random.default_rng(seed)
    mixed = [mix(rng, material) for _ in range(count)]
    samples = np.stack([pcm(narrow(rng, sound) if rng.random() < 0.25 else sound) for sound, _ in mixed])
    order, part = rng.permutation(count), count // 8
    for index, encoding in enumerate(("mu-law", "a-law", "GSM")):
        chosen = order[index * part:(index + 1) * part]
        samples[chosen] = transcode(samples[chosen], encoding)
    return samples, np.stack([talk for _, talk in mixed])
