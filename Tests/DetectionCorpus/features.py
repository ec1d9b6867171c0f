"""What the network is given for each hop of 20 ms: 40 numbers, the same as Sources/CTelephonyKernels/TalkFeatures.c."""
import numpy as np

HOP, WINDOW = 160, 256
EDGES = np.array([4, 7, 10, 13, 16, 20, 24, 29, 35, 42, 50, 59, 69, 80, 93, 108, 125])  # bins of 31.25 Hz: 125-3906 Hz
REGIONS = np.array([0, 4, 9, 13, 16])  # bands of the four peak measures
SMOOTHING, BLOCK, BLOCKS = np.float32(0.3), 25, 4  # minimum statistics over 2-2.5 s
COUNT = 40
HANN = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)


def spectra(samples):
    """Power spectra of [clip, hop, 128 bins]; the window of a hop ends where the hop ends."""
    clips, hops = samples.shape[0], samples.shape[1] // HOP
    padded = np.concatenate([np.zeros((clips, WINDOW - HOP), np.float32), samples[:, :hops * HOP]], 1).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW, axis=1)[:, ::HOP]
    transformed = np.fft.rfft(frames * HANN)[..., :128]
    return (transformed.real ** 2 + transformed.imag ** 2).astype(np.float32)


def floors(level):
    """Each band's floor: the minimum of its smoothed level over the running block of hops and the four before it."""
    smooth, block = level[:, 0].copy(), np.full_like(level[:, 0], 1e9)
    blocks = np.full((BLOCKS,) + smooth.shape, 1e9, np.float32)
    out = np.empty_like(level)
    for hop in range(level.shape[1]):
        smooth += SMOOTHING * (level[:, hop] - smooth)
        if hop > 0 and hop % BLOCK == 0:
            blocks[hop // BLOCK % BLOCKS] = block
            block = smooth.copy()
        block = np.minimum(block, smooth)
        out[:, hop] = np.minimum(block, blocks.min(0))
    return out


def periodicity(power):
    """The highest correlation of the whitened signal with itself, at the lags of high and of low voices."""
    magnitude = np.sqrt(power)
    magnitude[..., :2] = 0
    correlation = np.fft.irfft(np.concatenate([magnitude, np.zeros_like(magnitude[..., :1])], -1))
    ratio = correlation / (correlation[..., :1] + 1e-3)
    return ratio[..., 20:53].max(-1), ratio[..., 53:128].max(-1)


def features(samples):
    """The features of int16 samples [clip, sample] as [clip, hop, 40]."""
    power = spectra(samples)
    energy = np.add.reduceat(power[..., :EDGES[-1]], EDGES[:-1], -1)
    level = np.log2(energy + 64)
    floor = floors(level)
    mean = level.mean(-1, keepdims=True)
    peaks = []
    for low, high in zip(EDGES[REGIONS[:-1]], EDGES[REGIONS[1:]]):
        part = power[..., low:high]
        peaks.append(np.log2((part.max(-1) + 1) / (part.mean(-1) + 1)))
    voiced = periodicity(power)
    return np.concatenate([
        np.clip(level - floor, -2, 10), np.clip(level - mean, -8, 8), mean, floor.mean(-1, keepdims=True),
        np.stack(peaks, -1), np.stack(voiced, -1)], -1).astype(np.float32)
