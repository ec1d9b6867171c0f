"""What a person does in the view Prompts."""

import base64
import io
import json
import pathlib
import shutil
import tempfile
import unittest
import wave

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import studio
from studio import PageTest


class PromptTests(PageTest):
    expected_errors = ("/api/prompts",)

    def setUp(self):
        self.open("prompts")

    def card(self, name):
        return self.wait(lambda: next(
            (card for card in self.driver.find_elements(By.CSS_SELECTOR, ".prompt") if name in card.text), None))

    def add(self, path):
        self.driver.find_element(By.CSS_SELECTOR, ".prompts input[type=file]").send_keys(str(path))

    def test_a_file_is_inspected_shown_heard_copied_and_saved(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "greeting.wav"
            studio.write_wav(path, studio.tone(1500, 9000, 44_100), 44_100)
            self.add(path)
            card = self.card("greeting.wav")
        self.assertIn("44.1 kHz", card.text)
        self.assertIn("8 kHz", card.text)
        self.listen()
        for name, form in (("Before", "source"), ("After", "result"), ("On the phone", "phone")):
            next(node for node in card.find_elements(By.CSS_SELECTOR, "button") if name in node.text).click()
            self.wait(lambda: self.player("audio && !audio.paused && audio.src.includes(`as=%s`)" % form))
        self.wait(lambda: self.player("audio.currentTime > 0.1"))
        self.button("Copy base64").click()
        self.wait(lambda: self.clipboard().startswith("UklGR"))
        with wave.open(io.BytesIO(base64.b64decode(self.clipboard()))) as sound:
            self.assertEqual((sound.getframerate(), sound.getnchannels(), sound.getsampwidth()), (8000, 1, 2))
            self.assertAlmostEqual(sound.getnframes(), 12_000, delta=80)
        self.button("Copy the command").click()
        self.wait(lambda: self.clipboard().startswith("{"))
        self.assertEqual(json.loads(self.clipboard())["command"], "play_wav_data")
        with tempfile.TemporaryDirectory() as folder:
            self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": folder})
            self.button("Save the WAV").click()
            saved = self.wait(lambda: next(pathlib.Path(folder).glob("*.wav"), None))
            self.assertEqual(saved.name, "greeting.wav")
            self.wait(lambda: saved.stat().st_size > 24_000)

    def test_a_text_is_said(self):
        self.labelled("Text to say").send_keys("Welcome to the conference.")
        self.labelled("Rate").send_keys("200")
        self.button("Say it").click()
        card = self.card("Welcome to the conference.")
        self.assertIn("8 kHz", card.text)

    def test_ssml_says_itself_who_speaks(self):
        self.driver.execute_script("""
            const ask = window.fetch;
            window.said = [];
            window.fetch = (path, options = {}) => {
              if (path === "/api/prompts/say") window.said.push(JSON.parse(options.body).voice);
              return ask(path, options);
            };""")
        self.labelled("Text to say").send_keys("<speak>Hello.</speak>")
        usual = self.labelled("Voice").get_attribute("value")
        self.assertNotEqual(usual, "")
        self.labelled("The text is SSML").click()
        self.button("Say it").click()
        self.card("<speak>Hello.</speak>")
        self.set_value(self.labelled("Voice"), usual, "change")
        self.button("Say it").click()
        self.wait(lambda: self.driver.execute_script("return window.said.length") == 2)
        self.assertEqual(self.driver.execute_script("return window.said"), [None, usual])

    def test_without_voices_the_page_says_so(self):
        self.driver.execute_cdp_cmd("Page.enable", {})
        script = self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
            const ask = window.fetch;
            window.fetch = async (path, options) => {
              const answer = await ask(path, options);
              return path === "/api/session" ? Response.json({ ...await answer.json(), voices: [] }) : answer;
            };"""})["identifier"]
        try:
            self.driver.get("about:blank")
            self.open("prompts")
            self.wait(lambda: "Nobody speaks here: no voice is installed." in self.text(".prompts"))
            self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, ".prompts textarea"), [])
        finally:
            self.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": script})
            self.driver.get("about:blank")

    def test_a_mistake_in_ssml_is_told_with_its_place(self):
        self.labelled("Text to say").send_keys("<speak>Hello <break time='1s'</speak>")
        self.labelled("The text is SSML").click()
        self.button("Say it").click()
        self.wait(lambda: self.text(".prompts .wrong[role=alert]"))
        if self.server.process:
            self.assertRegex(self.text(".prompts .wrong[role=alert]"), r"line 1|1:\d+|column")

    def test_what_is_not_audio_is_refused_in_words(self):
        if not self.server.process:
            self.skipTest("the stand-in refuses nothing")
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "letter.txt"
            path.write_text("Dear reader", encoding="utf-8")
            self.add(path)
            self.wait(lambda: "letter.txt" in self.text(".notice.error"))


class FolderPromptTests(PageTest):
    def setUp(self):
        self.open("prompts")

    @classmethod
    def setUpClass(cls):
        cls.place = pathlib.Path(tempfile.mkdtemp(prefix="studio-prompts-"))
        cls.addClassCleanup(shutil.rmtree, cls.place)
        sheet = cls.place / "prompts.csv"
        sheet.write_text("id,language,text\nhello,en,Hello & <b>welcome</b>.\nbye,en,Good bye.\nbye,fr,Au revoir.\n", encoding="utf-8")
        made = studio.rtmedia("say", "--sheet", sheet, "-o", cls.place / "prompts")
        assert made.returncode == 0, made.stderr
        (cls.place / "prompts" / "fr" / "bye.wav").unlink()
        cls.options = ("--prompts", str(cls.place / "prompts"), "--sheet", str(sheet))
        super().setUpClass()

    def rows(self):
        return self.driver.find_elements(By.CSS_SELECTOR, ".folder-prompts .row")

    def test_the_prompts_of_a_sheet_are_listed_and_played(self):
        self.wait(lambda: len(self.rows()) == 3)
        texts = [row.text for row in self.rows()]
        self.assertIn("Hello & <b>welcome</b>.", texts[0])
        self.assertIn("is missing", texts[2])
        self.listen()
        self.rows()[1].click()
        self.wait(lambda: self.player("audio && !audio.paused && audio.currentTime > 0.1"))
        self.wait(lambda: "en/bye.wav" in self.text(".folder-card .recording-title"))
        self.press(Keys.ARROW_UP)
        self.wait(lambda: "en/hello.wav" in self.text(".folder-card .recording-title"))
        self.labelled("Filter prompts by name or text").send_keys("revoir")
        self.wait(lambda: len(self.rows()) == 1)
        self.wait(lambda: "1 of 3 prompts; 1 to be looked at" in self.text(".folder-prompts .count"))


if __name__ == "__main__":
    unittest.main()
