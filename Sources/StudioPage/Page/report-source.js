/** A report's own data as a source of recordings, with the functions that the server has. */
import { emptyPicture } from "studio/pictures.js";
import { detectTalk, reasonOf } from "studio/rule.js";
import { talkCommand } from "studio/settings.js";

const frameMs = 20;

/** Bytes of base64. @param {string} text @returns {ArrayBuffer} */
function bytes(text) {
  const binary = atob(text);
  const data = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) data[index] = binary.charCodeAt(index);
  return data.buffer;
}

/** 16-bit numbers, little-endian whatever the machine is. */
function numbers(text, read) {
  const view = new DataView(bytes(text));
  return Array.from({ length: view.byteLength / 2 }, (_, index) => read(view, index * 2));
}

export class ReportSource {
  /**
   * @param {any} report the JSON inside the page
   * @param {import("studio/settings.js").Catalogue} catalogue
   */
  constructor(report, catalogue) {
    this.catalogue = catalogue;
    this.recordings = report.recordings.map((recording) => {
      const levels = Uint16Array.from(numbers(recording.levels, (view, at) => view.getUint16(at, true)));
      const extremes = recording.extremes ? Int16Array.from(numbers(recording.extremes, (view, at) => view.getInt16(at, true))) : null;
      const samples = recording.sample_count ?? Math.round(recording.duration_ms * 8);
      return { ...recording, state: "measured", levels, extremes, sample_count: Math.min(samples, levels.length * 160), full_count: samples };
    });
    this.byID = new Map(this.recordings.map((recording) => [recording.id, recording]));
    this.sounds = new Map();
  }

  /** The address of a recording's sound; null if the report has none. */
  audioURL(id) {
    const { audio } = this.byID.get(id);
    if (!audio) return null;
    if (!this.sounds.has(id)) this.sounds.set(id, URL.createObjectURL(new Blob([bytes(audio)], { type: "audio/wav" })));
    return this.sounds.get(id);
  }

  /** The five settings that the rule knows. */
  talkSettings(values) {
    const value = (name) => this.catalogue.value(name, { ...values, command: talkCommand });
    return {
      min_ms: value("min_ms"), max_ms: value("max_ms"), silence_ms: value("silence_ms"), analysistime_ms: value("analysistime_ms"),
      threshold: Number(value("threshold")),
    };
  }

  /** What the command would answer to a recording. */
  async detect(id, values) {
    const recording = this.byID.get(id);
    const settings = this.talkSettings(values);
    const found = detectTalk(recording.levels, recording.sample_count, settings);
    return {
      ...found, command: talkCommand, explanation: reasonOf(found, recording.levels, settings), warnings: [],
      limits: [{ at_ms: settings.analysistime_ms, name: "analysis over" }],
    };
  }

  /** What it would answer to all of them. */
  async judge(values) {
    const settings = this.talkSettings(values);
    const confusion = { found: 0, missed: 0, false_talk: 0, quiet: 0, error: 0 };
    const rows = this.recordings.map(({ id, label, levels, sample_count: count }) => {
      const found = detectTalk(levels, count, settings);
      const isTalk = found.result === "TALK";
      if (label) confusion[label === "talk" ? (isTalk ? "found" : "missed") : isTalk ? "false_talk" : "quiet"] += 1;
      const right = label ? Number(isTalk === (label === "talk")) : null;
      return [id, found.result, found.decided_ms, right, reasonOf(found, levels, settings)];
    });
    const count = confusion.found + confusion.missed + confusion.false_talk + confusion.quiet;
    confusion.error = count > 0 ? (confusion.missed + confusion.false_talk) / count : 0;
    return { confusion, rows };
  }

  /** Columns from the levels of frames. */
  async picture(id, { from, to, columns }) {
    const { levels, extremes } = this.byID.get(id);
    const picture = emptyPicture(columns, from, to);
    for (let column = 0; column < columns; column += 1) {
      const first = Math.floor((from + ((to - from) * column) / columns) / frameMs);
      const last = Math.max(first + 1, Math.floor((from + ((to - from) * (column + 1)) / columns) / frameMs));
      let [low, high, level] = [0, 0, 0];
      for (let frame = first; frame < Math.min(last, levels.length); frame += 1) {
        level = Math.max(level, levels[frame]);
        low = Math.min(low, extremes ? extremes[2 * frame] : -levels[frame]);
        high = Math.max(high, extremes ? extremes[2 * frame + 1] : levels[frame]);
      }
      [picture.low[column], picture.high[column], picture.level[column]] = [low, Math.min(32767, high), level];
    }
    return picture;
  }
}

/** The settings as a command on the wire. @param {any} settings */
export function wireText(settings) {
  const { min_ms, max_ms, silence_ms, analysistime_ms } = settings;
  return JSON.stringify({
    command: talkCommand, command_id: 1, params: { analysistime_ms, max_ms, media_id: "1234", min_ms, silence_ms }, variables: {},
  });
}

/** The settings as a call in Swift. */
export function swiftText(settings) {
  return `PlayTalkDetect(.library(1234), minimum: .milliseconds(${settings.min_ms}), maximum: .milliseconds(${settings.max_ms}), `
    + `silence: .milliseconds(${settings.silence_ms}), analysisTime: .milliseconds(${settings.analysistime_ms}))`;
}
