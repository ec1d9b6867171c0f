/** All recordings with their labels: labelling by ear, how the settings judge them, and the search for the best. */
import { button, checkbox, element, fill, setText } from "studio/dom.js";
import { ConfusionTable } from "studio/confusion.js";
import { Detections } from "studio/detections.js";
import { IntervalEditor } from "studio/interval-editor.js";
import { JudgementTable, labelNames } from "studio/judgement-table.js";
import { LabelFiles } from "studio/label-files.js";
import { LabelSaver } from "studio/label-saver.js";
import { latest } from "studio/latest.js";
import { notify, say } from "studio/notice.js";
import { RecordingView } from "studio/recording-view.js";
import { SearchPanel } from "studio/search-panel.js";
import { talkCommand, talkParameters } from "studio/settings.js";
import { settingCopies } from "studio/setting-forms.js";
import { SettingsPanel } from "studio/settings-panel.js";
import { History } from "studio/undo.js";
import { TalkspurtTable, verdictCard } from "studio/verdict.js";

export class TuneView {
  /** @param {any} page */
  constructor(page) {
    this.page = page;
    const { api, state, catalogue } = page;
    this.history = new History();
    this.isInFile = Boolean(page.session.labels?.file && page.session.labels.is_writable);
    this.judged = new Map();
    this.detections = new Detections(api, catalogue);
    this.detections.addEventListener("change", () => this.showDetection());
    this.judge = latest((request) => api.judge(request), (answer) => this.takeJudgements(answer), (error) => this.failJudging(error));
    this.labels = new LabelSaver((id, value) => api.setLabel(id, value), (id, answer) => {
      this.isInFile = answer.saved ?? true;
      // What it is called is needed to undo what comes next.
      const recording = page.recordings.get(id);
      if (recording && recording.label === answer.label) recording.label_name = answer.label_name;
      this.judgeSoon();
    });
    this.intervalSaver = new LabelSaver(
      (id, list) => api.setIntervals(id, list), (_, answer) => {
        this.isInFile = answer.saved ?? true;
        page.recordings.refresh().catch(() => page.recordings.later());
      });
    for (const saver of [this.labels, this.intervalSaver]) saver.addEventListener("change", () => this.showSaved());
    addEventListener("beforeunload", (event) => {
      if (this.saveState() !== "saved") event.preventDefault();
    });

    this.view = new RecordingView(api, {
      threshold: (magnitude) => this.setValues(catalogue.with(this.values, "threshold", magnitude)),
      boundary: (index, edge, to, isDone) => this.intervals.drag(index, edge, to, isDone),
      interval: (index, edge) => this.intervals.choose(index, edge),
    }, { isShort: true, hasLabels: true });
    this.files = new LabelFiles(page, () => this.recording, () => this.labelsRead());
    this.intervals = new IntervalEditor(api, this.view, this.history, (id, list) => this.intervalSaver.save(id, list));
    this.table = new JudgementTable((recording) => this.choose(recording, true));
    this.confusion = new ConfusionTable((kind) => this.table.setKind(kind));
    this.settings = new SettingsPanel(catalogue, (values) => this.setValues(values), { commands: [talkCommand] });
    this.search = new SearchPanel(api, (changes) => this.setValues(catalogue.withAll(this.values, changes)));
    this.title = element("h2", { class: "recording-title" });
    this.verdict = element("div", { class: "verdicts" });
    this.node = element(
      "div", { class: "view tune" },
      element("section", { class: "panel listening", "aria-label": "Listen and label" }, ...this.listening()),
      element("section", { class: "panel judging", "aria-label": "How the settings judge" }, ...this.judging()),
      element("section", { class: "side", "aria-label": "Settings" },
        element("div", { class: "side-head" }, element("h2", { text: "Settings" }),
          button("Look at it in Detect", () => state.set({ view: "detect", a: { ...this.values } }), { class: "plain" })),
        this.settings.node,
        element("div", { class: "copies", role: "group", "aria-label": "Copy these settings" }, element("span", { class: "soft", text: "Copy as" }),
          ...settingCopies(catalogue, () => ({ values: this.values, result: this.detections.sides.a.result })))),
      this.search.node);
    state.addEventListener("change", () => this.update());
    page.recordings.addEventListener("change", () => this.recordingsChanged());
  }

