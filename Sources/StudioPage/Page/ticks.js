/** Places and names of the marks of a time axis. */

const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000,
  1_800_000, 3_600_000, 7_200_000,
];

/**
 * The marks of a range of time.
 *
 * @param {number} from ms
 * @param {number} to ms
 * @param {number} count about the most marks that there is room for
 * @returns {{at: number, text: string}[]}
 */
export function timeTicks(from, to, count) {
  const step = steps.find((step) => (to - from) / step <= count) ?? steps[steps.length - 1];
  const ticks = [];
  for (let at = Math.ceil(from / step - 1e-9) * step; at <= to + 1e-9; at += step) ticks.push({ at, text: name(at, step) });
  return ticks;
}

/** As few digits as tell neighbours apart: `0.5 s`, `12 s`, `3:05`. */
function name(at, step) {
  const digits = step % 1000 === 0 ? 0 : step % 100 === 0 ? 1 : step % 10 === 0 ? 2 : 3;
  if (at < 60_000) return `${(at / 1000).toFixed(digits)} s`;
  const minutes = Math.floor(at / 60_000);
  const seconds = ((at - minutes * 60_000) / 1000).toFixed(digits).padStart(digits > 0 ? 3 + digits : 2, "0");
  return minutes < 60
    ? `${minutes}:${seconds}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${seconds}`;
}
