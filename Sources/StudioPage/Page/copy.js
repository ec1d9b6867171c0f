/** Copies text to the clipboard. */
import { button } from "studio/dom.js";
import { complain, say } from "studio/notice.js";

/** Copies, where the clipboard is closed to pages too. @param {string} text */
async function copy(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // Not allowed here: the old way remains.
    }
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (!isCopied) throw new Error("The browser does not let this page copy. Select the text and copy it.");
}

/**
 * A button that copies.
 *
 * @param {string} name what it says
 * @param {() => string|null|Promise<string>} text what is copied
 * @param {Object<string, any>} [properties]
 */
export function copyButton(name, text, properties = {}) {
  const copier = button(name, async () => {
    try {
      const value = await text();
      if (value === null) return;
      await copy(value);
      copier.textContent = "Copied \u2713";
      say(`${name}: copied`);
      setTimeout(() => { copier.textContent = name; }, 1500);
    } catch (error) {
      complain(error);
    }
  }, properties);
  return copier;
}