  /** The picture, and what labels it. */
  listening() {
    const key = (text, name, action, properties = {}) => button("", action, properties).appendChild(
      element("span", {}, text, " ", element("kbd", { "aria-hidden": "true", text: name }))).parentNode;
    this.labelButtons = {
      talk: key("Talk", "T", () => this.label("talk"), { class: "label-talk", "aria-pressed": "false" }),
      "no-talk": key("No talk", "N", () => this.label("no-talk"), { class: "label-none", "aria-pressed": "false" }),
    };
    this.autoplay = checkbox("Autoplay", true, () => {});
    this.undoButton = button("Undo", () => this.undo(), { title: "Undo (Z)" });
    this.redoButton = button("Redo", () => this.redo(), { title: "Redo (Shift+Z)" });
    this.saved = element("span", { class: "saved", role: "status" });
    this.retry = button("Try again", () => { this.labels.retry(); this.intervalSaver.retry(); }, { hidden: true });
    const buttons = element(
      "div", { class: "tools labelling", role: "group", "aria-label": "Label" }, this.labelButtons.talk, this.labelButtons["no-talk"],
      key("Skip", "S", () => this.go(1)), key("Back", "B", () => this.go(-1)),
      button("Remove label", () => this.label(null), { title: "Remove the label (U)" }),
      this.autoplay, element("span", { class: "spring" }), this.undoButton, this.redoButton, this.saved, this.retry);
    this.spurts = new TalkspurtTable("Talkspurts", {
      look: (spurt, isRevealed) => this.view.timeline.look(spurt && { lane: 0, spurt }, isRevealed),
      play: (from, to) => this.view.playRange(from, to),
    });
    const spurts = element("details", {}, element("summary", { text: "Talkspurts, and what became of each" }), this.spurts.node);
    return [this.title, buttons, this.verdict, this.view.node, spurts, this.intervals.node];
  }

  /** The confusion table, all recordings, and labels that come and go. */
  judging() {
    return [
      this.confusion.node,
      element("div", { class: "tools" }, this.table.choice, element("span", { class: "spring" }), ...this.files.nodes), this.table.list.node, this.table.none,
      element("p", { class: "hint", text: this.files.place }),
    ];
  }

  /** The settings, always of the command that tuning is about. */
  get values() {
    const { values } = this.page.state;
    return this.page.catalogue.command(values).name === talkCommand ? values : { ...this.own };
  }

  setValues(values) {
    const { state, catalogue } = this.page;
    if (catalogue.command(state.values).name === talkCommand) state.setValues(values);
    else {
      this.own = values;
      this.update();
    }
  }

  update() {
    if (this.node.hidden) return;
    const { recordings, state, catalogue } = this.page;
    this.search.resume();
    const wanted = state.now.recording === null ? null : recordings.named(state.now.recording);
    const recording = wanted?.state === "measured" ? wanted : null;
    if (recording !== this.recording) {
      this.recording = recording;
      this.view.show(recording);
      this.view.showBeginning(catalogue.value("analysistime_ms", this.values));
      this.intervals.show(recording);
      this.table.select(recording?.id ?? null);
      if (this.isToPlay && recording) this.view.play();
      this.isToPlay = false;
    }
    const none = recordings.sorted.length === 0
      ? "There are no recordings: add some in Detect, or start rtmedia studio with a folder" : "Choose a recording from the table";
    setText(this.title, recording ? recording.name : none);
    this.showLabel();
    this.settings.show(this.values);
    this.view.timeline.setThreshold(catalogue.value("threshold", this.values));
    this.detections.want(recording?.id ?? null, this.values, null);
    const request = catalogue.request(this.values);
    const text = JSON.stringify(request);
    if (text !== this.asked) {
      this.asked = text;
      this.isResorted = true;
      this.judge(request);
    }
    this.search.showValues(Object.fromEntries(
      talkParameters.map((name) => [name, catalogue.value(name, this.values)])));
    document.title = "Tune \u2013 rtmedia studio";
    this.showSaved();
  }

  recordingsChanged() {
    if (this.node.hidden) {
      this.asked = null;
      return;
    }
    const { measured, total } = this.page.recordings;
    // While recordings come in, their number changes all the time; when all are there, once more.
    if (measured !== this.known) {
      this.known = measured;
      this.isResorted = true;
      this.judgeSoon();
    }
    if (measured === total) this.update();
  }

  judgeSoon() {
    if (this.node.hidden) this.asked = null;
    else this.judge(this.page.catalogue.request(this.values));
  }

  takeJudgements({ confusion, rows }) {
    const { recordings } = this.page;
    const judged = new Map();
    for (const [id, result, decided, right, reason] of rows) {
      const recording = recordings.get(id);
      if (recording) judged.set(id, { recording, result, decided, right: recording.label ? right : null, reason });
    }
    const isOther = judged.size !== this.judged.size;
    this.judged = judged;
    if (this.isResorted || isOther) this.table.show(recordings.sorted.map((recording) => judged.get(recording.id)).filter(Boolean));
    else this.table.update(judged);
    this.isResorted = false;
    this.table.select(this.recording?.id ?? null);
    const without = recordings.sorted.length - (confusion.found + confusion.missed + confusion.false_talk + confusion.quiet);
    this.confusion.show(confusion, without > 0 ? `${without.toLocaleString("en")} without a label` : "");
    if (!this.recording && this.page.state.now.recording === null && this.table.shown.length > 0) this.choose(this.table.shown[0].recording, false);
    performance.mark("studio-judged");
  }

  failJudging(error) {
    // The next change of a slider asks again.
    this.asked = null;
    this.confusion.fail(error.message);
  }

  showDetection() {
    const { result, error } = this.detections.sides.a;
    this.view.setLanes([{ name: "talk", result }]);
    this.intervals.talkspurts = result?.talkspurts ?? [];
    fill(this.verdict, verdictCard(null, result, error));
    this.spurts.show(result);
    performance.mark("studio-result");
  }

