"""What a person does in the view Phone: calls a flow that `rtmedia serve` serves, by voice and by keys, and keeps the call."""

import array
import contextlib
import io
import json
import math
import pathlib
import re
import subprocess
import tempfile
import time
import unittest
import urllib.parse
import wave

from selenium.webdriver.common.by import By

import studio
from studio import PageTest, Server

FLOWS = studio.ROOT / "samples/flows"


class Handler:
    """A flow file that is served."""

    def __init__(self, flow):
        self.place = tempfile.TemporaryDirectory(prefix="studio-test-")
        self.process = subprocess.Popen(
            [studio.RTMEDIA, "serve", str(FLOWS / flow), "--port", "0"], stderr=subprocess.PIPE, text=True,
            env={"PATH": "/usr/bin:/bin", "HOME": self.place.name})
        printed = ""
        while not (found := re.search(r"http://[^\s/]+:\d+/", printed)):
            line = self.process.stderr.readline()
            if not line:
                raise RuntimeError(f"rtmedia serve printed no address: {printed}")
            printed += line
        self.address = found[0]

    def close(self):
        self.process.terminate()
        self.process.wait(studio.PATIENCE)
        self.process.stderr.close()
        self.place.cleanup()


def is_tone(samples, frequency):
    """Whether nearly all of the power is at one frequency, and there is much of it."""
    turns = (complex(math.cos(angle), math.sin(angle)) for angle in (2 * math.pi * frequency * n / 8000 for n in range(len(samples))))
    amplitude = 2 * abs(sum(value * turn for value, turn in zip(samples, turns))) / len(samples)
    power = sum(value * value for value in samples) / len(samples)
    return amplitude > 4000 and amplitude * amplitude / 2 > 0.95 * power


def parts(samples):
    """Tenths of a second."""
    return [samples[start:start + 800] for start in range(0, len(samples) - 800, 800)]


def nothing(folder):
    folder.mkdir(parents=True)


class PhonePage(PageTest):
    """What a person does on the page."""

    make = staticmethod(nothing)

    def events(self, kind):
        return [node.text for node in self.driver.find_elements(By.CSS_SELECTOR, f".event[data-kind='{kind}'] .what")]

    def leave_sound_as_it_is(self):
        for name in ("Echo cancellation", "Noise suppression", "Automatic gain"):
            self.labelled(name).click()

    def call(self):
        self.button("Call").click()
        self.wait(lambda: self.text(".call-state") == "In the call.")

    def save(self, folder):
        """Saves both files, and gives the scenario's path."""
        self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": folder})
        for name in ("Save the scenario", "Save the sound"):
            self.button(name).click()
        self.wait(lambda: len([path for path in pathlib.Path(folder).iterdir() if path.suffix in (".yaml", ".wav")]) == 2)
        return next(pathlib.Path(folder).glob("*.yaml"))


