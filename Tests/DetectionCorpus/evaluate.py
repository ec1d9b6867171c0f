"""Prints the adaptive classifier's table, side by side with others in one run.

    evaluate.py --cache DIR [--swift EXECUTABLE] [--silero FILE.onnx]

Every detector gives a score for each 10 ms; the score's threshold and the parameters of the task are chosen for each on
the development corpus alone. Needs onnxruntime and webrtcvad from PyPI, and the corpora that corpus.py builds.
"""
import argparse, itertools, pathlib, subprocess, time
import numpy as np
import corpus, noises, sources
from sources import FRAME, RATE


def timed(executable, what, samples):
    """The multiple of real time that the executable measures."""
    return float(subprocess.run([executable, what], input=samples.tobytes(), capture_output=True, check=True).stdout)


class Magnitude:
    """Asterisk's level of 20 ms frames; its speed is that of rtmedia's levels."""

    def __init__(self, threshold, executable):
        self.executable = executable
        self.name, self.thresholds, self.has_curve = f"Asterisk, threshold {threshold}", [threshold], True

    def scores(self, clips):
        return (np.abs(clips.astype(np.int32)).reshape(len(clips), -1, 160).sum(2) // 160).repeat(2, 1)

    def speed(self, samples):
        return timed(self.executable, "--level-speed", samples) if self.executable else None


class WebRTC:
    """webrtcvad, frames of 10 ms."""

    def __init__(self, mode):
        self.name, self.thresholds, self.has_curve, self.mode = f"webrtcvad, mode {mode}", [0.5], False, mode

    def scores(self, clips):
        return np.stack([self.decide(clip) for clip in clips])

    def decide(self, clip):
        import webrtcvad
        vad, data = webrtcvad.Vad(self.mode), clip.tobytes()
        return np.array([vad.is_speech(data[i:i + 160], RATE) for i in range(0, len(data) - 159, 160)], np.float32)

    def speed(self, samples):
        begun = time.process_time()
        self.decide(samples)
        return len(samples) / RATE / (time.process_time() - begun)


class Silero:
    """silero-vad's network at 8 kHz: windows of 256 samples, 32 of context, its state carried."""
    name, thresholds, has_curve = "silero-vad, 8 kHz", np.arange(0.05, 1, 0.05), True

    def __init__(self, model):
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def scores(self, clips):
        out, count = [], clips.shape[1] // 256
        for part in np.array_split(clips.astype(np.float32) / 32768, max(1, len(clips) // 120)):
            part = np.pad(part, ((0, 0), (32, -part.shape[1] % 256)))
            state, said = np.zeros((2, len(part), 128), np.float32), []
            for begin in range(0, part.shape[1] - 32, 256):
                answer, state = self.session.run(None, {"input": part[:, begin:begin + 288], "state": state,
                                                        "sr": np.array(RATE, np.int64)})
                said.append(answer[:, 0])
            frames = np.arange(clips.shape[1] // FRAME) * FRAME + FRAME // 2
            out.append(np.stack(said, 1)[:, frames // 256])
        return np.concatenate(out)

    def speed(self, samples):
        samples = samples[:RATE * 60]
        begun = time.process_time()
        self.scores(samples[None])
        return len(samples) / RATE / (time.process_time() - begun)


class Network:
    """The small network in numpy, to look at while it is being trained."""
    name, thresholds, has_curve = "ours, in numpy", np.arange(0.1, 0.95, 0.05), True

    def __init__(self, model):
        self.model = dict(np.load(model))

    def scores(self, clips):
        import train
        return np.concatenate([train.probabilities(self.model, part) for part in np.array_split(clips, max(1, len(clips) // 100))])

    def speed(self, samples):
        return None


class Swift:
    """The adaptive classifier as it is, through the executable `talk-probabilities` beside this script."""
    name, thresholds, has_curve = "rtmedia, adaptive", [0.5], True  # AdaptiveClassifier.threshold

    def __init__(self, executable):
        self.executable = executable

    def scores(self, clips):
        said = subprocess.run([self.executable, str(clips.shape[1])], input=np.ascontiguousarray(clips, "<i2").tobytes(),
                              capture_output=True, check=True).stdout
        return np.frombuffer(said, "<f4").reshape(len(clips), -1)

    def speed(self, samples):
        return timed(self.executable, "--speed", samples)


def f1(talk, truth):
    hits = (talk & truth).sum()
    return 2 * hits / max(1, talk.sum() + truth.sum())


def area(scores, truth):
    """The area under the curve, by ranks."""
    values, index, counts = np.unique(scores.ravel(), return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2
    positive = truth.ravel()
    total = ranks[index.ravel()][positive].sum()
    n = positive.sum()
    return (total - n * (n + 1) / 2) / (n * (len(positive) - n))


def tokens(talk, silence):
    """The tokens of a clip as (begin, end) in frames, divided by silences of `silence` frames."""
    joined = sources.without_runs(talk, False, silence - 1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], joined.astype(np.int8), [0]])))
    return zip(edges[::2], edges[1::2])


GRID = list(itertools.product((5, 20, 30, 40, 50), (20, 30, 40, 45, 50), (300, 325, 350)))  # silence, min, max in 10 ms


def tasks(talk, silence, shortest, longest):
    """The answers of play_talk_detect, documented, with an analysis time of 4 s."""
    return np.array([any(shortest < end - begin < longest and end + silence <= 400 for begin, end in tokens(clip, silence))
                     for clip in talk])


def choose(detector, scores, development):
    """Threshold and parameters by the development corpus: F1 first, then the task."""
    threshold = max(detector.thresholds, key=lambda t: f1(scores >= t, development["truth"]))
    talk = scores >= threshold
    return threshold, max(GRID, key=lambda p: (tasks(talk, *p) == development["task"]).mean())


def false_alarms(detector, threshold, music):
    """The share of frames called talk inside sounds that are none, at -20 dBov."""
    rng, rows = np.random.default_rng(3), {}
    makers = dict(noises.DISTRACTORS, beep=noises.beep, **{"cough-like": noises.cough}, **{"music, full level": lambda r, n: corpus.piece(r, music, n)})
    for name, maker in makers.items():
        sounds = [noises.scaled(maker(rng, corpus.LENGTH)) * corpus.level(-20) for _ in range(20)]
        clips = np.stack([corpus.pcm(sound) for sound in sounds])
        loud = np.abs(clips.astype(np.int32)).reshape(20, -1, FRAME).mean(2) > 100
        rows[name] = (detector.scores(clips) >= threshold)[loud].mean()
    return rows


def measure(detector, corpora, music, recording):
    scores = {name: detector.scores(data["samples"]) for name, data in corpora.items()}
    threshold, parameters = choose(detector, scores["development"], corpora["development"])
    row = dict(name=detector.name, threshold=threshold, parameters=parameters, speed=detector.speed(recording))
    for name, data in corpora.items():
        talk = scores[name] >= threshold
        right = tasks(talk, *parameters) == data["task"]
        row[name] = (f1(talk, data["truth"]), area(scores[name], data["truth"]) if detector.has_curve else None, right.mean())
        row[name, "conditions"] = [(f1(talk[data["condition"] == c], data["truth"][data["condition"] == c]),
                                    right[data["condition"] == c].mean()) for c in np.unique(data["condition"])]
    row["false alarms"] = false_alarms(detector, threshold, music)
    return row


def number(value, form="{:.3f}"):
    return "-" if value is None else form.format(value)


def report(rows, corpora, details):
    print("| | frame F1 | AUC | task | unseen F1 | unseen task | x real time |\n|---|---|---|---|---|---|---|")
    for row in rows:
        test, unseen = row.get("test", (None,) * 3), row.get("unseen", (None,) * 3)
        print(f"| {row['name']} | {number(test[0])} | {number(test[1])} | {number(test[2])} | {number(unseen[0])} | "
              f"{number(unseen[2])} | {number(row['speed'], '{:,.0f}')} |")
    print("\nFrames called talk inside sounds that are none, %:\n")
    names = list(rows[0]["false alarms"])
    print("| | " + " | ".join(names) + " |\n|---" + "|---" * len(names) + "|")
    for row in rows:
        print(f"| {row['name']} | " + " | ".join(f"{100 * value:.1f}" for value in row["false alarms"].values()) + " |")
    print("\nChosen on the development corpus (F1 and task there):")
    for row in rows:
        silence, shortest, longest = (10 * p for p in row["parameters"])
        f, _, task = row["development"]
        print(f"  {row['name']}: score >= {row['threshold']:.2f}, silence_ms {silence}, min_ms {shortest}, max_ms {longest} "
              f"({f:.3f}, {task:.3f})")
    for name in details:
        labels = {"unseen": [*corpus.unseen.BACKGROUNDS, "music"], "validation": list(sources.VALIDATION_BACKGROUNDS)}.get(
            name, corpus.CONDITIONS)
        print(f"\nF1 / task by condition, {name}:")
        for index, label in enumerate(labels):
            print(f"  {label:12}" + "".join(f"  {row[name, 'conditions'][index][0]:.3f}/{row[name, 'conditions'][index][1]:.3f}" for row in rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=pathlib.Path, required=True)
    parser.add_argument("--swift", help="the executable talk-probabilities")
    parser.add_argument("--silero", help="silero_vad.onnx of the package silero-vad")
    parser.add_argument("--model", help="a model.npz, in numpy; on development and validation corpora only")
    options = parser.parse_args()
    names = ["development", "validation"] if options.model else ["development", "test", "unseen"]
    corpora = {name: dict(np.load(options.cache / f"{name}.npz")) for name in names}
    if options.model:
        detectors = [Network(options.model)]
    else:
        detectors = [Magnitude(256, options.swift), Magnitude(512, options.swift), WebRTC(0), WebRTC(3)]
        detectors += [Silero(options.silero)] if options.silero else []
        detectors += [Swift(options.swift)] if options.swift else []
    recording = corpora["development"]["samples"][:600].ravel()  # an hour
    music = sources.load(sources.DEVELOPMENT_MUSIC if options.model else sources.TEST_MUSIC, options.cache)
    report([measure(detector, corpora, music, recording) for detector in detectors], corpora, names)


if __name__ == "__main__":
    main()