  showLabel() {
    const label = this.recording?.label ?? null;
    for (const [name, node] of Object.entries(this.labelButtons)) {
      node.setAttribute("aria-pressed", String(name === label));
      node.disabled = !this.recording;
    }
    this.undoButton.disabled = !this.history.canUndo;
    this.redoButton.disabled = !this.history.canRedo;
  }

  saveState() {
    const states = [this.labels.state, this.intervalSaver.state];
    return states.includes("failed") ? "failed" : states.includes("saving") ? "saving" : "saved";
  }

  showSaved() {
    const state = this.saveState();
    const count = this.labels.waiting.size + this.intervalSaver.waiting.size;
    const why = (this.labels.error ?? this.intervalSaver.error)?.message ?? "";
    const text = { saved: this.isInFile ? "\u2713 saved" : "kept in memory", saving: "saving\u2026", failed: `\u26A0 ${count} not saved` }[state];
    setText(this.saved, text);
    this.saved.className = `saved ${state === "failed" ? "no" : "soft"}`;
    this.saved.title = state === "failed" ? `${why} It is tried again by itself.` : "";
    this.retry.hidden = state !== "failed";
    if (state === "failed" && this.wasSaved !== "failed") notify(`The label could not be saved: ${why} It is kept here and tried again.`, "error");
    this.wasSaved = state;
  }

  // Labelling

  choose(recording, isPlayed) {
    this.isToPlay = isPlayed && this.autoplay.input.checked;
    this.page.state.set({ recording: recording.name, from: null, to: null });
  }

  /** Goes to the next or the previous recording of the table. */
  go(direction, condition) {
    const next = this.table.next(direction, condition);
    if (next) this.choose(next, true);
    else say(direction > 0 ? "That was the last one" : "That is the first one");
    return next !== null;
  }

  /** Gives a label, and goes on to the next recording that has none; to the next of all where a label was corrected. */
  label(label) {
    const { recording } = this;
    if (!recording) return;
    const before = { label: recording.label, name: recording.label_name ?? null };
    const put = ({ label, name }) => {
      this.page.recordings.update(recording.id, { label, label_name: name });
      const row = { ...(this.judged.get(recording.id) ?? this.rowOf(recording)), recording, right: this.rightOf(recording) };
      this.table.update(new Map([[recording.id, row]]));
      this.labels.save(recording.id, { label, name });
      this.showLabel();
    };
    const isMade = before.label !== label;
    if (isMade) {
      this.history.perform({
        text: `the label of ${recording.name}`, redo: () => put({ label, name: null }),
        undo: () => {
          put(before);
          if (this.recording !== recording) this.choose(recording, false);
        },
      });
    }
    say(label ? `${recording.name}: ${labelNames[label]}` : `${recording.name}: no label`);
    if (label === null) return;
    const hasMore = before.label === null && this.table.shown.some((row) => row.recording.label === null);
    if (hasMore) {
      if (!this.go(1, (row) => row.recording.label === null)) {
        const first = this.table.shown.find((row) => row.recording.label === null);
        this.choose(first.recording, true);
      }
    } else this.go(1);
  }

  rowOf(recording) {
    return { recording, result: null, decided: null, right: null, reason: "" };
  }

  rightOf(recording) {
    const result = this.judged.get(recording.id)?.result;
    if (!recording.label || !result) return null;
    return (result === "TALK") === (recording.label === "talk") ? 1 : 0;
  }

  undo() {
    const text = this.history.undo();
    say(text ? `Undone: ${text}` : "There is nothing to undo");
    this.showLabel();
  }

  redo() {
    const text = this.history.redo();
    say(text ? `Done again: ${text}` : "There is nothing to do again");
    this.showLabel();
  }

  /** @param {File[]} files with labels */
  importLabels(files) {
    return this.files.read(files);
  }

  labelsRead() {
    this.isResorted = true;
    this.judgeSoon();
    this.intervals.show(this.recording);
    this.showLabel();
  }

  /** @param {KeyboardEvent} event @returns {boolean} */
  key(event) {
    const name = event.key.toLowerCase();
    // A key that is held would label recordings that nobody has heard.
    if (event.repeat && "tnusbz".includes(name)) return true;
    const actions = {
      " ": () => this.view.toggle(), t: () => this.label("talk"), n: () => this.label("no-talk"), u: () => this.label(null),
      s: () => this.go(1), b: () => this.go(-1), r: () => { this.view.seek(0); this.view.play(); },
      z: () => (event.shiftKey ? this.redo() : this.undo()), a: () => this.autoplay.input.click(),
      q: () => say(`speed ${this.view.changeSpeed(-1)}`), w: () => say(`speed ${this.view.changeSpeed(1)}`),
    };
    if (actions[name]) {
      actions[name]();
      return true;
    }
    return this.intervals.key(event);
  }

  leave() {
    this.view.player.pause();
  }

  recolour() {
    this.view.timeline.recolour();
    this.search.recolour();
  }
}
