/** Sliders and fields for all that can be set, each with a hint. */
import { button, element, fill } from "studio/dom.js";
import { dbov, levelText, magnitude, thresholdText } from "studio/format.js";
import { commandTitles, practice } from "studio/hints.js";
import { sliderPlace, sliderSteps, sliderValue } from "studio/settings.js";

let panels = 0;

export class SettingsPanel {
  /**
   * @param {import("studio/settings.js").Catalogue} catalogue
   * @param {(values: import("studio/fragment.js").Settings) => void} change is called while a slider moves
   * @param {{commands?: string[], leftOut?: string[]}} [options] commands to choose from; settings that are not shown
   */
  constructor(catalogue, change, options = {}) {
    this.catalogue = catalogue;
    this.change = change;
    this.leftOut = new Set(options.leftOut ?? []);
    this.commands = catalogue.commands.filter(({ name }) => options.commands?.includes(name) ?? true);
    this.prefix = `settings-${panels += 1}`;
    this.node = element("div", { class: "settings" });
    this.rows = new Map();
    this.shape = null;
  }

  /** Shows values. @param {import("studio/fragment.js").Settings} values */
  show(values) {
    this.values = values;
    const settings = this.catalogue.of(values).filter(({ name }) => !this.leftOut.has(name));
    const shape = `${this.catalogue.command(values).name} ${settings.map(({ name }) => name).join()}`;
    if (shape !== this.shape) {
      this.shape = shape;
      this.build(settings);
    }
    for (const row of this.rows.values()) row.show();
  }

  set(name, value) {
    this.values = this.catalogue.with(this.values, name, value);
    for (const row of this.rows.values()) row.show();
    this.change(this.values);
  }

  build(settings) {
    this.rows.clear();
    const nodes = [];
    if (this.commands.length > 1) nodes.push(this.commandRow());
    for (const setting of settings) {
      const row = setting.name === "threshold"
        ? this.thresholdRow(setting) : setting.choices?.length > 0 ? this.choiceRow(setting) : this.numberRow(setting);
      this.rows.set(setting.name, row);
      nodes.push(row.node);
    }
    const hadFocus = this.node.contains(document.activeElement);
    fill(this.node, ...nodes);
    if (hadFocus) this.node.querySelector("select, input")?.focus();
  }

  commandRow() {
    const id = `${this.prefix}-command`;
    const command = this.catalogue.command(this.values);
    const select = element(
      "select", {
        id, on: { change: () => {
          const values = { ...this.values, command: select.value };
          if (select.value === this.catalogue.commands[0].name) delete values.command;
          this.show(values);
          this.change(values);
        } },
      },
      ...this.commands.map(({ name }) => element("option", {
        value: name, text: commandTitles[name] ? `${name}: ${commandTitles[name]}` : name,
      })));
    select.value = command.name;
    return element("div", { class: "setting" }, element("label", { for: id, text: "Command" }), select);
  }

  /** The head of a row: its name, a hint that opens, and the way back to the default. */
  head(setting, id) {
    const text = [setting.help, practice[setting.name]].filter(Boolean).join(" ");
    const help = element("p", { class: "hint", id: `${id}-help`, hidden: true, text });
    const toggle = button("?", () => {
      help.hidden = !help.hidden;
      toggle.setAttribute("aria-expanded", String(!help.hidden));
    }, { class: "plain help", "aria-label": `What is ${setting.name}?`, "aria-expanded": "false", "aria-controls": help.id, title: text });
    const reset = button("\u21BA", () => {
      this.set(setting.name, null);
      toggle.focus();
    }, { class: "plain reset", hidden: true });
    const label = element("label", { for: id }, element("code", { text: setting.name }),
      setting.name.startsWith(setting.title.toLowerCase()) ? null : element("small", { text: setting.title }));
    return { help, reset, node: element("div", { class: "setting-head" }, label, reset, toggle) };
  }

  showReset(reset, setting) {
    const usual = this.catalogue.usual(setting.name, this.values);
    reset.hidden = this.values[setting.name] === undefined || this.catalogue.value(setting.name, this.values) === usual;
    const text = `Back to the default: ${usual === null ? "as long as the recording" : usual}`;
    reset.title = text;
    reset.setAttribute("aria-label", `${setting.name}: ${text}`);
  }

