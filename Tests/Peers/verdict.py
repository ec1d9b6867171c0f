"""What rtmedia's and its peers' decodings of a file mean."""
import dataclasses, enum, re
from comparison import compare
from decoders import BAD_DATA, TIMED_OUT


# Encodings, as rtmedia names them, that neither add to the sound nor delay it.
EXACT = re.compile(r"PCM|float|law|DWVW|DPCM|ALAC|GSM", re.IGNORECASE)


class Verdict(enum.StrEnum):
    """What is said of a file, the worst first."""
    LOST_SOUND = "lost sound"
    CONTESTED = "equal, but a peer has more"
    DIFFERING = "differing"
    FAILED = "crashed or did not end"
    REFUSED_HERE = "refused by rtmedia only"
    DAMAGE_HERE = "damage that only rtmedia tells of"
    SHORTER = "rtmedia shorter, by silence"
    ALONE = "refused by the peers only"
    PEERS_SHORTER = "peers shorter"
    REFUSED_BY_ALL = "refused by all"
    EQUAL = "equal"

    @property
    def meaning(self):
        return MEANINGS[self]


MEANINGS = {
    Verdict.LOST_SOUND: "exit code 0, with less sound than a peer has, in silence about it",
    Verdict.CONTESTED: "exit code 0; one peer has the same, another has more and differs",
    Verdict.DIFFERING: "exit code 0, and no peer has that sound",
    Verdict.FAILED: "a signal ended rtmedia, it took too long, or there is no result",
    Verdict.REFUSED_HERE: "a peer decodes it",
    Verdict.DAMAGE_HERE: "exit code 65 as damaged, while a peer decodes it without a word; --partial gives what it says",
    Verdict.SHORTER: "what a peer has more is silence",
    Verdict.ALONE: "nobody to compare with",
    Verdict.PEERS_SHORTER: "agrees with a peer as far as that one gets",
    Verdict.REFUSED_BY_ALL: "nobody decodes it",
    Verdict.EQUAL: "agrees with a peer, and no peer has more sound",
}


@dataclasses.dataclass
class Limits:
    """What counts as equal."""
    # In decibels, in the telephone band.
    snr: float = 20.0
    # Seconds that may be missing at either end of what encoders add to, at usual rates.
    edge: float = 0.12
    # Seconds that may be missing of what is stored as it is: a rounding.
    exact_edge: float = 0.01
    # In decibels, for one and two channels.
    gain: float = 3.0

    def edge_of(self, report):
        """What encoders and decoders add, by what rtmedia found: up to three frames of 1152 samples, or of 1024 with
        spectral band replication; nothing where samples are stored one by one."""
        if EXACT.search(report.get("encoding", "")):
            return self.exact_edge
        sample_rate = report.get("sample_rate")
        return max(self.edge, 2700 / sample_rate if sample_rate else 0)


@dataclasses.dataclass
class Finding:
    """What became of a file."""
    path: str
    verdict: Verdict
    # What rtmedia said.
    message: str
    # The relation to each peer, in a few words.
    peers: dict
    report: dict
    comparisons: dict
    # rtmedia's seconds; those with --partial, if it took the file for damaged; the longest of the peers.
    seconds: float | None = None
    partial_seconds: float | None = None
    longest_peer: float | None = None
    exit_code: int = 0
    time: float = 0.0


def relation(comparison, limits, edge):
    """How rtmedia's sound relates to a peer's: equal, differs, more (differs, and the peer has more), lost, shorter, longer."""
    missing = max(comparison.missing_before, comparison.missing_after)
    # Of equal length, one of the two was aligned with a repetition.
    has_more = comparison.peer_seconds - comparison.rtmedia_seconds > edge / 2 and (
        comparison.missing_before > edge and comparison.is_audible_before
        or comparison.missing_after > edge and comparison.is_audible_after)
    if comparison.snr < limits.snr or comparison.is_inverted or abs(comparison.gain_change) > limits.gain:
        if not has_more:
            return "differs"
        return "lost" if comparison.agreeing >= 0.5 and not comparison.is_inverted else "more"
    if missing > edge and comparison.peer_seconds > comparison.rtmedia_seconds:
        return "lost" if has_more else "shorter"
    surplus = max(-comparison.missing_before, -comparison.missing_after)
    return "longer" if surplus > edge else "equal"


