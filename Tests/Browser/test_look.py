"""How the page looks and is used without a mouse, in light and dark, wide and at 380 pixels: names of all controls, contrast,
focus, no keyboard trap, no scrolling sideways; and the picture, compared with how it was, by numbers.

axe-core judges too: AXE names its axe.min.js. GOLDEN=record records the picture anew."""

import base64
import json
import os
import pathlib
import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import studio
from studio import PageTest

VIEWS = {
    "detect": "detect?r={known}&compare=1&b.min_ms=100", "tune": "tune?r={known}", "prompts": "prompts",
}

# Of all text in sight: its contrast with what lies behind it, by WCAG 2.
CONTRAST = r"""
const parse = (text) => { const found = text.match(/[\d.]+/g).map(Number); return {rgb: found.slice(0, 3), alpha: found[3] ?? 1}; };
const light = (rgb) => { const [r, g, b] = rgb.map((c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const over = (top, bottom) => top.rgb.map((c, i) => c * top.alpha + bottom[i] * (1 - top.alpha));
const ground = (node) => { const layers = [];
  for (let at = node; at; at = at.parentElement) { const colour = parse(getComputedStyle(at).backgroundColor);
    if (colour.alpha > 0) layers.push(colour); if (colour.alpha === 1) break; }
  return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]); };
const poor = [];
let count = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  if (walker.currentNode.textContent.trim() === "" || !node.checkVisibility() || node.closest(":disabled, .unseen, script, noscript")) continue;
  const style = getComputedStyle(node);
  const below = ground(node);
  const [one, other] = [light(over(parse(style.color), below)), light(below)].sort((a, b) => b - a);
  const ratio = (one + 0.05) / (other + 0.05);
  count += 1;
  const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
  if (ratio < (isLarge ? 3 : 4.5)) poor.push(`${walker.currentNode.textContent.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
}
return {poor, count};
"""


