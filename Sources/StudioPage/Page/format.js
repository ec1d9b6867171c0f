/** How times, levels and shares are written. */

/** A level relative to a full-scale square wave. @param {number} magnitude 0...32768 @returns {number} -Infinity for 0 */
export function dbov(magnitude) {
  return 20 * Math.log10(magnitude / 32768);
}

/** The lowest magnitude that is not below a level. @param {number} level in dBov */
export function magnitude(level) {
  return Math.min(32768, Math.max(0, Math.ceil(32768 * 10 ** (level / 20) - 1e-9)));
}

/** @param {number} level as in `-36.1 dBov` */
export function levelText(level) {
  return Number.isFinite(level) ? `${minus(level.toFixed(1))} dBov` : "digital silence";
}

/** Both units, as in `512 (−36.1 dBov)`. @param {number|string} threshold */
export function thresholdText(threshold) {
  if (threshold === "adaptive") return "adaptive";
  return `${threshold} (${levelText(dbov(Number(threshold)))})`;
}

/** A length, as in `640 ms`, `3.42 s` or `61 min 05 s`. @param {number} ms */
export function lengthText(ms) {
  if (ms < 1000) return `${trimmed(ms, 1)} ms`;
  if (ms < 60_000) return `${trimmed(ms / 1000, 2)} s`;
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** A point in time, as in `0:03.420`. @param {number} ms @param {number} [digits] of a second's fraction */
export function timeText(ms, digits = 3) {
  const total = Math.max(0, ms);
  const scale = 10 ** digits;
  const units = Math.floor((total * scale) / 1000 + 1e-6);
  const seconds = Math.floor(units / scale);
  const minutes = Math.floor(seconds / 60);
  const rest = String(seconds % 60).padStart(2, "0");
  const fraction = digits > 0 ? `.${String(units % scale).padStart(digits, "0")}` : "";
  const hours = Math.floor(minutes / 60);
  return hours > 0
    ? `${hours}:${String(minutes % 60).padStart(2, "0")}:${rest}${fraction}` : `${minutes}:${rest}${fraction}`;
}

/** A share, as in `6.2 %`. @param {number} share 0...1 */
export function percent(share) {
  return `${trimmed(share * 100, 1)} %`;
}

/** A number without zeros at its end. @param {number} value @param {number} digits at most so many after the point */
export function trimmed(value, digits) {
  return minus(String(Number(value.toFixed(digits))));
}

/** How many there are of something, as in `1 talkspurt`, `12 talkspurts`. */
export function counted(count, noun, plural = `${noun}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : plural}`;
}

/** Bytes, as in `37 kB`. @param {number} bytes */
export function sizeText(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${trimmed(bytes / 1e3, 0)} kB` : `${trimmed(bytes / 1e6, 1)} MB`;
}

function minus(text) {
  return text.replace("-", "\u2212");
}