def describe(kind, comparison):
    """A relation with its figures."""
    text = f"{kind}, {comparison.peer_seconds:.2f} s"
    if comparison.snr < 60:
        text += f", {comparison.snr:.0f} dB"
    if abs(comparison.lag) > 0.02:
        text += f", {1000 * comparison.lag:+.0f} ms"
    if abs(comparison.gain_change) > 1:
        text += f", rtmedia {comparison.gain_change:+.1f} dB"
    if kind in ("differs", "more") or comparison.agreeing < 0.98:
        text += ", inverted" if comparison.is_inverted and comparison.snr > 20 else ""
        text += f", {100 * comparison.agreeing:.0f} % agree"
        if comparison.first_difference is not None:
            text += f", first at {comparison.first_difference:.2f} s"
    return text


def judge(path, rtmedia, peers, timeout, limits):
    """Has a file decoded by everyone, and compares."""
    path_text = str(path)
    with open(path, "rb") as file:
        head = file.read(4096)
    ours = rtmedia.decode(path, timeout)
    partial = None
    if ours.exit_code == BAD_DATA and ours.report.get("code") == "damaged":
        partial = rtmedia.decode(path, timeout, partial=True)
    theirs = [peer.decode(path, timeout) for peer in peers if peer.fits is None or peer.fits(path, head)]
    finding = Finding(
        path_text, Verdict.EQUAL, ours.message, {}, ours.report, {}, exit_code=ours.exit_code, time=ours.seconds)
    taken = [other for other in theirs if not other.is_refusal]
    for other in theirs:
        if other.is_refusal:
            finding.peers[other.program] = f"refused: {other.message or other.exit_code}"
    if taken:
        finding.longest_peer = max(len(other.sound) for other in taken) / 8000
    sound = ours if not ours.is_refusal else partial if partial and not partial.is_refusal else None
    relations = {}
    if sound:
        seconds = len(sound.sound) / 8000
        if sound is ours:
            finding.seconds = seconds
        else:
            finding.partial_seconds = seconds
        edge = limits.edge_of(sound.report)
        for other in taken:
            comparison = compare(sound.sound, other.sound)
            kind = relations[other.program] = relation(comparison, limits, edge)
            finding.comparisons[other.program] = dataclasses.asdict(comparison)
            text = describe(kind, comparison)
            finding.peers[other.program] = text + (f" ({other.message[:120]})" if other.message else "")
    else:
        for other in taken:
            finding.peers[other.program] = f"{len(other.sound) / 8000:.2f} s" + (
                f" ({other.message[:120]})" if other.message else "")
    finding.verdict = verdict(ours, taken, set(relations.values()))
    return finding


def verdict(ours, taken, relations):
    """The verdict of the relations to all peers that took the file."""
    if ours.exit_code >= TIMED_OUT or ours.exit_code < 0:
        return Verdict.FAILED
    if ours.is_refusal:
        if not taken:
            return Verdict.REFUSED_BY_ALL
        is_damage = ours.exit_code == BAD_DATA and ours.report.get("code") == "damaged"
        return Verdict.DAMAGE_HERE if is_damage else Verdict.REFUSED_HERE
    if not taken:
        return Verdict.ALONE
    if "lost" in relations:
        return Verdict.LOST_SOUND
    if "equal" in relations:
        return Verdict.CONTESTED if "more" in relations else Verdict.EQUAL
    if "shorter" in relations:
        return Verdict.SHORTER
    return Verdict.PEERS_SHORTER if "longer" in relations and "more" not in relations else Verdict.DIFFERING
