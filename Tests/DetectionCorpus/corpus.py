"""The labelled corpora: 6 s clips with truth by construction at 10 ms.

    corpus.py --cache DIR [--fsdd DIR]      builds development, validation, test and unseen corpora as DIR/*.npz, the same every time

Each clip is also a task: is there a hello of 0.5-3 s, followed by 500 ms of silence, all within the first 4 s? Half of
them have one; the others are long greetings, nothing, short bursts, late and broken talk, a margin away from the limits.
"""
import argparse, glob, pathlib, subprocess
import numpy as np
import noises, sources, unseen
from sources import FRAME, RATE

SECONDS = 6
LENGTH = SECONDS * RATE
CONDITIONS = ["clean", "white 20", "white 10", "white 5", "pink 30", "pink 10", "pink 5", "hum 10", "music 20", "music 10",
              "babble 20", "babble 10", "G.711", "GSM", "quiet", "clipped", "distractors"]
PER_CONDITION = 120
UNSEEN_CLIPS = 80  # of each background
KINDS = ["hello", "long", "nothing", "burst", "late", "broken"]


class Stage:
    """Where talk is put: samples of power 1 and truth."""

    def __init__(self):
        self.sound, self.talk = np.zeros(LENGTH, np.float32), np.zeros(LENGTH // FRAME, bool)

    def put(self, phrase, at):
        """Puts a phrase at a time in seconds; returns where it ends."""
        begin = round(at * 100)
        count = min(len(phrase.talk), len(self.talk) - begin)
        if count > 0:
            self.sound[begin * FRAME:(begin + count) * FRAME] += phrase.sound[:count * FRAME]
            self.talk[begin:begin + count] |= phrase.talk[:count]
        return begin / 100 + len(phrase.talk) / 100


def pick(rng, voice, shortest, longest):
    fitting = [phrase for phrase in voice if shortest <= phrase.seconds <= longest]
    return fitting[rng.integers(len(fitting))]


def stage(rng, voice, kind):
    """A clip's talk: of which kind, as the task has it."""
    clip = Stage()
    if kind == "hello":
        hello = pick(rng, voice, 0.6, 2.7)
        end = clip.put(hello, rng.uniform(0.1, 3.4 - hello.seconds))
        if rng.random() < 0.5:
            clip.put(pick(rng, voice, 0.3, 2), end + rng.uniform(0.65, 2))
    elif kind == "long":
        end = clip.put(pick(rng, voice, 0.8, 3), rng.uniform(0, 0.5))
        while end < 4.2:
            end = clip.put(pick(rng, voice, 0.6, 3), end + rng.uniform(0.03, 0.2))
    elif kind == "burst":
        for at in rng.uniform([0.3, 2.2], [1.2, 3.2])[:rng.integers(1, 3)]:
            clip.put(sources.cut(pick(rng, voice, 0.1, 2), rng.uniform(0.12, 0.36)), at)
    elif kind == "late":
        hello = pick(rng, voice, 0.6, 2.7)
        clip.put(hello, max(rng.uniform(2.0, 4.5), 3.75 - hello.seconds))
    elif kind == "broken":
        end = rng.uniform(0.1, 0.6)
        while end < 4.3:
            end = clip.put(pick(rng, voice, 0.5, 1.4), end) + rng.uniform(0.18, 0.36)
    return clip


def piece(rng, sounds, n=LENGTH):
    """A random part of a random sound, repeated if it is short."""
    sound = sounds[rng.integers(len(sounds))]
    begin = rng.integers(0, max(1, len(sound) - n))
    part = sound[begin:begin + n]
    return part if len(part) == n else np.resize(part, n)


def babble(rng, voices, count=8, n=LENGTH):
    """Many voices at once, which is not talk."""
    out = np.zeros(n, np.float32)
    for _ in range(count):
        voice, at = voices[rng.integers(len(voices))], -rng.integers(0, RATE)
        while at < n:
            sound = voice[rng.integers(len(voice))].sound
            begin, end = max(at, 0), min(at + len(sound), n)
            if end > begin:
                out[begin:end] += sound[begin - at:end - at] * rng.uniform(0.5, 1)
            at += len(sound) + rng.integers(0, 2000)
    return out


def pcm(sound):
    return np.clip(np.round(sound), -32768, 32767).astype(np.int16)


def level(dBov):
    """The standard deviation of a level in dBov."""
    return 32768 * 10 ** (dBov / 20)


RAW = "-t raw -r 8000 -c 1 -e signed -b 16".split()
CODECS = {"mu-law": "-t ul -r 8000 -c 1".split(), "a-law": "-t al -r 8000 -c 1".split(), "GSM": "-t gsm -r 8000 -c 1".split()}


def transcode(clips, codec):
    """Clips through a codec and back."""
    def sox(data, source, target):
        return subprocess.run(["sox", "-V0", "-D", *source, "-", *target, "-"], input=data, capture_output=True, check=True).stdout

    coded = sox(np.ascontiguousarray(clips, "<i2").tobytes(), RAW, CODECS[codec])
    samples = np.frombuffer(sox(coded, CODECS[codec], RAW), "<i2")
    assert len(samples) >= clips.size and np.corrcoef(samples[:clips.size], clips.ravel())[0, 1] > 0.5, codec
    return samples[:clips.size].reshape(clips.shape)


def distractor(rng, clip):
    """A distractor wherever there is no talk, with 100 ms to spare."""
    sound = list(noises.DISTRACTORS.values())[rng.integers(len(noises.DISTRACTORS))](rng, LENGTH)
    busy = np.convolve(clip.talk, np.ones(21), "same") > 0
    return sound / np.abs(sound).max() * 2 * ~busy.repeat(FRAME)


def dress(rng, clip, condition, voices, music):
    """A clip's samples in a condition."""
    name, _, ratio = condition.partition(" ")
    sound = clip.sound
    if ratio:
        noise = {"white": noises.white, "pink": noises.pink, "hum": noises.hum}.get(name)
        made = noise(rng, LENGTH) if noise else piece(rng, music) if name == "music" else babble(rng, voices)
        sound = sound + noises.scaled(made, 10 ** (-float(ratio) / 10))
    elif name == "distractors":
        sound = sound + distractor(rng, clip)
    loudness = {"quiet": rng.uniform(-50, -42), "clipped": rng.uniform(-6, 0)}.get(name, rng.uniform(-32, -18))
    floor = level(rng.uniform(-85, -66)) if rng.random() < 0.8 else 0
    return pcm(sound * level(loudness) + floor * rng.standard_normal(LENGTH))


def build(seed, voices, music):
    """One half of the corpus: 17 conditions of 120 clips."""
    rng = np.random.default_rng(seed)
    samples, truth, task, condition = [], [], [], []
    for index, name in enumerate(CONDITIONS):
        clips = [stage(rng, voices[n % len(voices)], KINDS[0] if n % 2 else KINDS[1 + n // 2 % 5])
                 for n in range(PER_CONDITION)]
        part = np.stack([dress(rng, clip, name, voices, music) for clip in clips])
        if name in ("G.711", "GSM"):
            half = PER_CONDITION // 2
            codecs = ("mu-law", "a-law") if name == "G.711" else ("GSM", "GSM")
            part = np.concatenate([transcode(part[:half], codecs[0]), transcode(part[half:], codecs[1])])
        samples.append(part)
        truth += [clip.talk for clip in clips]
        task += [n % 2 == 1 for n in range(PER_CONDITION)]
        condition += [index] * PER_CONDITION
    return dict(samples=np.concatenate(samples), truth=np.stack(truth), task=np.array(task), condition=np.array(condition))


def digits(fsdd):
    """FSDD's speakers: phrases made of one to five digits."""
    rng, speakers = np.random.default_rng(5), {}
    for name in sorted(glob.glob(f"{fsdd}/*.wav")):
        speakers.setdefault(pathlib.Path(name).name.split("_")[1], []).append(name)
    voices = []
    for names in speakers.values():
        names = [names[i] for i in rng.permutation(len(names))[:200]]
        said = [phrase for name in names for phrase in sources.phrases(sources.decode(name))]
        voice = [phrase for phrase in said if phrase.seconds <= 0.9]
        for _ in range(300):
            chosen = [said[i] for i in rng.integers(0, len(said), rng.integers(2, 6))]
            pauses = [np.zeros(rng.integers(3, 16), bool) for _ in chosen[1:]] + [np.zeros(0, bool)]
            voice.append(sources.Phrase(
                np.concatenate([part for p, q in zip(chosen, pauses) for part in (p.sound, np.zeros(len(q) * FRAME))]),
                sources.without_runs(np.concatenate([part for p, q in zip(chosen, pauses) for part in (p.talk, q)]), False, 10)))
        voices.append(voice)
    return voices


def build_over(seed, voices, backgrounds):
    """Voices over backgrounds at 10 dB; each a function of a generator and a length."""
    rng = np.random.default_rng(seed)
    samples, truth, task, condition = [], [], [], []
    for index, background in enumerate(backgrounds):
        for n in range(UNSEEN_CLIPS):
            clip = stage(rng, voices[n % len(voices)], KINDS[0] if n % 2 else KINDS[1 + n // 2 % 5])
            made = background(rng, LENGTH)
            sound = clip.sound + noises.scaled(made, 0.1)
            samples.append(pcm(sound * level(rng.uniform(-35, -18))))
            truth.append(clip.talk)
            task.append(n % 2 == 1)
            condition.append(index)
    return dict(samples=np.stack(samples), truth=np.stack(truth), task=np.array(task), condition=np.array(condition))


def pieces(sounds):
    """Random parts of some sounds, as a background."""
    return lambda rng, n: piece(rng, sounds, n)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", required=True, help="a folder for what is decoded and built, some 400 MB")
    parser.add_argument("--fsdd", help="the folder `recordings` of Jakobovski/free-spoken-digit-dataset")
    options = parser.parse_args()
    cache = pathlib.Path(options.cache)
    test = sources.voices(sources.TEST.values(), cache)
    music = sources.load(sources.TEST_MUSIC, cache)
    if options.fsdd:
        spoken = digits(options.fsdd)
    else:
        print("no FSDD: the unseen set has the Russian and Italian voices instead")
        spoken = test[1:]
    others = [pieces(sources.load(patterns, cache)) for patterns in sources.VALIDATION_BACKGROUNDS.values()]
    corpora = {
        "development": build(11, sources.voices(sources.DEVELOPMENT.values(), cache),
                             sources.load(sources.DEVELOPMENT_MUSIC, cache)),
        "test": build(12, test, music), "unseen": build_over(13, spoken, [*unseen.BACKGROUNDS.values(), pieces(music)]),
        "validation": build_over(14, sources.voices(sources.VALIDATION, cache, sources.is_clean), others),
    }
    for name, corpus in corpora.items():
        np.savez_compressed(cache / f"{name}.npz", **corpus)
        print(f"{name}: {len(corpus['samples'])} clips, talk in {corpus['truth'].mean():.1%} of the frames, "
              f"{corpus['task'].mean():.1%} with a hello")


if __name__ == "__main__":
    main()
