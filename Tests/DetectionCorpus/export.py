"""Writes the trained weights, and what they answer to a signal, as Swift sources."""
import pathlib
import numpy as np
import train

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADER = "// Made by Tests/DetectionCorpus/train.py export; do not edit.\n\n"


def packed(model):
    """The weights in the order of tk_talk_weights; the normalisation of the features is part of the first layer."""
    gates = 2 * train.HIDDEN
    inputs = model["input.weight"] / model["deviation"]
    bias = model["memory.bias_ih_l0"].copy()
    bias[:gates] += model["memory.bias_hh_l0"][:gates]
    parts = (inputs.T, model["input.bias"] - inputs @ model["mean"], model["memory.weight_ih_l0"].T, bias,
             model["memory.weight_hh_l0"].T, model["memory.bias_hh_l0"][gates:], model["output.weight"], model["output.bias"])
    return np.concatenate([part.ravel() for part in parts])


def signal(seconds=4):
    """Silence, noise, a voice of pulses through two resonances for each syllable, and a tone, in integers alone."""
    vowels = (((7300, 3800), (2500, 3500)), ((6300, 3700), (400, 3500)),
              ((7600, 3900), (-1500, 3600)), ((7000, 3800), (4200, 3500)))
    state, out, memory = 1, [], [0, 0, 0, 0]
    for n in range(seconds * 8000):
        state = (state * 1_103_515_245 + 12_345) % 2 ** 31
        noise = (state >> 16) % 65 - 32
        section, pitch = n // 4000, 60 + n // 400 % 13
        pulse = 6000 if section in (2, 3, 6) and n % 900 > 100 and n % pitch == 0 else noise
        for stage, (a, b) in enumerate(vowels[n // 900 % 4]):
            value = pulse + ((a * memory[2 * stage] - b * memory[2 * stage + 1]) >> 12)
            memory[2 * stage + 1], memory[2 * stage] = memory[2 * stage], value
            pulse = value
        square = 3000 if section == 4 and n % 19 < 9 else 0
        out.append(max(-32768, min(32767, 0 if section == 0 else (pulse >> 3) + square)))
    return np.array(out, np.int16)


def lines(values, form, width):
    texts = [form.format(value) for value in values]
    return ",\n".join("    " + ", ".join(texts[i:i + width]) for i in range(0, len(texts), width)) + ",\n"


def write(cache):
    model = dict(np.load(cache / "model.npz"))
    weights = packed(model)
    (ROOT / "Sources/TalkDetection/Classification/AdaptiveWeights.swift").write_text(
        HEADER + "/// The weights of ``AdaptiveClassifier``, in the order of `tk_talk_weights`.\nlet adaptiveWeights: [Float] = [\n"
        + lines(weights, "{:.5g}", 10) + "]\n")
    said = train.probabilities(model, signal()[None])[0]
    (ROOT / "Tests/TalkDetectionTests/AdaptiveGolden.swift").write_text(
        HEADER + "/// What the network in numpy answers to ``AdaptiveSignal``, for each 10 ms.\nlet adaptiveGolden: [Float] = [\n"
        + lines(said, "{:.4f}", 14) + "]\n")
    print(f"{len(weights)} weights, {4 * len(weights) / 1000:.1f} kB; talk in {(said > 0.5).mean():.1%} of the golden signal")
