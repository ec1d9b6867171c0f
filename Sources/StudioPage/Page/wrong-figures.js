/** Pictures of the recordings that are judged wrongly, small and side by side: for paper, and to see what they have in common. */
import { button, element, fill, setText } from "studio/dom.js";
import { FigureCanvas } from "studio/figure-canvas.js";
import { counted } from "studio/format.js";
import { labelNames } from "studio/judgement-table.js";
import { drawScene } from "studio/timeline-draw.js";
import { Layout } from "studio/timeline-layout.js";
import { TimeWindow } from "studio/time-window.js";

/** How many are drawn; the table has all. */
const most = 12;

export class WrongFigures {
  /**
   * @param {{picture: Function, detect: Function}} source
   * @param {(recording: any) => void} choose
   */
  constructor(source, choose) {
    this.source = source;
    this.choose = choose;
    this.note = element("p", { class: "hint" });
    this.list = element("div", { class: "wrong-list" });
    this.figures = [];
    this.node = element(
      "section", { class: "panel wrong-figures", "aria-label": "What is judged wrongly" },
      element("h2", { text: "What is judged wrongly" }), this.note, this.list);
  }

  /**
   * Draws the first of those that are wrong.
   *
   * @param {import("studio/judgement-table.js").JudgedRow[]} rows
   * @param {import("studio/fragment.js").Settings} values
   * @param {{threshold: number, analysisTime: number}} limits
   */
  async show(rows, values, limits) {
    const turn = (this.turn = {});
    const wrong = rows.filter((row) => row.right === 0);
    const shown = await Promise.all(wrong.slice(0, most).map((row) => this.figure(row, values, limits)));
    // Sliders may have moved on meanwhile.
    if (turn !== this.turn) return;
    setText(this.note, wrong.length === 0 ? "Nothing, with these settings."
      : `${counted(wrong.length, "recording")}${wrong.length > most ? `, the first ${most} of them here` : ""}, with the settings as they stand.`);
    this.figures = shown.map(({ figure }) => figure);
    fill(this.list, ...shown.map(({ node }) => node));
  }

  async figure({ recording, result, reason }, values, { threshold, analysisTime }) {
    const end = Math.min(recording.duration_ms, analysisTime * 1.5);
    const [picture, found] = await Promise.all([
      this.source.picture(recording.id, { from: 0, to: end, columns: 700 }), this.source.detect(recording.id, values),
    ]);
    const layoutOf = (width) => new Layout(width, { laneNames: ["talk"], hasLabels: false, isShort: true });
    const figure = new FigureCanvas(layoutOf(600).height, (context, { width }, colours) => {
      const window = new TimeWindow(end);
      const lanes = [{ name: "talk", result: found }];
      drawScene(context, { layout: layoutOf(width), window, picture, threshold, lanes, intervals: null, boundary: null, colours });
    }, { "aria-label": `${recording.name}: ${reason}` });
    const node = element(
      "figure", {}, element(
        "figcaption", {}, button(recording.name, () => this.choose(recording), { class: "plain link", title: "Show it above" }),
        element("span", { class: `badge ${recording.label}`, text: `label: ${labelNames[recording.label]}` }), " answered ",
        element("strong", { class: "no", text: result })), element("p", { class: "soft", text: reason }), figure.canvas);
    return { figure, node };
  }

  recolour() {
    for (const figure of this.figures) figure.drawSoon();
  }
}