class PhoneTests(PhonePage):
    """The fake microphone says something all the time, each for as long as a short "yes" lasts."""

    @classmethod
    def setUpClass(cls):
        cls.handlers = [Handler("voicemail.yaml"), Handler("age-check.yaml")]
        for handler in cls.handlers:
            cls.addClassCleanup(handler.close)
        sound = tempfile.NamedTemporaryFile(suffix=".wav")
        cls.addClassCleanup(sound.close)
        studio.write_wav(pathlib.Path(sound.name), [0] * 2400 + studio.tone(500, 5000) + [0] * 4000)
        cls.microphone = sound.name
        cls.server = Server(cls.make, options=[word for handler in cls.handlers for word in ("--handler", handler.address)])
        cls.addClassCleanup(cls.server.close)
        cls.driver = studio.browser(microphone=cls.microphone)
        cls.addClassCleanup(cls.driver.quit)
        cls.driver.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["audioCapture"]})
        cls.driver.get(cls.server.address)

    def setUp(self):
        self.open("phone")

    def test_a_message_is_left_by_voice_and_key_and_the_call_passes_again_ten_times(self):
        # A tone is no voice to the browser.
        self.leave_sound_as_it_is()
        self.call()
        # The caller is heard during the greeting: the handler is told TALK, and records.
        self.wait(lambda: any("play_talk_detect: TALK" in text for text in self.events("request")), "no talk was heard")
        # Of the command that listens now the strip tells, too.
        self.wait(lambda: self.text(".strip .hint").startswith("record listens: silence is below"))
        self.wait(lambda: any(text.startswith("record") for text in self.events("answer")))
        self.wait(lambda: self.find(".level meter").get_property("value") > -50, "the microphone is not heard")
        self.button("Key #").click()
        self.wait(lambda: self.events("key") == ["#"])
        self.wait(lambda: any(text.startswith("read") for text in self.events("answer")))
        self.button("Hang up").click()
        self.wait(lambda: self.text(".call-state").startswith("The call is over: HANGUP."))
        self.assertRegex(self.text(".figures"), r"^\d+ underruns?")
        with tempfile.TemporaryDirectory() as folder:
            scenario = self.save(folder)
            text = scenario.read_text()
            self.assertIn("when: record, delay: 0, play:", text)
            self.assertIn('press: "#"', text)
            for _ in range(10):
                run = studio.rtmedia("call", self.handlers[0].address, scenario)
                self.assertEqual(run.returncode, 0, run.stdout + run.stderr + text)
            samples = studio.read_wav(scenario.with_suffix(".wav"))
            # What was said is there, half a second of 440 Hz at a time.
            self.assertGreater(sum(is_tone(part, 440) for part in parts(samples)), 5)
            keys = studio.rtmedia("detect", "--json", "--command", "dtmf", scenario.with_suffix(".wav"))
            self.assertEqual(json.loads(keys.stdout)["result"], "#", keys.stdout)

    def test_keys_are_typed_and_a_request_is_sent_again(self):
        self.set_value(self.labelled("Handler"), "1", "change")
        self.call()
        self.wait(lambda: any(text.startswith("read") for text in self.events("answer")))
        self.blur()
        self.press(["1", "7", "#"])
        self.wait(lambda: self.events("key") == ["1", "7", "#"])
        self.wait(lambda: any("read: 17" in text for text in self.events("request")))
        request = self.driver.find_elements(By.CSS_SELECTOR, ".event[data-kind=request] summary")[0]
        request.click()
        self.wait(lambda: '"INCOMING_CALL"' in self.text(".event[open] pre, .event details[open] pre"))
        self.button("Send again\u2026").click()
        field = self.labelled("The request to send")
        body = json.loads(field.get_property("value"))
        self.assertEqual(body["call_status"], "INCOMING_CALL")
        body["callid"] += 1
        self.set_value(field, json.dumps(body))
        self.button("Send it").click()
        self.wait(lambda: "Status 200, application/json" in self.text(".answer-again"))
        self.assertIn('"command"', self.text(".answer-again pre"))
        if not self.text(".call-state").startswith("The call is over"):
            self.button("Hang up").click()
        self.wait(lambda: self.text(".call-state").startswith("The call is over"))

    def test_the_microphone_s_processing_is_set_and_shown_as_the_browser_reports_it(self):
        self.leave_sound_as_it_is()
        self.call()
        self.assertIn("echo cancellation off, noise suppression off, automatic gain off", self.text(".handset fieldset .hint"))
        self.button("Mute").click()
        self.wait(lambda: self.button("Muted").get_attribute("aria-pressed") == "true")
        self.button("Hang up").click()
        self.wait(lambda: self.text(".call-state").startswith("The call is over"))
        self.assertEqual(self.driver.execute_script("return document.querySelectorAll('.keypad button:enabled').length"), 0)

    def test_an_audio_clock_that_stands_still_is_made_anew(self):
        self.driver.execute_script(
            "const Context = window.AudioContext; window.contexts = [];"
            "window.AudioContext = class extends Context { constructor(...rest) { super(...rest); window.contexts.push(this); } };")
        self.call()
        before = self.driver.execute_script("return window.contexts.length")
        # A clock that says the same each time.
        self.driver.execute_script("Object.defineProperty(window.contexts[0], 'currentTime', { value: 1 })")
        self.wait(lambda: self.driver.execute_script("return window.contexts.length") > before)
        self.wait(lambda: "restarted" in self.text(".figures"))
        # The microphone is heard through the new one.
        self.wait(lambda: self.find(".level meter").get_property("value") > -50)
        self.button("Hang up").click()
        self.wait(lambda: self.text(".call-state").startswith("The call is over"))


NUMBER = "+33123456700"
FLOW = "flow: meeting\nversion: 1\nsteps:\n  meet: { %s }\n"
CONFERENCE = "conference: { id: r, auto_leave_when_alone: true }"
DIALOUT = 'dialout: { targets: [ { number: "%s", timeout: 20 } ] }' % NUMBER