class LookTests(PageTest):
    def setUp(self):
        self.known = self.server.name("known.wav")

    def each_look(self, check):
        """Calls back for each view, light and dark, wide and narrow."""
        for dark in (False, True):
            for width in (1440, 380):
                self.driver.execute_cdp_cmd(
                    "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
                self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
                    "features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
                for name, fragment in VIEWS.items():
                    self.show(fragment)
                    with self.subTest(view=name, dark=dark, width=width):
                        check(name)
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": 1440, "height": 1000, "deviceScaleFactor": 1, "mobile": False})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "light"}]})

    def show(self, fragment):
        self.open(fragment.format(known=self.known))
        if not fragment.startswith("prompts"):
            self.wait(lambda: self.text(".verdict .answer"))
        if fragment.startswith("tune"):
            self.wait(lambda: self.driver.find_elements(By.CSS_SELECTOR, ".judgements .row"))
        self.driver.execute_script("document.querySelectorAll('details').forEach((node) => { node.open = true; })")

    def test_every_control_has_a_name_of_its_own(self):
        for fragment in VIEWS.values():
            self.show(fragment)
            for node in self.driver.find_elements(By.CSS_SELECTOR, "button, input, select, textarea, a, [tabindex='0'], [role]"):
                if node.is_displayed() and node.aria_role not in ("generic", "presentation", "none", "rowgroup", "row", "gridcell", "status", "alert", "group"):
                    self.assertNotEqual(node.accessible_name.strip(), "", node.get_attribute("outerHTML")[:200])

    def test_light_and_dark_wide_and_narrow(self):
        """Text has contrast, nothing scrolls sideways, and axe-core finds nothing serious."""
        self.assertIn("AXE", os.environ, "AXE must name axe.min.js; README.md says where it comes from")
        axe = pathlib.Path(os.environ["AXE"]).read_text(encoding="utf-8")

        def check(_):
            found = self.driver.execute_script(CONTRAST)
            self.assertGreater(found["count"], 15)
            self.assertEqual(found["poor"], [])
            width, most = self.driver.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
            self.assertLessEqual(width, most)
            self.driver.execute_script(axe + "; window.axe = axe")
            result = self.driver.execute_async_script("axe.run().then(arguments[0])")
            serious = [item for item in result["violations"] if item["impact"] in ("serious", "critical")]
            self.assertEqual([(item["id"], item["nodes"][0]["html"][:200]) for item in serious], [])
        self.each_look(check)

    def test_tab_reaches_everything_and_leaves_it_again(self):
        for fragment in VIEWS.values():
            self.show(fragment)
            expected = self.driver.execute_script(
                "return [...document.querySelectorAll('button, input, select, textarea, a[href], summary, [tabindex=\"0\"]')]"
                ".filter((node) => node.checkVisibility() && !node.disabled && node.tabIndex >= 0).length")
            self.driver.execute_script("document.activeElement.blur(); window.seen = new Set(); window.unfocused = []")
            for _ in range(expected + 3):
                self.press(Keys.TAB)
                self.driver.execute_script(
                    "const node = document.activeElement; window.seen.add(node);"
                    "if (node !== document.body && getComputedStyle(node).outlineStyle === 'none') window.unfocused.push(node.outerHTML.slice(0, 120))")
            seen = self.driver.execute_script("window.seen.delete(document.body); return window.seen.size")
            self.assertGreaterEqual(seen, expected - 1)
            self.assertEqual(self.driver.execute_script("return window.unfocused"), [])

    def test_the_theme_can_be_chosen(self):
        self.show(VIEWS["detect"])
        ground = "return getComputedStyle(document.body).backgroundColor"
        light = self.driver.execute_script(ground)
        self.button("Theme: as the system has it").click()
        self.button("Theme: light").click()
        self.assertNotEqual(self.driver.execute_script(ground), light)
        self.driver.refresh()
        self.button("Theme: dark").click()
        self.wait(lambda: self.driver.execute_script(ground) == light)

    def picture(self):
        """The picture as 48 by 24 mean colours."""
        data = self.driver.execute_script("""
            const [scene] = document.querySelectorAll(".detect .stage canvas");
            const small = document.createElement("canvas");
            [small.width, small.height] = [48, 24];
            const context = small.getContext("2d");
            context.fillStyle = "white";
            context.fillRect(0, 0, 48, 24);
            context.imageSmoothingQuality = "high";
            context.drawImage(scene, 0, 0, 48, 24);
            return btoa(String.fromCharCode(...context.getImageData(0, 0, 48, 24).data.filter((_, index) => index % 4 !== 3)));""")
        return base64.b64decode(data)

    def test_the_picture_is_as_it_was(self):
        golden = pathlib.Path(__file__).parent / "golden.json"
        pictures = {}
        for name, fragment in {
            "two settings": f"detect?r={self.known}&compare=1&b.min_ms=100&b.silence_ms=350",
            "zoomed": f"detect?r={self.known}&threshold=3000&from=850&to=1650", "limits": f"detect?r={self.known}&analysistime_ms=1200&min_ms=900",
        }.items():
            self.show(fragment)
            last = [b""]

            def is_still():
                previous, last[0] = last[0], self.picture()
                return previous == last[0] and len(set(last[0])) > 20
            self.wait(is_still)
            pictures[name] = last[0]
        if os.environ.get("GOLDEN") == "record":
            golden.write_text(json.dumps({name: base64.b64encode(data).decode() for name, data in pictures.items()}, indent=1) + "\n")
        for name, data in json.loads(golden.read_text(encoding="utf-8")).items():
            expected = base64.b64decode(data)
            differences = [abs(one - other) for one, other in zip(expected, pictures[name])]
            # Fonts differ from machine to machine; bars, lines and lanes do not.
            self.assertLess(sum(differences) / len(differences), 0.4, name)
            self.assertLess(sum(difference > 60 for difference in differences) / len(differences), 0.005, name)


if __name__ == "__main__":
    unittest.main()
