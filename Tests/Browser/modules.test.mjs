// The page's modules that need no browser.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { decode, encode } from "../../Sources/StudioPage/Page/fragment.js";
import * as intervals from "../../Sources/StudioPage/Page/intervals.js";
import { LabelSaver } from "../../Sources/StudioPage/Page/label-saver.js";
import { latest } from "../../Sources/StudioPage/Page/latest.js";
import { PhoneRing, callRate } from "../../Sources/StudioPage/Page/phone-ring.js";
import { Catalogue, sliderPlace, sliderSteps, sliderValue } from "../../Sources/StudioPage/Page/settings.js";
import { timeTicks } from "../../Sources/StudioPage/Page/ticks.js";
import { TimeWindow } from "../../Sources/StudioPage/Page/time-window.js";
import { History } from "../../Sources/StudioPage/Page/undo.js";
import { dbov, magnitude, timeText } from "../../Sources/StudioPage/Page/format.js";

const page = new URL("../../Sources/StudioPage/Page", import.meta.url).pathname;
const catalogue = new Catalogue({
  commands: [{ name: "play_talk_detect", settings: ["min_ms", "threshold", "rules", "frame_ms"] }, { name: "record", settings: ["silence", "rules"] }],
  settings: [
    { name: "min_ms", least: 1, most: 60_000, usual: { play_talk_detect: 500 }, unit: "ms" },
    { name: "silence", least: 0, most: 20, usual: { record: 3 }, unit: "s" },
    { name: "threshold", least: 0, most: 32_768, usual: { play_talk_detect: 512 }, unit: "" },
    { name: "frame_ms", least: 1, most: 1000, usual: { play_talk_detect: 20 }, unit: "ms" },
    { name: "rules", usual: { play_talk_detect: "asterisk", record: "asterisk" } },
  ],
});

test("an address shows the same again, whatever the recording is called", () => {
  for (const recording of ["human/1.wav", "a&b=c#d?.wav", "100% +1.wav", "\u00e9t\u00e9 \u65e5\u672c.wav", null]) {
    const state = {
      view: "tune", recording, a: { min_ms: 200, threshold: "adaptive" }, b: { rules: "documented", frame_ms: 5 }, side: "b", from: 10, to: 900,
    };
    assert.deepEqual(decode(encode(state), (name) => catalogue.has(name)), state);
  }
});

test("what is wrong in an address is left out", () => {
  const state = decode("#nonsense?min_ms=abc&threshold=&from=9&to=3&side=b&evil=1&__proto__=2&rules=x", (name) => catalogue.has(name));
  assert.deepEqual(state, { view: "detect", recording: null, a: { rules: "x" }, b: null, side: "a", from: null, to: null });
});

test("a report takes from an address what it can show: one set of settings, and thresholds", () => {
  const state = decode("#detect?threshold=adaptive&compare=1&b.min_ms=300&side=b&min_ms=200", (name) => catalogue.has(name), true);
  assert.deepEqual(state, { view: "detect", recording: null, a: { min_ms: 200 }, b: null, side: "a", from: null, to: null });
});

test("only what is not as usual is sent", () => {
  assert.deepEqual(catalogue.request({ min_ms: 500, threshold: 700, silence: 4 }), { command: "play_talk_detect", threshold: 700 });
  assert.deepEqual(catalogue.request({ command: "record", silence: 99 }), { command: "record", silence: 20 });
  assert.equal(catalogue.usual("frame_ms", { rules: "documented" }), 5);
  assert.deepEqual(catalogue.with({ min_ms: 200 }, "min_ms", 500), {});
});

test("a slider reaches both ends, and every place gives a value in range", () => {
  for (const setting of catalogue.settings.values()) {
    if (setting.least === undefined) continue;
    assert.equal(sliderValue(setting, 0), setting.least);
    assert.equal(sliderValue(setting, sliderSteps), setting.most);
    let last = setting.least;
    for (let place = 0; place <= sliderSteps; place += 1) {
      const value = sliderValue(setting, place);
      assert.ok(value >= last && value <= setting.most, `${setting.name} ${place} ${value}`);
      last = value;
    }
    assert.ok(Math.abs(sliderPlace(setting, setting.most) - sliderSteps) < 1e-9);
  }
});

