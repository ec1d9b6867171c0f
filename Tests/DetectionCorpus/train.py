"""Trains the adaptive classifier's network on random mixes of development voices.

    train.py mix --cache DIR --seed N --clips N    mixes a part of the training material into DIR
    train.py fit --cache DIR [--seeds N ...]       trains on these parts, and writes DIR/model.npz
    train.py export --cache DIR                    writes the weights and the golden file into the repository

Needs Debian's python3-torch. Nothing of the test voices, the test music or the unseen set is read here.
"""
import argparse, glob, pathlib, time
import numpy as np
import features, mixing

INPUTS, HIDDEN, DELAY = 32, 64, 10  # DELAY: hops of look-ahead


def mix(options):
    material = mixing.Material(options.cache, options.wide)
    for part in range(0, options.clips, 200):
        samples, talk = mixing.batch([options.seed, part], material, 200)
        np.savez(options.cache / f"mix-{options.seed}-{part}.npz", talk=talk.reshape(200, -1, 2),
                 features=features.features(samples).astype(np.float16))
        print(part, flush=True)


def network():
    import torch

    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.mean = torch.nn.Parameter(torch.zeros(features.COUNT), False)
            self.deviation = torch.nn.Parameter(torch.ones(features.COUNT), False)
            self.input = torch.nn.Linear(features.COUNT, INPUTS)
            self.memory = torch.nn.GRU(INPUTS, HIDDEN, batch_first=True)
            self.output = torch.nn.Linear(HIDDEN, 2)  # the halves of the hop DELAY hops ago

        def forward(self, numbers, state=None):
            return self.output(self.memory(torch.tanh(self.input((numbers - self.mean) / self.deviation)), state)[0])

    return Network()


def recoloured(numbers):
    """Features of clips, half of them as if they had come through a filter at random: their floors move with their levels."""
    import torch
    bands, waves = torch.arange(16) + 0.5, torch.arange(1, 5)
    shapes = torch.cos(torch.pi * bands * waves[:, None] / 16)  # of mean 0
    strength = torch.rand(len(numbers), 1) * (torch.rand(len(numbers), 1) < 0.5)
    numbers[..., 16:32] += (strength * (torch.randn(len(numbers), 4) @ shapes))[:, None]
    return numbers


def fit(options):
    import torch
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    parts = [np.load(name) for seed in options.seeds for name in sorted(glob.glob(str(options.cache / f"mix-{seed}-*.npz")))]
    numbers = torch.from_numpy(np.concatenate([part["features"] for part in parts]))
    talk = torch.from_numpy(np.concatenate([part["talk"] for part in parts]))
    model = network()
    sample = numbers[::7].float()
    model.mean.data, model.deviation.data = sample.mean((0, 1)), sample.std((0, 1)) + 1e-3
    if options.start:
        model.load_state_dict({name: torch.from_numpy(value) for name, value in np.load(options.start).items()})
    held = len(numbers) // 20
    optimizer = torch.optim.Adam(model.parameters())
    steps, size = (len(numbers) - held) // 128, 128
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.rate, total_steps=options.epochs * steps, pct_start=0.15)
    loss_of = torch.nn.BCEWithLogitsLoss()
    for epoch in range(options.epochs):
        order, total, begun = held + torch.randperm(len(numbers) - held), 0.0, time.time()
        for step in range(steps):
            chosen = order[step * size:(step + 1) * size]
            given = numbers[chosen].float()
            said = model(recoloured(given) if options.recolour else given)[:, DELAY:]
            loss = loss_of(said, talk[chosen][:, :-DELAY].float())
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        with torch.no_grad():
            said = model(numbers[:held].float())[:, DELAY:]
            other = loss_of(said, talk[:held, :-DELAY].float()).item()
        print(f"epoch {epoch}: {total / steps:.4f}, held out {other:.4f}, {time.time() - begun:.0f} s", flush=True)
        np.savez(options.out or options.cache / "model.npz", **{k: v.detach().numpy() for k, v in model.state_dict().items()})
        if epoch + 1 == options.last:
            break


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def probabilities(model, samples):
    """The network's answer for each 10 ms of int16 clips, in numpy alone."""
    clips, n = samples.shape
    padded = np.concatenate([samples, np.zeros((clips, DELAY * features.HOP), samples.dtype)], 1)
    numbers = (features.features(padded) - model["mean"]) / model["deviation"]
    inputs = np.tanh(numbers @ model["input.weight"].T + model["input.bias"])
    inputs = inputs @ model["memory.weight_ih_l0"].T + model["memory.bias_ih_l0"]
    state, out = np.zeros((clips, HIDDEN), np.float32), []
    for hop in range(inputs.shape[1]):
        inner = state @ model["memory.weight_hh_l0"].T + model["memory.bias_hh_l0"]
        gates = sigmoid(inputs[:, hop, :2 * HIDDEN] + inner[:, :2 * HIDDEN])
        reset, update = gates[:, :HIDDEN], gates[:, HIDDEN:]
        fresh = np.tanh(inputs[:, hop, 2 * HIDDEN:] + reset * inner[:, 2 * HIDDEN:])
        state = fresh + update * (state - fresh)
        out.append(sigmoid(state @ model["output.weight"].T + model["output.bias"]))
    return np.stack(out[DELAY:], 1).reshape(clips, -1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["mix", "fit", "export"])
    parser.add_argument("--cache", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clips", type=int, default=12000)
    parser.add_argument("--wide", action="store_true", help="with more music, more effects and more families of noise")
    parser.add_argument("--seeds", type=int, nargs="+", default=list(range(1, 9)), help="of the parts to train on")
    parser.add_argument("--start", type=pathlib.Path, help="a model to go on from")
    parser.add_argument("--recolour", action="store_true", help="train as if half of the clips had come through filters")
    parser.add_argument("--rate", type=float, default=4e-3, help="the highest learning rate")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--last", type=int, help="after how many epochs to break off")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, help="where to write the model in place of DIR/model.npz")
    options = parser.parse_args()
    if options.action == "export":
        import export
        export.write(options.cache)
    else:
        {"mix": mix, "fit": fit}[options.action](options)


if __name__ == "__main__":
    main()
