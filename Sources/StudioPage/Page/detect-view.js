/** One recording, and what a command would answer to it. */
import { button, checkbox, element, fill } from "studio/dom.js";
import { copyButton } from "studio/copy.js";
import { Detections } from "studio/detections.js";
import { RecordingList } from "studio/recording-list.js";
import { RecordingView } from "studio/recording-view.js";
import { settingCopies } from "studio/setting-forms.js";
import { SettingsPanel } from "studio/settings-panel.js";
import { settingsText } from "studio/settings.js";
import { TalkspurtTable, verdictCard } from "studio/verdict.js";

export class DetectView {
  /** @param {any} page what all views share: api, session, catalogue, recordings, state */
  constructor(page) {
    this.page = page;
    const { state, catalogue } = page;
    this.detections = new Detections(page.api, catalogue);
    this.detections.addEventListener("change", () => {
      this.showResults();
      performance.mark("studio-result");
    });
    this.list = new RecordingList(page, (recording) => this.choose(recording));
    this.view = new RecordingView(page.api, {
      threshold: (magnitude) => state.setValues(catalogue.with(state.values, "threshold", magnitude)),
      window: (from, to) => state.set({ from, to }),
    });
    this.verdicts = element("div", { class: "verdicts", role: "status", "aria-live": "polite" });
    this.tables = { a: this.table(0), b: this.table(1) };
    this.title = element("h2", { class: "recording-title" });
    this.saver = element("a", { class: "button", text: "Save the WAV", title: "16-bit, 8 kHz, as it is judged" });
    this.settings = new SettingsPanel(catalogue, (values) => state.setValues(values));
    this.sides = element("div", { class: "segments", role: "group", "aria-label": "Which settings are edited" },
      ...["a", "b"].map((side) => button(side.toUpperCase(), () => state.set({ side }), { data: { side } })));
    this.compare = checkbox("Compare two settings", false, (isOn) => this.setCompared(isOn));
    this.copies = element(
      "div", { class: "copies", role: "group", "aria-label": "Copy these settings" },
      element("span", { class: "soft", text: "Copy as" }),
      ...settingCopies(catalogue, () => this.edited),
      copyButton("Link", () => state.address, { title: "The address of just what is shown" }));
    this.shown = element("pre", { class: "command-line", tabindex: "0", "aria-label": "The command line" });
    this.empty = element(
      "p", { class: "empty" }, "Choose a recording from the list, drop an audio file on this page, or record one with the microphone.");
    this.work = element(
      "div", { class: "work" },
      element("div", { class: "title-row" }, this.title, this.saver), this.verdicts, this.view.node,
      element("div", { class: "tables" }, this.tables.a.node, this.tables.b.node));
    this.node = element(
      "div", { class: "view detect" }, this.list.node,
      element("section", { class: "middle", "aria-label": "Recording" }, this.empty, this.work),
      element(
        "section", { class: "side", "aria-label": "Settings" },
        element("div", { class: "side-head" }, element("h2", { text: "Settings" }), this.sides, this.compare),
        this.settings.node, this.copies, this.shown));
    state.addEventListener("change", () => this.update());
    page.recordings.addEventListener("change", () => this.update());
    this.view.timeline.setWindow(state.now.from, state.now.to);
  }

  table(lane) {
    return new TalkspurtTable(lane === 0 ? "Talkspurts" : "Talkspurts of B", {
      look: (spurt, isRevealed) => this.view.timeline.look(spurt && { lane, spurt }, isRevealed),
      play: (from, to) => this.view.playRange(from, to),
    });
  }

  choose(recording) {
    this.page.state.set({ recording: recording.name, from: null, to: null });
  }

  setCompared(isOn) {
    const { state } = this.page;
    state.set(isOn ? { b: { ...state.now.a }, side: "b" } : { b: null, side: "a" });
  }

