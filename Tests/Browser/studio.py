"""Starts `rtmedia studio` and a browser for the tests of the page.

RTMEDIA_PROGRAMS is the folder of the built programs, .build/release if it is not set. With STUDIO_URL the page of a
server that runs already is tested, which is of use while it is written."""

import array
import contextlib
import json
import math
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request
import wave

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAMS = pathlib.Path(os.environ.get("RTMEDIA_PROGRAMS", ROOT / ".build/release"))
RTMEDIA = str(PROGRAMS / "rtmedia")
SOUNDS = pathlib.Path("/usr/share/asterisk/sounds/en_US_f_Allison")
PATIENCE = 30


def write_wav(path, samples, rate=8000):
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array.array("h", samples).tobytes())


def read_wav(path):
    with wave.open(str(path)) as file:
        return array.array("h", file.readframes(file.getnframes()))


def tone(ms, magnitude, rate=8000, frequency=440):
    """A tone whose mean magnitude is about the one that is asked for."""
    peak = magnitude * math.pi / 2
    return [round(peak * math.sin(2 * math.pi * frequency * n / rate)) for n in range(ms * rate // 1000)]


def noise(ms, magnitude, seed):
    draw = random.Random(seed)
    return [draw.randint(-2 * magnitude, 2 * magnitude) for _ in range(ms * 8)]


def spoken(parts, magnitude=4000):
    """Talk and pauses in turn, each so many milliseconds, talk first; pauses are faint noise."""
    samples = []
    for place, ms in enumerate(parts):
        samples += tone(ms, magnitude) if place % 2 == 0 else noise(ms, 20, place)
    return samples


def make_recordings(folder):
    """A folder of recordings: real prompts, noises without talk, and one that is known to the millisecond."""
    names = sorted(SOUNDS.glob("*.wav"))
    if len(names) < 100:
        raise FileNotFoundError("install asterisk-core-sounds-en-wav")
    (folder / "talk").mkdir(parents=True)
    for path in names[:16]:
        shutil.copy(path, folder / "talk" / path.name)
    for number in range(8):
        write_wav(folder / "none" / f"noise {number}.wav", noise(2000 + 500 * number, 60 * (number + 1), number))
    write_wav(folder / "known.wav", noise(400, 20, 1) + spoken([200, 300, 700, 500, 100, 800]))
    minute = array.array("h")
    for path in names:
        if len(minute) >= 60 * 8000:
            break
        minute.extend(read_wav(path))
    write_wav(folder / "minute.wav", minute[: 60 * 8000])
    return folder


class Server:
    """The program with a folder of recordings, in a folder of its own."""

    def __init__(self, make=make_recordings, options=()):
        self.place = pathlib.Path(tempfile.mkdtemp(prefix="studio-test-"))
        self.folder = self.place / "recordings"
        make(self.folder)
        self.labels = self.place / "labels.csv"
        self.process = None
        if "STUDIO_URL" in os.environ:
            self.address, self.token = os.environ["STUDIO_URL"], ""
            return
        command = [RTMEDIA, "studio", str(self.folder), "--port", "0", "--labels", str(self.labels), *options]
        self.log = open(self.place / "log", "w+")
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self.log, text=True, cwd=self.place)
        printed = ""
        while not (found := re.search(r"http://[^\s/]+/\?token=([^\s&#]+)", printed)):
            line = self.process.stdout.readline()
            if not line:
                self.log.seek(0)
                raise RuntimeError(f"{command} printed no address: {printed}{self.log.read()}")
            printed += line
        self.address, self.token = found[0], found[1]

    @property
    def origin(self):
        return re.match(r"http://[^/]+", self.address)[0]

    def ask(self, path, method="GET", body=None):
        """What the interface answers, as the page would be answered."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.origin + path, data=data, method=method,
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                content = answer.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from error
        return json.loads(content) if content[:1] in (b"{", b"[") else content

    def recordings(self):
        """All recordings by name, once they are measured."""
        end = time.monotonic() + PATIENCE
        while True:
            answer = self.ask("/api/recordings?since=0")
            if answer["measured"] >= answer["total"] > 0:
                return {recording["name"]: recording for recording in answer["recordings"]}
            if time.monotonic() > end:
                raise AssertionError(f"{answer['measured']} of {answer['total']} recordings were measured in {PATIENCE} s")
            time.sleep(0.05)

    def path(self, ending):
        """The path of a recording by the end of its name."""
        return next(path for path in self.folder.rglob("*.wav") if str(path).endswith(ending))

    def name(self, ending):
        return next(name for name in self.recordings() if name.endswith(ending))

    def close(self):
        if self.process:
            self.process.terminate()
            self.process.wait(PATIENCE)
            self.process.stdout.close()
            self.log.close()
        shutil.rmtree(self.place)


def rtmedia(*words, **options):
    return subprocess.run([RTMEDIA, *map(str, words)], capture_output=True, text=True, check=False, **options)


def detected(path, settings):
    """What the command line says."""
    words = [word for name, value in settings.items() for word in (f"--{name.replace('_', '-')}", str(value))]
    return json.loads(rtmedia("detect", "--json", path, *words).stdout)


def browser(size=(1440, 1000), dark=False, microphone=None, scripts=True):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for word in (
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required", "--mute-audio",
        "--enable-precise-memory-info", "--js-flags=--expose-gc", f"--window-size={size[0]},{size[1]}",
    ):
        options.add_argument(word)
    if microphone:
        options.add_argument(f"--use-file-for-fake-audio-capture={microphone}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False})
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
    return driver


class PageTest(unittest.TestCase):
    """A server and a browser for the tests of a class."""

    microphone = None
    make = staticmethod(make_recordings)
    options = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(cls.make, cls.options)
        cls.addClassCleanup(cls.server.close)
        cls.server.recordings()
        cls.driver = browser(microphone=cls.microphone)
        cls.addClassCleanup(cls.driver.quit)
        cls.driver.execute_cdp_cmd(
            "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite", "audioCapture"]})
        cls.driver.get(cls.server.address)

    def tearDown(self):
        lines = [line["message"] for line in self.driver.get_log("browser") if line["level"] == "SEVERE"]
        unexpected = [line for line in lines if not any(text in line for text in self.expected_errors)]
        self.assertEqual(unexpected, [], "the browser's console")

    expected_errors = ()

    def open(self, fragment):
        """Opens the page anew at an address."""
        self.driver.get("about:blank")
        self.driver.get(f"{self.server.origin}/#{fragment}")
        self.wait(lambda: self.driver.find_elements(By.CSS_SELECTOR, "[role=tabpanel]"))

    def wait(self, condition, text="waited too long"):
        def holds(_):
            try:
                return condition()
            except StaleElementReferenceException:
                return False
        return WebDriverWait(self.driver, PATIENCE, poll_frequency=0.03).until(holds, text)

    def wait_equal(self, look, expected):
        """Waits until something is as it should be; says what it was otherwise."""
        seen = [None]

        def holds():
            seen[0] = look()
            return seen[0] == expected
        with contextlib.suppress(Exception):
            self.wait(holds)
        self.assertEqual(seen[0], expected)

    def find(self, selector):
        """The one element that is in sight."""
        return self.wait(
            lambda: next((node for node in self.driver.find_elements(By.CSS_SELECTOR, selector) if node.is_displayed()), None),
            f"there is no {selector} in sight")

    def text(self, selector):
        return self.find(selector).text

    def button(self, name):
        """The button in sight with a name, whichever way it has it."""
        def look():
            for node in self.driver.find_elements(By.CSS_SELECTOR, "button, a.button, [role=tab]"):
                if node.is_displayed() and (node.accessible_name == name or node.text == name):
                    return node
            return None
        return self.wait(look, f"there is no button {name} in sight")

    def labelled(self, name, selector="input, select, textarea"):
        """The field in sight whose accessible name begins so."""
        def look():
            for node in self.driver.find_elements(By.CSS_SELECTOR, selector):
                if node.is_displayed() and node.accessible_name.startswith(name):
                    return node
            return None
        return self.wait(look, f"there is no field {name} in sight")

    def set_value(self, node, value, event="input"):
        self.driver.execute_script(
            "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event(arguments[2], {bubbles: true}))", node,
            str(value), event)

    def press(self, keys):
        """Presses keys where the focus is."""
        chain = ActionChains(self.driver)
        for key in keys if isinstance(keys, (list, tuple)) else [keys]:
            chain.send_keys(key)
        chain.perform()

    def blur(self):
        self.driver.execute_script("document.activeElement.blur()")

    def fragment(self):
        return self.driver.execute_script("return location.hash")

    def player(self, code):
        """Asks the sound that is played; there is no other way to hear it."""
        return self.driver.execute_script(f"const audio = window.testedAudio; return {code}")

    def listen(self):
        """Has the sounds that the page plays from here on at hand."""
        self.driver.execute_script(
            "if (!window.isListening) { window.isListening = true; const play = HTMLMediaElement.prototype.play;"
            "HTMLMediaElement.prototype.play = function () { window.testedAudio = this; return play.call(this); }; }")

    def clipboard(self):
        return self.driver.execute_async_script(
            "navigator.clipboard.readText().then(arguments[0], (error) => arguments[0](`failed: ${error}`))")
