/** What comes from a call, in a ring buffer between the network and the loudspeaker. */

/** Samples per second of a call. */
export const callRate = 8000;

const taps = 16;
const phases = 256;
/** How much waits before it is played, and how much is too much: 60 ms and 240 ms. */
const few = 480;
const most = 1920;

/** A low-pass filter for each place between two samples: a sinc under Blackman's window, up to 3.8 kHz. */
const filters = Array.from({ length: phases + 1 }, (_, phase) => {
  const row = Float32Array.from({ length: taps }, (_, tap) => {
    const x = tap - (taps / 2 - 1) - phase / phases;
    const window = 0.42 + 0.5 * Math.cos((2 * Math.PI * x) / taps) + 0.08 * Math.cos((4 * Math.PI * x) / taps);
    const angle = Math.PI * 0.95 * x;
    return (angle === 0 ? 1 : Math.sin(angle) / angle) * window;
  });
  const sum = row.reduce((sum, value) => sum + value, 0);
  return row.map((value) => value / sum);
});

export class PhoneRing {
  /** @param {number} rate of what is played, samples per second */
  constructor(rate) {
    this.step = callRate / rate;
    this.samples = new Float32Array(8192);
    this.end = 0;
    this.place = 0;
    this.isFilling = true;
    this.underruns = 0;
  }

  /** How many samples wait. */
  get waiting() {
    return this.end - this.place;
  }

  /** @param {Int16Array} frame at most half a second */
  push(frame) {
    for (const sample of frame) {
      this.samples[this.end % this.samples.length] = sample / 32768;
      this.end += 1;
    }
    // What came late is not made up for: who speaks is heard soon.
    if (this.waiting > most) this.place = this.end - few;
  }

  /** Fills what is played next; silence where nothing has come. @param {Float32Array} output */
  read(output) {
    output.fill(0);
    if (this.isFilling && this.waiting >= few) this.isFilling = false;
    if (this.isFilling) return;
    for (let index = 0; index < output.length; index += 1) {
      const first = Math.floor(this.place);
      if (first + taps / 2 >= this.end) {
        this.isFilling = true;
        this.underruns += 1;
        return;
      }
      const row = filters[Math.round((this.place - first) * phases)];
      let sum = 0;
      for (let tap = 0; tap < taps; tap += 1) {
        const place = first + tap - (taps / 2 - 1);
        if (place >= 0) sum += row[tap] * this.samples[place % this.samples.length];
      }
      output[index] = sum;
      this.place += this.step;
    }
  }
}
