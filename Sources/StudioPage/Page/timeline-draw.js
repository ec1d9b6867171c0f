/** Draws the picture of a recording: waveform, level, threshold, talkspurts, decision and limits on one axis of time. */
import { dbov, lengthText, timeText } from "studio/format.js";
import { timeTicks } from "studio/ticks.js";

const font = "11px system-ui, \"Segoe UI\", Roboto, \"DejaVu Sans\", sans-serif";

/**
 * @typedef {Object} Scene
 * @property {import("studio/timeline-layout.js").Layout} layout
 * @property {import("studio/time-window.js").TimeWindow} window
 * @property {import("studio/pictures.js").Picture|null} picture
 * @property {number|"adaptive"|null} threshold
 * @property {{name: string, result: any}[]} lanes of talkspurts
 * @property {import("studio/intervals.js").LabelInterval[]|null} intervals
 * @property {{index: number, edge: "start"|"end"}|null} boundary the one that keys move
 * @property {Object<string, string>} colours
 * @property {boolean} [isEmpty] no recording is shown
 */

/** Makes a canvas as fine as the screen. @param {HTMLCanvasElement} canvas @returns {CanvasRenderingContext2D} cleared */
export function prepare(canvas, width, height) {
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = font;
  context.textBaseline = "middle";
  return context;
}

/** Everything but what moves with the pointer and the sound. @param {CanvasRenderingContext2D} context @param {Scene} scene */
export function drawScene(context, scene) {
  drawGround(context, scene);
  if (scene.isEmpty) return;
  if (scene.picture) {
    drawWave(context, scene.layout.wave, scene);
    drawLevel(context, scene);
  }
  drawLimits(context, scene);
  drawThreshold(context, scene);
  scene.lanes.forEach((lane, index) => drawLane(context, scene, scene.layout.lanes[index], lane.result, index));
  if (scene.layout.labels && scene.intervals) drawIntervals(context, scene);
  scene.lanes.forEach((lane, index) => drawDecision(context, scene, lane, index));
}

function drawGround(context, { layout, window, colours, lanes, isEmpty }) {
  context.fillStyle = colours.sheet;
  const tracks = [layout.wave, layout.level, ...layout.lanes, ...(layout.labels ? [layout.labels] : [])];
  for (const { top, height } of tracks) context.fillRect(layout.left, top, layout.width, height);
  context.lineWidth = 1;
  const ticks = isEmpty ? [] : timeTicks(window.from, window.to, Math.max(2, layout.width / 80));
  for (const { at, text } of ticks) {
    const x = Math.round(layout.x(at, window)) + 0.5;
    context.strokeStyle = colours.line;
    context.beginPath();
    context.moveTo(x, layout.ruler.height - 4);
    context.lineTo(x, layout.level.top + layout.level.height);
    context.stroke();
    context.fillStyle = colours.soft;
    const half = context.measureText(text).width / 2;
    context.textAlign = "center";
    const middle = Math.min(Math.max(x, layout.left + half), layout.left + layout.width - half);
    context.fillText(text, middle, 8);
  }
  context.textAlign = "right";
  context.fillStyle = colours.soft;
  for (const level of [0, -20, -40, -60]) {
    const y = Math.round(layout.levelY(32768 * 10 ** (level / 20))) + 0.5;
    context.strokeStyle = colours.line;
    context.beginPath();
    context.moveTo(layout.left, y);
    context.lineTo(layout.left + layout.width, y);
    context.stroke();
    const shown = level === 0 ? "0" : `\u2212${-level}`;
    context.fillText(shown, layout.left - 5, Math.max(y, layout.level.top + 6));
  }
  if (layout.left >= 40) {
    context.fillText("dBov", layout.left - 5, layout.level.top + layout.level.height - 6);
    context.fillText("wave", layout.left - 5, layout.wave.top + layout.wave.height / 2);
    if (layout.labels) context.fillText("label", layout.left - 5, layout.labels.top + layout.labels.height / 2);
  }
  context.fillStyle = colours.ink;
  lanes.forEach(({ name }, index) => {
    const track = layout.lanes[index];
    const short = layout.left < 40 ? name.slice(0, 1).toUpperCase() : name;
    context.fillText(short, layout.left - 5, track.top + track.height / 2);
  });
}

