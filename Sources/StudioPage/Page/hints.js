/** What commands are for, and when to change a setting: practice, beside what the program says that each means. */

/** @type {Object<string, string>} by the command's name */
export const commandTitles = {
  play_talk_detect: "talk while media plays", wait_for_silence: "silence", record: "the end of a recording", amd: "answering machines",
  dtmf: "keys pressed", activity: "where there is talk",
};

/** @type {Object<string, string>} by the setting's name */
export const practice = {
  min_ms: "Raise it if coughs and clicks count as talk; lower it if a short \u201cyes\u201d is missed.",
  max_ms: "Lower it to take a long greeting, as of an answering machine, for no talk.",
  silence_ms: "Raise it if one sentence falls apart at its pauses. Talk is found so much later then.",
  analysistime_ms: "Talk that is not over by then is not found.",
  threshold: "The platform\u2019s own is not known for certain; 512 is what Asterisk has. Drag the line in the picture.",
  frame_ms: "A call delivers frames of 20 ms.",
  rules: "Asterisk counts in frames and is what the platform almost certainly runs.",
  clock: "On a live line a silence_ms that is not longer than a packet of 20 ms is answered SILENCE at once.",
  media_ms: "When the media ends before talk was found, the answer is 0.",
};
