"""Aligns two decodings of one file and says how much of the one is in the other, and how well."""
import dataclasses, math
import numpy as np

RATE = 8000
# What telephones carry and every decoder and resampler must agree on.
BAND = (200.0, 3400.0)
# Where delays are found: as before, but without hum.
ALIGNMENT_BAND = (300.0, 3400.0)
# One step of 16 bits.
STEP = 1 / 32768
# Sound, rather than the dither and rounding of silence: the RMS of -66 dB re full scale.
AUDIBLE = 0.0005


@dataclasses.dataclass
class Comparison:
    """How rtmedia's sound and a peer's fit, once aligned. Seconds; decibels."""
    rtmedia_seconds: float
    peer_seconds: float
    # By how much the peer's sound is late.
    lag: float
    # The peer's gain that fits best; below 0 where the one is the other upside down. For several channels, of each.
    gains: list
    # Over the common part; infinite where all that differs is inaudible.
    snr: float
    # What the peer has before and after rtmedia's sound; less than 0 where rtmedia has more.
    missing_before: float
    missing_after: float
    # Whether the common part is so loud that its gain means something.
    is_audible: bool
    # Whether what only the peer has, before and after, is more than silence.
    is_audible_before: bool
    is_audible_after: bool
    # The share of blocks of 0.25 s with sound in them that agree, and where the first that does not begins.
    agreeing: float
    first_difference: float | None

    @property
    def is_inverted(self):
        return len(self.gains) == 1 and self.gains[0] < 0 and self.is_audible

    @property
    def gain_change(self):
        """By how many decibels rtmedia is louder; 0 where the mixing of channels, or rounding, may be the reason."""
        gain = abs(self.gains[0])
        return 20 * math.log10(gain) if len(self.gains) == 1 and gain > 0 and self.is_audible else 0.0


def band_limited(sound, band):
    """Cuts off what lies outside the band, without delay; `sound` is a vector."""
    size = fast_size(len(sound) + RATE // 4)
    spectrum = np.fft.rfft(sound, size)
    frequency = np.fft.rfftfreq(size, 1 / RATE)
    low, high = band
    # Edges of 100 Hz that ring little.
    ramp = np.clip(np.minimum((frequency - (low - 50)) / 100, (high + 50 - frequency) / 100), 0, 1)
    return np.fft.irfft(spectrum * (np.sin(ramp * np.pi / 2) ** 2), size)[:len(sound)].astype(np.float32)


def fast_size(size):
    """The next size that the Fourier transform is quick with: 2^n, or 5/8, 3/4 or 7/8 of it."""
    power = 1 << max(4, (size - 1).bit_length())
    return min(n for n in (power * 5 // 8, power * 3 // 4, power * 7 // 8, power) if n >= size)


def find_lag(one, other):
    """The whole number of samples by which `other` is late, from -len(one)... to len(other)."""
    if not len(one) or not len(other):
        return 0
    size = fast_size(len(one) + len(other))
    correlation = np.fft.irfft(np.conj(np.fft.rfft(one, size)) * np.fft.rfft(other, size), size)
    # Every sound looks a little like itself upside down: that is believed only where nothing else fits.
    if -correlation.min() > 1.2 * correlation.max():
        correlation = -correlation
    # Periodic sound fits at every period; what is nearest to no lag is believed unless another is clearly better.
    near = np.flatnonzero(correlation >= 0.985 * correlation.max())
    lags = np.where(near < len(other), near, near - size)
    at = int(lags[np.argmin(np.abs(lags))])
    while True:
        best = max((at, at - 1, at + 1), key=lambda lag: correlation[lag % size])
        if best == at:
            return at
        at = best


def fractional_lag(one, other):
    """The rest, -0.5...0.5 samples, of two signals aligned to whole samples: on the loudest 8 s of them."""
    length = min(len(one), len(other))
    window = min(length, 8 * RATE)
    if window < 64:
        return 0.0
    energy = np.concatenate([[0], np.cumsum(one[:length].astype(np.float64) ** 2)])
    start = int(np.argmax(energy[window:] - energy[:-window]))
    taper = np.hanning(window)
    spectra = [np.fft.rfft(sound[start:start + window] * taper) for sound in (one, other)]
    cross = np.conj(spectra[0]) * spectra[1]
    omega = 2 * np.pi * np.fft.rfftfreq(window)
    tried = np.linspace(-0.6, 0.6, 25)
    for _ in range(2):
        fits = [abs(np.real(np.sum(cross * np.exp(1j * omega * lag)))) for lag in tried]
        best = tried[int(np.argmax(fits))]
        tried = np.linspace(best - (tried[1] - tried[0]), best + (tried[1] - tried[0]), 21)
    return float(best)


def delayed(sound, lag):
    """`sound`, advanced by a fraction of a sample."""
    if abs(lag) < 1e-3:
        return sound
    size = fast_size(len(sound) + 512)
    spectrum = np.fft.rfft(sound, size)
    return np.fft.irfft(spectrum * np.exp(2j * np.pi * np.fft.rfftfreq(size) * lag), size)[:len(sound)]


def rms(sound):
    return float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))) if len(sound) else 0.0


