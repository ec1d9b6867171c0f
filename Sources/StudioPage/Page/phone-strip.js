/** What a command that listens hears: the caller's level against its threshold, and the talkspurts that it has decided about. */
import { element, setText } from "studio/dom.js";
import { FigureCanvas } from "studio/figure-canvas.js";
import { levelText } from "studio/format.js";

/** Levels of 20 ms that are shown: ten seconds. */
const shown = 500;
const lowest = -70;
/** Talkspurts that are kept. */
const most = 100;

export class PhoneStrip {
  constructor() {
    this.figure = new FigureCanvas(64, (context, size, colours) => this.draw(context, size, colours), { "aria-label": "Level of the caller, against the threshold" });
    this.title = element("p", { class: "hint" });
    this.text = element("p", { class: "hint talkspurt", role: "status" });
    this.node = element("section", { class: "panel strip", "aria-label": "What the command hears", hidden: true }, this.title, this.figure.canvas, this.text);
    this.clear();
  }

  clear() {
    this.levels = [];
    this.talkspurts = [];
    this.node.hidden = true;
    setText(this.text, "");
  }

  /** @param {any} message */
  add(message) {
    if (message.command !== undefined) {
      this.clear();
      this.threshold = message.threshold;
      this.name = message.command;
      this.node.hidden = false;
      setText(this.title, `${this.name} listens: silence is below ${levelText(this.threshold)}.`);
    }
    // Digital silence has no level.
    for (const level of message.levels ?? []) this.levels.push(level ?? -Infinity);
    if (message.talkspurt !== undefined) {
      this.talkspurts.push(message);
      if (this.talkspurts.length > most) this.talkspurts.shift();
      setText(this.text, message.talkspurt);
    }
    if (message.ends) setText(this.title, `${this.name} has listened: silence is below ${levelText(this.threshold)}.`);
    this.figure.drawSoon();
  }

  draw(context, { width, height }, colours) {
    const first = Math.max(0, this.levels.length - shown);
    const step = width / shown;
    const base = height - 8;
    const place = (level) => base * (1 - Math.max(0, Math.min(1, (level - lowest) / -lowest)));
    context.clearRect(0, 0, width, height);
    for (let index = first; index < this.levels.length; index += 1) {
      const y = place(this.levels[index]);
      context.fillStyle = this.levels[index] < this.threshold ? colours.quiet : colours.wave;
      context.fillRect((index - first) * step, y, Math.ceil(step), base - y);
    }
    context.fillStyle = colours.mark;
    context.fillRect(0, place(this.threshold), width, 1);
    for (const { start_ms: start, length_ms: length, qualifies } of this.talkspurts) {
      const from = Math.max(0, start / 20 - first);
      const to = (start + length) / 20 - first;
      if (to <= 0) continue;
      context.fillStyle = qualifies ? colours.good : colours.soft;
      context.fillRect(from * step, height - 6, Math.max(2, (to - from) * step), 6);
    }
  }
}
