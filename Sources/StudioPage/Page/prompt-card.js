/** One prompt: what it is, what becomes of it, and its sound before, after and on the phone. */
import { button, element, setText } from "studio/dom.js";
import { copyButton } from "studio/copy.js";
import { FigureCanvas } from "studio/figure-canvas.js";
import { lengthText, levelText, sizeText, timeText, trimmed } from "studio/format.js";
import { complain, notify } from "studio/notice.js";
import { readPicture } from "studio/pictures.js";
import { Player } from "studio/player.js";
import { drawLevel, drawWave } from "studio/timeline-draw.js";
import { Layout } from "studio/timeline-layout.js";
import { timeTicks } from "studio/ticks.js";
import { TimeWindow } from "studio/time-window.js";

const forms = [
  ["source", "Before", "as it was, at 8 kHz"], ["result", "After", "what the platform gets"], ["phone", "On the phone", "through A-law"],
];

export class PromptCard {
  /**
   * @param {any} api
   * @param {any} prompt the server's answer
   * @param {string} name
   * @param {(card: PromptCard) => void} playing is called when it begins to play
   */
  constructor(api, prompt, name, playing) {
    Object.assign(this, { api, prompt, playing });
    this.player = new Player();
    this.as = null;
    this.pictures = {};
    this.buttons = Object.fromEntries(forms.map(([as, text, help]) => [as, button(`\u25B6 ${text}`, () => this.toggle(as), { title: help })]));
    this.clock = element("span", { class: "clock" });
    this.figure = new FigureCanvas(230, (context, size, colours) => this.draw(context, size, colours), {
      "aria-label": `Waveform and level of ${name}, before above and after below`,
      on: { click: (event) => this.seek(event) },
    });
    this.node = element(
      "article", { class: "panel prompt", "aria-label": name }, element("h2", { class: "recording-title", text: name }), this.facts(),
      this.figure.canvas, element("div", { class: "tools" }, ...Object.values(this.buttons), this.clock),
      element(
        "div", { class: "tools" },
        copyButton("Copy the command", () => api.promptText(prompt.id, "command"), { title: "play_wav_data with this sound in it" }),
        copyButton("Copy base64", () => api.promptText(prompt.id, "base64")),
        element("a", { class: "button", href: api.promptAudioURL(prompt.id, "result"), download: fileName(name), text: "Save the WAV" })));
    this.player.addEventListener("tick", () => this.tick());
    this.player.addEventListener("state", () => this.tick());
    this.player.addEventListener("failed", () => notify("The sound of this prompt can't be played any more.", "error"));
    for (const as of ["source", "result"]) this.load(as);
  }

  facts() {
    const { inspect, duration_ms: duration, level_dbov: level, base64_bytes: size } = this.prompt;
    const before = [
      inspect?.container, inspect?.encoding, inspect?.sample_rate ? `${trimmed(inspect.sample_rate / 1000, 3)} kHz` : null,
      inspect?.channels ? (inspect.channels === 1 ? "mono" : `${inspect.channels} channels`) : null,
      inspect?.duration_ms ? lengthText(inspect.duration_ms) : null,
      typeof inspect?.active_level_dbov === "number" ? levelText(inspect.active_level_dbov) : null,
    ].filter(Boolean).join(", ");
    const after = [
      "WAV, 16-bit, 8 kHz, mono", lengthText(duration), typeof level === "number" ? levelText(level) : null, `${sizeText(size)} of base64`,
    ].filter(Boolean).join(", ");
    const entry = (name, text) => (text === "" ? [] : [element("dt", { text: name }), element("dd", { text })]);
    const findings = (inspect?.findings ?? []).map(({ severity, text }) => element(
      "li", { class: severity === "error" ? "wrong" : "" }, element("strong", { text: `${severity}: ` }), text));
    return element(
      "div", { class: "facts-table" },
      element("dl", {}, ...entry("before", before), ...entry("after", after)),
      findings.length > 0 ? element("ul", { class: "facts" }, ...findings) : null,
      inspect?.remedy ? element("p", { class: "hint" }, "On the command line: ", element("code", { text: inspect.remedy })) : null);
  }

  /** The length of one of its forms, in ms: silence may be cut from what becomes of it. */
  length(as) {
    return (as === "source" ? this.prompt.source_duration_ms : null) ?? this.prompt.duration_ms;
  }

  async load(as) {
    try {
      this.pictures[as] = readPicture(await this.api.promptPicture(this.prompt.id, as, 1600), 0, this.length(as));
      this.figure.drawSoon();
    } catch (error) {
      complain(error);
    }
  }

  toggle(as = this.as ?? "result") {
    if (this.as === as && this.player.isPlaying) {
      this.player.pause();
      return;
    }
    this.playing(this);
    if (this.as !== as) {
      const at = this.as && this.player.position < this.player.duration - 50 ? this.player.position : 0;
      this.as = as;
      this.player.load(this.api.promptAudioURL(this.prompt.id, as), this.length(as));
      this.player.seek(at);
    }
    this.player.play();
  }

  stop() {
    this.player.pause();
  }

  seek(event) {
    const { x } = this.figure.place(event);
    if (!this.layout) return;
    if (!this.as) this.toggle();
    this.player.seek(this.layout.time(x, this.window));
  }

  tick() {
    for (const [as, text] of forms) {
      setText(this.buttons[as], `${this.as === as && this.player.isPlaying ? "\u275A\u275A" : "\u25B6"} ${text}`);
      this.buttons[as].setAttribute("aria-pressed", String(this.as === as));
    }
    setText(this.clock, this.as ? `${timeText(this.player.position)} / ${lengthText(this.length(this.as))}` : "");
    this.figure.drawSoon();
  }

  recolour() {
    this.figure.drawSoon();
  }

  draw(context, { width, height }, colours) {
    const layout = new Layout(width, { laneNames: [], hasLabels: false, isShort: true });
    const window = new TimeWindow(Math.max(this.length("source"), this.length("result")));
    [this.layout, this.window] = [layout, window];
    layout.left = 60;
    layout.width = width - 70;
    const half = (height - 24) / 2;
    ["source", "result"].forEach((as, index) => {
      const top = 20 + index * (half + 4);
      const picture = this.pictures[as];
      context.fillStyle = colours.ground;
      context.fillRect(layout.left, top, layout.width, half);
      layout.level = { top, height: half };
      if (picture) {
        const scene = { layout, window, picture, colours: { ...colours, wave: colours.quiet }, threshold: null };
        drawLevel(context, scene);
        drawWave(context, { top, height: half }, { layout, window, picture, colours });
      }
      context.fillStyle = colours.soft;
      context.textAlign = "right";
      context.fillText(index === 0 ? "before" : "after", layout.left - 6, top + half / 2);
    });
    context.textAlign = "center";
    context.fillStyle = colours.soft;
    for (const { at, text } of timeTicks(0, window.duration, layout.width / 80)) {
      context.fillText(text, Math.max(layout.left + 12, Math.min(layout.x(at, window), width - 22)), 9);
    }
    if (!this.as) return;
    context.fillStyle = colours.ink;
    context.fillRect(layout.x(this.player.position, window) - 0.75, 16, 1.5, height - 16);
  }
}

function fileName(name) {
  const base = name.replace(/\.[a-z0-9]{1,5}$/i, "").replace(/[^\p{L}\p{N} ._-]/gu, "").trim().slice(0, 60);
  return `${base || "prompt"}.wav`;
}
