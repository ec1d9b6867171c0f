/** The picture of a recording, and what is done on it with pointer, wheel and keys. */
import { element, fill } from "studio/dom.js";
import { counted, lengthText, timeText } from "studio/format.js";
import { colours } from "studio/theme.js";
import { Pictures } from "studio/pictures.js";
import { TimeWindow } from "studio/time-window.js";
import { Layout } from "studio/timeline-layout.js";
import { drawMoving, drawOverview, drawScene, prepare } from "studio/timeline-draw.js";

const overviewHeight = 34;

/**
 * @typedef {Object} TimelineActions
 * @property {(ms: number) => void} seek
 * @property {(magnitude: number) => void} threshold it was dragged
 * @property {(from: number|null, to: number|null) => void} window another part is shown; null is all
 * @property {(index: number, edge: "start"|"end", to: number, isDone: boolean) => void} [boundary] one was dragged
 * @property {(index: number, edge?: "start"|"end") => void} [interval] one was clicked, or one of its boundaries
 * @property {(error: Error) => void} failed
 */

export class Timeline {
  /**
   * @param {(id: string, range: any) => Promise<import("studio/pictures.js").Picture>} load
   * @param {TimelineActions} actions
   * @param {{isShort?: boolean, hasLabels?: boolean}} [options]
   */
  constructor(load, actions, options = {}) {
    this.actions = actions;
    this.options = options;
    this.colours = colours();
    this.lanes = [{ name: "talk", result: null }];
    this.threshold = null;
    this.intervals = options.hasLabels ? [] : null;
    this.boundary = null;
    this.cursor = 0;
    this.pointer = null;
    this.looked = null;
    this.pointers = new Map();
    this.window = new TimeWindow(1);
    this.all = new TimeWindow(1);
    this.pictures = new Pictures(load, () => this.drawSoon(), actions.failed);

    this.scene = element("canvas", { "aria-hidden": "true" });
    this.moving = element("canvas", { class: "moving", "aria-hidden": "true" });
    this.tip = element("div", { class: "tip", hidden: true });
    this.stage = element("div", {
      class: "stage", tabindex: "0", role: "application", "aria-roledescription": "picture of a recording",
      "aria-label": "No recording is chosen",
      on: {
        pointerdown: (event) => this.down(event), pointermove: (event) => this.move(event),
        pointerup: (event) => this.up(event), pointercancel: (event) => this.up(event),
        pointerleave: () => this.leave(), keydown: (event) => this.key(event),
      },
    }, this.scene, this.moving, this.tip);
    // A finger that moves up and down scrolls the page everywhere else.
    this.handle = element("div", { class: "threshold-handle", "aria-hidden": "true", hidden: true });
    this.stage.append(this.handle);
    this.stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.overview = element("canvas", {
      class: "overview", "aria-hidden": "true",
      on: {
        pointerdown: (event) => this.moveWindow(event, true), pointermove: (event) => this.moveWindow(event, false),
      },
    });
    this.node = element("div", { class: "timeline" }, this.stage, this.overview);
    new ResizeObserver(() => this.drawSoon()).observe(this.node);
  }

  /** Shows another recording, or none. @param {{id: string, name: string, duration_ms: number}|null} recording */
  show(recording) {
    const duration = recording?.duration_ms ?? 0;
    this.cancel();
    this.recording = recording;
    this.window = new TimeWindow(duration);
    this.all = new TimeWindow(duration);
    this.cursor = 0;
    this.looked = null;
    this.pictures.choose(recording?.id ?? null, duration, this.threshold === "adaptive");
    this.describe();
    this.drawSoon();
  }

  /** Shows what was found. @param {{name: string, result: any}[]} lanes */
  setLanes(lanes) {
    this.lanes = lanes;
    if (this.looked && !lanes[this.looked.lane]?.result?.talkspurts.includes(this.looked.spurt)) this.look(null);
    this.describe();
    this.drawSoon();
  }

  /** @param {number|"adaptive"|null} threshold */
  setThreshold(threshold) {
    const wasAdaptive = this.threshold === "adaptive";
    this.threshold = threshold;
    if (wasAdaptive !== (threshold === "adaptive") && this.recording) {
      this.pictures.choose(this.recording.id, this.recording.duration_ms, threshold === "adaptive");
    }
    this.drawSoon();
  }