/** Calls back for each column of pixels with the columns of the picture that it shows. */
function forEachColumn(layout, window, picture, take) {
  const ratio = picture.count / (picture.to - picture.from);
  const step = 1 / Math.min(2, globalThis.devicePixelRatio || 1);
  for (let x = 0; x < layout.width; x += step) {
    const from = (window.from + (x / layout.width) * window.length - picture.from) * ratio;
    const to = (window.from + ((x + step) / layout.width) * window.length - picture.from) * ratio;
    const first = Math.max(0, Math.floor(from));
    const end = Math.min(picture.count, Math.max(first + 1, Math.floor(to)));
    if (first < end) take(layout.left + x, step, first, end);
  }
}

/** The waveform of a picture in a track. */
export function drawWave(context, track, { layout, window, picture, colours }) {
  const middle = track.top + track.height / 2;
  const scale = track.height / 2 / 32768;
  context.strokeStyle = colours.line;
  context.beginPath();
  context.moveTo(layout.left, middle);
  context.lineTo(layout.left + layout.width, middle);
  context.stroke();
  context.fillStyle = colours.wave;
  context.beginPath();
  forEachColumn(layout, window, picture, (x, width, first, end) => {
    let [low, high] = [32767, -32768];
    for (let column = first; column < end; column += 1) {
      if (picture.low[column] < low) low = picture.low[column];
      if (picture.high[column] > high) high = picture.high[column];
    }
    const top = middle - high * scale;
    context.rect(x, top, width, Math.max(0.75, middle - low * scale - top));
  });
  context.fill();
}

/** The level of each column: what is not silent stands out from what is. */
export function drawLevel(context, { layout, window, picture, colours, threshold }) {
  const bottom = layout.level.top + layout.level.height;
  const loud = new Path2D();
  const quiet = new Path2D();
  const talk = new Path2D();
  let isFirst = true;
  forEachColumn(layout, window, picture, (x, width, first, end) => {
    let [level, probability] = [0, 0];
    for (let column = first; column < end; column += 1) {
      if (picture.level[column] > level) level = picture.level[column];
      if (picture.talk[column] > probability) probability = picture.talk[column];
    }
    const y = layout.levelY(level);
    const isLoud = threshold === "adaptive" ? probability >= 32768 : threshold !== null && level >= threshold;
    (isLoud ? loud : quiet).rect(x, y, width, bottom - y);
    if (threshold !== "adaptive") return;
    const place = bottom - (probability / 65535) * layout.level.height;
    if (isFirst) talk.moveTo(x, place);
    else talk.lineTo(x, place);
    isFirst = false;
  });
  context.fillStyle = colours.quiet;
  context.fill(quiet);
  context.fillStyle = colours.wave;
  context.fill(loud);
  if (threshold !== "adaptive") return;
  tag(context, "line: probability of talk", layout.left + 4, layout.level.top + layout.level.height - 10, colours.mark, colours.sheet);
  context.strokeStyle = colours.mark;
  context.lineWidth = 1.5;
  context.stroke(talk);
}

/** The threshold with its handle. */
function drawThreshold(context, { layout, threshold, colours }) {
  if (typeof threshold !== "number") return;
  const y = Math.round(layout.levelY(threshold)) + 0.5;
  const end = layout.left + layout.width;
  context.strokeStyle = colours.mark;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(layout.left, y);
  context.lineTo(end, y);
  context.stroke();
  const text = `threshold ${threshold}${threshold > 0 ? ` (\u2212${(-dbov(threshold)).toFixed(1)} dBov)` : ""}`;
  const width = context.measureText(text).width;
  const isHigh = y < layout.level.top + 20;
  tag(context, text, end - width - 20, isHigh ? y + 10 : y - 10, colours.mark, colours.sheet);
  context.fillStyle = colours.mark;
  context.beginPath();
  context.roundRect(end - 10, y - 7, 16, 14, 4);
  context.fill();
  context.strokeStyle = colours.sheet;
  context.lineWidth = 1;
  context.beginPath();
  for (const shift of [-2.5, 0, 2.5]) {
    context.moveTo(end - 6, y + shift);
    context.lineTo(end + 2, y + shift);
  }
  context.stroke();
}

