/** Intervals of a recording: made, moved, split and joined by keys, buttons and pointer, heard and saved at once. */
import { button, element, setText } from "studio/dom.js";
import { timeText } from "studio/format.js";
import * as intervals from "studio/intervals.js";
import { complain, say } from "studio/notice.js";

export class IntervalEditor {
  /**
   * @param {{intervals: (id: string) => Promise<any>}} source
   * @param {import("studio/recording-view.js").RecordingView} view
   * @param {import("studio/undo.js").History} history
   * @param {(id: string, list: any[]) => void} save
   */
  constructor(source, view, history, save) {
    Object.assign(this, { source, view, history, save });
    this.list = [];
    this.boundary = null;
    this.talkspurts = [];
    this.name = element("input", {
      type: "text", "aria-label": "Name of the interval", on: { change: () => this.rename(this.name.value) },
    });
    this.text = element("p", { class: "soft", role: "status" });
    const tool = (text, title, action, properties = {}) => button(text, action, { title, ...properties });
    this.tools = element(
      "div", { class: "tools" },
      tool("\u25C0", "The boundary before (J)", () => this.step(-1), { "aria-label": "The boundary before" }),
      tool("\u25B6", "The boundary after (K)", () => this.step(1), { "aria-label": "The boundary after" }),
      tool("\u221210 ms", "Move the boundary (,)", () => this.nudge(-10)), tool("+10 ms", "Move the boundary (.)", () => this.nudge(10)),
      tool("Snap", "To the nearest talkspurt (G)", () => this.snap()), tool("Split", "At the cursor (X)", () => this.split()),
      tool("Join", "With the next (M)", () => this.join()), tool("Delete", "(D)", () => this.remove()),
      tool("Hear", "The excerpt around the boundary (E)", () => this.hear()));
    this.node = element(
      "details", { class: "intervals" }, element("summary", { text: "Intervals" }),
      element(
        "div", { class: "interval-work" },
        element(
          "div", { class: "tools" }, button("Add (I)", () => this.add()),
          element("label", { class: "choice" }, element("span", { text: "Name" }), this.name)),
        this.tools, this.text));
    this.node.firstChild.append(this.count = element("span", { class: "soft" }));
  }

  /** Shows the intervals of a recording. @param {any} recording */
  async show(recording) {
    this.recording = recording;
    this.set([], null, false);
    if (!recording) return;
    try {
      const answer = await this.source.intervals(recording.id);
      if (this.recording === recording) this.set(answer.intervals, null, false);
    } catch (error) {
      complain(error);
    }
  }

  set(list, boundary, isSaved = true) {
    this.list = list;
    this.boundary = boundary && list[boundary.index] ? boundary : null;
    this.view.timeline.setIntervals(list, this.boundary);
    setText(this.count, list.length > 0 ? ` (${list.length})` : "");
    const chosen = this.boundary ? list[this.boundary.index] : null;
    this.name.disabled = !chosen;
    if (document.activeElement !== this.name) this.name.value = chosen?.text ?? "";
    for (const tool of this.tools.children) tool.disabled = list.length === 0;
    const text = chosen
      ? `Interval ${this.boundary.index + 1} of ${list.length}, ${timeText(chosen.start_ms)} to ${timeText(chosen.end_ms)}; `
        + `the ${this.boundary.edge} is moved by the keys , and .`
      : list.length > 0 ? "Choose an interval in the picture, or with J and K." : "There are none. I adds one for the talkspurt at the cursor.";
    setText(this.text, text);
    if (isSaved && this.recording) this.save(this.recording.id, list);
  }

  /** Does a change that can be undone. */
  change(text, list, boundary) {
    if (list === this.list || !this.recording) return false;
    const [before, place, recording] = [this.list, this.boundary, this.recording];
    const put = (list, boundary) => {
      if (this.recording === recording) this.set(list, boundary);
      else this.save(recording.id, list);
    };
    this.history.perform({ text, redo: () => put(list, boundary), undo: () => put(before, place) });
    return true;
  }