  setIntervals(intervals, boundary) {
    this.intervals = intervals;
    this.boundary = boundary;
    this.drawSoon();
  }

  /** Moves the cursor; a sound that plays out of sight turns the page. */
  setCursor(ms, isFollowed = false) {
    this.cursor = ms;
    if (isFollowed && this.window.reveal(ms)) this.windowMoved();
    else this.drawMovingSoon();
  }

  /** Shows a range of time; null is all. */
  setWindow(from, to) {
    if (from === null || to === null) this.window.showAll();
    else this.window.show(from, to);
    this.drawSoon();
  }

  /** Zooms around the cursor if it is in sight. @param {number} factor */
  zoom(factor) {
    const isInSight = this.cursor > this.window.from && this.cursor < this.window.to;
    this.window.zoom(factor, isInSight ? this.cursor : undefined);
    this.windowMoved();
  }

  showAll() {
    this.window.showAll();
    this.windowMoved();
  }

  /** Marks a talkspurt. @param {{lane: number, spurt: any}|null} looked @param {boolean} [isRevealed] */
  look(looked, isRevealed = false) {
    this.looked = looked;
    if (looked && isRevealed && this.window.reveal(looked.spurt.start_ms)) this.windowMoved();
    this.drawMovingSoon();
  }

  /** Takes over colours that have changed. */
  recolour() {
    this.colours = colours();
    this.drawSoon();
  }

  windowMoved() {
    const { window } = this;
    this.actions.window(window.isWhole ? null : window.from, window.isWhole ? null : window.to);
    this.drawSoon();
  }

  describe() {
    if (!this.recording) {
      this.stage.setAttribute("aria-label", "No recording is chosen");
      return;
    }
    const found = this.lanes.map(({ name, result }) => {
      if (!result) return null;
      const at = typeof result.decided_ms === "number" ? ` at ${timeText(result.decided_ms)}` : "";
      const parts = [`${result.result}${at}`, counted(result.talkspurts.length, "talkspurt")];
      return `${this.lanes.length > 1 ? `${name}: ` : ""}${parts.filter(Boolean).join(", ")}`;
    }).filter(Boolean).join("; ");
    const text =
      `${this.recording.name}, ${lengthText(this.recording.duration_ms)}. ${found}. `
      + "Left and Right move the cursor, plus and minus zoom, Shift with Left and Right pans, 0 shows all.";
    if (this.stage.getAttribute("aria-label") !== text) this.stage.setAttribute("aria-label", text);
  }

  // Drawing

  drawSoon() {
    this.isSceneDue = true;
    this.drawMovingSoon();
  }

