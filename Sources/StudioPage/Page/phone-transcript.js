/** What happens in a call, as it happens: requests and answers to unfold, what was heard, and variables. */
import { button, choice, element, fill, setText } from "studio/dom.js";
import { lengthText, timeText } from "studio/format.js";

/** How much is shown of a text in JSON, as of audio in base64. */
const shownLength = 300;

/** JSON with line ends, and of long texts in it the beginning; what is none as it is. @param {string} text */
function pretty(text) {
  const short = (_, value) => (typeof value === "string" && value.length > shownLength
    ? `${value.slice(0, shownLength)}\u2026 (${value.length.toLocaleString("en")} characters)` : value);
  try {
    return JSON.stringify(JSON.parse(text), short, 2);
  } catch {
    return text;
  }
}

/** The object that a text is; null if it is none. @param {string} text */
function object(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** A message in a line, as in `UP, read: 5` or `read`. */
function brief({ kind, text }) {
  const json = object(text);
  if (!json) return text.length > 120 ? `${text.slice(0, 119)}\u2026` : text;
  if (kind === "request") {
    const result = json.command_error || json.command_result;
    return [json.call_status, json.command ? `${json.command}${result ? `: ${result}` : ""}` : null].filter(Boolean).join(", ");
  }
  return json.command ?? "{}, which ends the call";
}

export class PhoneTranscript {
  /** @param {any} api @param {string[]} handlers */
  constructor(api, handlers) {
    this.api = api;
    this.handlers = handlers;
    this.list = element("ol", { class: "events", "aria-label": "What happens" });
    this.variables = element("table", { class: "variables" });
    this.empty = element("p", { class: "empty", text: "Requests and answers are shown here as they come." });
    this.node = element("div", { class: "transcript" }, this.empty, this.list);
    this.variablesNode = element("section", { class: "panel", "aria-label": "Variables", hidden: true }, element("h2", { text: "Variables" }), this.variables);
  }

  /** Begins another call. @param {number} handler */
  clear(handler) {
    this.handler = handler;
    this.known = {};
    this.list.replaceChildren();
    this.variables.replaceChildren();
    this.variablesNode.hidden = true;
  }

  /** @param {any} event */
  add(event) {
    this.empty.hidden = true;
    const isMessage = event.kind === "request" || event.kind === "answer";
    const head = [
      element("span", { class: "time", text: timeText(event.time_ms) }), element("span", { class: "leg", text: event.leg }),
      element("span", { class: "kind", text: event.kind }),
    ];
    const row = element("li", { class: `event is-${event.kind.replaceAll(" ", "-")}`, data: { kind: event.kind } });
    if (isMessage) {
      const time = event.answer_ms === null ? "" : ` (${lengthText(event.answer_ms)})`;
      const details = element("details", {}, element("summary", {}, ...head, element("span", { class: "what", text: brief(event) + time })));
      // A long call has many: each is laid out when it is looked at.
      details.addEventListener("toggle", () => this.unfold(details, event), { once: true });
      row.append(details);
      this.showVariables(object(event.text)?.variables);
    } else {
      row.append(element("div", { class: "line" }, ...head, element("span", { class: "what", text: event.text })));
    }
    const isAtEnd = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < 60;
    this.list.append(row);
    if (isAtEnd) this.node.scrollTop = this.node.scrollHeight;
  }

  unfold(details, event) {
    details.append(element("pre", { text: pretty(event.text) + (event.is_cut ? "\u2026" : "") }));
    if (event.kind === "request" && !event.is_cut) details.append(this.sender(event.text));
  }

  /** Sends a request again, as it was or edited. @param {string} text */
  sender(text) {
    const field = element("textarea", { rows: "6", "aria-label": "The request to send", spellcheck: "false", value: text });
    const answer = element("div", { class: "answer-again", role: "status" });
    const handler = choice("to", this.handlers.map((name, index) => [String(index), name]), String(this.handler), () => {});
    const send = button("Send it", async () => {
      send.disabled = true;
      try {
        this.showAnswer(answer, await this.api.sendAgain(Number(handler.select.value), field.value));
      } catch (error) {
        fill(answer, element("p", { class: "wrong", text: error.message }));
      }
      send.disabled = false;
    });
    const work = element(
      "div", { class: "again", hidden: true }, field, element("div", { class: "tools" }, handler, send), answer);
    return element("div", {}, button("Send again\u2026", () => { work.hidden = !work.hidden; }), work);
  }

  showAnswer(node, answer) {
    const head = answer.status === 0 ? "No answer" : `Status ${answer.status}, ${answer.content_type || "no Content-Type"}, ${lengthText(answer.answer_ms)}`;
    fill(
      node, element("p", { text: head }), ...answer.refused.map((text) => element("p", { class: "wrong", text })),
      ...answer.warnings.map((text) => element("p", { class: "soft", text })),
      answer.body === "" ? null : element("pre", { text: pretty(answer.body) + (answer.is_cut ? "\u2026" : "") }));
  }

  /** @param {any} variables */
  showVariables(variables) {
    if (variables === null || typeof variables !== "object" || Array.isArray(variables)) return;
    const texts = Object.entries(variables).slice(0, 200).map(
      ([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
    this.variablesNode.hidden = texts.length === 0;
    fill(this.variables, ...texts.map(([name, text]) => {
      const row = element("tr", {}, element("th", { scope: "row", text: name }), element("td"));
      setText(row.lastChild, text.slice(0, 1000));
      if (this.known[name] !== text) row.classList.add("changed");
      return row;
    }));
    this.known = Object.fromEntries(texts);
  }
}
