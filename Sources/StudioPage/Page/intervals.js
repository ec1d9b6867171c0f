/**
 * Intervals with names on a recording, in order and without overlap. Every function returns a new list and, where it matters,
 * which interval is meant then; what can't be done returns the list as it is.
 */

/** @typedef {{start_ms: number, end_ms: number, text: string}} LabelInterval */

/** The shortest interval, in ms. */
const shortest = 10;

/**
 * Moves a boundary, as far as its neighbours and the recording's ends allow.
 *
 * @param {LabelInterval[]} list
 * @param {number} index
 * @param {"start"|"end"} edge
 * @param {number} to ms
 * @param {number} duration of the recording
 * @returns {LabelInterval[]}
 */
export function move(list, index, edge, to, duration) {
  const item = list[index];
  if (!item) return list;
  const least = edge === "start" ? (list[index - 1]?.end_ms ?? 0) : item.start_ms + shortest;
  const most = edge === "start" ? item.end_ms - shortest : (list[index + 1]?.start_ms ?? duration);
  const at = Math.min(Math.max(to, least), most);
  if (at === item[`${edge}_ms`]) return list;
  return list.map((other, place) => (place === index ? { ...other, [`${edge}_ms`]: at } : other));
}

/**
 * Moves a boundary to the nearest talkspurt's: a start to a start, an end to an end.
 *
 * @param {{start_ms: number, length_ms: number}[]} talkspurts
 */
export function snap(list, index, edge, talkspurts, duration) {
  const item = list[index];
  if (!item || talkspurts.length === 0) return list;
  const at = item[`${edge}_ms`];
  const places = talkspurts.map((spurt) => spurt.start_ms + (edge === "end" ? spurt.length_ms : 0));
  const nearest = places.reduce((best, place) => (Math.abs(place - at) < Math.abs(best - at) ? place : best));
  return move(list, index, edge, nearest, duration);
}

/** Cuts an interval in two; both keep its name. @param {number} at ms */
export function split(list, index, at) {
  const item = list[index];
  if (!item || at < item.start_ms + shortest || at > item.end_ms - shortest) return list;
  return [...list.slice(0, index), { ...item, end_ms: at }, { ...item, start_ms: at }, ...list.slice(index + 1)];
}

/** Joins an interval with the one after it; the first one's name stays. */
export function join(list, index) {
  const [item, next] = [list[index], list[index + 1]];
  if (!item || !next) return list;
  return [...list.slice(0, index), { ...item, end_ms: next.end_ms, text: item.text || next.text }, ...list.slice(index + 2)];
}

/** Removes an interval. */
export function remove(list, index) {
  return list[index] ? list.filter((_, place) => place !== index) : list;
}

/**
 * Adds an interval where there is room: what others hold of it is left to them.
 *
 * @returns {{list: LabelInterval[], index: number}} the index of the new one; -1 if there is no room
 */
export function add(list, start, end, text, duration) {
  const before = list.filter((item) => item.start_ms <= start);
  const from = Math.max(0, start, ...before.map((item) => item.end_ms));
  const next = list.find((item) => item.start_ms > start);
  const to = Math.min(duration, end, next?.start_ms ?? duration);
  if (to - from < shortest) return { list, index: -1 };
  const item = { start_ms: from, end_ms: to, text };
  return { list: [...list.slice(0, before.length), item, ...list.slice(before.length)], index: before.length };
}

/** The interval at a point in time; -1 if there is none. @param {number} at ms */
export function indexAt(list, at) {
  return list.findIndex((item) => at >= item.start_ms && at <= item.end_ms);
}
