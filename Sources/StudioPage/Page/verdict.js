/** What was decided, when and why, and what became of each talkspurt. */
import { button, element, fill } from "studio/dom.js";
import { counted, lengthText, timeText } from "studio/format.js";
import { spurtReason } from "studio/timeline.js";

/** What a result means, in words. */
const meanings = {
  TALK: "talk was detected", 0: "no talk was detected", SILENCE: "there was enough silence", TIMEOUT: "the time was up",
  HANGUP: "the recording ended first", HUMAN: "a person", MACHINE: "an answering machine", NOTSURE: "it could not tell",
  DTMF: "the key # was pressed",
};

/**
 * A card with the verdict.
 *
 * @param {string|null} name of the settings, if there are two
 * @param {any} result as `rtmedia detect --json` has it; null while it is not known
 * @param {string|null} error
 * @param {string} [kind] a or b
 */
export function verdictCard(name, result, error, kind = "a") {
  const card = element("section", { class: `verdict ${kind}`, "aria-label": name ? `Verdict ${name}` : "Verdict" });
  if (error) return fill(card, element("p", { class: "wrong", text: error }));
  if (!result) return fill(card, element("p", { class: "soft", text: "\u2026" }));
  const at = typeof result.decided_ms === "number" ? ` at ${timeText(result.decided_ms)}` : "";
  const isPositive = !["0", "HANGUP", "TIMEOUT", "NOTSURE"].includes(result.result);
  return fill(
    card, name ? element("span", { class: `badge ${kind}`, text: name }) : null,
    element(
      "p", { class: "answer" },
      element("strong", { class: isPositive ? "yes" : "no", text: resultText(result) }), element("span", { text: at })),
    element("p", { class: "why" }, element("span", { class: "soft", text: meaning(result) }), element("span", { text: result.explanation ?? "" })),
    usualPause(result),
    ...(result.warnings ?? []).map((text) => element("p", { class: "wrong", text: `\u26A0 ${text}` })));
}

function resultText(result) {
  if (result.command === "dtmf") return result.result === "" ? "no keys" : `keys ${result.result}`;
  return result.result === "" ? counted(result.talkspurts.length, "talkspurt") : result.result;
}

/** What a pause that lies between sentences would change; nothing to say where it is not asked for. */
function usualPause({ result, with_usual_pause: other }) {
  if (!other || other.result === result) return null;
  const at = typeof other.decided_ms === "number" ? ` at ${timeText(other.decided_ms)}` : "";
  return element("p", { class: "hint", text: `With silence_ms ${other.silence_ms}, longer than pauses between words, it is ${other.result}${at}.` });
}

function meaning(result) {
  const text = meanings[result.result];
  return text ? `${text}${result.explanation ? ": " : ""}` : "";
}

/** A table of talkspurts; looking at a row shows it in the picture. */
export class TalkspurtTable {
  /**
   * @param {string} name of what is listed
   * @param {{look: (spurt: any|null, isRevealed: boolean) => void, play: (from: number, to: number) => void}} actions
   */
  constructor(name, actions) {
    this.actions = actions;
    this.body = element("tbody");
    this.caption = element("caption");
    this.node = element(
      "div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name },
      element(
        "table", { class: "talkspurts" }, this.caption,
        element("thead", {}, element(
          "tr", {}, ...["", "start", "length", "silence that follows", "what became of it"].map((text) =>
            element("th", { scope: "col", text: text || undefined, "aria-label": text ? null : "Play" })))),
        this.body));
    this.limit = 200;
    this.canPlay = true;
  }

  /** @param {any} result @param {string} [name] */
  show(result, name = "") {
    const spurts = result?.talkspurts ?? [];
    this.caption.textContent = result
      ? `${name ? `${name}: ` : ""}${counted(spurts.length, result.command === "dtmf" ? "key" : "talkspurt")}`
        + (spurts.length > this.limit ? `, the first ${this.limit} of them here` : "") : "";
    fill(this.body, ...spurts.slice(0, this.limit).map((spurt) => this.row(spurt)));
    if (result && spurts.length === 0) {
      const text = result.command === "dtmf" ? "No key was pressed." : "Nothing is loud enough to count as talk.";
      fill(this.body, element("tr", {}, element("td", { colspan: "5", class: "soft", text })));
    }
  }

  row(spurt) {
    const end = spurt.start_ms + spurt.length_ms;
    const player = button("\u25B6", () => this.actions.play(spurt.start_ms, end), {
      class: "plain", disabled: !this.canPlay, "aria-label": `Play the talkspurt at ${timeText(spurt.start_ms)}`,
      on: { focus: () => this.actions.look(spurt, true), blur: () => this.actions.look(null, false) },
    });
    return element(
      "tr", {
        class: spurt.qualifies ? "qualifies" : "",
        on: { mouseenter: () => this.actions.look(spurt, false), mouseleave: () => this.actions.look(null, false) },
      },
      element("td", {}, player), element("td", { class: "figure", text: timeText(spurt.start_ms) }),
      element("td", { class: "figure", text: spurt.key ?? lengthText(spurt.length_ms) }),
      element("td", { class: "figure", text: typeof spurt.silence_ms === "number" ? lengthText(spurt.silence_ms) : "" }),
      element(
        "td", {}, element("span", { class: spurt.qualifies ? "yes" : "no", text: spurt.qualifies ? "\u2713 " : "\u2715 " }), shortReason(spurt)));
  }
}

/** What became of it, without the silence, which has its own column. */
function shortReason(spurt) {
  return spurtReason({ ...spurt, silence_ms: null });
}