  drawMovingSoon() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.isDue = false;
    const width = this.node.clientWidth;
    if (width < 50) return;
    const layout = new Layout(width, {
      laneNames: this.lanes.map((lane) => lane.name), hasLabels: this.intervals !== null, isShort: this.options.isShort,
    });
    this.layout = layout;
    if (this.isSceneDue) {
      this.isSceneDue = false;
      this.stage.style.height = `${layout.height}px`;
      this.pictures.look(this.window.from, this.window.to, Math.ceil(layout.width * Math.min(2, window.devicePixelRatio)));
      const picture = this.pictures.best(this.window.from, this.window.to);
      drawScene(prepare(this.scene, width, layout.height), {
        layout, window: this.window, picture, threshold: this.threshold, lanes: this.lanes, intervals: this.intervals,
        boundary: this.boundary, colours: this.colours, isEmpty: !this.recording,
      });
      const isDragged = typeof this.threshold === "number" && this.recording !== null;
      this.handle.hidden = !isDragged;
      if (isDragged) this.handle.style.transform = `translate(${layout.left + layout.width - 22}px, ${layout.levelY(this.threshold) - 16}px)`;
      performance.mark("studio-scene");
    }
    drawMoving(prepare(this.moving, width, layout.height), {
      layout, window: this.window, colours: this.colours, cursor: this.recording ? this.cursor : null, pointer: this.pointer,
      looked: this.looked,
    });
    const strip = prepare(this.overview, width, overviewHeight);
    if (!this.recording) return;
    drawOverview(strip, {
      layout, whole: this.pictures.whole, all: this.all, window: this.window, colours: this.colours,
      cursor: this.cursor,
    }, overviewHeight);
  }

  // Pointer

  place(event) {
    const box = this.stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** What lies under the pointer. */
  hit({ x, y }) {
    const { layout } = this;
    if (!layout || !this.recording) return { kind: "none" };
    if (typeof this.threshold === "number" && y > layout.level.top - 8 && y < layout.level.top + layout.level.height + 8) {
      const isOnHandle = x > layout.left + layout.width - 22;
      if (Math.abs(y - layout.levelY(this.threshold)) < (isOnHandle ? 16 : 6)) return { kind: "threshold" };
    }
    const time = layout.time(x, this.window);
    if (layout.labels && this.intervals && y >= layout.labels.top && y <= layout.labels.top + layout.labels.height) {
      const reach = (6 / layout.width) * this.window.length;
      for (const [index, interval] of this.intervals.entries()) {
        // Of two boundaries in one place, the one on whose side the pointer is.
        if (Math.abs(time - interval.end_ms) < reach && time <= interval.end_ms) {
          return { kind: "boundary", index, edge: "end", at: interval.end_ms };
        }
        if (Math.abs(time - interval.start_ms) < reach && time >= interval.start_ms) {
          return { kind: "boundary", index, edge: "start", at: interval.start_ms };
        }
      }
      const index = this.intervals.findIndex((interval) => time >= interval.start_ms && time <= interval.end_ms);
      if (index >= 0) return { kind: "interval", index };
    }
    for (const [lane, track] of layout.lanes.entries()) {
      if (y < track.top || y > track.top + track.height) continue;
      const reach = (3 / layout.width) * this.window.length;
      const spurt = this.lanes[lane]?.result?.talkspurts.find(
        (spurt) => time >= spurt.start_ms - reach && time <= spurt.start_ms + spurt.length_ms + reach);
      if (spurt) return { kind: "spurt", lane, spurt };
    }
    return { kind: "time" };
  }

  down(event) {
    if (event.button !== 0 || !this.recording) return;
    const place = this.place(event);
    this.pointers.set(event.pointerId, place);
    if (this.pointers.size === 2) {
      this.cancel();
      const [one, other] = [...this.pointers.values()];
      this.drag = { kind: "pinch", distance: Math.abs(one.x - other.x), from: this.window.from, to: this.window.to };
      return;
    }
    const hit = this.hit(place);
    this.drag = { ...hit, place, from: this.window.from, to: this.window.to, hasMoved: false };
    this.stage.setPointerCapture(event.pointerId);
  }

  move(event) {
    const place = this.place(event);
    if (this.pointers.has(event.pointerId)) this.pointers.set(event.pointerId, place);
    if (this.drag) {
      this.dragTo(place, event);
      return;
    }
    if (!this.layout || !this.recording) return;
    const hit = this.hit(place);
    this.stage.style.cursor = { threshold: "ns-resize", boundary: "ew-resize", spurt: "help", interval: "pointer" }[hit.kind] ?? "crosshair";
    this.pointer = this.layout.time(place.x, this.window);
    this.look(hit.kind === "spurt" ? { lane: hit.lane, spurt: hit.spurt } : null);
    this.showTip(hit, place);
  }

  dragTo(place, event) {
    const { drag, layout } = this;
    if (drag.kind === "pinch") {
      if (this.pointers.size < 2) return;
      const [one, other] = [...this.pointers.values()];
      const factor = Math.max(20, Math.abs(one.x - other.x)) / Math.max(20, drag.distance);
      const middle = layout.time((one.x + other.x) / 2, this.window);
      this.window.show(drag.from, drag.to);
      this.window.zoom(factor, middle);
      this.windowMoved();
      return;
    }
    if (Math.abs(place.x - drag.place.x) > 3 || Math.abs(place.y - drag.place.y) > 3) drag.hasMoved = true;
    if (!drag.hasMoved) return;
    if (drag.kind === "threshold") this.actions.threshold(layout.magnitude(place.y));
    else if (drag.kind === "boundary") {
      this.actions.boundary?.(drag.index, drag.edge, Math.round(layout.time(place.x, this.window)), false);
    } else {
      const shift = ((drag.place.x - place.x) / layout.width) * (drag.to - drag.from);
      this.window.show(drag.from + shift, drag.to + shift);
      this.windowMoved();
    }
    event.preventDefault();
  }

  up(event) {
    this.pointers.delete(event.pointerId);
    const { drag } = this;
    if (!drag) return;
    if (drag.kind === "pinch") {
      if (this.pointers.size === 0) this.drag = null;
      return;
    }
    if (event.type === "pointercancel" || !this.layout) {
      this.cancel();
      return;
    }
    this.drag = null;
    const place = this.place(event);
    const time = Math.min(this.window.duration, Math.max(0, this.layout.time(place.x, this.window)));
    if (drag.kind === "boundary" && drag.hasMoved) this.actions.boundary?.(drag.index, drag.edge, Math.round(time), true);
    else if ((drag.kind === "boundary" || drag.kind === "interval") && !drag.hasMoved) this.actions.interval?.(drag.index, drag.edge);
    if (!drag.hasMoved && drag.kind !== "threshold" && drag.kind !== "boundary") this.actions.seek(time);
  }

  /** Ends what is dragged; a boundary goes back to where it was. */
  cancel() {
    const { drag } = this;
    this.drag = null;
    if (drag?.kind === "boundary" && drag.hasMoved) this.actions.boundary?.(drag.index, drag.edge, drag.at, true);
  }

  leave() {
    this.pointer = null;
    this.tip.hidden = true;
    if (!this.drag) this.look(null);
  }

  showTip(hit, place) {
    if (hit.kind === "spurt") {
      const { spurt } = hit;
      fill(this.tip, element("b", { text: spurtTitle(spurt) }), element("span", { text: spurtReason(spurt) }));
    } else if (hit.kind === "threshold") {
      fill(this.tip, element("span", { text: "Drag to change the threshold" }));
    } else {
      this.tip.hidden = true;
      return;
    }
    this.tip.hidden = false;
    const width = this.tip.offsetWidth;
    this.tip.style.left = `${Math.max(0, Math.min(place.x + 12, this.stage.clientWidth - width - 4))}px`;
    this.tip.style.top = `${Math.max(0, place.y - this.tip.offsetHeight - 10)}px`;
  }

  wheel(event) {
    if (!this.recording || !this.layout) return;
    const isPan = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    // Zoomed out all the way, the wheel scrolls the page.
    if (!isPan && event.deltaY > 0 && this.window.isWhole) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : 1;
    if (isPan) {
      const distance = (event.deltaX || event.deltaY) * unit;
      this.window.pan((distance / this.layout.width) * this.window.length);
    } else {
      const factor = Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.002));
      this.window.zoom(factor, this.layout.time(this.place(event).x, this.window));
    }
    this.windowMoved();
  }

  moveWindow(event, isDown) {
    if (!this.layout || !this.recording || !(event.buttons & 1)) return;
    if (isDown) this.overview.setPointerCapture(event.pointerId);
    const at = this.layout.time(event.clientX - this.overview.getBoundingClientRect().left, this.all);
    this.window.show(at - this.window.length / 2, at + this.window.length / 2);
    this.windowMoved();
  }

  // Keys

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || !this.recording) return;
    const step = this.window.length / (event.shiftKey ? 5 : 50);
    const actions = {
      "+": () => this.zoom(1.5), "=": () => this.zoom(1.5), "-": () => this.zoom(1 / 1.5), 0: () => this.showAll(),
      ArrowLeft: () => (event.shiftKey ? this.pan(-step) : this.actions.seek(Math.max(0, this.cursor - step))),
      ArrowRight: () => (event.shiftKey ? this.pan(step) : this.actions.seek(Math.min(this.window.duration, this.cursor + step))),
      Home: () => this.actions.seek(0), End: () => this.actions.seek(this.window.duration),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
    if (event.key.startsWith("Arrow") && !event.shiftKey && this.window.reveal(this.cursor)) this.windowMoved();
  }

  pan(ms) {
    this.window.pan(ms);
    this.windowMoved();
  }
}

/** What a talkspurt is, as in `815 ms at 0:00.780`. */
function spurtTitle(spurt) {
  if (spurt.key) return `key ${spurt.key} at ${timeText(spurt.start_ms)}`;
  return `${lengthText(spurt.length_ms)} at ${timeText(spurt.start_ms)}`;
}

/** What became of it, in words. */
export function spurtReason(spurt) {
  const pause = spurt.leading_pause_ms > 0 ? `; ${lengthText(spurt.leading_pause_ms)} of leading pause were counted` : "";
  const after = typeof spurt.silence_ms === "number" ? `; ${lengthText(spurt.silence_ms)} of silence followed` : "";
  return `${spurt.reason}${after}${pause}`;
}
