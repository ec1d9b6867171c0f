/** What the page says by itself: to screen readers, and at the bottom of the window for a while. */
import { button, element, setText } from "studio/dom.js";

let line = null;
let stack = null;

function prepare() {
  if (line) return;
  line = element("div", { class: "unseen", role: "status", "aria-live": "polite" });
  stack = element("div", { class: "notices" });
  document.body.append(line, stack);
}

/** Tells a screen reader. @param {string} text */
export function say(text) {
  prepare();
  setText(line, text);
}

/**
 * Shows a notice.
 *
 * @param {string} text
 * @param {"info"|"error"} [kind] an error stays until it is closed
 */
export function notify(text, kind = "info") {
  prepare();
  for (const old of stack.children) if (old.dataset.text === text) old.remove();
  const notice = element(
    "div", { class: `notice ${kind}`, role: kind === "error" ? "alert" : "status", data: { text } }, element("span", { text }),
    button("\u2715", () => notice.remove(), { class: "plain", "aria-label": "Close this notice" }));
  stack.append(notice);
  while (stack.children.length > 4) stack.firstChild.remove();
  if (kind === "info") setTimeout(() => notice.remove(), 5000);
}

/** Shows what went wrong. @param {unknown} error */
export function complain(error) {
  notify(error instanceof Error ? error.message : String(error), "error");
}

/** A message about a file, which the server's own begin with the name of. @param {string} name @param {string} message */
export function named(name, message) {
  return message.startsWith(`${name}: `) ? message : `${name}: ${message}`;
}