test("a level that was shown gives its magnitude again", () => {
  for (const value of [1, 2, 100, 512, 513, 32_767, 32_768]) assert.equal(magnitude(dbov(value)), value);
});

test("ticks lie in the range, evenly, and have names of their own", () => {
  for (const [from, to] of [[0, 40], [13, 790], [0, 4000], [59_000, 62_000], [0, 3_600_000], [3_599_000, 3_601_000]]) {
    const ticks = timeTicks(from, to, 8);
    assert.ok(ticks.length >= 1 && ticks.length <= 9, `${from} ${to}: ${ticks.length}`);
    assert.ok(ticks.every(({ at }) => at >= from && at <= to));
    assert.equal(new Set(ticks.map(({ text }) => text)).size, ticks.length, `${ticks.map(({ text }) => text)}`);
  }
});

test("times are written with their fraction, and never round up to 60 s", () => {
  assert.equal(timeText(1620), "0:01.620");
  assert.equal(timeText(59_999.9), "0:59.999");
  assert.equal(timeText(3_661_000, 0), "1:01:01");
});

test("a window zooms around a point and never leaves the recording", () => {
  const window = new TimeWindow(60_000);
  window.zoom(4, 15_000);
  assert.deepEqual([window.from, window.to], [11_250, 26_250]);
  window.pan(-1e9);
  assert.deepEqual([window.from, window.to], [0, 15_000]);
  window.zoom(1e9, 0);
  assert.deepEqual([window.from, window.to], [0, TimeWindow.shortest]);
  window.zoom(1e-9);
  assert.ok(window.isWhole);
});

test("what was done is undone and done again in order, and something new ends that", () => {
  const history = new History();
  let text = "";
  const type = (letter) => history.perform({ text: letter, redo: () => { text += letter; }, undo: () => { text = text.slice(0, -1); } });
  [..."abc"].forEach(type);
  assert.equal(history.undo(), "c");
  assert.equal(history.undo(), "b");
  assert.equal(history.redo(), "b");
  type("d");
  assert.equal(text, "abd");
  assert.equal(history.redo(), null);
  while (history.canUndo) history.undo();
  assert.equal(text, "");
});

test("boundaries stop at their neighbours, snap to talkspurts, split and join", () => {
  const list = [{ start_ms: 100, end_ms: 500, text: "a" }, { start_ms: 600, end_ms: 900, text: "b" }];
  assert.equal(intervals.move(list, 0, "end", 5000, 1000)[0].end_ms, 600);
  assert.equal(intervals.move(list, 1, "start", 0, 1000)[1].start_ms, 500);
  assert.equal(intervals.move(list, 0, "start", 499, 1000)[0].start_ms, 490);
  assert.equal(intervals.move(list, 1, "end", 5000, 1000)[1].end_ms, 1000);
  assert.equal(intervals.snap(list, 0, "start", [{ start_ms: 120, length_ms: 300 }, { start_ms: 700, length_ms: 90 }], 1000)[0].start_ms, 120);
  const parts = intervals.split(list, 0, 300);
  assert.deepEqual(parts.map(({ start_ms, end_ms }) => [start_ms, end_ms]), [[100, 300], [300, 500], [600, 900]]);
  assert.deepEqual(intervals.join(parts, 0), list);
  assert.equal(intervals.split(list, 0, 105), list);
  assert.deepEqual(intervals.add(list, 450, 700, "c", 1000), {
    list: [list[0], { start_ms: 500, end_ms: 600, text: "c" }, list[1]], index: 1,
  });
  assert.equal(intervals.add(list, 650, 700, "c", 1000).index, -1);
  assert.deepEqual(intervals.remove(list, 0), [list[1]]);
});

test("of many requests one is in flight, and the newest is the next", async () => {
  const sent = [];
  const taken = [];
  const open = [];
  const ask = latest((input) => new Promise((resolve) => { sent.push(input); open.push(() => resolve(input)); }), (answer) => taken.push(answer), () => {});
  [1, 2, 3, 4].forEach(ask);
  assert.deepEqual(sent, [1]);
  open[0]();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(sent, [1, 4]);
  open[1]();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(taken, [1, 4]);
});

