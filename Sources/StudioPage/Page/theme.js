/** Light or dark: as the system has it, unless someone chose. */
import { button } from "studio/dom.js";

const key = "rtmedia-studio-theme";
const names = { system: "Theme: as the system has it", light: "Theme: light", dark: "Theme: dark" };
const signs = { system: "\u25D0", light: "\u2600", dark: "\u263E" };

function stored() {
  try {
    const theme = localStorage.getItem(key);
    return theme in names ? theme : "system";
  } catch {
    return "system"; // A page from a file may have no storage.
  }
}

function store(theme) {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // It lasts as long as the page then.
  }
}

/** A button that goes from one theme to the next. @param {() => void} changed is called when colours are others */
export function themeButton(changed) {
  let theme = stored();
  const switcher = button("", () => {
    theme = { system: "light", light: "dark", dark: "system" }[theme];
    store(theme);
    apply();
  }, { class: "plain theme" });

  function apply() {
    if (theme === "system") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = theme;
    switcher.textContent = signs[theme];
    switcher.title = names[theme];
    switcher.setAttribute("aria-label", names[theme]);
    changed();
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  matchMedia("print").addEventListener("change", changed);
  apply();
  return switcher;
}

/**
 * The colours that the style sheet has for what is drawn.
 *
 * @returns {Object<string, string>} by name, as in `talk`, `line`
 */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["ground", "sheet", "ink", "soft", "line", "wave", "quiet", "good", "bad", "mark", "second", "label", "heat", "shade"];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}