def loudest(sound, block=RATE // 20):
    """The RMS of the loudest 50 ms."""
    if not len(sound):
        return 0.0
    usable = len(sound) // block * block
    if not usable:
        return rms(sound)
    return float(np.sqrt(np.square(sound[:usable], dtype=np.float64).reshape(-1, block).mean(1).max()))


def compare(ours, theirs):
    """Compares two decodings; both float, one column a channel, at 8000 Hz."""
    limited = [band_limited(sound.mean(1), ALIGNMENT_BAND) for sound in (ours, theirs)]
    lag = find_lag(*limited)
    mine, other = common_part(len(ours), len(theirs), lag)
    if mine.stop - mine.start < 64:
        lag = 0
        mine, other = common_part(len(ours), len(theirs), lag)
    fraction = fractional_lag(limited[0][mine], limited[1][other])
    # Cut first and filtered then, so that the edges are the same in both.
    common = band_limited(ours[mine].mean(1), BAND).astype(np.float64)
    # What each program does of several channels is a choice; what they hold is not. Of two, all take the mean.
    parts = [theirs[other].mean(1)] if theirs.shape[1] < 3 else theirs[other].T
    columns = np.stack([delayed(band_limited(part, BAND), fraction) for part in parts], 1)
    gains, residue = fit(columns, common)
    agreeing, first_difference = blocks(common, residue)
    snr = ratio(common, residue)
    if rms(common) < STEP and rms(columns.mean(1)) > 8 * STEP:
        snr, agreeing, first_difference = 0.0, 0.0, 0.0
    if agreeing < 0.2 and snr < 6:
        # Where nothing fits, the lag means nothing.
        lag = fraction = 0
        mine, other = common_part(len(ours), len(theirs), lag)
    return Comparison(
        rtmedia_seconds=len(ours) / RATE, peer_seconds=len(theirs) / RATE, lag=(lag + fraction) / RATE,
        gains=[round(float(gain), 4) for gain in gains], snr=snr, is_audible=rms(columns) > 8 * STEP,
        missing_before=(other.start - mine.start) / RATE,
        missing_after=(len(theirs) - other.stop - (len(ours) - mine.stop)) / RATE,
        is_audible_before=is_sound(theirs[:other.start]), is_audible_after=is_sound(theirs[other.stop:]),
        agreeing=agreeing, first_difference=first_difference)


def common_part(ours, theirs, lag):
    """Where two sounds of these lengths overlap, if the second is late by `lag` samples."""
    start = max(0, -lag)
    length = max(0, min(ours - start, theirs - start - lag))
    return slice(start, start + length), slice(start + lag, start + lag + length)


def is_sound(sound):
    """Whether there is more than silence in it."""
    return loudest(sound.mean(1)) > AUDIBLE


def fit(columns, common, size=RATE // 4):
    """The gains with which the columns make up the common sound, and what is left over.

    Where parts differ, the better half of the blocks decides, lest everything seem to differ a little.
    """
    def left_over(gains):
        return common - columns @ gains

    if not len(common):
        return np.zeros(columns.shape[1]), common
    gains = np.linalg.lstsq(columns, common, rcond=None)[0]
    count = len(common) // size
    if count < 4:
        return gains, left_over(gains)
    power = np.square(common[:count * size]).reshape(count, size).sum(1)
    sounding = np.flatnonzero(power > size * (2 * STEP) ** 2)
    for _ in range(4):
        if len(sounding) < 4:
            break
        noise = np.square(left_over(gains)[:count * size]).reshape(count, size).sum(1)
        order = sounding[np.argsort(noise[sounding] / power[sounding])]
        chosen = (np.sort(order[:(len(order) + 1) // 2])[:, None] * size + np.arange(size)).ravel()
        refit = np.linalg.lstsq(columns[chosen], common[chosen], rcond=None)[0]
        if np.allclose(refit, gains, rtol=1e-3, atol=1e-5):
            break
        gains = refit
    # Of sound that is the same all over, all of it decides.
    whole = np.linalg.lstsq(columns, common, rcond=None)[0]
    if rms(left_over(whole)) < 0.1 * rms(common):
        gains = whole
    return gains, left_over(gains)


def ratio(signal, residue):
    """The signal-to-noise ratio in decibels; noise of -78 dBFS, which rounding and dither make, is none."""
    noise = rms(residue)
    if noise < 4 * STEP:
        return float("inf")
    return 20 * float(np.log10(max(rms(signal), 1e-9) / noise))


def blocks(signal, residue, size=RATE // 4, threshold=15.0):
    """The share of the blocks with sound that agree, and the time of the first that does not."""
    count = len(signal) // size
    if not count:
        return 1.0, None
    power = np.square(signal[:count * size]).reshape(count, size).mean(1)
    noise = np.square(residue[:count * size]).reshape(count, size).mean(1)
    differs = (noise > (2 * STEP) ** 2) & (power < noise * 10 ** (threshold / 10))
    sounding = np.maximum(power, noise) > (2 * STEP) ** 2
    if not sounding.any():
        return 1.0, None
    where = np.flatnonzero(differs)
    return 1 - float(differs.sum() / sounding.sum()), float(where[0] * size / RATE) if len(where) else None
