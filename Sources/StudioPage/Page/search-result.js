/** What the search found: in words, in figures, and as pictures that set the sliders. */
import { button, element } from "studio/dom.js";
import { copyButton } from "studio/copy.js";
import { lengthText, percent, trimmed } from "studio/format.js";
import { Frontier } from "studio/frontier.js";
import { HeatMap } from "studio/heat-map.js";
import { LengthFigure } from "studio/length-figure.js";
import { talkParameters } from "studio/settings.js";

export class SearchResult {
  /**
   * @param {any} result as `rtmedia tune --json` has it, with figures
   * @param {(changes: Object<string, number>) => void} choose sets sliders
   */
  constructor(result, choose) {
    this.figures = [];
    const recommended = result.recommendation;
    const costs = (result.heat_maps ?? []).flatMap((map) => map.costs.flat());
    const range = { least: Math.min(...costs), most: Math.max(...costs) };
    const maps = (result.heat_maps ?? []).map((map) => this.figure(new HeatMap(map, range, recommended, choose)));
    const frontier = result.frontier?.length > 0 ? this.figure(new Frontier(result, choose)) : null;
    const { lengths } = result;
    const bins = lengths?.bins ?? [];
    const histograms = lengths ? [
      new LengthFigure("Talkspurts", { bins, talk: lengths.talkspurts_with_talk, other: lengths.talkspurts_without }, ["min_ms", "max_ms"]),
      new LengthFigure("Pauses between them", { bins, talk: lengths.pauses_with_talk, other: lengths.pauses_without }, ["silence_ms"]),
    ].map((figure) => this.figure(figure)) : [];
    this.node = element(
      "div", { class: "search-result" }, this.words(result, choose),
      maps.length > 0 ? section(
        "What it costs to be off",
        "The mean cost of a recording over all line conditions and thresholds, for each pair of parameters; the other two as recommended. "
        + "A stronger colour costs more. The line encloses the plateau, which costs hardly more than the cheapest settings. The dot is what is recommended, the ring "
        + "is where the sliders stand. Click to set the sliders.",
        element("div", { class: "maps" }, ...maps)) : null,
      frontier ? section(
        "What can be had",
        "Along a curve, one error becomes rarer only if the other becomes more frequent, or if it takes longer. Click a point to set the sliders.", frontier) : null,
      histograms.length > 0 ? section(
        "How long talk and pauses are", "At the threshold that the platform is taken to have; each bar is a quarter longer than the one before.",
        element("div", { class: "halves" }, ...histograms)) : null);
  }

  figure(figure) {
    this.figures.push(figure);
    return figure.node;
  }

  words(result, choose) {
    const recommended = result.recommendation;
    const plateau = result.plateau ?? {};
    const cards = talkParameters.map((name) => {
      const range = plateau[name];
      return element(
        "div", { class: "card" }, element("code", { text: name }), element("b", { text: String(recommended[name]) }),
        range ? element("small", { class: "soft", text: `as good from ${lengthText(range.least)} to ${lengthText(range.most)}` }) : null,
        range ? element(
          "div", { class: "range" },
          button("least", () => choose({ [name]: range.least }), { class: "plain", title: `Set ${name} to ${range.least}` }),
          button("recommended", () => choose({ [name]: recommended[name] }), { class: "plain", title: `Set ${name} to ${recommended[name]}` }),
          button("most", () => choose({ [name]: range.most }), { class: "plain", title: `Set ${name} to ${range.most}` })) : null);
    });
    const held = result.held_out;
    return element(
      "section", { class: "words" }, element("h2", { text: result.words }),
      result.doubt ? element("p", { class: "doubt", text: `\u26A0 ${result.doubt}` }) : null,
      element("div", { class: "cards" }, ...cards),
      element(
        // What is told of them is so at the threshold that they were found for.
        "div", { class: "tools" },
        button("Use the recommended settings", () => choose({ ...recommended, threshold: result.threshold ?? null }), { class: "main" }),
        result.command ? copyButton("Copy as JSON", () => result.command) : null,
        result.call ? copyButton("Copy as Swift", () => result.call) : null),
      element(
        "ul", { class: "facts" },
        held ? element("li", {
          text: `On recordings that it was not chosen on, ${percent(held.error)} are judged wrongly (95 % confidence: `
            + `${percent(held.interval[0])} to ${percent(held.interval[1])}); false talk ${percent(held.false_talk)}, missed ${percent(held.missed)}.`,
        }) : null,
        result.confusion ? element("li", {
          text: `On all recordings as they are, ${percent(result.confusion.error)} are judged wrongly; with what the platform\u2019s page `
            + `recommends it would be ${percent(result.page_confusion.error)}.`,
        }) : null,
        result.robust_confusion ? element("li", {
          text: `Over all line conditions and thresholds, ${percent(result.robust_confusion.error)} are`
            + (result.decision_ms ? `, and talk is found after ${trimmed(result.decision_ms / 1000, 2)} s on average.` : "."),
        }) : null,
        typeof result.cost === "number" ? element("li", {
          text: `A recording costs ${trimmed(result.cost, 4)} on average; with the cheapest settings of all `
            + `${trimmed(result.cheapest_cost, 4)}, with the platform\u2019s defaults ${trimmed(result.page_cost, 4)}.`,
        }) : null,
        ...(result.unknowns ?? []).map((text) => element("li", { text: `${text}.` })),
        ...(result.doubtful_labels ?? []).slice(0, 20).map(({ file, label, reason }) => element("li", {
          text: `A doubtful label: ${file}: labelled ${label === "talk" ? "talk" : "no talk"}, ${reason}.`,
        })),
        ...(result.findings ?? []).slice(0, 20).map(({ subject, text }) => element("li", { class: "soft", text: `${subject}: ${text}` }))));
  }

  /** Shows where the sliders stand. @param {Object<string, number>} values */
  show(values) {
    for (const figure of this.figures) figure.show?.(values);
  }

  recolour() {
    for (const { figure } of this.figures) figure.drawSoon();
  }
}

function section(title, note, body) {
  return element("section", {}, element("h2", { text: title }), element("p", { class: "hint", text: note }), body);
}
