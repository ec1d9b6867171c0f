/** How recordings with and without talk are answered. */
import { element, fill, setText } from "studio/dom.js";
import { percent } from "studio/format.js";

export class ConfusionTable {
  /** @param {(kind: "found"|"missed"|"false_talk"|"quiet") => void} choose is called when a number is chosen */
  constructor(choose) {
    this.cells = {};
    const head = (scope, text) => element("th", { scope, text });
    const cell = (kind, isRight, text) => {
      const count = element("strong", { text: "\u2013" });
      const share = element("span", { class: "share" });
      this.cells[kind] = { count, share };
      return element("td", {}, element(
        "button", {
          type: "button", class: `plain cell ${isRight ? "right" : "wrong"}`, title: `Show only these: ${text}`, on: { click: () => choose(kind) },
        },
        count,
        element("span", { class: "kind" }, element("span", { "aria-hidden": "true", text: isRight ? "\u2713 " : "\u2715 " }), text, " "),
        share));
    };
    this.error = element("p", { class: "answer", role: "status" });
    this.note = element("p", { class: "soft" });
    this.node = element(
      "div", { class: "confusion" },
      element("table", {}, element("caption", { class: "unseen", text: "How recordings are answered, by label" }),
        element("thead", {}, element("tr", {}, element("td"), head("col", "answered TALK"), head("col", "answered 0"))),
        element("tbody", {},
          element("tr", {}, head("row", "label: talk"), cell("found", true, "found"), cell("missed", false, "missed")),
          element("tr", {}, head("row", "label: no talk"), cell("false_talk", false, "false talk"), cell("quiet", true, "quiet")))),
      element("div", {}, this.error, this.note));
  }

  /** Says why there are no counts. @param {string} text */
  fail(text) {
    for (const { count, share } of Object.values(this.cells)) {
      setText(count, "\u2013");
      setText(share, "");
    }
    fill(this.error, element("span", { class: "no", text }));
    setText(this.note, "");
  }

  /** @param {{found: number, missed: number, false_talk: number, quiet: number, error: number}} counts @param {string} note */
  show(counts, note = "") {
    const talk = counts.found + counts.missed;
    const without = counts.false_talk + counts.quiet;
    for (const [kind, { count, share }] of Object.entries(this.cells)) {
      const all = kind === "found" || kind === "missed" ? talk : without;
      setText(count, counts[kind].toLocaleString("en"));
      setText(share, all > 0 ? percent(counts[kind] / all) : "");
    }
    const total = talk + without;
    if (total === 0) setText(this.error, "No recording has a label yet: listen, then press T for talk or N for no talk.");
    else {
      const wrong = counts.missed + counts.false_talk;
      const all = total.toLocaleString("en");
      const text = wrong === 0 ? `All ${all} are right` : `${wrong.toLocaleString("en")} of ${all} are wrong (${percent(wrong / total)})`;
      if (this.error.textContent !== text) fill(this.error, element("strong", { class: wrong === 0 ? "yes" : "no", text }));
    }
    setText(this.note, note);
  }
}