class MeetingTests(PhonePage):
    """Two people, each with a browser, and a microphone that hears a tone of its own."""

    @classmethod
    def setUpClass(cls):
        place = tempfile.TemporaryDirectory(prefix="studio-test-")
        cls.addClassCleanup(place.cleanup)
        folder = pathlib.Path(place.name)
        cls.handlers = []
        for name, command in (("conference", CONFERENCE), ("dialout", DIALOUT)):
            (folder / f"{name}.yaml").write_text(FLOW % command)
            cls.handlers.append(Handler(folder / f"{name}.yaml"))
            cls.addClassCleanup(cls.handlers[-1].close)
        cls.server = Server(cls.make, options=[word for handler in cls.handlers for word in ("--handler", handler.address)])
        cls.addClassCleanup(cls.server.close)
        cls.drivers = []
        for frequency in (440, 700):
            sound = folder / f"{frequency}.wav"
            studio.write_wav(sound, [0] * 2400 + studio.tone(500, 5000, frequency=frequency) + [0] * 4000)
            cls.drivers.append(studio.browser(microphone=str(sound)))
            cls.addClassCleanup(cls.drivers[-1].quit)
            cls.drivers[-1].execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["audioCapture"]})
            cls.drivers[-1].get(cls.server.address)
        cls.driver = cls.drivers[0]

    @contextlib.contextmanager
    def person(self, index):
        """Does something in one of the browsers."""
        self.driver = self.drivers[index]
        try:
            yield
        finally:
            self.driver = self.drivers[0]

    def setUp(self):
        for index in (0, 1):
            with self.person(index):
                self.open("phone")
                self.leave_sound_as_it_is()

    def both_sides(self):
        """What the person of the page said, and heard."""
        path = urllib.parse.urlsplit(self.button("Save both sides").get_attribute("href")).path
        with wave.open(io.BytesIO(self.server.ask(path))) as file:
            samples = array.array("h", file.readframes(file.getnframes()))
        return samples[0::2], samples[1::2]

    def expect_tones(self, own, other):
        said, heard = self.both_sides()
        self.assertGreater(sum(is_tone(part, own) for part in parts(said)), 5)
        self.assertGreater(sum(is_tone(part, other) for part in parts(heard)), 5)
        self.assertEqual(sum(is_tone(part, own) for part in parts(heard)), 0, "who speaks hears himself")

    def is_heard(self):
        return self.driver.find_elements(By.CSS_SELECTOR, ".level meter")[1].get_property("value") > -50

    def test_two_people_in_a_conference_hear_each_other(self):
        for index in (0, 1):
            with self.person(index):
                self.call()
        for index in (0, 1):
            with self.person(index):
                self.wait(self.is_heard, "the other is not heard")
        # Long enough for some of the tones.
        time.sleep(4)
        self.button("Hang up").click()
        for index, (own, other) in enumerate(((440, 700), (700, 440))):
            with self.person(index):
                self.wait(lambda: self.text(".call-state").startswith("The call is over: HANGUP."))
                self.expect_tones(own, other)
        with self.person(1):
            self.assertTrue(any("conference: LAST_PARTICIPANT" in text for text in self.events("request")))

    def test_a_number_that_is_dialled_rings_and_is_answered(self):
        with self.person(1):
            self.set_value(self.labelled("Your number"), NUMBER, "change")
            self.labelled("Ring here").click()
        self.set_value(self.labelled("Handler"), "1", "change")
        self.call()
        with self.person(1):
            self.wait(lambda: self.text(".bell p") == "+33123456789 calls you.")
            self.button("Answer").click()
            self.wait(lambda: self.text(".call-state") == "In the call.")
            self.wait(self.is_heard, "the caller is not heard")
        self.wait(lambda: self.events("answers") == [NUMBER])
        self.wait(self.is_heard, "the callee is not heard")
        time.sleep(4)
        with self.person(1):
            self.button("Hang up").click()
            self.wait(lambda: self.text(".call-state").startswith("The call is over: HANGUP."))
        self.wait(lambda: self.text(".call-state").startswith("The call is over: HANGUP."))
        self.expect_tones(440, 700)
        with tempfile.TemporaryDirectory() as folder:
            scenario = self.save(folder)
            run = studio.rtmedia("call", self.handlers[1].address, scenario)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr + scenario.read_text())
        # It rings again, and is refused.
        self.call()
        with self.person(1):
            self.button("Refuse").click()
        self.wait(lambda: self.text(".call-state").startswith("The call is over: HANGUP."))
        self.assertIn(f"{NUMBER}: rejected", self.events("is not reached"))
        self.assertTrue(any("dialout: NOANSWER" in text for text in self.events("request")))


if __name__ == "__main__":
    unittest.main()