  add() {
    const at = this.view.player.position;
    const spurt = this.talkspurts.find((spurt) => at >= spurt.start_ms - 50 && at <= spurt.start_ms + spurt.length_ms + 50);
    const [from, to] = spurt ? [spurt.start_ms, spurt.start_ms + spurt.length_ms] : [at, at + 500];
    const { list, index } = intervals.add(this.list, Math.round(from), Math.round(to), "talk", this.recording.duration_ms);
    if (index < 0) {
      say("There is no room for an interval at the cursor");
      return;
    }
    this.node.open = true;
    this.change("the new interval", list, { index, edge: "start" });
  }

  /** Goes to the next or the previous boundary. */
  step(direction) {
    const count = this.list.length * 2;
    if (count === 0) return;
    const place = this.boundary ? this.boundary.index * 2 + (this.boundary.edge === "end" ? 1 : 0) : direction > 0 ? -1 : count;
    const next = Math.min(count - 1, Math.max(0, place + direction));
    this.choose(Math.floor(next / 2), next % 2 === 1 ? "end" : "start");
    this.hear();
  }

  choose(index, edge = "start") {
    this.node.open = true;
    this.set(this.list, { index, edge }, false);
    const item = this.list[index];
    if (this.view.timeline.window.reveal(item[`${edge}_ms`])) this.view.timeline.windowMoved();
    say(`${edge} of ${item.text || "the interval"} at ${timeText(item[`${edge}_ms`])}`);
  }

  nudge(ms) {
    if (!this.boundary) {
      this.step(1);
      return;
    }
    const { index, edge } = this.boundary;
    const list = intervals.move(this.list, index, edge, this.list[index][`${edge}_ms`] + ms, this.recording.duration_ms);
    if (this.change("the moved boundary", list, this.boundary)) this.hear();
  }

  snap() {
    if (!this.boundary) return;
    const { index, edge } = this.boundary;
    const list = intervals.snap(this.list, index, edge, this.talkspurts, this.recording.duration_ms);
    if (this.change("the snapped boundary", list, this.boundary)) this.hear();
  }

  /** A boundary is dragged in the picture. */
  drag(index, edge, to, isDone) {
    this.dragged ??= this.list;
    const list = intervals.move(this.dragged, index, edge, to, this.recording.duration_ms);
    if (!isDone) {
      this.set(list, { index, edge }, false);
      return;
    }
    this.list = this.dragged;
    this.dragged = null;
    if (this.change("the moved boundary", list, { index, edge })) this.hear();
    else this.set(this.list, { index, edge }, false);
  }

  split() {
    const at = Math.round(this.view.player.position);
    const index = intervals.indexAt(this.list, at);
    if (!this.change("the split", intervals.split(this.list, index, at), { index: index + 1, edge: "start" })) {
      say("The cursor is in no interval that can be split");
    }
  }

  join() {
    if (this.boundary) this.change("the joined intervals", intervals.join(this.list, this.boundary.index), this.boundary);
  }

  remove() {
    if (this.boundary) this.change("the deleted interval", intervals.remove(this.list, this.boundary.index), null);
  }

  rename(text) {
    if (!this.boundary) return;
    const { index } = this.boundary;
    const list = this.list.map((item, place) => (place === index ? { ...item, text } : item));
    this.change("the name", list, this.boundary);
  }

  /** Plays the excerpt around the boundary: from it on at a start, up to it at an end. */
  hear() {
    if (!this.boundary) return;
    const { index, edge } = this.boundary;
    const at = this.list[index][`${edge}_ms`];
    if (edge === "start") this.view.playRange(at, Math.min(at + 700, this.recording.duration_ms));
    else this.view.playRange(Math.max(0, at - 700), at);
  }

  /** @param {KeyboardEvent} event @returns {boolean} */
  key(event) {
    const actions = {
      i: () => this.add(), j: () => this.step(-1), k: () => this.step(1), g: () => this.snap(), x: () => this.split(),
      m: () => this.join(), d: () => this.remove(), e: () => this.hear(),
      ",": () => this.nudge(-10), ".": () => this.nudge(10), "<": () => this.nudge(-100), ">": () => this.nudge(100),
      // Shift with these keys on keyboards where it does not give < and >.
      ";": () => this.nudge(-100), ":": () => this.nudge(100),
    };
    const action = actions[event.key.toLowerCase()];
    if (!action || !this.recording) return false;
    action();
    return true;
  }
}