/** What lies past the end of the analysis or of the media is shaded. */
function drawLimits(context, { layout, window, lanes, colours }) {
  lanes.forEach(({ result }, index) => {
    const lane = layout.lanes[index];
    for (const { at_ms: at, name } of result?.limits ?? []) {
      if (at > window.to) continue;
      const x = Math.max(layout.left, layout.x(at, window));
      const end = layout.left + layout.width;
      const tracks = index === 0 ? [layout.wave, layout.level, lane] : [lane];
      context.fillStyle = colours.shade;
      for (const track of tracks) context.fillRect(x, track.top, end - x, track.height);
      if (at < window.from) continue;
      context.strokeStyle = colours.soft;
      context.lineWidth = 1;
      context.setLineDash([2, 3]);
      context.beginPath();
      for (const track of tracks) {
        context.moveTo(x, track.top);
        context.lineTo(x, track.top + track.height);
      }
      context.stroke();
      context.setLineDash([]);
      if (index === 0 && end - x > context.measureText(name).width + 12) {
        tag(context, name, x + 5, layout.wave.top + layout.wave.height - 9, colours.soft, colours.sheet);
      }
    }
  });
}

/** Talkspurts: those that qualify are filled and ticked, the others are hatched. */
function drawLane(context, { layout, window, colours }, track, result, index) {
  for (const spurt of result?.talkspurts ?? []) {
    const from = layout.x(spurt.start_ms, window);
    const to = layout.x(spurt.start_ms + spurt.length_ms, window);
    if (to < layout.left || from > layout.left + layout.width) continue;
    const left = Math.max(layout.left, from);
    const width = Math.max(2, Math.min(layout.left + layout.width, to) - left);
    const colour = spurt.qualifies ? (index === 0 ? colours.good : colours.second) : colours.soft;
    context.fillStyle = colour;
    if (spurt.qualifies) {
      context.beginPath();
      context.roundRect(left, track.top + 2, width, track.height - 4, 3);
      context.fill();
    } else {
      hatch(context, left, track.top + 2, width, track.height - 4, colour);
    }
    const after = Math.min(layout.left + layout.width, layout.x(spurt.start_ms + spurt.length_ms + (spurt.silence_ms ?? 0), window));
    if (after > left + width) context.fillRect(left + width, track.top + track.height / 2 - 1, after - left - width, 2);
    const name = spurt.key ?? `${spurt.qualifies ? "\u2713 " : "\u2715 "}${lengthText(spurt.length_ms)}`;
    const room = context.measureText(name).width + 8;
    if (width < room) continue;
    context.textAlign = "left";
    if (spurt.qualifies) context.fillStyle = colours.sheet;
    else {
      context.fillStyle = colours.sheet;
      context.fillRect(left + 3, track.top + 5, room - 2, track.height - 10);
      context.fillStyle = colours.ink;
    }
    context.fillText(name, left + 5, track.top + track.height / 2 + 0.5);
  }
}

function hatch(context, x, y, width, height, colour) {
  context.save();
  context.beginPath();
  context.roundRect(x, y, width, height, 3);
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke();
  context.clip();
  context.globalAlpha = 0.55;
  context.beginPath();
  for (let shift = -height - (x % 6); shift < width; shift += 6) {
    context.moveTo(x + shift, y + height);
    context.lineTo(x + shift + height, y);
  }
  context.stroke();
  context.restore();
}

/** When it was decided: a flag with the result. */
function drawDecision(context, { layout, window, colours, lanes }, { result, name }, index) {
  const at = result?.decided_ms;
  if (typeof at !== "number" || at < window.from || at > window.to) return;
  const x = layout.x(at, window);
  const colour = index === 0 ? colours.good : colours.second;
  const lane = layout.lanes[index];
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.setLineDash(index === 0 ? [] : [5, 3]);
  context.beginPath();
  context.moveTo(x, layout.wave.top);
  context.lineTo(x, lane.top + lane.height);
  context.stroke();
  context.setLineDash([]);
  const text = `${lanes.length > 1 ? `${name} ` : ""}${result.result} ${timeText(at)}`;
  const width = context.measureText(text).width + 10;
  const left = x + width > layout.left + layout.width ? x - width : x;
  context.fillStyle = colour;
  context.fillRect(left, layout.wave.top + index * 20, width, 18);
  context.fillStyle = colours.sheet;
  context.textAlign = "left";
  context.fillText(text, left + 5, layout.wave.top + index * 20 + 9.5);
}

