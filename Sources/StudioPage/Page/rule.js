/**
 * Asterisk's rule of `play_talk_detect` (BackgroundDetect) over the levels of frames of 20 ms, for a report that has no server to
 * ask. It decides just as the program does, which a test holds it to.
 */

/**
 * @typedef {{start_ms: number, length_ms: number, leading_pause_ms: number, silence_ms: number, qualifies: boolean, outcome: string,
 *   reason: string}} Spurt
 */

/** @typedef {{min_ms: number, max_ms: number, silence_ms: number, analysistime_ms: number, threshold: number}} TalkSettings */

const frame = 160;

/**
 * What the command would answer to a recording.
 *
 * @param {ArrayLike<number>} levels the mean magnitude of each frame; the last may be short
 * @param {number} sampleCount of the recording
 * @param {TalkSettings} settings
 * @returns {{result: "TALK"|"0", decided_ms: number|null, talk_ms: number|null, talkspurts: Spurt[]}}
 */
export function detectTalk(levels, sampleCount, settings) {
  const analysisEnd = settings.analysistime_ms * 8;
  const spurts = [];
  let position = 0;
  let silence = 0;
  let spurtTime = -1;
  let spurtStart = 0;
  let onset = -1;

  const spurt = (lengthSamples, outcome) => ({
    start_ms: spurtStart / 8, length_ms: lengthSamples, leading_pause_ms: ((onset < 0 ? position : onset) - spurtStart) / 8,
    silence_ms: silence, qualifies: outcome === "qualifies", outcome, reason: reasonText(outcome, settings),
  });
  const end = (outcome) => {
    if (spurtTime >= 0 && onset >= 0) spurts.push(spurt((position - silence * 8 - spurtStart) / 8, outcome));
    return { result: "0", decided_ms: null, talk_ms: null, talkspurts: spurts };
  };

  for (let index = 0; index < levels.length; index += 1) {
    const count = Math.min(frame, sampleCount - index * frame);
    const start = position;
    if (start + count >= analysisEnd) return end("analysisOver");
    position += count;
    const isSilent = levels[index] < settings.threshold;
    silence = isSilent ? silence + Math.floor(count / 8) : 0;
    if (silence > settings.silence_ms) {
      if (spurtTime < 0) continue;
      const length = Math.max(0, Math.floor((position - spurtTime) / 8) - settings.silence_ms);
      const outcome =
        length <= settings.min_ms ? "tooShort" : length >= settings.max_ms ? "tooLong" : "qualifies";
      if (onset >= 0 || outcome === "qualifies") spurts.push(spurt(length, outcome));
      spurtTime = -1;
      if (outcome === "qualifies") {
        return { result: "TALK", decided_ms: position / 8, talk_ms: length, talkspurts: spurts };
      }
      continue;
    }
    if (spurtTime < 0) [spurtTime, spurtStart, onset] = [position, start, -1];
    if (!isSilent && onset < 0) onset = start;
  }
  return end("audioOver");
}

/** A clause about a talkspurt, in the program's words. */
function reasonText(outcome, settings) {
  switch (outcome) {
    case "qualifies": return "qualifies";
    case "tooShort": return `not longer than min_ms ${settings.min_ms}`;
    case "tooLong": return `not shorter than max_ms ${settings.max_ms}`;
    case "analysisOver":
      return `the analysis time of ${settings.analysistime_ms} ms was over before enough silence had followed`;
    default: return "the audio ended before enough silence had followed";
  }
}

/**
 * Why, in a clause, in the words of the program's `tune`.
 *
 * @param {ReturnType<typeof detectTalk>} found
 * @param {ArrayLike<number>} levels
 * @param {TalkSettings} settings
 */
export function reasonOf(found, levels, settings) {
  const spurts = found.talkspurts;
  if (found.result === "TALK") {
    return `${Math.floor(spurts[spurts.length - 1].length_ms)} ms talkspurt, then more than silence_ms ${settings.silence_ms} of silence`;
  }
  if (spurts.length === 0) {
    let loudest = 0;
    for (let index = 0; index < levels.length; index += 1) loudest = Math.max(loudest, levels[index]);
    return loudest < settings.threshold
      ? `nothing reaches the threshold ${settings.threshold}: the loudest frame has ${loudest}`
      : `nothing is over the threshold in the first ${settings.analysistime_ms} ms (analysistime_ms)`;
  }
  const longest = spurts.reduce((best, spurt) => (spurt.length_ms > best.length_ms ? spurt : best));
  const more = spurts.length > 1 ? `; ${spurts.length - 1} shorter` : "";
  return `${Math.floor(longest.length_ms)} ms talkspurt, ${shortReason(longest.outcome, settings)}${more}`;
}

function shortReason(outcome, settings) {
  switch (outcome) {
    case "tooShort": return `under min_ms ${settings.min_ms}`;
    case "tooLong": return `over max_ms ${settings.max_ms}`;
    case "analysisOver": return `not over when analysistime_ms ${settings.analysistime_ms} was`;
    default: return `not followed by silence_ms ${settings.silence_ms} before the recording ended`;
  }
}
