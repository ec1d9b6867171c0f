/** All recordings: label, answer, time and reason; those that are wrong come first. */
import { choice, element, setText } from "studio/dom.js";
import { counted, timeText } from "studio/format.js";
import { VirtualRows } from "studio/virtual-rows.js";

/** The names of labels. */
export const labelNames = { talk: "talk", "no-talk": "no talk" };

const columns = [
  ["right", ""], ["name", "recording"], ["label", "label"], ["result", "answer"], ["decided", "at"], ["reason", "why"],
];
const collator = new Intl.Collator("en", { numeric: true });

/**
 * What can be shown of the table alone: what it is called, and which rows that are.
 *
 * @type {Object<string, [string, (row: JudgedRow) => boolean]>}
 */
const filters = {
  all: ["all", () => true], wrong: ["wrong", (row) => row.right === 0],
  found: ["talk, found", (row) => row.recording.label === "talk" && row.right === 1],
  missed: ["talk, missed", (row) => row.recording.label === "talk" && row.right === 0],
  false_talk: ["no talk, false talk", (row) => row.recording.label === "no-talk" && row.right === 0],
  quiet: ["no talk, quiet", (row) => row.recording.label === "no-talk" && row.right === 1],
  none: ["without label", (row) => row.recording.label === null],
};

/** @typedef {{recording: any, result: string|null, decided: number|null, right: 1|0|null, reason: string}} JudgedRow */

export class JudgementTable {
  /** @param {(recording: any) => void} choose */
  constructor(choose) {
    this.order = "right";
    this.isDescending = false;
    this.kind = "all";
    this.choice = choice("Show", Object.entries(filters).map(([kind, [name]]) => [kind, name]), "all", (kind) => this.setKind(kind));
    this.rows = [];
    this.shown = [];
    this.heads = columns.map(([key, text]) => element(
      "div", { role: "columnheader", class: `cell-${key}`, "aria-sort": "none" },
      element("button", {
        type: "button", class: "plain", text: text || "\u2713", "aria-label": text ? null : "right or wrong",
        on: { click: () => this.sortBy(key) },
      })));
    this.list = new VirtualRows({
      role: "grid", name: "Recordings and how they are judged", height: 32,
      header: element("div", { role: "rowgroup", class: "grid-head" }, element("div", { role: "row", class: "cells" }, ...this.heads)),
      render: (row) => cells(row), choose: (row) => choose(row.recording),
      mark: (node, row) => {
        node.classList.add("cells");
        node.classList.toggle("is-wrong", row.right === 0);
      },
    });
    this.list.node.classList.add("judgements");
    this.none = element("p", { class: "empty", role: "status", hidden: true });
  }

  /** Shows other judgements in the order that is chosen. @param {JudgedRow[]} rows */
  show(rows) {
    this.rows = rows;
    this.sort();
  }

  /** Shows changed rows where they are: what is worked on does not jump away. @param {Map<string, JudgedRow>} rows by recording */
  update(rows) {
    this.rows = this.rows.map((row) => rows.get(row.recording.id) ?? row);
    this.shown = this.shown.map((row) => rows.get(row.recording.id) ?? row);
    this.draw();
  }

  /** Shows one kind of rows alone. @param {string} kind of `filters` */
  setKind(kind) {
    this.kind = kind;
    this.choice.select.value = kind;
    this.sort();
  }

  sortBy(key) {
    this.isDescending = this.order === key ? !this.isDescending : false;
    this.order = key;
    this.sort();
  }

  sort() {
    const value = {
      right: (row) => (row.right === 0 ? 0 : row.right === null ? 1 : 2), name: (row) => row.recording.name,
      label: (row) => row.recording.label ?? "~", result: (row) => row.result ?? "~", decided: (row) => row.decided ?? Infinity,
      reason: (row) => row.reason,
    }[this.order];
    const compare = (one, other) => (typeof one === "string" ? collator.compare(one, other) : one === other ? 0 : one < other ? -1 : 1);
    const keyed = this.rows.filter(filters[this.kind][1]).map((row, place) => ({ row, place, key: value(row) }));
    const direction = this.isDescending ? -1 : 1;
    keyed.sort((one, other) => direction * compare(one.key, other.key) || one.place - other.place);
    this.shown = keyed.map(({ row }) => row);
    this.heads.forEach((head, index) => {
      const isOrder = columns[index][0] === this.order;
      head.setAttribute("aria-sort", isOrder ? (this.isDescending ? "descending" : "ascending") : "none");
    });
    this.draw();
  }

  draw() {
    this.none.hidden = this.shown.length > 0 || this.rows.length === 0;
    if (!this.none.hidden) setText(this.none, `Of ${counted(this.rows.length, "recording")} none is \u201c${filters[this.kind][0]}\u201d.`);
    this.list.show(this.shown, this.shown.findIndex((row) => row.recording.id === this.chosen));
  }

  /** @param {string|null} id */
  select(id) {
    if (id === this.chosen && this.list.chosen >= 0) return;
    this.chosen = id;
    this.draw();
    this.list.reveal(this.list.chosen);
  }

  /** The recording after or before the chosen one that meets a condition; null if there is none. */
  next(direction, condition = () => true) {
    for (let place = this.list.chosen + direction; place >= 0 && place < this.shown.length; place += direction) {
      if (condition(this.shown[place])) return this.shown[place].recording;
    }
    return null;
  }
}

function cells({ recording, result, decided, right, reason }) {
  const cell = (key, properties, ...children) => element("div", { role: "gridcell", class: `cell-${key}`, ...properties }, ...children);
  const mark = right === null ? "" : right ? "\u2713" : "\u2715";
  return [
    cell("right", {}, element("span", {
      class: right === 0 ? "no" : "yes", text: mark, role: mark ? "img" : null, "aria-label": right === null ? null : right ? "right" : "wrong",
    })),
    cell("name", { title: recording.name, text: recording.name }),
    cell("label", {}, recording.label ? element("span", { class: `badge ${recording.label}`, text: labelNames[recording.label] }) : ""),
    cell("result", { text: result ?? "" }), cell("decided", { class: "cell-decided figure", text: decided === null ? "" : timeText(decided, 2) }),
    cell("reason", { title: reason, text: reason }),
  ];
}
