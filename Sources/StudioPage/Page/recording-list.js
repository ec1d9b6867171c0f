/** The list of recordings with what filters it, and the ways in which more of them come. */
import { button, choice, element, filePicker, setText } from "studio/dom.js";
import { counted, lengthText } from "studio/format.js";
import { labelNames } from "studio/judgement-table.js";
import { Microphone } from "studio/microphone.js";
import { complain, named, notify, say } from "studio/notice.js";
import { VirtualRows } from "studio/virtual-rows.js";

const kinds = [
  ["all", "all"], ["talk", "label: talk"], ["no-talk", "label: no talk"], ["none", "without label"], ["failed", "failed"],
];

export class RecordingList {
  /**
   * @param {any} page
   * @param {(recording: any) => void} choose
   */
  constructor(page, choose) {
    this.page = page;
    this.choose = choose;
    this.filter = element("input", {
      type: "search", placeholder: "Filter by name", "aria-label": "Filter recordings by name", on: { input: () => this.draw() },
    });
    this.kind = choice("Show", kinds, "all", () => this.draw());
    this.count = element("p", { class: "soft count", role: "status" });
    this.rows = new VirtualRows({
      role: "listbox", name: "Recordings", height: 46, render: (recording) => this.row(recording),
      choose: (recording) => this.choose(recording),
    });
    this.rows.node.classList.add("recordings");
    const files = filePicker("Audio files", (files) => this.add(files));
    this.microphone = new Microphone((seconds, peak) => this.heard(seconds, peak), () => this.record());
    this.recorder = button("\u25CF Record", () => this.record(), { title: "Record with the microphone" });
    this.node = element(
      "section", { class: "list", "aria-label": "Recordings" },
      element("div", { class: "tools" }, this.filter, this.kind), this.count, this.rows.node,
      element("div", { class: "tools" }, button("Add files\u2026", () => files.click()), this.recorder, files),
      element("p", { class: "hint", text: "Or drop audio files anywhere on this page. What is added stays in memory." }));
    page.recordings.addEventListener("change", () => this.drawSoon());
  }

  /** @param {any} recording the chosen one */
  select(recording) {
    this.chosen = recording;
    if (!this.shown) this.draw();
    const place = this.shown.indexOf(recording);
    this.rows.chosen = place;
    this.rows.reveal(place);
    this.rows.drawSoon();
  }

  drawSoon() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.draw();
    });
  }

  draw() {
    const text = this.filter.value.trim().toLowerCase();
    const kind = this.kind.select.value;
    const all = this.page.recordings.sorted;
    this.shown = all.filter((recording) =>
      (text === "" || recording.name.toLowerCase().includes(text))
      && (kind === "all" || (kind === "failed" ? recording.state === "failed" : kind === "none" ? !recording.label : recording.label === kind)));
    this.rows.show(this.shown, this.shown.indexOf(this.chosen));
    const { measured, total } = this.page.recordings;
    const part = this.shown.length === all.length ? "" : `${this.shown.length.toLocaleString("en")} of `;
    const shown = `${part}${counted(all.length, "recording")}`;
    setText(this.count, measured < total ? `${shown}; ${(total - measured).toLocaleString("en")} still to be read` : shown);
  }

  row(recording) {
    const { name, state, label } = recording;
    const cut = name.lastIndexOf("/") + 1;
    const length = state === "measured" ? lengthText(recording.duration_ms) : state === "failed" ? "failed" : "\u2026";
    return [
      element("span", { class: "name", title: name, text: name.slice(cut) }),
      element(
        "span", { class: "about" }, element("span", { class: "folder", text: name.slice(0, cut) }),
        label ? element("span", { class: `badge ${label}`, text: labelNames[label] }) : null,
        element("span", { class: state === "failed" ? "figure wrong" : "figure", text: length, title: recording.error ?? null })),
    ];
  }

  /** Sends files to the server, one after the other. @param {File[]} files */
  async add(files) {
    const most = this.page.session.limits?.upload_bytes ?? Infinity;
    let last = null;
    for (const file of files) {
      if (file.size > most) {
        notify(`${file.name} is larger than the ${Math.round(most / 1e6)} MB that are taken.`, "error");
        continue;
      }
      try {
        last = (await this.page.api.addRecording(file.name, file)).id;
      } catch (error) {
        notify(named(file.name, error.message), "error");
      }
    }
    if (last === null) return;
    try {
      await this.page.recordings.refresh();
      // What was just added has to be measured before it can be shown.
      for (let turn = 0; turn < 50 && this.page.recordings.get(last)?.state === "waiting"; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        await this.page.recordings.refresh();
      }
      const recording = this.page.recordings.get(last);
      if (!recording) return;
      if (this.filter.value !== "" && !recording.name.toLowerCase().includes(this.filter.value.trim().toLowerCase())) this.filter.value = "";
      this.kind.select.value = "all";
      this.draw();
      this.choose(recording);
      say(`${recording.name} was added`);
    } catch (error) {
      complain(error);
    }
  }

  async record() {
    // The browser may still be asking whether it may.
    if (this.isStarting) return;
    try {
      if (!this.microphone.isRecording) {
        this.isStarting = true;
        await this.microphone.start().finally(() => { this.isStarting = false; });
        this.recorder.classList.add("recording");
        this.heard(0, 0);
        return;
      }
      this.recorder.classList.remove("recording");
      setText(this.recorder, "\u25CF Record");
      const sound = await this.microphone.stop();
      const time = new Date().toTimeString().slice(0, 8).replaceAll(":", "-");
      await this.add([new File([sound], `microphone ${time}.wav`, { type: "audio/wav" })]);
    } catch (error) {
      this.recorder.classList.remove("recording");
      setText(this.recorder, "\u25CF Record");
      complain(error);
    }
  }

  heard(seconds, peak) {
    const level = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"[Math.min(7, Math.floor(peak ** 0.5 * 8))];
    setText(this.recorder, `\u25A0 Stop ${seconds.toFixed(1)} s ${level}`);
  }
}
