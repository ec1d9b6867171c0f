"""Tests of the judge, with sound made on the spot: python3 -m unittest, in this folder.

Two stand-ins for programs take the files: what they "decode" is what a test says.
"""
import contextlib, io, json, pathlib, stat, tempfile, unittest, unittest.mock
import numpy as np
import comparison, decoders, judge, verdict
from decoders import BAD_DATA, RATE, Decoded
from verdict import Limits, Verdict


def speech(seconds, seed=1):
    """Noise in the telephone band that comes in bursts, as speech does, with pauses of silence."""
    random = np.random.default_rng(seed)
    noise = comparison.band_limited(random.standard_normal(int(seconds * RATE)).astype(np.float32), (250, 3300))
    time = np.arange(len(noise)) / RATE
    envelope = np.clip(np.sin(2 * np.pi * 1.3 * time + seed) + 0.6, 0, 1)
    return (0.1 * envelope * noise).astype(np.float32)[:, None]


def tone(seconds, frequency=440):
    return (0.25 * np.sin(2 * np.pi * frequency * np.arange(int(seconds * RATE)) / RATE)).astype(np.float32)[:, None]


def rounded(sound):
    return (np.round(sound * 32768) / 32768).astype(np.float32)


def silence(seconds):
    return np.zeros((int(seconds * RATE), 1), np.float32)


class Stand:
    """A program that makes of every file the sound it was given; of None, a refusal."""
    fits = None

    def __init__(self, sound, name="peer", message="", exit_code=0, report=None, partial=None):
        self.sound, self.name, self.message, self.partial = sound, name, message, partial
        self.exit_code, self.report = exit_code, report or {"sample_rate": 44_100}

    def decode(self, path, timeout, partial=False):
        if partial:
            return Decoded(self.name, self.partial, report=self.report)
        return Decoded(self.name, self.sound, self.message, self.exit_code, report=self.report)


def found(ours, *theirs):
    """What the judge finds of rtmedia's sound (or stand-in), and its peers'."""
    here = ours if isinstance(ours, Stand) else Stand(ours, "rtmedia", exit_code=0 if ours is not None else BAD_DATA)
    others = [other if isinstance(other, Stand) else Stand(other, f"peer{n}") for n, other in enumerate(theirs)]
    with tempfile.NamedTemporaryFile() as file:
        return verdict.judge(pathlib.Path(file.name), here, others, 10, Limits())


def judged(ours, *theirs):
    return found(ours, *theirs).verdict


class EqualTests(unittest.TestCase):
    """What is the same sound."""

    def test_the_same_is_equal(self):
        self.assertEqual(judged(rounded(speech(3)), speech(3)), Verdict.EQUAL)

    def test_silence_is_equal_to_silence(self):
        self.assertEqual(judged(silence(2), silence(2)), Verdict.EQUAL)

    def test_a_shifted_copy_is_equal_and_its_delay_is_told(self):
        sound = speech(3)
        finding = found(sound, np.concatenate([silence(0.05), sound[:-400]]))
        self.assertEqual(finding.verdict, Verdict.EQUAL)
        self.assertAlmostEqual(finding.comparisons["peer0"]["lag"], 0.05, places=3)

    def test_a_shift_by_a_part_of_a_sample_is_equal(self):
        sound = speech(3)
        later = comparison.delayed(sound[:, 0].astype(float), -0.4)[:, None]
        finding = found(sound, later)
        self.assertEqual(finding.verdict, Verdict.EQUAL)
        self.assertGreater(finding.comparisons["peer0"]["snr"], 40)
        self.assertAlmostEqual(finding.comparisons["peer0"]["lag"] * RATE, 0.4, places=1)

    def test_a_steady_tone_is_equal_whatever_period_fits(self):
        self.assertEqual(judged(tone(5), tone(5)), Verdict.EQUAL)

    def test_the_mean_of_two_channels_is_equal_to_both(self):
        left, right = speech(3, 1), speech(3, 2)
        self.assertEqual(judged((left + right) / 2, np.concatenate([left, right], 1)), Verdict.EQUAL)

    def test_any_weights_of_more_channels_are_equal(self):
        parts = [speech(3, seed) for seed in range(6)]
        mixed = sum(weight * part for weight, part in zip([0.3, 0.3, 0.4, 0, 0.2, 0.2], parts))
        self.assertEqual(judged(mixed, np.concatenate(parts, 1)), Verdict.EQUAL)

    def test_a_peer_that_agrees_outweighs_one_that_differs(self):
        self.assertEqual(judged(speech(3), speech(3), speech(3, 9)), Verdict.EQUAL)

    def test_some_samples_of_delay_at_a_low_rate_are_equal(self):
        low = Stand(speech(3), "rtmedia", report={"sample_rate": 8000})
        self.assertEqual(judged(low, np.concatenate([speech(3), speech(0.25, 5)])), Verdict.EQUAL)


    def test_of_linear_pcm_next_to_nothing_may_be_missing(self):
        report = {"sample_rate": 8000, "encoding": "16-bit PCM"}
        linear = Stand(speech(3), "rtmedia", report=report)
        self.assertEqual(judged(linear, np.concatenate([speech(3), tone(0.05)])), Verdict.LOST_SOUND)