/** Labels' intervals with their names; the boundary that keys move is marked. */
function drawIntervals(context, { layout, window, intervals, boundary, colours }) {
  const track = layout.labels;
  intervals.forEach((interval, index) => {
    const from = layout.x(interval.start_ms, window);
    const to = layout.x(interval.end_ms, window);
    const left = Math.max(layout.left, from);
    const right = Math.min(layout.left + layout.width, to);
    if (right < layout.left || left > layout.left + layout.width) return;
    const isChosen = boundary?.index === index;
    context.globalAlpha = isChosen ? 0.35 : 0.2;
    context.fillStyle = colours.label;
    context.fillRect(left, track.top + 1, right - left, track.height - 2);
    context.globalAlpha = 1;
    context.strokeStyle = colours.label;
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, track.top + 1.5, Math.max(1, right - left - 1), track.height - 3);
    if (right - left > 24) {
      context.save();
      context.beginPath();
      context.rect(left, track.top, right - left - 3, track.height);
      context.clip();
      context.fillStyle = colours.ink;
      context.textAlign = "left";
      context.fillText(interval.text, left + 6, track.top + track.height / 2 + 0.5);
      context.restore();
    }
    if (!isChosen) return;
    const x = boundary.edge === "start" ? from : to;
    context.fillStyle = colours.label;
    context.fillRect(x - 2, layout.wave.top, 1.5, track.top + track.height - layout.wave.top);
    context.beginPath();
    context.roundRect(x - 4, track.top + 4, 7, track.height - 8, 3);
    context.fill();
  });
}

/** What moves: the cursor of the sound, the pointer, and the talkspurt that is looked at. */
export function drawMoving(context, { layout, window, colours, cursor, pointer, looked }) {
  const bottom = layout.height - 4;
  if (looked) {
    const track = layout.lanes[looked.lane];
    const from = Math.max(layout.left, layout.x(looked.spurt.start_ms, window));
    const to = Math.min(layout.left + layout.width, layout.x(looked.spurt.start_ms + looked.spurt.length_ms, window));
    if (track && to > from) {
      context.fillStyle = colours.mark;
      context.globalAlpha = 0.1;
      context.fillRect(from, layout.wave.top, to - from, layout.level.top + layout.level.height - layout.wave.top);
      context.globalAlpha = 1;
      context.strokeStyle = colours.ink;
      context.lineWidth = 2;
      context.strokeRect(from, track.top + 1, Math.max(2, to - from), track.height - 2);
    }
  }
  if (pointer !== null && pointer >= window.from && pointer <= window.to) {
    const x = layout.x(pointer, window);
    context.strokeStyle = colours.soft;
    context.lineWidth = 1;
    context.setLineDash([1, 3]);
    context.beginPath();
    context.moveTo(x, layout.wave.top);
    context.lineTo(x, bottom);
    context.stroke();
    context.setLineDash([]);
    const text = timeText(pointer);
    const half = context.measureText(text).width / 2 + 4;
    const middle = Math.min(Math.max(x, layout.left + half), layout.left + layout.width - half);
    context.fillStyle = colours.ground;
    context.fillRect(middle - half, 0, half * 2, 17);
    context.fillStyle = colours.ink;
    context.textAlign = "center";
    context.fillText(text, middle, 8.5);
  }
  if (cursor !== null && cursor >= window.from && cursor <= window.to) {
    const x = layout.x(cursor, window);
    context.fillStyle = colours.ink;
    context.fillRect(x - 0.75, layout.ruler.height - 4, 1.5, bottom - layout.ruler.height + 4);
    context.beginPath();
    context.moveTo(x - 5, layout.ruler.height - 8);
    context.lineTo(x + 5, layout.ruler.height - 8);
    context.lineTo(x, layout.ruler.height);
    context.fill();
  }
}

/** The strip of the whole recording with the part that is shown. */
export function drawOverview(context, { layout, whole, all, window, colours, cursor }, height) {
  context.fillStyle = colours.sheet;
  context.fillRect(layout.left, 0, layout.width, height);
  if (whole) drawWave(context, { top: 0, height }, { layout, window: all, picture: whole, colours });
  const from = layout.x(window.from, all);
  const to = layout.x(window.to, all);
  context.fillStyle = colours.shade;
  context.fillRect(layout.left, 0, from - layout.left, height);
  context.fillRect(to, 0, layout.left + layout.width - to, height);
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.5;
  context.strokeRect(from + 0.75, 0.75, Math.max(3, to - from - 1.5), height - 1.5);
  if (cursor !== null) {
    context.fillStyle = colours.ink;
    context.fillRect(layout.x(cursor, all) - 0.5, 0, 1, height);
  }
}

/** A text on its own ground. */
function tag(context, text, x, y, colour, ground) {
  const width = context.measureText(text).width;
  context.globalAlpha = 0.85;
  context.fillStyle = ground;
  context.fillRect(x - 3, y - 8, width + 6, 16);
  context.globalAlpha = 1;
  context.fillStyle = colour;
  context.textAlign = "left";
  context.fillText(text, x, y + 0.5);
}
