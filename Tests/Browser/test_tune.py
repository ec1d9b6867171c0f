"""What a person does in the view Tune."""

import csv
import pathlib
import tempfile
import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import studio
from studio import PageTest


class TuneTests(PageTest):
    expected_errors = ("ERR_INTERNET_DISCONNECTED",)

    def setUp(self):
        # What the page before has still to save would come too late.
        self.driver.get("about:blank")
        self.recordings = self.server.recordings()
        for recording in self.recordings.values():
            if recording["intervals"]:
                self.server.ask(f"/api/recordings/{recording['id']}/intervals", "PUT", {"intervals": []})
        for recording in self.server.recordings().values():
            if recording["label"] is not None:
                self.server.ask(f"/api/recordings/{recording['id']}/label", "PUT", {"label": None})
        self.known = self.server.name("known.wav")

    def give(self, **labels):
        """Labels the recordings whose names hold a word."""
        for name, recording in self.server.recordings().items():
            for word, label in labels.items():
                if word in name:
                    self.server.ask(
                        f"/api/recordings/{recording['id']}/label", "PUT", {"label": label.replace("_", "-")})

    def show(self, settings="", name=None):
        self.open(f"tune?r={name or self.known}{settings}")
        self.wait(lambda: self.rows())
        self.wait_equal(lambda: self.text(".tune .recording-title"), name or self.known)

    def rows(self):
        return [
            {key: row.find_element(By.CSS_SELECTOR, f".cell-{key}").text for key in ("name", "label", "result", "decided", "reason")}
            for row in self.driver.find_elements(By.CSS_SELECTOR, ".judgements .row") if row.is_displayed()
        ]

    def counts(self):
        return [int(node.text) for node in self.driver.find_elements(By.CSS_SELECTOR, ".confusion .cell strong")]

    def label(self, name):
        return self.server.recordings()[name]["label"]

    def press_key(self, key):
        self.blur()
        self.press(key)

    def test_the_wrong_ones_come_first_and_the_counts_follow_the_slider(self):
        self.give(known="no_talk", minute="talk", noise="no_talk")
        self.show()
        self.wait_equal(lambda: sum(self.counts()), 10)
        first = self.rows()[0]
        self.assertEqual((first["name"], first["label"], first["result"]), (self.known, "no talk", "TALK"))
        self.assertIn("695 ms", first["reason"])
        before = self.counts()
        self.assertEqual(before[2], 1)
        self.set_value(self.labelled("min_ms", "input[type=number]"), 5000)
        self.wait(lambda: self.counts()[2] == 0 and self.counts()[3] == before[3] + 1)
        self.driver.find_elements(By.CSS_SELECTOR, ".confusion .cell")[3].click()
        self.wait(lambda: {row["label"] for row in self.rows()} == {"no talk"})

    def test_the_table_is_sorted_by_each_column(self):
        self.show()
        heads = [head for head in self.driver.find_elements(By.CSS_SELECTOR, "[role=columnheader]") if head.is_displayed()]
        self.assertEqual(len(heads), 6)
        head = heads[1]
        head.find_element(By.CSS_SELECTOR, "button").click()
        self.assertEqual(head.get_attribute("aria-sort"), "ascending")
        self.find(".judgements").send_keys(Keys.HOME)
        names = [row["name"] for row in self.rows()]
        head.find_element(By.CSS_SELECTOR, "button").click()
        self.assertEqual(head.get_attribute("aria-sort"), "descending")
        self.driver.execute_script("document.querySelector('.judgements').scrollTop = 0")
        self.wait(lambda: self.rows()[0]["name"] != names[0])

    def test_twenty_recordings_are_labelled_by_ear_and_keys(self):
        names = [name for name in self.recordings if "minute" not in name][:20]
        self.show()
        self.listen()
        self.press_key("t")
        self.wait(lambda: self.text(".tune .recording-title") != self.known)
        # The next one plays by itself.
        self.wait(lambda: self.player("audio && audio.currentTime > 0.02"))
        for number in range(19):
            title = self.text(".tune .recording-title")
            self.press_key("n" if number % 2 else "t")
            self.wait(lambda: self.text(".tune .recording-title") != title)
        self.wait(lambda: sum(recording["label"] is not None for recording in self.server.recordings().values()) == 20)
        self.wait_equal(lambda: self.text(".saved"), "\u2713 saved")
        self.wait_equal(lambda: sum(self.counts()), 20)
        self.assertEqual(self.label(self.known), "talk")
        self.assertEqual(len(names), 20)
        if self.server.process:
            with open(self.server.labels, encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
            self.assertEqual(len([row for row in rows if row["label"]]), 20)

    def test_a_label_that_is_corrected_leads_to_the_next_recording(self):
        """Labels that are given for the first time lead to the next one that has none, wherever that is."""
        self.give(wav="talk")
        self.show()
        self.driver.find_elements(By.CSS_SELECTOR, "[role=columnheader] button")[1].click()
        self.find(".judgements").send_keys(Keys.HOME)
        first, second = [row["name"] for row in self.rows()][:2]
        without = next(name for name in self.recordings if name not in (first, second))
        self.server.ask(f"/api/recordings/{self.recordings[without]['id']}/label", "PUT", {"label": None})
        self.show(name=first)
        self.driver.find_elements(By.CSS_SELECTOR, "[role=columnheader] button")[1].click()
        self.press_key("n")
        self.wait_equal(lambda: self.text(".tune .recording-title"), second)
        self.wait(lambda: self.label(first) == "no-talk")

    def test_a_table_of_what_there_is_none_of_says_so(self):
        self.show()
        self.set_value(self.find(".judging select"), "missed", "change")
        self.wait_equal(
            lambda: self.text(".judging .empty"), f"Of {len(self.recordings)} recordings none is \u201ctalk, missed\u201d.")
        self.set_value(self.find(".judging select"), "all", "change")
        self.wait(lambda: self.rows())

    def test_labels_are_undone_and_done_again(self):
        self.show()
        self.press_key("n")
        self.wait(lambda: self.label(self.known) == "no-talk")
        self.press_key("z")
        self.wait(lambda: self.label(self.known) is None)
        self.wait_equal(lambda: self.text(".tune .recording-title"), self.known)
        self.press_key("Z")
        self.wait(lambda: self.label(self.known) == "no-talk")
        self.button("Undo").click()
        self.wait(lambda: self.label(self.known) is None)

    def test_a_label_that_is_undone_has_its_own_name_again(self):
        if not self.server.process:
            self.skipTest("the stand-in keeps no names")
        place = f"/api/recordings/{self.recordings[self.known]['id']}/label"
        self.server.ask(place, "PUT", {"label": "talk", "text": "caller"})
        self.show()
        self.press_key("n")
        self.wait(lambda: self.label(self.known) == "no-talk")
        self.press_key("z")
        self.wait(lambda: self.label(self.known) == "talk")
        self.assertEqual(self.server.recordings()[self.known]["label_name"], "caller")

    def test_skip_back_and_speed_while_it_plays(self):
        self.show(name=self.server.name("minute.wav"))
        self.listen()
        self.press_key(" ")
        self.wait(lambda: self.player("audio && audio.currentTime > 0.1"))
        self.press_key("w")
        self.assertEqual(self.player("[audio.playbackRate, audio.paused]"), [1.25, False])
        self.press_key("q")
        self.press_key("q")
        self.assertEqual(self.player("[audio.playbackRate, audio.paused]"), [0.75, False])
        self.press_key("b")
        self.wait(lambda: "minute" not in self.text(".tune .recording-title"))
        self.press_key("s")
        self.wait(lambda: "minute" in self.text(".tune .recording-title"))
        self.assertIsNone(self.label(self.server.name("minute.wav")))

    def test_keys_that_the_browser_owns_and_fields_are_left_alone(self):
        self.show()
        for keys in (Keys.ALT, Keys.CONTROL, Keys.META):
            self.driver.execute_script(
                "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 't', bubbles: true, cancelable: true, altKey: arguments[0] === 0,"
                "ctrlKey: arguments[0] === 1, metaKey: arguments[0] === 2}))", (Keys.ALT, Keys.CONTROL, Keys.META).index(keys))
        self.find(".intervals summary").click()
        self.press_key("i")
        name = self.labelled("Name of the interval")
        name.click()
        name.send_keys("nun")
        self.assertEqual(self.text(".tune .recording-title"), self.known)
        self.assertNotEqual(self.label(self.known), "no-talk")

    def test_the_question_mark_lists_the_keys(self):
        self.show()
        self.press_key("?")
        self.assertIn("undo", self.text("dialog"))
        self.press(Keys.ESCAPE)
        self.wait(lambda: not self.driver.find_element(By.CSS_SELECTOR, "dialog").is_displayed())
        self.press_key("?")
        self.labelled("Single keys").click()
        self.button("Close").click()
        self.press_key("t")
        self.assertEqual(self.text(".tune .recording-title"), self.known)
        self.assertIsNone(self.label(self.known))

    def test_a_label_that_can_not_be_saved_is_kept(self):
        self.show()
        self.driver.execute_cdp_cmd("Network.enable", {})
        offline = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.labelled("Autoplay").click()
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": True, **offline})
        try:
            self.press_key("t")
            self.wait(lambda: "1 not saved" in self.text(".saved"))
            self.assertIn("kept here", self.text(".notice.error"))
            self.assertTrue(self.button("Try again").is_displayed())
        finally:
            self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": False, **offline})
        # It is tried again by itself, in a second or two.
        self.wait(lambda: self.label(self.known) == "talk")
        self.wait_equal(lambda: self.text(".saved"), "\u2713 saved")

    def intervals(self):
        answer = self.server.ask(f"/api/recordings/{self.recordings[self.known]['id']}/intervals")
        return [(item["start_ms"], item["end_ms"], item["text"]) for item in answer["intervals"]]

    def test_intervals_are_made_nudged_snapped_split_and_joined_by_keys(self):
        self.show()
        self.listen()
        stage = self.find(".tune .stage")
        for _ in range(17):  # A fiftieth of 3 s each: the cursor stands at 1020 ms.
            stage.send_keys(Keys.ARROW_RIGHT)
        self.press_key("i")
        self.wait_equal(self.intervals, [(900, 1595, "talk")])
        self.press_key(".")
        self.wait_equal(self.intervals, [(910, 1595, "talk")])
        # The excerpt is played from the boundary on.
        self.wait(lambda: self.player("audio && audio.currentTime > 0.9"))
        self.press_key(["k", ">"])
        self.wait_equal(self.intervals, [(910, 1695, "talk")])
        self.press_key("g")
        self.wait_equal(self.intervals, [(910, 1595, "talk")])
        self.wait(lambda: self.player("audio.paused"))
        self.find(".tune .stage").send_keys(Keys.HOME)
        for _ in range(20):
            stage.send_keys(Keys.ARROW_RIGHT)
        self.press_key("x")
        self.wait_equal(self.intervals, [(910, 1200, "talk"), (1200, 1595, "talk")])
        self.press_key(["j", "m"])
        self.wait_equal(self.intervals, [(910, 1595, "talk")])
        self.press_key("z")
        self.wait(lambda: len(self.intervals()) == 2)
        self.press_key(["Z", "d"])
        self.wait_equal(self.intervals, [])

    def test_labels_come_in_from_a_file(self):
        if not self.server.process:
            self.skipTest("the stand-in reads no labels")
        self.show()
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "labels.csv"
            path.write_text("file,label\nknown.wav,talk\nnoise 1.wav,no-talk\nnowhere.wav,talk\n", encoding="utf-8")
            next(
                node for node in self.driver.find_elements(By.CSS_SELECTOR, "input[type=file]")
                if node.get_attribute("accept") and ".csv" in node.get_attribute("accept")).send_keys(str(path))
            self.wait(lambda: self.label(self.known) == "talk")
        self.wait_equal(lambda: sum(self.counts()), 2)
        self.wait(lambda: any("nowhere.wav" in node.text for node in self.driver.find_elements(By.CSS_SELECTOR, ".notice")))

    def test_labels_go_out_as_a_file(self):
        self.give(known="talk", noise="no_talk")
        self.show()
        with tempfile.TemporaryDirectory() as folder:
            self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": folder})
            self.set_value(self.labelled("Save labels as"), "csv", "change")
            self.wait(lambda: [path for path in pathlib.Path(folder).iterdir() if path.suffix == ".csv"])
            text = next(pathlib.Path(folder).glob("*.csv")).read_text(encoding="utf-8")
        self.assertTrue(text.startswith("file,"), text)
        self.assertEqual(text.count("known.wav"), 1)

    def test_the_best_is_found_and_its_pictures_set_the_sliders(self):
        self.give(talk="talk", known="talk", minute="talk", noise="no_talk")
        self.show()
        self.button("Find the best settings").click()
        self.wait(lambda: self.driver.find_elements(By.CSS_SELECTOR, ".words h2"))
        self.assertTrue(self.text(".words h2").startswith("Answer TALK as soon as"))
        self.button("Use the recommended settings").click()
        recommended = [node.text for node in self.driver.find_elements(By.CSS_SELECTOR, ".card b")]
        names = ("min_ms", "max_ms", "silence_ms", "analysistime_ms")

        def values():
            return [self.labelled(name, "input[type=number]").get_attribute("value") for name in names]
        self.wait_equal(values, recommended)
        maps = self.driver.find_elements(By.CSS_SELECTOR, ".maps canvas")
        self.assertEqual(len(maps), 6)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", maps[0])
        maps[0].click()
        self.wait(lambda: values() != recommended)
        back = self.button("recommended")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", back)
        back.click()
        frontier = next(
            node for node in self.driver.find_elements(By.CSS_SELECTOR, "canvas[aria-roledescription=chart]") if node.is_displayed())
        frontier.send_keys(Keys.ARROW_RIGHT, Keys.ENTER)
        text = frontier.find_element(By.XPATH, "following-sibling::p").text
        for name, value in zip(names, values()):
            self.assertIn(f"{name} {value}", text)

    def test_a_search_is_stopped(self):
        self.give(talk="talk", known="talk", minute="talk", noise="no_talk")
        self.show()
        # The search of so few recordings is over before anybody could stop it: to the page it goes on until it is told to stop.
        self.driver.execute_script("""
            const ask = window.fetch;
            let state = "running";
            window.fetch = async (path, options = {}) => {
              if (path !== "/api/search") return ask(path, options);
              const answer = await ask(path, options);
              if (options.method === "DELETE") state = "stopped";
              return answer.ok ? Response.json({ state, progress: 0.25 }) : answer;
            };""")
        self.button("Find the best settings").click()
        stop = self.button("Stop")
        self.wait(lambda: self.find(".search progress").get_attribute("value") == "0.25")
        self.assertFalse(self.button("Find the best settings").is_enabled())
        stop.click()
        self.wait_equal(lambda: self.text(".search [role=status]"), "The search was stopped.")
        self.wait(lambda: self.button("Find the best settings").is_enabled())
        self.assertFalse(stop.is_displayed())
        self.assertIn(self.server.ask("/api/search")["state"], ("stopped", "done"))


if __name__ == "__main__":
    unittest.main()
