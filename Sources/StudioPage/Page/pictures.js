/** Waveforms and levels as the server measured them: columns, never samples. */
import { latest } from "studio/latest.js";

/**
 * @typedef {Object} Picture
 * @property {number} from ms
 * @property {number} to ms
 * @property {number} count of columns
 * @property {Int16Array} low the lowest sample of each column
 * @property {Int16Array} high the highest
 * @property {Uint16Array} level the loudest frame's mean magnitude
 * @property {Uint16Array} talk the probability of talk, 0...65535
 */

/**
 * Reads the server's binary form.
 *
 * @param {ArrayBuffer} data
 * @param {number} from ms
 * @param {number} to ms
 * @returns {Picture}
 */
export function readPicture(data, from, to) {
  const view = new DataView(data);
  const count = Math.min(view.getUint32(0, true), Math.floor((data.byteLength - 4) / 8));
  const picture = emptyPicture(count, from, to);
  for (let column = 0, at = 4; column < count; column += 1, at += 8) {
    picture.low[column] = view.getInt16(at, true);
    picture.high[column] = view.getInt16(at + 2, true);
    picture.level[column] = view.getUint16(at + 4, true);
    picture.talk[column] = view.getUint16(at + 6, true);
  }
  return picture;
}

/** A picture with room for columns. @returns {Picture} */
export function emptyPicture(count, from, to) {
  return {
    from, to, count, low: new Int16Array(count), high: new Int16Array(count), level: new Uint16Array(count),
    talk: new Uint16Array(count),
  };
}

/** The pictures of the recording that is shown: one of all of it, and one of the part that is looked at. */
export class Pictures {
  /**
   * @param {(id: string, range: {from: number, to: number, columns: number, isAdaptive: boolean}) => Promise<Picture>} load
   * @param {() => void} changed is called when there is more to draw
   * @param {(error: Error) => void} failed
   */
  constructor(load, changed, failed) {
    this.whole = null;
    this.detail = null;
    this.id = null;
    this.isAdaptive = false;
    this.changed = changed;
    const request = async (input) => ({ input, picture: await load(input.id, input) });
    const isCurrent = ({ id, isAdaptive }) => id === this.id && isAdaptive === this.isAdaptive;
    this.loadWhole = latest(request, ({ input, picture }) => {
      if (!isCurrent(input)) return;
      this.whole = picture;
      this.changed();
    }, failed);
    this.loadDetail = latest(request, ({ input, picture }) => {
      if (!isCurrent(input)) return;
      this.detail = picture;
      this.changed();
    }, failed);
  }

  /** Chooses the recording. @param {string|null} id @param {number} duration ms @param {boolean} isAdaptive */
  choose(id, duration, isAdaptive) {
    if (id !== this.id) this.whole = this.detail = null;
    this.wanted = null;
    this.id = id;
    this.duration = duration;
    this.isAdaptive = isAdaptive;
    if (id !== null && duration > 0) this.loadWhole({ id, isAdaptive, from: 0, to: Math.ceil(duration), columns: 2000 });
  }

  /** Asks for the part that is shown, with a column for each pixel, and half as much to either side. */
  look(from, to, columns) {
    if (this.id === null || columns <= 0) return;
    const length = to - from;
    const wanted = this.wanted;
    const isEnough =
      wanted && wanted.from <= from && wanted.to >= to && wanted.density >= columns / length * 0.99
      && wanted.density <= columns / length * 4;
    if (isEnough) return;
    const range = {
      from: Math.max(0, Math.floor(from - length / 2)), to: Math.min(Math.ceil(this.duration), Math.ceil(to + length / 2)),
    };
    if (range.to <= range.from) return;
    const count = Math.min(8192, Math.ceil((columns / length) * (range.to - range.from)));
    this.wanted = { ...range, density: count / (range.to - range.from) };
    this.loadDetail({ id: this.id, isAdaptive: this.isAdaptive, ...range, columns: count });
  }

  /** The finest picture that holds a range; null if there is none yet. @returns {Picture|null} */
  best(from, to) {
    const { detail, whole } = this;
    if (detail && detail.from <= from + 1 && detail.to >= to - 1) {
      const isFiner = !whole || detail.count / (detail.to - detail.from) >= whole.count / (whole.to - whole.from);
      if (isFiner) return detail;
    }
    return whole ?? detail;
  }
}
