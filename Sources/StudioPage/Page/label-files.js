/** Labels that come from files and go out as files: CSV, Audacity's label tracks, Praat's TextGrids and RTTM. */
import { button, choice, element, filePicker } from "studio/dom.js";
import { counted } from "studio/format.js";
import { complain, notify } from "studio/notice.js";

const formats = [
  ["", "Save labels as\u2026"], ["csv", "CSV, all recordings"], ["audacity", "Audacity, this recording"],
  ["textgrid", "TextGrid (Praat), this recording"], ["rttm", "RTTM, all recordings"],
];
const ofOneRecording = ["audacity", "textgrid"];

export class LabelFiles {
  /**
   * @param {any} page
   * @param {() => any} chosen the recording that is shown, or null
   * @param {() => void} changed is called when labels have been read
   */
  constructor(page, chosen, changed) {
    Object.assign(this, { page, chosen, changed });
    const files = filePicker("Files with labels", (files) => this.read(files), { accept: ".csv,.txt,.TextGrid,.textgrid,.rttm" });
    const save = choice("", formats, "", (format) => {
      save.select.value = "";
      this.save(format);
    });
    save.select.setAttribute("aria-label", "Save labels as a file");
    this.nodes = [button("Read labels\u2026", () => files.click(), { title: "CSV, Audacity, TextGrid or RTTM" }), files, save];
    for (const finding of page.session.labels?.findings ?? []) notify(finding, "error");
  }

  /** Where labels are kept, in a sentence. */
  get place() {
    const { file, is_writable: isWritable, note } = this.page.session.labels ?? {};
    if (file && note) return `${note[0].toUpperCase()}${note.slice(1)}.`;
    if (!file) return "Labels are kept in memory: save them as a file, or start with --labels FILE.";
    return isWritable ? `Labels are saved to ${file} as you go.` : `Labels come from ${file}, which can\u2019t be written: save them as a file.`;
  }

  /** Has the server take labels. @param {File[]} files */
  async read(files) {
    for (const file of files) {
      try {
        const { taken, findings } = await this.page.api.importLabels(file.name, file, this.recordingOf(file.name));
        notify(`${file.name}: ${counted(taken, "label")} read.`);
        for (const finding of findings.slice(0, 3)) notify(`${file.name}: ${finding}`, "error");
        if (findings.length > 3) notify(`${file.name}: ${findings.length - 3} more findings.`, "error");
      } catch (error) {
        notify(`${file.name}: ${error.message}`, "error");
      }
    }
    try {
      await this.page.recordings.refresh();
      this.changed();
    } catch (error) {
      complain(error);
    }
  }

  /** The recording that a label track is about where its name is no recording's: the chosen one. */
  recordingOf(fileName) {
    const chosen = this.chosen();
    if (!/\.(txt|textgrid)$/i.test(fileName) || !chosen) return null;
    const last = (name) => name.slice(name.lastIndexOf("/") + 1);
    const stem = (name) => name.replace(/\.[^.]*$/, "");
    // Tracks that are saved here are called after the whole name, as in 2.wav.txt.
    const isNamed = this.page.recordings.sorted.some(({ name }) => [last(name), stem(last(name))].includes(stem(fileName)));
    return isNamed ? null : chosen.id;
  }

  /** Has the browser save labels. @param {string} format */
  save(format) {
    const isOfOne = ofOneRecording.includes(format);
    if (isOfOne && !this.chosen()) {
      complain("Choose a recording first: this format is for one of them.");
      return;
    }
    const link = element("a", { href: this.page.api.labelsURL(format, isOfOne ? this.chosen().id : null), download: "" });
    document.body.append(link);
    link.click();
    link.remove();
  }
}
