/** The list of keys, and the switch that turns them off. */
import { button, checkbox, element } from "studio/dom.js";

const keys = [
  ["Everywhere", [["Space", "play or pause"], ["?", "this list"]]],
  ["Pointer in the picture", [
    ["wheel", "zoom"], ["Shift+wheel", "pan"], ["drag", "pan; on the threshold or on a label\u2019s boundary, move it"], ["click", "move the cursor"],
  ]],
  ["In the picture", [
    ["\u2190 \u2192", "move the cursor"], ["Shift+\u2190 \u2192", "pan"], ["+ \u2212", "zoom"], ["0", "show all"],
    ["Home End", "to the beginning, to the end"],
  ]],
  ["Labelling (Tune)", [
    ["T", "label: talk, and go on"], ["N", "label: no talk, and go on"], ["U", "remove the label"], ["S", "skip to the next"],
    ["B", "back to the one before"],
    ["Z", "undo"], ["Shift+Z", "redo"], ["A", "autoplay on or off"], ["Q W", "slower, faster"], ["R", "play from the beginning"],
  ]],
  ["Intervals (Tune)", [
    ["I", "add an interval for the talkspurt at the cursor"], ["J K", "the boundary before, the boundary after"],
    [", .", "move the boundary by 10 ms"], ["Shift+, .", "move it by 100 ms"], ["G", "snap it to the nearest talkspurt"],
    ["X", "split the interval at the cursor"], ["M", "join it with the next"], ["D", "delete it"], ["E", "play the excerpt around the boundary"],
  ]],
  ["In a call (Phone)", [["0 1 2 3 4 5 6 7 8 9 * #", "press that key"]]],
];

export class ShortcutHelp {
  constructor() {
    this.isOn = true;
    this.button = button("?", () => this.open(), { class: "plain", "aria-label": "Keys", title: "Keys (?)" });
    this.dialog = element(
      "dialog", { class: "keys", "aria-labelledby": "keys-title" }, element("h2", { id: "keys-title", text: "Keys" }),
      element("div", { class: "key-groups" }, ...keys.map(([title, rows]) => element(
        "section", {}, element("h3", { text: title }),
        element("dl", {}, ...rows.flatMap(([key, text]) => [
          element("dt", {}, ...key.split(" ").map((part) => element("kbd", { text: part }))), element("dd", { text })]))))),
      checkbox("Single keys are shortcuts (turn this off if you dictate or use a switch)", true, (isOn) => { this.isOn = isOn; }),
      element("p", {}, button("Close", () => this.dialog.close(), { class: "main", autofocus: true })));
    document.body.append(this.dialog);
  }

  get isOpen() {
    return this.dialog.open;
  }

  open() {
    this.dialog.showModal();
  }
}
