"""What a person does in the view Detect."""

import json
import random
import subprocess
import tempfile
import pathlib
import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import studio
from studio import PageTest, detected


class DetectTests(PageTest):
    def setUp(self):
        self.known = self.server.name("known.wav")

    def show(self, settings="", name=None):
        self.open(f"detect?r={name or self.known}{settings}")
        self.wait(lambda: self.text(".verdict .answer") not in ("", "\u2026"))

    def answer(self):
        return self.text(".verdict .answer")

    def rows(self):
        """The talkspurts of the table that is in sight, as start, length and what became of them."""
        return [
            tuple(cell.text for cell in row.find_elements(By.CSS_SELECTOR, "td")[1:])
            for row in self.find(".talkspurts").find_elements(By.CSS_SELECTOR, "tbody tr")
        ]

    def test_all_recordings_are_listed_and_filtered(self):
        self.show()
        count = len(self.server.recordings())
        self.wait_equal(lambda: self.text(".list .count"), f"{count} recordings")
        self.labelled("Filter recordings").send_keys("noise")
        self.wait_equal(lambda: self.text(".list .count"), f"8 of {count} recordings")
        self.assertTrue(all("noise" in row.text for row in self.driver.find_elements(By.CSS_SELECTOR, ".recordings .row")))

    def test_a_recording_is_chosen_by_mouse_and_keys(self):
        self.show()
        self.driver.find_elements(By.CSS_SELECTOR, ".recordings .row")[2].click()
        third = self.find(".recordings .row.chosen .name").get_attribute("title")
        self.wait_equal(lambda: self.text(".recording-title"), third)
        self.find(".recordings").send_keys(Keys.ARROW_UP)
        self.wait(lambda: self.text(".recording-title") != third)
        # The address follows a little later.
        self.wait(lambda: self.text(".recording-title").replace(" ", "%20") in self.driver.current_url)

    def test_the_verdict_is_that_of_the_command_line(self):
        self.show()
        expected = detected(self.server.path("known.wav"), {})
        self.assertEqual(self.answer(), "TALK at 0:01.620")
        self.assertEqual((expected["result"], expected["decided_ms"]), ("TALK", 1620))
        self.assertIn(expected["explanation"], self.text(".verdict .why"))
        self.assertEqual([row[0] for row in self.rows()], ["0:00.400", "0:00.900"])
        self.assertIn("not longer than min_ms 500", self.rows()[0][3])

    def test_verdict_reasons_and_address_follow_a_slider(self):
        self.show()
        slider = self.labelled("min_ms", "input[type=range]")
        self.set_value(slider, 520)
        value = int(self.labelled("min_ms", "input[type=number]").get_attribute("value"))
        self.assertLess(value, 500)
        self.wait_equal(lambda: self.rows()[0][3], f"\u2715 not longer than min_ms {value}")
        self.set_value(self.labelled("min_ms", "input[type=number]"), 150)
        self.wait_equal(self.answer, "TALK at 0:00.620")
        self.wait(lambda: "min_ms=150" in self.fragment())
        self.driver.refresh()
        self.wait_equal(self.answer, "TALK at 0:00.620")
        self.assertEqual(self.labelled("min_ms", "input[type=number]").get_attribute("value"), "150")

    def test_a_slider_is_moved_by_keys(self):
        self.show()
        slider = self.labelled("silence_ms", "input[type=range]")
        for _ in range(4):
            slider.send_keys(Keys.ARROW_RIGHT)
        self.assertEqual(self.labelled("silence_ms", "input[type=number]").get_attribute("value"), "9")
        self.button("silence_ms: Back to the default: 5").click()
        self.assertEqual(self.labelled("silence_ms", "input[type=number]").get_attribute("value"), "5")

    def test_the_threshold_is_dragged_in_the_picture(self):
        self.show()
        field = self.labelled("threshold", "input[type=number]")
        self.assertEqual(field.get_attribute("value"), "512")
        stage = self.find(".detect .stage")
        # The handle lies at the right end of the line of 512, which is -36.1 of -75 dBov down its track.
        place = 20 + 4 + 104 + 8 + 132 * 36.1 / 75
        size = stage.size
        ActionChains(self.driver).move_to_element_with_offset(
            stage, size["width"] // 2 - 12, int(place - size["height"] / 2)
        ).click_and_hold().move_by_offset(0, -20).move_by_offset(0, -25).release().perform()
        self.wait(lambda: int(field.get_attribute("value")) > 4000)
        self.wait_equal(self.answer, "0")
        self.wait(lambda: f"threshold={field.get_attribute('value')}" in self.fragment())

    def test_the_picture_zooms_and_pans_by_wheel_keys_and_buttons(self):
        self.show(name=self.server.name("minute.wav"))
        stage = self.find(".detect .stage")

        def window():
            parts = dict(part.split("=") for part in self.fragment().split("?")[1].split("&") if "=" in part)
            return (int(parts["from"]), int(parts["to"])) if "from" in parts else (0, 60_000)

        self.button("Zoom in").click()
        self.wait(lambda: window()[1] - window()[0] < 40_000)
        stage.send_keys("+")
        self.wait(lambda: window()[1] - window()[0] < 26_000)
        before = window()
        stage.send_keys(Keys.SHIFT + Keys.ARROW_RIGHT)
        self.wait(lambda: window()[0] > before[0] and abs(window()[1] - window()[0] - before[1] + before[0]) <= 2)
        ActionChains(self.driver).scroll_from_origin(
            ScrollOrigin.from_element(stage), 0, -400
        ).perform()
        length = before[1] - before[0]
        self.wait(lambda: window()[1] - window()[0] < length * 0.7)
        stage.send_keys("0")
        self.wait_equal(window, (0, 60_000))

    def test_two_fingers_zoom_and_one_drags_the_threshold(self):
        self.show()
        box = self.driver.execute_script("const box = document.querySelector('.detect .stage').getBoundingClientRect(); return [box.left, box.top, box.width]")

        def touch(kind, *places):
            self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {
                "type": kind, "touchPoints": [{"x": box[0] + x, "y": box[1] + y, "id": number} for number, (x, y) in enumerate(places)]})
        middle = box[2] / 2
        touch("touchStart", (middle - 40, 60), (middle + 40, 60))
        for step in range(1, 9):
            touch("touchMove", (middle - 40 - 10 * step, 60), (middle + 40 + 10 * step, 60))
        touch("touchEnd")
        self.wait(lambda: "from=" in self.fragment())
        field = self.labelled("threshold", "input[type=number]")
        handle = 20 + 4 + 104 + 8 + 132 * 36.1 / 75
        touch("touchStart", (box[2] - 12, handle))
        for step in range(1, 9):
            touch("touchMove", (box[2] - 12, handle - 5 * step))
        touch("touchEnd")
        self.wait(lambda: int(field.get_attribute("value")) > 4000)

    def test_it_plays_with_a_cursor_at_half_speed_and_only_talk(self):
        self.show()
        self.listen()
        self.button("\u25b6 Play").click()
        self.wait(lambda: self.player("audio && audio.currentTime > 0.2"))
        self.wait(lambda: not self.text(".clock").startswith("0:00.0"))
        self.set_value(self.labelled("Speed", "select"), "0.5", "change")
        self.assertEqual(self.player("audio.playbackRate"), 0.5)
        self.blur()
        self.press(" ")
        self.wait(lambda: self.player("audio.paused"))
        self.labelled("Only what counted as talk").click()
        self.driver.execute_script(
            "window.heard = []; const audio = window.testedAudio; audio.playbackRate = 1; audio.currentTime = 0;"
            "const look = () => { window.heard.push(audio.currentTime * 1000); if (!audio.paused) requestAnimationFrame(look); };"
            "audio.addEventListener('play', () => requestAnimationFrame(look), {once: true})")
        self.set_value(self.labelled("Speed", "select"), "1", "change")
        self.button("\u25b6 Play").click()
        self.wait(lambda: self.player("audio.paused && window.heard.length > 20"))
        heard = self.player("window.heard")
        # Known: talk at 400...600 and 900...1600 ms; between them nothing is heard but what a picture's time takes to notice.
        self.assertTrue(all(at > 380 for at in heard[3:]), heard[:6])
        self.assertEqual([at for at in heard if 680 < at < 880], [])
        self.assertTrue(any(900 < at < 1600 for at in heard))

    def test_two_settings_stand_side_by_side(self):
        self.show()
        self.labelled("Compare two settings").click()
        self.wait(lambda: len(self.driver.find_elements(By.CSS_SELECTOR, ".detect .verdict")) == 2)
        self.set_value(self.labelled("min_ms", "input[type=number]"), 150)
        answers = lambda: [node.text for node in self.driver.find_elements(By.CSS_SELECTOR, ".detect .verdict .answer")]
        self.wait_equal(answers, ["TALK at 0:01.620", "TALK at 0:00.620"])
        self.button("A").click()
        self.assertEqual(self.labelled("min_ms", "input[type=number]").get_attribute("value"), "500")
        self.wait(lambda: "b.min_ms=150" in self.fragment())
        self.driver.refresh()
        self.wait_equal(answers, ["TALK at 0:01.620", "TALK at 0:00.620"])

    def test_settings_are_copied_as_json_swift_and_command_line(self):
        self.show("&min_ms=150&silence_ms=80")
        self.wait_equal(self.answer, "TALK at 0:00.700")
        self.button("JSON").click()
        self.wait(lambda: self.clipboard().startswith("{"))
        command = json.loads(self.clipboard())
        self.assertEqual((command["command"], command["params"]["min_ms"], command["params"]["silence_ms"]), ("play_talk_detect", 150, 80))
        self.assertNotIn("threshold", command["params"])
        self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, ".notice"), [])
        self.set_value(self.labelled("threshold", "input[type=number]"), 600)
        self.wait(lambda: "--threshold 600" in self.text(".command-line"))
        self.button("JSON").click()
        self.wait_equal(
            lambda: self.text(".notice span"), "play_talk_detect has no parameter threshold: the JSON leaves that out.")
        self.button("Swift").click()
        self.wait(lambda: "minimum: .milliseconds(150)" in self.clipboard())
        self.button("Command line").click()
        self.wait(lambda: self.clipboard().startswith("rtmedia detect"))
        if self.server.process:
            line = self.clipboard().replace("rtmedia detect", "rtmedia detect --json", 1)
            run = subprocess.run(
                ["bash", "-c", line], cwd=self.server.place, capture_output=True, text=True, check=False,
                env={"PATH": f"{studio.PROGRAMS}:/usr/bin:/bin"})
            self.assertEqual(json.loads(run.stdout)["decided_ms"], 700, run.stderr)
        self.button("Link").click()
        self.wait(lambda: self.clipboard().endswith("min_ms=150&silence_ms=80&threshold=600"))

    def test_every_command_is_detected_as_by_the_command_line(self):
        for command in ("wait_for_silence", "record", "amd", "dtmf", "activity"):
            with self.subTest(command=command):
                self.show(f"&command={command}")
                expected = detected(self.server.path("known.wav"), {"command": command})
                if expected["result"] != "":
                    self.wait_equal(lambda: self.answer().split(" ")[0], expected["result"])
                self.assertIn(expected["explanation"], self.text(".verdict .why"))
                count = len(expected["talkspurts"])
                self.wait(lambda: self.text(".talkspurts caption").startswith(f"{count} "))

    def test_the_adaptive_classifier_is_chosen(self):
        self.show()
        self.labelled("adaptive").click()
        expected = detected(self.server.path("known.wav"), {"threshold": "adaptive"})
        self.wait(lambda: expected["explanation"] in self.text(".verdict .why"))
        self.assertFalse(self.labelled("threshold", "input[type=number]").is_enabled())

    def test_files_are_added_and_dropped(self):
        self.show()
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "added by hand.wav"
            studio.write_wav(path, studio.spoken([900, 400]))
            self.driver.find_element(By.CSS_SELECTOR, ".list input[type=file]").send_keys(str(path))
            self.wait_equal(lambda: self.text(".recording-title"), "added by hand.wav")
            self.wait_equal(self.answer, "TALK at 0:00.920")
            data = list(path.read_bytes())
        self.driver.execute_script(
            "const files = new DataTransfer(); files.items.add(new File([new Uint8Array(arguments[0])], 'dropped.wav'));"
            "document.body.dispatchEvent(new DragEvent('drop', {bubbles: true, dataTransfer: files}))", data)
        self.wait_equal(lambda: self.text(".recording-title"), "dropped.wav")
        self.driver.execute_script(
            "const files = new DataTransfer(); files.items.add(new File(['not audio at all'], 'text.wav'));"
            "document.body.dispatchEvent(new DragEvent('drop', {bubbles: true, dataTransfer: files}))")
        self.wait(lambda: any("text.wav" in node.text for node in self.driver.find_elements(By.CSS_SELECTOR, ".notice.error, .empty")))

    expected_errors = ("/api/recordings?name=text.wav",)

    def test_500_random_settings_are_answered_as_by_the_command_line(self):
        """What the page is answered, and `rtmedia detect --json`."""
        draw = random.Random(3)
        recordings = self.server.recordings()
        names = [name for name in recordings if name.endswith(".wav") and "minute" not in name and (self.server.folder / name).exists()] or [
            name for name in recordings if (self.server.folder.parent / name).exists()]
        self.assertGreater(len(names), 10)
        own = {
            "play_talk_detect": {
                "min_ms": (1, 3000), "max_ms": (100, 60_000), "silence_ms": (1, 900), "analysistime_ms": (300, 8000), "media_ms": (0, 5000)},
            "wait_for_silence": {"silence_ms": (1, 900), "iterations": (1, 3), "timeout": (0, 4)},
            "record": {"silence": (0, 2), "max_duration": (0, 4)}, "amd": {}, "dtmf": {},
            "activity": {"silence_ms": (1, 900), "min_ms": (0, 900)},
        }
        for _ in range(500 if self.server.process else 20):
            name = draw.choice(names)
            command = draw.choice([*own, "play_talk_detect", "play_talk_detect"])
            settings = {"command": command}
            for setting, bounds in own[command].items():
                if draw.random() < 0.7:
                    settings[setting] = draw.randint(*bounds)
            if command != "dtmf":
                if draw.random() < 0.5:
                    settings["threshold"] = draw.choice(["adaptive", draw.randint(0, 3000), draw.randint(100, 900)])
                if draw.random() < 0.3:
                    settings["frame_ms"] = draw.choice([5, 10, 20, 30, 37])
            if command in ("play_talk_detect", "wait_for_silence", "record") and draw.random() < 0.4:
                settings["rules"] = draw.choice(["asterisk", "documented"])
            if command == "wait_for_silence" and draw.random() < 0.4:
                settings["clock"] = draw.choice(["live", "audio"])
            found = self.server.ask(f"/api/recordings/{recordings[name]['id']}/detect", "POST", settings)
            path = self.server.folder / name
            expected = detected(path if path.exists() else self.server.folder.parent / name, settings)
            expected.pop("file")
            self.assertEqual({key: found.get(key) for key in expected}, expected, (name, settings))