  /** Shows what the state says. */
  update() {
    if (this.node.hidden) return;
    const { now } = this.page.state;
    const { recordings, catalogue, state } = this.page;
    let recording = now.recording === null ? null : recordings.named(now.recording);
    if (now.recording === null && !this.recording && recordings.sorted.length > 0) {
      recording = recordings.sorted.find(({ state }) => state === "measured") ?? null;
      if (recording) now.recording = recording.name;
    }
    const isReady = recording?.state === "measured";
    if (recording !== this.recording) this.list.select(recording);
    if (isReady && (recording !== this.recording || !this.isReady)) {
      this.view.show(recording);
      this.view.timeline.setWindow(now.from, now.to);
    } else if (!isReady && this.isReady) {
      this.view.show(null);
    } else if (isReady) {
      const { window } = this.view.timeline;
      const differs = (one, other) => Math.round(one) !== Math.round(other);
      const isOther = now.from === null ? !window.isWhole : differs(now.from, window.from) || differs(now.to, window.to);
      if (isOther && !this.view.timeline.drag) this.view.timeline.setWindow(now.from, now.to);
    }
    [this.recording, this.isReady] = [recording, isReady];
    this.empty.hidden = isReady;
    this.work.hidden = !isReady;
    if (!isReady) {
      this.empty.textContent = this.emptyText(recording);
    } else {
      this.title.textContent = recording.name;
      this.saver.href = this.page.api.audioURL(recording.id);
      this.saver.download = `${recording.name.slice(recording.name.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "")}.wav`;
    }
    this.settings.show(state.values);
    this.view.timeline.setThreshold(this.threshold(now.a, now.b));
    this.sides.hidden = now.b === null;
    this.compare.input.checked = now.b !== null;
    for (const side of this.sides.children) side.setAttribute("aria-pressed", String(side.dataset.side === now.side));
    this.detections.want(isReady ? recording.id : null, now.a, now.b);
    this.tables.b.node.hidden = now.b === null;
    // What settings come to is shown when it is answered; here, what is shown of it changes.
    const shown = JSON.stringify([isReady ? recording.id : null, now.b !== null, now.side]);
    if (shown !== this.shownSides) {
      this.shownSides = shown;
      this.showResults();
    }
    document.title = isReady ? `${recording.name} \u2013 rtmedia studio` : "rtmedia studio";
  }

  /** The threshold of the settings that are edited; keys have none. */
  threshold(a, b) {
    const { catalogue, state } = this.page;
    const values = state.now.side === "b" && b ? b : a;
    return catalogue.command(values).settings.includes("threshold") ? catalogue.value("threshold", values) : null;
  }

  emptyText(recording) {
    const { now } = this.page.state;
    if (recording?.state === "failed") return `${recording.name} can't be read: ${recording.error ?? "it is not audio"}`;
    if (recording) return `${recording.name} is being read\u2026`;
    if (this.page.recordings.sorted.length === 0) {
      return "There are no recordings yet. Add audio files, drop them on this page, or record with the microphone.";
    }
    if (now.recording !== null) {
      return `There is no recording ${now.recording} here. Choose another one from the list.`;
    }
    return "Choose a recording from the list, drop an audio file on this page, or record one with the microphone.";
  }

  showResults() {
    const { now } = this.page.state;
    const { a, b } = this.detections.sides;
    const isCompared = now.b !== null;
    const lanes = [{ name: isCompared ? "A" : "talk", result: a.result }];
    if (isCompared) lanes.push({ name: "B", result: b.result });
    this.view.setLanes(lanes);
    fill(this.verdicts, verdictCard(isCompared ? "A" : null, a.result, a.error), isCompared ? verdictCard("B", b.result, b.error, "b") : null);
    this.tables.a.show(a.result, isCompared ? `A, ${settingsText(this.page.catalogue, now.a)}` : "");
    if (isCompared) this.tables.b.show(b.result, `B, ${settingsText(this.page.catalogue, now.b)}`);
    const { result } = this.edited;
    this.shown.textContent = result?.command_line ?? "";
    this.shown.hidden = !result?.command_line;
    for (const copier of this.copies.querySelectorAll("[data-form=wire], [data-form=swift]")) copier.disabled = !result?.[copier.dataset.form];
  }

  /** The settings that are edited, and what was detected with them. */
  get edited() {
    const { now, values } = this.page.state;
    return { values, result: this.detections.sides[now.side === "b" && now.b ? "b" : "a"].result };
  }

  /** Keys of the page; returns whether the key was meant for this view. @param {KeyboardEvent} event */
  key(event) {
    if (event.key === " ") {
      this.view.toggle();
      return true;
    }
    return false;
  }

  leave() {
    this.view.player.pause();
  }

  recolour() {
    this.view.timeline.recolour();
  }
}
