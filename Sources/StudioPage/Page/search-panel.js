/** Starts the search for the best settings, shows how far it is, and stops it. */
import { button, element, fill, setText } from "studio/dom.js";
import { complain, say } from "studio/notice.js";
import { SearchResult } from "studio/search-result.js";

const prices = [
  ["false_talk", "false talk", 1, "What TALK costs where there is no talk."],
  ["missed", "missed talk", 1, "What 0 costs where there is talk."],
  ["second", "a second", 0.01, "What each second until talk is found costs; sixty must not cost more than a missed talk."],
];

export class SearchPanel {
  /**
   * @param {any} api
   * @param {(changes: Object<string, number>) => void} choose sets sliders
   */
  constructor(api, choose) {
    this.api = api;
    this.choose = choose;
    this.fields = prices.map(([name, text, usual, help]) => {
      const input = element("input", { type: "number", min: "0", max: "1000", step: "any", value: String(usual), title: help });
      return { name, input, label: element("label", { class: "choice", title: help }, element("span", { text }), input) };
    });
    this.start = button("Find the best settings", () => this.run(), { class: "main" });
    this.stop = button("Stop", () => this.halt(), { hidden: true });
    this.progress = element("progress", { max: "1", hidden: true, "aria-label": "Progress of the search" });
    this.text = element("p", { class: "soft", role: "status" });
    this.result = element("div");
    this.node = element(
      "section", { class: "panel search", "aria-label": "Find the best settings" },
      element("div", { class: "tools" }, this.start, this.stop, this.progress, element("span", { class: "spring" }),
        element("span", { class: "soft", text: "What errors cost:" }), ...this.fields.map(({ label }) => label)),
      this.text, this.result);
    setText(
      this.text, "The search tries every combination that the platform accepts, at several thresholds, gains and noise levels, and "
      + "recommends the middle of a plateau.");
  }

  /** Shows a search that is running or done already, as after the page was loaded again. */
  async resume() {
    if (this.isKnown) return;
    this.isKnown = true;
    try {
      const answer = await this.api.search();
      if (answer.state === "running") this.watch();
      else if (answer.state === "done") this.show(answer);
    } catch (error) {
      complain(error);
    }
  }

  async run() {
    const values = Object.fromEntries(this.fields.map(({ name, input }) => [name, Number(input.value)]));
    if (Object.values(values).some((value) => !(value >= 0 && value <= 1000))) {
      complain("Prices go from 0 to 1000.");
      return;
    }
    try {
      await this.api.startSearch(values);
      this.watch();
    } catch (error) {
      complain(error);
    }
  }

  async watch() {
    this.start.disabled = true;
    this.stop.hidden = this.progress.hidden = false;
    this.progress.removeAttribute("value");
    setText(this.text, "Searching\u2026");
    try {
      let answer = await this.api.search();
      while (answer.state === "running") {
        this.progress.value = answer.progress ?? 0;
        await new Promise((resolve) => setTimeout(resolve, 250));
        answer = await this.api.search();
      }
      this.show(answer);
    } catch (error) {
      setText(this.text, "");
      complain(error);
    }
    this.start.disabled = false;
    this.stop.hidden = this.progress.hidden = true;
  }

  async halt() {
    try {
      await this.api.stopSearch();
    } catch (error) {
      complain(error);
    }
  }

  show({ state, error, result }) {
    setText(this.text, state === "stopped" ? "The search was stopped." : "");
    if (state === "failed") complain(error ?? "The search failed.");
    if (state !== "done" || !result) return;
    this.found = new SearchResult(result, this.choose);
    fill(this.result, this.found.node);
    if (this.values) this.found.show(this.values);
    say("The search is done");
  }

  /** Shows where the sliders stand. */
  showValues(values) {
    this.values = values;
    this.found?.show(values);
  }

  recolour() {
    this.found?.recolour();
  }
}