test("a label that could not be saved is kept, and saved when that is possible again", async () => {
  let isBroken = true;
  const saved = [];
  const saver = new LabelSaver(async (key, value) => {
    if (isBroken) throw new Error("the disk is full");
    saved.push([key, value]);
  }, () => {});
  saver.save("r1", "talk");
  saver.save("r1", "no-talk");
  saver.save("r2", "talk");
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(saver.state, "failed");
  assert.equal(saver.waiting.size, 2);
  isBroken = false;
  saver.retry();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(saver.state, "saved");
  assert.deepEqual(saved, [["r1", "no-talk"], ["r2", "talk"]]);
});

test("modules import each other by names that exist, and write no markup", () => {
  const names = readdirSync(page).filter((name) => name.endsWith(".js"));
  for (const name of names) {
    const text = readFileSync(`${page}/${name}`, "utf8");
    for (const [, other] of text.matchAll(/from "([^"]*)"/g)) {
      // The page's names are not known to a worklet.
      const prefix = name.endsWith("-worklet.js") ? "./" : "studio/";
      assert.ok(other.startsWith(prefix) && names.includes(other.slice(prefix.length)), `${name} imports ${other}`);
    }
    for (const [, imported, other] of text.matchAll(/import \{([^}]*)\} from "studio\/([^"]*)"/g)) {
      const source = readFileSync(`${page}/${other}`, "utf8");
      for (const word of imported.split(",").map((part) => part.trim()).filter((part) => part !== "")) {
        assert.match(source, new RegExp(`export (async )?(class|function|const) ${word}\\b`), `${name}: ${other} has no ${word}`);
        const rest = text.replaceAll(/import [^;]*;/g, "");
        assert.match(rest, new RegExp(`\\b${word}\\b`), `${name} does not use ${word}`);
      }
    }
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/, name);
    assert.doesNotMatch(text, /https?:\/\//, `${name} names another host`);
  }
});

test("a call is played at any rate as it was, in blocks of any length", () => {
  for (const rate of [8000, 16_000, 44_100, 48_000, 96_000]) {
    const ring = new PhoneRing(rate);
    const output = [];
    for (let frame = 0; frame < 50; frame += 1) {
      ring.push(Int16Array.from({ length: 160 }, (_, index) => 20_000 * Math.sin((2 * Math.PI * 1000 * (160 * frame + index)) / callRate)));
      const block = new Float32Array(Math.round(rate / 50));
      ring.read(block);
      output.push(...block);
    }
    assert.equal(ring.underruns, 0, `${rate}`);
    const start = output.findIndex((sample) => sample !== 0);
    assert.ok(start >= (rate * 2) / 50 && start < (rate * 4) / 50, `${rate}: begins at ${start}`);
    // The tone again, and nothing else.
    const played = output.slice(start + Math.round(rate / 50), start + Math.round(rate / 50) + rate / 4);
    let [sine, cosine, power] = [0, 0, 0];
    played.forEach((sample, index) => {
      sine += sample * Math.sin((2 * Math.PI * 1000 * index) / rate);
      cosine += sample * Math.cos((2 * Math.PI * 1000 * index) / rate);
      power += sample * sample;
    });
    const tone = (2 * (sine * sine + cosine * cosine)) / played.length;
    assert.ok(Math.abs(Math.sqrt((2 * tone) / played.length) - 20_000 / 32_768) < 0.01, `${rate}: ${Math.sqrt((2 * tone) / played.length)}`);
    assert.ok(10 * Math.log10(tone / Math.max(power - tone, 1e-12)) > 45, `${rate}: ${10 * Math.log10(tone / (power - tone))} dB`);
  }
});

test("what has not come is silence and counted, and what came late is not made up for", () => {
  const ring = new PhoneRing(8000);
  const block = new Float32Array(160);
  ring.push(new Int16Array(320).fill(1000));
  ring.read(block);
  assert.ok(block.every((sample) => sample === 0), "waits until 60 ms have come");
  ring.push(new Int16Array(160).fill(1000));
  for (let turn = 0; turn < 5; turn += 1) ring.read(block);
  assert.equal(ring.underruns, 1);
  assert.ok(block.every((sample) => sample === 0));
  for (let turn = 0; turn < 12; turn += 1) ring.push(new Int16Array(160).fill(1000));
  assert.equal(ring.waiting, 480);
});
