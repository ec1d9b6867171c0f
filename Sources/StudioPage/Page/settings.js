/** What can be set for each command, as the server says, and the values that are set. */

/**
 * @typedef {{name: string, title: string, unit: string|null, least: number|null, most: number|null, usual: Object<string, any>,
 *   ranges?: Object<string, [number, number]>, choices?: [string, string][], option: string, help: string}} Setting
 */

/** The command that tuning is about. */
export const talkCommand = "play_talk_detect";

/** Its parameters, which tuning chooses. */
export const talkParameters = ["min_ms", "max_ms", "silence_ms", "analysistime_ms"];

/** What is set most often comes first. */
const order = [
  ...talkParameters, "iterations", "timeout", "silence", "max_duration", "threshold", "rules", "clock", "frame_ms",
  "media_ms",
];

export class Catalogue {
  /** @param {{commands: {name: string, title?: string, help?: string, settings: string[]}[], settings: Setting[]}} session */
  constructor(session) {
    this.commands = session.commands;
    this.settings = new Map(session.settings.map((setting) => [setting.name, setting]));
  }

  /** @param {string} name */
  has(name) {
    return this.settings.has(name);
  }

  /** The command of settings; the first if it is not known. @param {import("studio/fragment.js").Settings} values */
  command(values) {
    return this.commands.find((command) => command.name === values.command) ?? this.commands[0];
  }

  /** The settings that a command has. @returns {Setting[]} */
  of(values) {
    const place = (name) => (order.indexOf(name) + 1 || order.length + 1);
    return this.command(values).settings.filter((name) => this.settings.has(name))
      .sort((one, other) => place(one) - place(other)).map((name) => this.setting(name, values));
  }

  /** What a setting has where nothing is set. */
  usual(name, values) {
    if (name === "frame_ms" && this.value("rules", values) === "documented") return 5;
    return this.settings.get(name)?.usual?.[this.command(values).name] ?? null;
  }

  /** The value in force: what is set, else the default; null if there is none. */
  value(name, values) {
    const own = values[name];
    if (own === undefined || !this.command(values).settings.includes(name)) {
      return this.usual(name, values);
    }
    return this.within(name, own, values);
  }

  /** A setting as a command has it: ranges differ. @returns {Setting} */
  setting(name, values) {
    const setting = this.settings.get(name);
    const [least, most] = setting.ranges?.[this.command(values).name] ?? [setting.least, setting.most];
    return { ...setting, least, most };
  }

  /** A value moved into its range. */
  within(name, value, values) {
    if (typeof value !== "number" || !this.settings.has(name)) return value;
    const { least, most } = this.setting(name, values);
    return typeof least === "number" ? Math.min(most, Math.max(least, Math.round(value))) : value;
  }

  /** Settings with one changed; what is as usual is left out, so that addresses stay short. */
  with(values, name, value) {
    const next = { ...values };
    if (value === null || value === this.usual(name, values)) delete next[name];
    else next[name] = this.within(name, value, values);
    return next;
  }

  /** Settings with several changed. @param {Object<string, any>} changes */
  withAll(values, changes) {
    return Object.entries(changes).reduce((next, [name, value]) => this.with(next, name, value), values);
  }

  /** What is sent: the command, and of its own settings those that are not as usual. */
  request(values) {
    const body = { command: this.command(values).name };
    for (const { name } of this.of(values)) {
      if (values[name] === undefined) continue;
      const value = this.value(name, values);
      if (value !== this.usual(name, values)) body[name] = value;
    }
    return body;
  }
}

/** Values as a line, as in `min_ms 200, silence_ms 300`; `as usual` if nothing is set. @param {Catalogue} catalogue */
export function settingsText(catalogue, values) {
  const { command, ...others } = catalogue.request(values);
  const parts = Object.entries(others).map(([name, value]) => `${name} ${value}`);
  return parts.length > 0 ? `${command}: ${parts.join(", ")}` : `${command} with its defaults`;
}

/** Numbers on a slider: `steps` places from the least to the most, closer together where numbers are small. */
export const sliderSteps = 1000;

/** Whether equal distances on the slider are equal ratios. @param {Setting} setting */
function isLogarithmic(setting) {
  return setting.most - setting.least >= 500;
}

/** @param {Setting} setting @param {number} value @returns {number} 0...sliderSteps */
export function sliderPlace(setting, value) {
  const { least, most } = setting;
  if (!isLogarithmic(setting)) return ((value - least) / (most - least)) * sliderSteps;
  const low = Math.max(1, least);
  return value < low ? 0 : (Math.log(value / low) / Math.log(most / low)) * sliderSteps;
}

/** @param {Setting} setting @param {number} place 0...sliderSteps @returns {number} with about two and a half digits */
export function sliderValue(setting, place) {
  const { least, most } = setting;
  if (!isLogarithmic(setting)) return Math.round(least + (place / sliderSteps) * (most - least));
  if (place <= 0) return least;
  const low = Math.max(1, least);
  const value = low * (most / low) ** (place / sliderSteps);
  const grain = value < 200 ? 1 : value < 1000 ? 5 : value < 10_000 ? 10 : 100;
  return Math.min(most, Math.round(value / grain) * grain);
}