class MicrophoneTests(PageTest):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.place.cleanup)
        cls.microphone = str(pathlib.Path(cls.place.name) / "microphone.wav")
        studio.write_wav(pathlib.Path(cls.microphone), studio.tone(20_000, 4000, 48_000), 48_000)
        super().setUpClass()

    def test_the_microphone_is_recorded_and_judged(self):
        self.open("detect")
        self.button("\u25cf Record").click()
        self.wait(lambda: any(
            node.text.startswith("\u25a0 Stop ") and float(node.text.split()[2]) > 1.5
            for node in self.driver.find_elements(By.CSS_SELECTOR, "button.recording")))
        self.find("button.recording").click()
        self.wait(lambda: self.text(".recording-title").startswith("microphone "))
        self.labelled("min_ms", "input[type=number]")
        recordings = self.server.recordings()
        heard = next(value for name, value in recordings.items() if name.startswith("microphone "))
        self.assertGreater(heard["duration_ms"], 1200)
        picture = self.server.ask(f"/api/recordings/{heard['id']}/picture?from=500&to=1000&columns=10")
        levels = [int.from_bytes(picture[8 + 8 * column:10 + 8 * column], "little") for column in range(10)]
        # A tone of a mean magnitude of 4000 came in as that.
        self.assertTrue(all(3500 < level < 4500 for level in levels), levels)


if __name__ == "__main__":
    unittest.main()
