// The page's copy of the talk rule decides just as the program does.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { detectTalk, reasonOf } from "../../Sources/StudioPage/Page/rule.js";

const root = new URL("../..", import.meta.url).pathname;
const program = `${process.env.RTMEDIA_PROGRAMS ?? `${root}.build/release`}/rtmedia`;
const folder = "/usr/share/asterisk/sounds/en_US_f_Allison";

/** Numbers that are the same in every run. */
function random(seed) {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

/** The samples of a WAV file with 16 bits at 8 kHz. */
function samples(path) {
  const data = readFileSync(path);
  let at = 12;
  while (data.toString("latin1", at, at + 4) !== "data") at += 8 + data.readUInt32LE(at + 4);
  const count = Math.floor(Math.min(data.readUInt32LE(at + 4), data.length - at - 8) / 2);
  return Array.from({ length: count }, (_, index) => data.readInt16LE(at + 8 + 2 * index));
}

/** The mean magnitude of each frame; of a short one too. */
function levels(samples) {
  const levels = [];
  for (let from = 0; from < samples.length; from += 160) {
    const frame = samples.slice(from, from + 160);
    levels.push(Math.floor(frame.reduce((sum, sample) => sum + Math.abs(sample), 0) / frame.length));
  }
  return levels;
}

test("500 random settings on real recordings are decided as by rtmedia detect", () => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".wav"));
  assert.ok(names.length > 100, "install asterisk-core-sounds-en-wav");
  const draw = random(7);
  const any = (list) => list[draw(list.length)];
  let decided = 0;
  for (let round = 0; round < 500; round += 1) {
    const silence = any([5, 1 + draw(100), 1 + draw(1000), 1 + draw(5000)]);
    // Lengths that talkspurts can have just so: a limit must not be passed by what is equal to it.
    const exact = (count) => Math.max(1, 20 * draw(count) + ((20 - (silence % 20)) % 20));
    const settings = {
      min_ms: any([exact(30), exact(60), 1 + draw(600), 1 + draw(60_000)]), max_ms: any([60_000, exact(100), 100 + draw(3000)]), silence_ms: silence,
      analysistime_ms: any([4000, 20 + 20 * draw(150), 1 + draw(60_000)]), threshold: any([512, 128 + draw(1000), draw(20), draw(32_769)]),
    };
    const words = Object.entries(settings).flatMap(([name, value]) => [`--${name.replaceAll("_", "-")}`, String(value)]);
    const paths = [any(names), any(names), any(names)].map((name) => `${folder}/${name}`);
    const lines = execFileSync(program, ["detect", "--json", "--jobs", "1", ...words, ...new Set(paths)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    for (const line of lines.trim().split("\n")) {
      const expected = JSON.parse(line);
      const recording = samples(expected.file);
      const found = detectTalk(levels(recording), recording.length, settings);
      const what = `${expected.file} ${JSON.stringify(settings)}`;
      const { result, decided_ms: decidedMs, talk_ms: talkMs } = found;
      assert.deepEqual({ result, decidedMs, talkMs }, { result: expected.result, decidedMs: expected.decided_ms, talkMs: expected.talk_ms }, what);
      const spurts = found.talkspurts.map(({ outcome, ...spurt }) => spurt);
      assert.deepEqual(spurts, expected.talkspurts.map(({ key, ...spurt }) => spurt), what);
      if (result === "TALK") decided += 1;
    }
  }
  assert.ok(decided > 200, `only ${decided} found talk`);
});

test("a reason is told in the program's words", () => {
  const settings = { min_ms: 500, max_ms: 60_000, silence_ms: 5, analysistime_ms: 4000, threshold: 512 };
  const reason = (levels) => reasonOf(detectTalk(levels, levels.length * 160, settings), levels, settings);
  const talk = (count) => new Array(count).fill(2000);
  const silence = (count) => new Array(count).fill(3);
  assert.equal(reason([...talk(40), ...silence(9)]), "795 ms talkspurt, then more than silence_ms 5 of silence");
  assert.equal(reason(silence(50)), "nothing reaches the threshold 512: the loudest frame has 3");
  assert.equal(reason([...silence(5), ...talk(10), ...silence(5), ...talk(3), ...silence(5)]), "195 ms talkspurt, under min_ms 500; 1 shorter");
  assert.equal(reason([...silence(5), ...talk(300)]), "3880 ms talkspurt, not over when analysistime_ms 4000 was");
  assert.equal(reason([...silence(5), ...talk(30)]), "600 ms talkspurt, not followed by silence_ms 5 before the recording ended");
  assert.equal(reason([...silence(300), ...talk(30)]), "nothing is over the threshold in the first 4000 ms (analysistime_ms)");
});