class LossTests(unittest.TestCase):
    """What has less sound than a peer, or more."""

    def test_a_truncated_copy_lost_sound(self):
        self.assertEqual(judged(speech(4)[:2 * RATE], speech(4)), Verdict.LOST_SOUND)

    def test_a_copy_without_its_beginning_lost_sound(self):
        self.assertEqual(judged(speech(4)[2 * RATE:], speech(4)), Verdict.LOST_SOUND)

    def test_one_peer_that_has_more_is_enough(self):
        self.assertEqual(judged(speech(4)[:2 * RATE], speech(4)[:2 * RATE], speech(4)), Verdict.LOST_SOUND)

    def test_a_truncated_tone_lost_sound(self):
        self.assertEqual(judged(tone(1), tone(10)), Verdict.LOST_SOUND)

    def test_the_end_is_missed_though_a_part_differs(self):
        theirs = speech(8)
        ours = theirs[:5 * RATE].copy()
        ours[4 * RATE:] = speech(1, 7)
        self.assertEqual(judged(ours, theirs), Verdict.LOST_SOUND)

    def test_missing_silence_is_no_lost_sound(self):
        self.assertEqual(judged(speech(2), np.concatenate([speech(2), silence(1)])), Verdict.SHORTER)

    def test_a_peer_may_be_the_one_that_is_short(self):
        self.assertEqual(judged(speech(4), speech(4)[:2 * RATE]), Verdict.PEERS_SHORTER)

    def test_another_peer_that_has_more_of_other_sound_is_told(self):
        self.assertEqual(judged(speech(2), speech(2), speech(4, 3)), Verdict.CONTESTED)


class DifferenceTests(unittest.TestCase):
    """What is not the same sound."""

    def test_another_sound_differs(self):
        self.assertEqual(judged(speech(3), speech(3, 2)), Verdict.DIFFERING)

    def test_a_sound_upside_down_differs(self):
        self.assertEqual(judged(-speech(3), speech(3)), Verdict.DIFFERING)

    def test_a_wrong_rate_differs(self):
        sound = speech(3)[:, 0]
        slower = np.interp(np.arange(0, len(sound), 0.98), np.arange(len(sound)), sound).astype(np.float32)[:, None]
        self.assertNotIn(judged(slower, sound[:, None]), (Verdict.EQUAL, Verdict.PEERS_SHORTER))

    def test_half_the_level_differs(self):
        self.assertEqual(judged(speech(3) / 2, speech(3)), Verdict.DIFFERING)

    def test_noise_in_place_of_sound_differs(self):
        noise = 0.5 * np.random.default_rng(3).standard_normal((3 * RATE, 1)).astype(np.float32)
        self.assertEqual(judged(noise, speech(3)), Verdict.DIFFERING)

    def test_silence_in_place_of_sound_differs(self):
        self.assertEqual(judged(silence(3), speech(3)), Verdict.DIFFERING)

    def test_the_place_of_a_difference_is_told(self):
        theirs = speech(6)
        ours = theirs.copy()
        ours[4 * RATE:] = speech(2, 8)
        detail = found(ours, theirs).comparisons["peer0"]
        self.assertAlmostEqual(detail["first_difference"], 4, delta=0.5)
        self.assertAlmostEqual(detail["agreeing"], 4 / 6, delta=0.1)