  numberRow(setting) {
    const id = `${this.prefix}-${setting.name}`;
    const head = this.head(setting, id);
    const field = element("input", {
      type: "number", id, min: setting.least, max: setting.most, step: "1", inputmode: "numeric",
      "aria-describedby": head.help.id, placeholder: "all",
      on: {
        input: () => {
          const value = Number(field.value);
          const isValid = field.value !== "" && Number.isInteger(value) && value >= setting.least && value <= setting.most;
          field.setAttribute("aria-invalid", String(!isValid && field.value !== ""));
          if (isValid) this.set(setting.name, value);
          else if (field.value === "" && this.catalogue.usual(setting.name, this.values) === null) this.set(setting.name, null);
        },
        change: () => {
          if (field.value !== "") this.set(setting.name, this.catalogue.within(setting.name, Number(field.value), this.values));
          this.rows.get(setting.name).show(true);
        },
      },
    });
    const slider = element("input", {
      type: "range", min: "0", max: String(sliderSteps), step: "1", "aria-label": `${setting.name}, ${setting.title}`,
      "aria-describedby": head.help.id,
      on: {
        input: () => this.set(setting.name, sliderValue(setting, Number(slider.value))),
        keydown: (event) => this.nudge(event, setting),
      },
    });
    const unit = element("span", { class: "unit", text: setting.unit });
    const node = element(
      "div", { class: "setting" }, head.node,
      element("div", { class: "setting-value" }, slider, element("span", { class: "number" }, field, unit)), head.help);
    const show = (isForced = false) => {
      const value = this.catalogue.value(setting.name, this.values);
      if (isForced || document.activeElement !== field || Number(field.value) !== value) {
        if (document.activeElement !== field || isForced || field.value !== "") field.value = value === null ? "" : String(value);
      }
      if (isForced || (value !== null && Number(field.value) === value)) field.removeAttribute("aria-invalid");
      const place = String(Math.round(sliderPlace(setting, value ?? setting.most)));
      if (document.activeElement !== slider || sliderValue(setting, Number(slider.value)) !== value) slider.value = place;
      slider.setAttribute("aria-valuetext", value === null ? "as long as the recording" : `${value} ${setting.unit}`);
      this.showReset(head.reset, setting);
    };
    return { node, show };
  }

  /** An arrow key changes a slider by what is next, never by nothing. */
  nudge(event, setting) {
    const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const value = this.catalogue.value(setting.name, this.values) ?? setting.most;
    let place = Math.round(sliderPlace(setting, value));
    let next = value;
    while (place >= 0 && place <= sliderSteps && (next === value || Math.sign(next - value) !== direction)) {
      place += direction * (event.shiftKey ? 10 : 1);
      next = sliderValue(setting, Math.min(sliderSteps, Math.max(0, place)));
    }
    this.set(setting.name, next);
  }

  thresholdRow(setting) {
    const id = `${this.prefix}-threshold`;
    const head = this.head(setting, id);
    const field = element("input", {
      type: "number", id, min: "0", max: "32768", step: "1", inputmode: "numeric", "aria-describedby": head.help.id,
      on: { input: () => {
        const value = Number(field.value);
        const isValid = field.value !== "" && Number.isInteger(value) && value >= 0 && value <= 32768;
        field.setAttribute("aria-invalid", String(!isValid));
        if (isValid) this.set("threshold", value);
      }, change: () => this.rows.get("threshold").show(true) },
    });
    const slider = element("input", {
      type: "range", min: "-750", max: "0", step: "1", "aria-label": "threshold as a level", "aria-describedby": head.help.id,
      on: { input: () => this.set("threshold", magnitude(Number(slider.value) / 10)) },
    });
    const level = element("span", { class: "unit wide" });
    const adaptive = element("input", { type: "checkbox", id: `${id}-adaptive`, on: { change: () => {
      this.set("threshold", adaptive.checked ? "adaptive" : null);
    } } });
    const node = element(
      "div", { class: "setting" }, head.node,
      element("div", { class: "setting-value" }, slider, element("span", { class: "number" }, field)), level,
      this.leftOut.has("adaptive") ? null : element(
        "label", { class: "check", for: adaptive.id }, adaptive,
        element("span", { text: "adaptive, whatever the noise" })), head.help);
    const show = (isForced = false) => {
      const value = this.catalogue.value("threshold", this.values);
      const isAdaptive = value === "adaptive";
      adaptive.checked = isAdaptive;
      field.disabled = slider.disabled = isAdaptive;
      if (isForced || document.activeElement !== field) field.value = isAdaptive ? "" : String(value);
      if (isForced || Number(field.value) === value) field.removeAttribute("aria-invalid");
      if (!isAdaptive) {
        const shown = value > 0 ? Math.max(-75, dbov(value)) : -75;
        if (document.activeElement !== slider || magnitude(Number(slider.value) / 10) !== value) slider.value = String(Math.round(shown * 10));
        slider.setAttribute("aria-valuetext", thresholdText(value));
      }
      level.textContent = isAdaptive ? "" : value > 0 ? `mean magnitude; ${levelText(dbov(value))}` : "nothing is silent";
      this.showReset(head.reset, setting);
    };
    return { node, show };
  }

  choiceRow(setting) {
    const id = `${this.prefix}-${setting.name}`;
    const head = this.head(setting, id);
    const select = element(
      "select", { id, "aria-describedby": head.help.id, on: { change: () => this.set(setting.name, select.value) } },
      ...setting.choices.map(([value, text]) => element("option", { value, text })));
    const show = () => {
      select.value = this.catalogue.value(setting.name, this.values);
      this.showReset(head.reset, setting);
    };
    return { node: element("div", { class: "setting" }, head.node, select, head.help), show };
  }
}
