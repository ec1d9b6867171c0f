/** Builds elements. Text from outside gets in through textContent alone. */

/**
 * An element with its attributes and children.
 *
 * @param {string} tag
 * @param {Object<string, any>} [properties] attributes; `text` is its text, `on` its listeners by event, `data` its dataset;
 *   an attribute that is null, undefined or false is left out.
 * @param {...(Node|string|null|undefined)} children
 * @returns {any}
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "on") for (const [event, action] of Object.entries(value)) node.addEventListener(event, action);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/**
 * A button.
 *
 * @param {string} text what it says
 * @param {(event: Event) => void} action
 * @param {Object<string, any>} [properties]
 * @returns {HTMLButtonElement}
 */
export function button(text, action, properties = {}) {
  return element("button", { type: "button", text, ...properties, on: { click: action, ...properties.on } });
}

/**
 * A field that takes files, out of sight: a button opens it.
 *
 * @param {string} name
 * @param {(files: File[]) => void} take
 * @param {Object<string, any>} [properties]
 */
export function filePicker(name, take, properties = {}) {
  const input = element("input", {
    type: "file", multiple: true, class: "unseen", tabindex: "-1", "aria-label": name, ...properties,
    on: { change: () => {
      const files = [...input.files];
      // The same file can be chosen again.
      input.value = "";
      take(files);
    } },
  });
  return input;
}

/** A check box with its label. @param {string} text @param {boolean} checked @param {(checked: boolean) => void} action */
export function checkbox(text, checked, action, properties = {}) {
  const input = element("input", { type: "checkbox", on: { change: () => action(input.checked) } });
  input.checked = checked;
  const label = element("label", { class: "check", ...properties }, input, element("span", { text }));
  return Object.assign(label, { input });
}

/** A menu of choices with its label. @param {string} text @param {[string, string][]} choices value and name of each */
export function choice(text, choices, value, action, properties = {}) {
  const select = element(
    "select", { on: { change: () => action(select.value) } },
    ...choices.map(([value, name]) => element("option", { value, text: name })));
  select.value = value;
  const label = element("label", { class: "choice", ...properties }, element("span", { text }), select);
  return Object.assign(label, { select });
}

/** Replaces what an element holds. @param {Element} node @param {...(Node|string|null)} children */
export function fill(node, ...children) {
  node.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Sets a text only where it differs, so that a screen reader is not told the same again. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Whether keys typed now are meant for a field, not for the page. @param {EventTarget|null} target */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["range", "checkbox", "radio", "button", "file"].includes(target.type);
}