class RefusalTests(unittest.TestCase):
    """Who takes the file at all."""

    def test_refused_by_rtmedia_only(self):
        finding = found(Stand(None, "rtmedia", "is not audio", BAD_DATA), speech(1))
        self.assertEqual((finding.verdict, finding.message), (Verdict.REFUSED_HERE, "is not audio"))

    def test_refused_by_the_peers_only(self):
        self.assertEqual(judged(speech(1), None, None), Verdict.ALONE)

    def test_refused_by_all(self):
        self.assertEqual(judged(None, None), Verdict.REFUSED_BY_ALL)

    def test_damage_that_is_told_is_no_silent_loss_and_partial_is_compared(self):
        report = {"code": "damaged", "sample_rate": 44_100}
        here = Stand(None, "rtmedia", "ends early", BAD_DATA, report, partial=speech(4)[:RATE])
        finding = found(here, speech(4))
        self.assertEqual((finding.verdict, finding.partial_seconds), (Verdict.DAMAGE_HERE, 1.0))
        self.assertIn("lost", finding.peers["peer0"])

    def test_a_program_that_does_not_end_is_told(self):
        self.assertEqual(judged(Stand(None, "rtmedia", exit_code=decoders.TIMED_OUT), speech(1)), Verdict.FAILED)


class ProgramTests(unittest.TestCase):
    """Programs as they are run."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "files").mkdir()
        self.file = self.folder / "files" / "a b'c.wav"
        samples = (speech(1) * 32767).astype("<i2").tobytes()
        self.wav = (b"RIFF" + (36 + len(samples)).to_bytes(4, "little") + b"WAVEfmt \x10\0\0\0\1\0\1\0"
                    + RATE.to_bytes(4, "little") + (2 * RATE).to_bytes(4, "little") + b"\2\0\x10\0data"
                    + len(samples).to_bytes(4, "little") + samples)
        self.file.write_bytes(self.wav)

    def program(self, text):
        """A program in place of rtmedia: `$output` is where the result goes, `$input` the file."""
        path = self.folder / "rtmedia"
        path.write_text('#!/bin/bash\nwhile [ $# -gt 1 ]; do [ "$1" = -o ] && output="$2"; shift; done\ninput="$1"\n' + text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def judged(self, *options):
        out = io.StringIO()
        with contextlib.redirect_stdout(out), self.assertRaises(SystemExit) as end:
            with unittest.mock.patch("sys.argv", ["judge.py", *map(str, options), str(self.folder / "files")]):
                judge.main()
        return end.exception.code, out.getvalue()

    def test_a_peer_decodes_a_file_of_any_name(self):
        sound = decoders.Peer("cat", "cat FILE").decode(self.file, 10).sound
        self.assertEqual(sound.shape, (RATE, 1))

    def test_a_peer_that_takes_too_long_is_ended(self):
        self.assertTrue(decoders.Peer("sleep", "sleep 60; true FILE").decode(self.file, 0.2).is_refusal)

    def test_sizes_of_a_pipe_are_not_believed(self):
        data = self.wav[:40] + b"\xff\xff\xff\xff" + self.wav[44:]
        self.assertEqual(len(decoders.wav_sound(data)), RATE)

    def test_a_program_that_copies_is_equal_and_the_exit_code_is_0(self):
        code, text = self.judged("--rtmedia", self.program('cp "$input" "$output"; echo "{}"'))
        self.assertEqual(code, 0, text)
        self.assertIn("     1 equal", text)

    def test_a_program_that_cuts_off_lost_sound_and_the_exit_code_is_1(self):
        code, text = self.judged("--json", "--rtmedia", self.program('head -c 8044 "$input" > "$output"; echo "{}"'))
        record = json.loads(text)
        self.assertEqual((code, record["verdict"]), (1, "lost sound"))
        self.assertAlmostEqual(record["seconds"], 0.5)
        self.assertAlmostEqual(record["longest_peer"], 1.0)

    def test_a_program_that_crashes_is_told_though_no_peer_takes_the_file(self):
        self.file.write_bytes(b"nothing")
        record = json.loads(self.judged("--json", "--rtmedia", self.program("kill -SEGV $$"))[1])
        self.assertEqual(record["verdict"], "crashed or did not end")

    def test_exit_code_0_without_a_result_is_told(self):
        code, text = self.judged("--json", "--rtmedia", self.program("echo '{}'"))
        self.assertEqual((code, json.loads(text)["verdict"]), (1, "crashed or did not end"))

    def test_the_message_of_a_refusal_comes_from_the_report(self):
        text = """echo '{"code": "not_audio", "error": "is not audio", "result": "failed"}'; exit 65"""
        record = json.loads(self.judged("--json", "--rtmedia", self.program(text))[1])
        self.assertEqual((record["verdict"], record["message"]), ("refused by rtmedia only", "is not audio"))


if __name__ == "__main__":
    unittest.main()
