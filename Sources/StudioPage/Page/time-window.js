/** The part of a recording that a picture shows: it zooms around a point, pans, and never leaves the recording. */
export class TimeWindow {
  /** The shortest that can be shown, in ms. */
  static shortest = 40;

  /** @param {number} duration of the recording, in ms */
  constructor(duration) {
    this.duration = Math.max(1, duration);
    this.from = 0;
    this.to = this.duration;
  }

  get length() {
    return this.to - this.from;
  }

  get isWhole() {
    return this.from <= 0 && this.to >= this.duration;
  }

  /** Shows a range, moved and cut to what there is. @param {number} from ms @param {number} to ms */
  show(from, to) {
    const length = Math.min(this.duration, Math.max(Math.min(TimeWindow.shortest, this.duration), to - from));
    this.from = Math.min(Math.max(0, from), this.duration - length);
    this.to = this.from + length;
  }

  /** Zooms; the point stays where it is. @param {number} factor over 1 shows less @param {number} at ms */
  zoom(factor, at = (this.from + this.to) / 2) {
    const length = Math.min(this.duration, Math.max(TimeWindow.shortest, this.length / factor));
    const from = at - ((at - this.from) / this.length) * length;
    this.show(from, from + length);
  }

  /** Pans. @param {number} ms to the right if positive */
  pan(ms) {
    this.show(this.from + ms, this.to + ms);
  }

  /** Moves just as far as is needed to show a point. @param {number} at ms @returns {boolean} whether it moved */
  reveal(at) {
    if (at >= this.from && at <= this.to) return false;
    const from = at - this.length * 0.1;
    this.show(from, from + this.length);
    return true;
  }

  /** Shows all. */
  showAll() {
    this.show(0, this.duration);
  }
}
