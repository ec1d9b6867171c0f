/** Where things lie in the picture of a recording, in CSS pixels. */
import { dbov } from "studio/format.js";

/** The lowest level that is drawn, in dBov. */
const levelFloor = -75;

/** @typedef {{top: number, height: number}} Track */

export class Layout {
  /**
   * @param {number} width of the whole picture
   * @param {{laneNames: string[], hasLabels: boolean, isShort: boolean}} content
   */
  constructor(width, { laneNames, hasLabels, isShort }) {
    const isNarrow = width < 560;
    this.left = isNarrow ? 30 : 46;
    this.right = 10;
    this.width = Math.max(40, width - this.left - this.right);
    let top = 0;
    const track = (height, gap) => {
      const place = { top, height };
      top += height + gap;
      return place;
    };
    this.ruler = track(20, 4);
    this.wave = track(isShort ? 72 : 104, 8);
    this.level = track(isShort ? 92 : 132, 8);
    this.lanes = laneNames.map((name) => ({ ...track(26, 5), name }));
    this.labels = hasLabels ? track(26, 5) : null;
    this.height = top + 1;
  }

  /** @param {import("studio/time-window.js").TimeWindow} window */
  x(ms, window) {
    return this.left + ((ms - window.from) / window.length) * this.width;
  }

  /** @returns {number} ms */
  time(x, window) {
    return window.from + ((x - this.left) / this.width) * window.length;
  }

  /** Where a mean magnitude lies in the track of levels. */
  levelY(magnitude) {
    const level = Math.max(levelFloor, magnitude > 0 ? dbov(magnitude) : levelFloor);
    return this.level.top + (level / levelFloor) * this.level.height;
  }

  /** The mean magnitude at a height of the track of levels. */
  magnitude(y) {
    const place = Math.min(1, Math.max(0, (y - this.level.top) / this.level.height));
    return place >= 1 ? 0 : Math.min(32768, Math.round(32768 * 10 ** ((place * levelFloor) / 20)));
  }
}
