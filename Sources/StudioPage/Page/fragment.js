/**
 * The page's state in the fragment of its address, as in
 * `#detect?r=human/1.wav&min_ms=200&b.min_ms=300&side=b`: a link shows the same.
 */

/** @typedef {Object<string, string|number>} Settings by name; `command` is one of them; what is absent has its default. */

/**
 * @typedef {Object} PageState
 * @property {string} view detect, tune, prompts or phone
 * @property {string|null} recording its name
 * @property {Settings} a
 * @property {Settings|null} b the second settings, if two are compared
 * @property {"a"|"b"} side which settings are edited
 * @property {number|null} from where the picture begins, in ms; null with `to` is all
 * @property {number|null} to
 */

const views = ["detect", "tune", "prompts", "phone"];
const texts = ["command", "rules", "clock"];

/** @param {PageState} state @returns {string} with its `#` */
export function encode(state) {
  const parts = [];
  const add = (name, value) => parts.push(`${name}=${encodeURIComponent(value).replaceAll("%2F", "/")}`);
  if (state.recording) add("r", state.recording);
  for (const name of Object.keys(state.a).sort()) add(name, state.a[name]);
  if (state.b) {
    parts.push("compare=1");
    for (const name of Object.keys(state.b).sort()) add(`b.${name}`, state.b[name]);
    if (state.side === "b") parts.push("side=b");
  }
  if (state.from !== null && state.to !== null) {
    add("from", Math.round(state.from));
    add("to", Math.round(state.to));
  }
  return `#${state.view}${parts.length > 0 ? `?${parts.join("&")}` : ""}`;
}

/**
 * Reads a fragment, whoever wrote it: what is not known or not a number is left out.
 *
 * @param {string} fragment with or without its `#`
 * @param {(name: string) => boolean} isSetting whether a setting has this name
 * @param {boolean} [isReport] whether it is a report's, which has one set of settings, and thresholds alone
 * @returns {PageState}
 */
export function decode(fragment, isSetting, isReport = false) {
  const [view, query = ""] = fragment.replace(/^#/, "").split(/\?(.*)/s);
  const state = {
    view: views.includes(view) ? view : "detect", recording: null, a: {}, b: null, side: "a", from: null, to: null,
  };
  const fields = new URLSearchParams(query.replaceAll("+", "%2B"));
  if (!isReport && fields.get("compare") === "1") state.b = {};
  for (const [name, value] of fields) {
    if (name === "r") state.recording = value;
    else if (name === "side") state.side = value === "b" && state.b ? "b" : "a";
    else if (name === "from" || name === "to") state[name] = number(value);
    else if (isReport && value === "adaptive") continue;
    else if (name.startsWith("b.") && state.b) set(state.b, name.slice(2), value, isSetting);
    else set(state.a, name, value, isSetting);
  }
  if (state.from === null || state.to === null || !(state.from < state.to)) state.from = state.to = null;
  return state;
}

function set(settings, name, value, isSetting) {
  if (name !== "command" && !isSetting(name)) return;
  if (texts.includes(name) || (name === "threshold" && value === "adaptive")) settings[name] = value;
  else if (number(value) !== null) settings[name] = number(value);
}

function number(text) {
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : null;
}
