"""The report of `rtmedia tune`: the same page in one file, opened from the disk."""

import json
import pathlib
import shutil
import tempfile
import unittest

from selenium.webdriver.common.by import By

import studio
from studio import PageTest, browser, rtmedia


class ReportTests(PageTest):
    """What is tested needs no server, so there is none."""

    @classmethod
    def setUpClass(cls):
        place = tempfile.mkdtemp(prefix="studio-report-")
        cls.addClassCleanup(shutil.rmtree, place)
        cls.place = pathlib.Path(place)
        cls.folder = cls.place / "recordings"
        studio.make_recordings(cls.folder)
        (cls.folder / "minute.wav").unlink()
        (cls.folder / "known.wav").rename(cls.folder / "none" / "known.wav")
        cls.result = cls.tune("report.html")
        cls.driver = browser()
        cls.addClassCleanup(cls.driver.quit)

    @classmethod
    def tune(cls, name, *words):
        run = rtmedia("tune", cls.folder, "--json", "--no-cache", "--report", cls.place / name, *words)
        if run.returncode != 0:
            raise AssertionError(run.stderr)
        return json.loads(run.stdout)

    def show(self, name="report.html", fragment=""):
        self.driver.get("about:blank")
        self.driver.get(f"file://{self.place}/{name}{fragment}")
        self.wait(lambda: self.driver.find_elements(By.CSS_SELECTOR, ".judgements .row"))

    def counts(self):
        return [int(node.text) for node in self.driver.find_elements(By.CSS_SELECTOR, ".confusion .cell strong")]

    def test_it_says_what_tune_says(self):
        self.show()
        self.assertEqual(self.text(".words h2"), self.result["words"])
        confusion = self.result["confusion"]
        self.wait_equal(self.counts, [confusion[name] for name in ("found", "missed", "false_talk", "quiet")])
        self.assertEqual(
            [int(node.text) for node in self.driver.find_elements(By.CSS_SELECTOR, ".words .card b")],
            [self.result["recommendation"][name] for name in ("min_ms", "max_ms", "silence_ms", "analysistime_ms")])

    def test_its_sliders_judge_as_the_program_does(self):
        self.show()
        for name, value in {"min_ms": 320, "max_ms": 4000, "silence_ms": 90, "analysistime_ms": 2800, "threshold": 700}.items():
            self.set_value(self.labelled(name, "input[type=number]"), value)
        files = sorted(self.folder.rglob("*.wav"))
        run = rtmedia(
            "detect", "--json", *files, "--min-ms", 320, "--max-ms", 4000, "--silence-ms", 90, "--analysistime-ms", 2800, "--threshold", 700)
        expected = [0, 0, 0, 0]
        for line in run.stdout.splitlines():
            answer = json.loads(line)
            place = 0 if "/talk/" in answer["file"] else 2
            expected[place + (0 if answer["result"] == "TALK" else 1)] += 1
        self.wait_equal(self.counts, expected)

    def test_a_click_in_its_pictures_sets_the_sliders(self):
        self.show()
        def min_ms():
            return self.labelled("min_ms", "input[type=number]").get_attribute("value")
        before = min_ms()
        canvas = self.driver.find_elements(By.CSS_SELECTOR, ".maps canvas")[0]
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", canvas)
        canvas.click()
        self.wait(lambda: min_ms() != before)
        after = min_ms()
        # The address follows the sliders a moment later.
        self.wait(lambda: f"min_ms={after}" in self.fragment().replace("?", "&").split("&"))
        self.driver.refresh()
        self.wait_equal(min_ms, after)

    def test_what_is_judged_wrongly_is_heard_unless_that_was_refused(self):
        wrong = [file["file"] for file in self.result["files"] if not file["right"]]
        self.assertNotEqual(wrong, [], "the recordings have to be hard enough")
        self.show()
        self.listen()
        self.wait(lambda: self.text(".listening .recording-title"))
        self.button("\u25b6 Play").click()
        self.wait(lambda: self.player("audio && audio.currentTime > 0.1"))
        self.tune("silent.html", "--no-audio")
        self.show("silent.html")
        self.wait(lambda: self.text(".listening .recording-title"))
        self.assertFalse(self.button("\u25b6 Play").is_enabled())
        self.assertLess((self.place / "silent.html").stat().st_size, (self.place / "report.html").stat().st_size)

    def test_it_needs_nothing_else(self):
        self.show()
        names = self.driver.execute_script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
        self.assertEqual([name for name in names if not name.startswith(("data:", "blob:"))], [])

    def test_without_scripts_the_numbers_are_there(self):
        driver = browser(scripts=False)
        try:
            driver.get(f"file://{self.place}/report.html")
            # What is folded up counts as well: it opens without scripts.
            text = driver.find_element(By.TAG_NAME, "body").get_property("textContent")
        finally:
            driver.quit()
        self.assertIn(self.result["words"], text)
        for file in self.result["files"]:
            self.assertIn(pathlib.Path(file["file"]).name, text)

    def test_it_fits_a_telephone_and_paper(self):
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": 380, "height": 800, "deviceScaleFactor": 1, "mobile": False})
        try:
            self.show()
            self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"), 380)
        finally:
            self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        paper = self.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
        self.assertGreater(len(paper["data"]), 20_000)


if __name__ == "__main__":
    unittest.main()
