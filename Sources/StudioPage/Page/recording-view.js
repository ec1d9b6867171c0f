/** One recording to see and hear: its picture, and what plays it. */
import { button, checkbox, choice, element, setText } from "studio/dom.js";
import { lengthText, timeText } from "studio/format.js";
import { complain, notify } from "studio/notice.js";
import { Player } from "studio/player.js";
import { readPicture } from "studio/pictures.js";
import { Timeline } from "studio/timeline.js";

const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2];

export class RecordingView {
  /**
   * @param {{picture: (id: string, range: any) => Promise<ArrayBuffer|import("studio/pictures.js").Picture>,
   *   audioURL: (id: string) => string|null}} source
   * @param {Partial<import("studio/timeline.js").TimelineActions>} actions
   * @param {{isShort?: boolean, hasLabels?: boolean}} [options]
   */
  constructor(source, actions, options = {}) {
    this.source = source;
    this.player = new Player();
    const load = async (id, range) => {
      const picture = await source.picture(id, range);
      return picture instanceof ArrayBuffer ? readPicture(picture, range.from, range.to) : picture;
    };
    this.timeline = new Timeline(load, {
      threshold: () => {}, window: () => {}, failed: complain, ...actions, seek: (ms) => this.seek(ms),
    }, options);
    this.playButton = button("\u25B6 Play", () => this.toggle(), { class: "play main", "aria-keyshortcuts": "Space" });
    this.time = element("span", { class: "clock" });
    this.speed = choice(
      "Speed", speeds.map((speed) => [String(speed), `${speed}\u00D7`]), "1", (value) => this.player.setSpeed(Number(value)));
    this.talkOnly = checkbox("Only what counted as talk", false, () => this.chooseParts());
    this.node = element(
      "div", { class: "recording-view" }, this.timeline.node,
      element(
        "div", { class: "transport", role: "group", "aria-label": "Playback" }, this.playButton, this.time, this.speed,
        this.talkOnly, element("span", { class: "spring" }),
        element(
          "div", { class: "segments", role: "group", "aria-label": "Zoom" },
          button("\u2212", () => this.timeline.zoom(1 / 1.6), { "aria-label": "Zoom out", title: "Zoom out (\u2212)" }),
          button("+", () => this.timeline.zoom(1.6), { "aria-label": "Zoom in", title: "Zoom in (+)" }),
          button("All", () => this.timeline.showAll(), { "aria-label": "Show all of the recording", title: "Show all (0)" }))));
    this.player.addEventListener("tick", () => this.tick());
    this.player.addEventListener("state", () => this.tick());
    this.player.addEventListener("failed", () => notify("The sound of this recording can't be played.", "error"));
    this.tick();
  }

  /** Shows a recording, or none. @param {any} recording */
  show(recording) {
    this.recording = recording;
    this.talkspurts = [];
    this.timeline.show(recording);
    const url = recording ? this.source.audioURL(recording.id) : null;
    this.player.load(url, recording?.duration_ms ?? 0);
    this.playButton.disabled = url === null;
    this.playButton.title = recording && url === null ? "The sound of this recording is not part of this page" : "";
    this.tick();
  }

  /** Of a long recording only the beginning is judged: that is what is shown at first. @param {number} analysisTime ms */
  showBeginning(analysisTime) {
    const end = analysisTime * 1.5;
    const isLong = this.recording && this.recording.duration_ms > end * 2;
    this.timeline.setWindow(isLong ? 0 : null, isLong ? end : null);
  }

  /** Shows what was found; talkspurts of the first lane are what "only what counted as talk" plays. */
  setLanes(lanes) {
    this.timeline.setLanes(lanes);
    this.talkspurts = lanes[0]?.result?.talkspurts ?? [];
    this.chooseParts();
  }

  chooseParts() {
    this.player.parts = this.talkOnly.input.checked
      ? this.talkspurts.map((spurt) => ({ from: spurt.start_ms, to: spurt.start_ms + spurt.length_ms })) : null;
  }

  play() {
    this.player.play();
  }

  toggle() {
    this.player.toggle();
  }

  seek(ms) {
    this.player.seek(ms);
    this.timeline.setCursor(ms);
  }

  /** Plays a part of it. */
  playRange(from, to) {
    this.player.playRange(Math.max(0, from), to);
  }

  /** The next slower or faster speed. @param {1|-1} direction @returns {number} */
  changeSpeed(direction) {
    const place = speeds.indexOf(this.player.speed ?? 1);
    const speed = speeds[Math.min(speeds.length - 1, Math.max(0, place + direction))];
    this.player.setSpeed(speed);
    this.speed.select.value = String(speed);
    return speed;
  }

  tick() {
    const { player } = this;
    setText(this.playButton, player.isPlaying ? "\u275A\u275A Pause" : "\u25B6 Play");
    setText(this.time, `${timeText(player.position)} / ${lengthText(player.duration)}`);
    this.timeline.setCursor(player.position, player.isPlaying);
  }
}
