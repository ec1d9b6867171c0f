"""Clips to train on, mixed at random from development voices, music, effects and noises made by arithmetic."""
import numpy as np
import corpus, families, sources, tunes, variety
from corpus import pcm, piece, transcode
from noises import scaled
from sources import FRAME, RATE


class Material:
    """All that may be trained on; if wide, with more music, more effects and more families of noise."""

    def __init__(self, cache, is_wide=False):
        self.is_wide = is_wide
        self.main = sources.voices(sources.DEVELOPMENT.values(), cache)
        more = [voice for voice in sources.voices(sources.MORE + sources.ACTORS, cache, sources.is_clean) if len(voice) > 10]
        self.more, self.shares = more, np.sqrt([sum(phrase.seconds for phrase in voice) for voice in more])
        self.shares /= self.shares.sum()
        self.music = sources.load(sources.DEVELOPMENT_MUSIC, cache)
        self.more_music = sources.load(sources.MORE_MUSIC, cache)
        self.tunes = tunes.tunes(400, cache)
        self.effects = sources.load(sources.EFFECTS, cache)
        if is_wide:
            self.wide_music = [sources.load(sources.WIDE_MUSIC, cache), tunes.tunes(200, cache, 72, tunes.SMALL_FONT),
                               self.more_music, self.tunes]
            self.wide_effects = [sources.load(sources.WIDE_EFFECTS, cache), self.effects]

    def voice(self, rng):
        if rng.random() < 0.4:
            return self.main[rng.integers(len(self.main))]
        return self.more[rng.choice(len(self.more), p=self.shares)]


def background(rng, material, n):
    """Anything that is not talk, of power 1."""
    if material.is_wide and rng.random() < 0.6:
        return wide_background(rng, material, n)
    draw = rng.random()
    if draw < 0.5:
        sound = families.made(rng, n)
    elif draw < 0.53:
        sound = piece(rng, material.music, n)
    elif draw < 0.69:
        sound = stretched(rng, piece(rng, material.more_music, 2 * n))[:n]
    elif draw < 0.81:
        sound = stretched(rng, piece(rng, material.tunes, 2 * n))[:n]
    elif draw < 0.9:
        sound = effects(rng, material.effects, n)
    else:
        sound = corpus.babble(rng, material.main + material.more, rng.integers(6, 14), n)
    return tilted(rng, scaled(sound + 1e-3 * rng.standard_normal(n)))


def wide_background(rng, material, n):
    """Of the kinds that are only in wide material, of power 1."""
    draw = rng.random()
    if draw < 0.36:
        sound = variety.made(rng, n)
    elif draw < 0.42:
        sound = variety.speechlike(rng, n, material.voice(rng))
    elif draw < 0.68:
        music = material.wide_music[rng.choice(4, p=[0.5, 0.2, 0.15, 0.15])]
        sound = stretched(rng, piece(rng, music, 2 * n))[:n]
    elif draw < 0.9:
        sound = effects(rng, material.wide_effects[rng.choice(2, p=[0.6, 0.4])], n)
    else:
        sound = corpus.babble(rng, material.main + material.more, rng.integers(5, 30), n)
    if 0.42 <= draw < 0.9 and rng.random() < 0.35:
        sound = variety.estranged(rng, sound)
    if rng.random() < 0.2:
        sound = variety.echoing(rng, sound)
    return tilted(rng, scaled(scaled(sound) + 1e-3 * rng.standard_normal(n)))


def effects(rng, sounds, n):
    """Some sounds one after the other, or the same one again and again, dense or sparse."""
    if rng.random() < 0.5:
        return stretched(rng, np.concatenate([piece(rng, sounds, n // 2) for _ in range(4)]))[:n]
    out, at, gap = np.zeros(n, np.float32), rng.integers(0, RATE), 10 ** rng.uniform(-1, 0.3)
    chosen = [stretched(rng, sounds[rng.integers(len(sounds))], 0.6, 1.5)[:4 * RATE] for _ in range(rng.integers(1, 6))]
    while at < n:
        sound = chosen[rng.integers(len(chosen))][:n - at]
        out[at:at + len(sound)] += sound * 10 ** (rng.uniform(-8, 0) / 20)
        at += 1 + int(RATE * gap * rng.uniform(0.3, 1))
    return out


def tilted(rng, sound):
    """A sound through a random slope and a random resonance or notch, half of the time."""
    if rng.random() < 0.5:
        return sound
    f = np.maximum(np.fft.rfftfreq(len(sound), 1 / RATE), 60)
    gain = f ** rng.uniform(-0.6, 0.6) * (1 + rng.uniform(-0.9, 3) / (1 + ((f - rng.uniform(200, 3800)) / rng.uniform(80, 800)) ** 2))
    return scaled(np.fft.irfft(np.fft.rfft(sound) * gain, len(sound)))


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
    """A stage with talk in random places, of one speaker or several; now and then short bursts alone."""
    clip = corpus.Stage()
    voice, at = material.voice(rng), rng.choice([0, rng.uniform(0, 3)])
    spread, are_bursts = 10 ** rng.uniform(-1, 0.5), rng.random() < 0.15
    while at < corpus.SECONDS:
        phrase = turned(rng, voice[rng.integers(len(voice))])
        if are_bursts:
            phrase = shortened(rng, phrase, rng.uniform(0.1, 0.45))
        elif rng.random() < 0.3:
            phrase = shortened(rng, phrase, rng.uniform(0.1, 1.5))
        at = clip.put(phrase, at) + (rng.uniform(0.3, 2) if are_bursts else 0.03 + rng.exponential(spread))
        if rng.random() < 0.1:
            voice = material.voice(rng)
    return clip


def shortened(rng, phrase, seconds):
    """A phrase cut off, abruptly or not."""
    phrase = sources.cut(phrase, seconds)
    if rng.random() < 0.5 and len(phrase.sound) > 400:
        phrase.sound[-160:] = phrase.sound[-160:] * np.linspace(1, 0, 160)
    return phrase


def ratio(rng):
    """A ratio of talk to noise in decibels."""
    return rng.uniform(2, 20) if rng.random() < 0.7 else rng.uniform(20, 40)


def mix(rng, material):
    """A clip's samples, as floats, and its truth."""
    n, has_talk = corpus.LENGTH, rng.random() < 0.8
    clip = talked(rng, material) if has_talk else corpus.Stage()
    sound = echoed(rng, clip.sound) if rng.random() < 0.2 else clip.sound.astype(np.float64)
    if rng.random() < 0.82:
        sound = sound + background(rng, material, n) * 10 ** (-ratio(rng) / 20)
        if rng.random() < 0.3:
            sound = sound + background(rng, material, n) * 10 ** (-rng.uniform(4, 40) / 20)
    if rng.random() < 0.3:  # as loud as talk, where there is none
        gaps = np.convolve(clip.talk, np.ones(11), "same") == 0
        if rng.random() < 0.5:
            gaps &= np.arange(len(gaps)) >= rng.integers(0, len(gaps))
        sound = sound + background(rng, material, n) * 10 ** (rng.uniform(-15, 8) / 20) * gaps.repeat(FRAME)
    if rng.random() < 0.1:  # the line's gain changes
        sound = sound * 10 ** (families.curve(rng, n, 0.5) * 3 / 20)
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
