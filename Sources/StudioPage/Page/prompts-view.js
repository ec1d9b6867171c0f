/** Prompts: what a file is, what the platform gets of it, and how it sounds on the phone; and text that a voice says. */
import { button, checkbox, choice, element, filePicker, setText } from "studio/dom.js";
import { named, notify, say } from "studio/notice.js";
import { FolderPrompts } from "studio/folder-prompts.js";
import { PromptCard } from "studio/prompt-card.js";

const levels = [
  ["-26", "\u221226 dBov, as usual for speech"], ["-20", "\u221220 dBov, louder"], ["-32", "\u221232 dBov, quieter"], ["keep", "as it is"],
];

export class PromptsView {
  /** @param {any} page */
  constructor(page) {
    this.page = page;
    this.cards = [];
    const files = filePicker("Audio files", (files) => this.add(files));
    this.level = choice("Level", levels, "-26", () => {});
    this.trim = checkbox("Cut silence at both ends", false, () => {});
    const drop = element(
      "section", { class: "panel", "aria-label": "A prompt from a file" }, element("h2", { text: "From a file" }),
      element("p", {
        class: "hint", text: "Drop any audio on this page: see what it is and what the platform gets at 8 kHz, and hear how it sounds on the phone.",
      }),
      element("div", { class: "tools" }, button("Choose files\u2026", () => files.click(), { class: "main" }), files, this.level, this.trim));
    this.list = element("div", { class: "prompts-list" });
    this.folder = page.session.prompts ? new FolderPrompts(page, (card) => this.hush(card)) : null;
    this.none = element("p", { class: "empty", hidden: Boolean(page.session.prompts), text: "No prompts yet. Nothing is kept when the program ends: save the WAV files that you want." });
    this.node = element(
      "div", { class: "view prompts" }, this.folder?.node, element("div", { class: "halves" }, drop, this.speech()), this.none, this.list);
  }

  /** What a voice says. */
  speech() {
    const voices = this.page.session.voices ?? [];
    const english = voices.find((voice) => voice.voice.startsWith("TTS_EN-GB")) ?? voices[0];
    this.voice = choice(
      "Voice", [["", "as the text says, or the usual one"], ...voices.map((voice) => [voice.voice, voiceName(voice)])], english?.voice ?? "", () => {});
    this.text = element("textarea", {
      rows: "3", "aria-label": "Text to say", placeholder: "Welcome. Please say your name after the tone.",
      on: { keydown: (event) => { if (event.key === "Enter" && event.ctrlKey) this.speak(); } },
    });
    // SSML says itself who speaks, unless somebody chooses a voice for it.
    this.ssml = checkbox("The text is SSML", false, (isOn) => { this.voice.select.value = isOn ? "" : english?.voice ?? ""; });
    const number = (text, least, most, help) => {
      const input = element("input", { type: "number", min: least, max: most, placeholder: "usual", title: help });
      return Object.assign(element("label", { class: "choice", title: help }, element("span", { text }), input), { input });
    };
    this.rate = number("Rate", "80", "450", "How fast, in words a minute; empty: as the voice speaks");
    this.pitch = number("Pitch", "0", "99", "How high, 0 to 99; empty: as the voice speaks");
    this.error = element("p", { class: "wrong", role: "alert" });
    this.speaker = button("Say it", () => this.speak(), { class: "main", title: "Ctrl+Enter" });
    if (voices.length === 0) {
      return element(
        "section", { class: "panel", "aria-label": "A prompt from text" }, element("h2", { text: "From text" }),
        element("p", { class: "hint" }, "Nobody speaks here: no voice is installed. On the command line ", element("code", { text: "rtmedia voices" }), " says what is missing."));
    }
    return element(
      "section", { class: "panel", "aria-label": "A prompt from text" }, element("h2", { text: "From text" }), this.text,
      element("div", { class: "tools" }, this.voice, this.rate, this.pitch, this.ssml, this.speaker), this.error,
      element("p", {
        class: "hint", text: "The voice stands in for the platform\u2019s: it is to try out texts and lengths, not how callers will hear it.",
      }));
  }

  async speak() {
    const text = this.text.value.trim();
    setText(this.error, "");
    if (text === "") {
      setText(this.error, "There is no text to say.");
      this.text.focus();
      return;
    }
    this.speaker.disabled = true;
    try {
      const request = { text, voice: this.voice.select.value || null, ssml: this.ssml.input.checked };
      if (this.rate.input.value !== "") request.rate = Number(this.rate.input.value);
      if (this.pitch.input.value !== "") request.pitch = Number(this.pitch.input.value);
      if (this.level.select.value !== "keep") request.level = Number(this.level.select.value);
      const prompt = await this.page.api.sayPrompt(request);
      this.show(prompt, text.length > 60 ? `${text.slice(0, 59)}\u2026` : text);
    } catch (error) {
      setText(this.error, error.message);
    }
    this.speaker.disabled = false;
  }

  /** Sends files, one after the other. @param {File[]} files */
  async add(files) {
    const most = this.page.session.limits?.upload_bytes ?? Infinity;
    for (const file of files) {
      if (file.size > most) {
        notify(`${file.name} is larger than the ${Math.round(most / 1e6)} MB that are taken.`, "error");
        continue;
      }
      try {
        const options = {};
        if (this.level.select.value !== "keep") options.level = this.level.select.value;
        if (this.trim.input.checked) options.trim = "1";
        this.show(await this.page.api.addPrompt(file.name, file, options), file.name);
      } catch (error) {
        notify(named(file.name, error.message), "error");
      }
    }
  }

  show(prompt, name) {
    const card = new PromptCard(this.page.api, prompt, name, (playing) => this.hush(playing));
    this.cards.unshift(card);
    // The server keeps so many; older ones could not be heard any more.
    for (const old of this.cards.splice(20)) {
      old.stop();
      old.node.remove();
    }
    this.list.prepend(card.node);
    this.none.hidden = true;
    say(`${name}: ready`);
  }

  /** Stops all others when one begins to play. @param {PromptCard} playing */
  hush(playing) {
    for (const card of this.heard) if (card !== playing) card.stop();
  }

  /** All that can be heard. */
  get heard() {
    return this.folder?.card ? [this.folder.card, ...this.cards] : this.cards;
  }

  update() {
    // What is in the folder may have been made anew meanwhile.
    this.folder?.load();
    document.title = "Prompts \u2013 rtmedia studio";
  }

  leave() {
    for (const card of this.heard) card.stop();
  }

  recolour() {
    for (const card of this.heard) card.recolour();
  }

  key(event) {
    if (event.key !== " " || this.heard.length === 0) return false;
    this.heard[0].toggle();
    return true;
  }
}

function voiceName({ voice, name, sex }) {
  const own = voice.replace(/^TTS_[^_]*_/, "");
  return `${name}: ${own.slice(0, 1)}${own.slice(1).toLowerCase()}${sex ? `, ${sex}` : ""}`;
}

