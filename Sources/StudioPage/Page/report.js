/** A report: what tuning found, to look at and to try, in one file and without a server. */
import { choice, element, fill, isTyping, setText } from "studio/dom.js";
import { ConfusionTable } from "studio/confusion.js";
import { copyButton } from "studio/copy.js";
import { Detections } from "studio/detections.js";
import { JudgementTable } from "studio/judgement-table.js";
import { latest } from "studio/latest.js";
import { complain } from "studio/notice.js";
import { PageStateStore } from "studio/page-state.js";
import { RecordingView } from "studio/recording-view.js";
import { ReportSource, swiftText, wireText } from "studio/report-source.js";
import { SearchResult } from "studio/search-result.js";
import { SettingsPanel } from "studio/settings-panel.js";
import { Catalogue, talkCommand, talkParameters } from "studio/settings.js";
import { themeButton } from "studio/theme.js";
import { TalkspurtTable, verdictCard } from "studio/verdict.js";
import { WrongFigures } from "studio/wrong-figures.js";

class Report {
  /** @param {any} data */
  constructor(data) {
    this.catalogue = new Catalogue(talkOnly(data.session));
    this.source = new ReportSource(data, this.catalogue);
    this.state = new PageStateStore((name) => this.catalogue.has(name), true);
    if (Object.keys(this.state.now.a).length === 0) {
      this.state.now.a = this.catalogue.withAll({}, { ...data.parameters, threshold: data.threshold ?? null });
    }
    this.detections = new Detections(this.source, this.catalogue);
    this.detections.addEventListener("change", () => this.showDetection());
    this.judge = latest((values) => this.source.judge(values), (answer) => this.takeJudgements(answer), complain);
    const setValues = (values) => this.state.setValues(values);
    this.view = new RecordingView(this.source, {
      threshold: (magnitude) => setValues(this.catalogue.with(this.state.values, "threshold", magnitude)),
    }, { isShort: true, hasLabels: this.source.recordings.some(({ intervals }) => intervals?.length > 0) });
    this.table = new JudgementTable((recording) => this.state.set({ recording: recording.name }));
    this.confusion = new ConfusionTable((kind) => this.table.setKind(kind));
    this.wrong = new WrongFigures(this.source, (recording) => {
      this.state.set({ recording: recording.name });
      this.view.node.scrollIntoView({ block: "center" });
    });
    this.settings = new SettingsPanel(this.catalogue, setValues, { leftOut: ["adaptive"] });
    this.result = new SearchResult({ threshold: data.threshold, ...data.result }, (changes) => setValues(this.catalogue.withAll(this.state.values, changes)));
    this.title = element("h2", { class: "recording-title" });
    this.verdict = element("div", { class: "verdicts" });
    this.spurts = new TalkspurtTable("Talkspurts", {
      look: (spurt, isRevealed) => this.view.timeline.look(spurt && { lane: 0, spurt }, isRevealed),
      play: (from, to) => this.view.playRange(from, to),
    });
    this.node = element(
      "div", { class: "report" },
      element(
        "header", { class: "head" }, element("h1", { text: "play_talk_detect, tuned" }), element("span", { class: "soft", text: data.made ?? "" }),
        element("div", { id: "tools" }, themeButton(() => this.recolour()))),
      element(
        "main", { class: "view tune" },
        element("div", { class: "panel search" }, this.result.node),
        element("section", { class: "panel listening", "aria-label": "Recording" }, this.title, this.verdict, this.view.node, this.spurts.node),
        element("section", { class: "panel judging", "aria-label": "How the settings judge" }, this.confusion.node,
          element("div", { class: "tools" }, this.table.choice), this.table.list.node),
        element("section", { class: "side", "aria-label": "Settings" },
          element("div", { class: "side-head" }, element("h2", { text: "Settings" })), this.settings.node,
          element("div", { class: "copies", role: "group", "aria-label": "Copy these settings" }, element("span", { class: "soft", text: "Copy as" }),
            copyButton("JSON", () => wireText(this.source.talkSettings(this.state.values))),
            copyButton("Swift", () => swiftText(this.source.talkSettings(this.state.values)))),
          element("p", { class: "hint", text: "What is changed here changes this page alone, and its address." })),
        this.wrong.node));
    this.state.addEventListener("change", () => this.update());
    addEventListener("keydown", (event) => {
      if (event.key !== " " || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      if (event.target.closest?.("button, input, summary, a")) return;
      event.preventDefault();
      this.view.toggle();
    });
  }

  update() {
    const { now } = this.state;
    const recording = this.source.recordings.find(({ name }) => name === now.recording) ?? null;
    if (recording !== this.recording) {
      this.recording = recording;
      this.view.show(recording);
      this.view.showBeginning(this.catalogue.value("analysistime_ms", now.a));
      if (this.view.timeline.intervals) this.view.timeline.setIntervals(recording?.intervals ?? [], null);
      this.table.select(recording?.id ?? null);
      setText(this.title, recording?.name ?? "");
    }
    this.settings.show(now.a);
    this.view.timeline.setThreshold(this.catalogue.value("threshold", now.a));
    this.detections.want(recording?.id ?? null, now.a, null);
    const text = JSON.stringify(this.catalogue.request(now.a));
    if (text !== this.asked) {
      this.asked = text;
      this.judge(now.a);
    }
    this.result.show(Object.fromEntries(talkParameters.map((name) => [name, this.catalogue.value(name, now.a)])));
  }

  takeJudgements({ confusion, rows }) {
    const judged = rows.map(([id, result, decided, right, reason]) => ({ recording: this.source.byID.get(id), result, decided, right, reason }));
    this.table.show(judged);
    this.table.select(this.recording?.id ?? null);
    this.confusion.show(confusion);
    clearTimeout(this.timer);
    const { now } = this.state;
    this.timer = setTimeout(() => {
      this.wrong.show(this.table.rows, now.a, {
        threshold: this.catalogue.value("threshold", now.a), analysisTime: this.catalogue.value("analysistime_ms", now.a),
      }).catch(complain);
    }, 150);
    if (!this.recording && this.table.shown.length > 0) this.state.set({ recording: this.table.shown[0].recording.name });
    performance.mark("studio-judged");
  }

  showDetection() {
    const { result, error } = this.detections.sides.a;
    this.view.setLanes([{ name: "talk", result }]);
    this.spurts.canPlay = this.view.player.isLoaded;
    this.spurts.show(result);
    fill(this.verdict, verdictCard(null, result, error));
    performance.mark("studio-result");
  }

  recolour() {
    this.view?.timeline.recolour();
    this.result?.recolour();
    this.wrong?.recolour();
  }
}

/** What is known of settings where the report does not say: least, most, usual and unit of each. */
const known = {
  min_ms: [1, 60_000, 500, "ms"], max_ms: [1, 60_000, 60_000, "ms"], silence_ms: [1, 5000, 5, "ms"], analysistime_ms: [1, 60_000, 4000, "ms"],
  threshold: [0, 32_768, 512, ""],
};

/** Of a session what a report can do: the talk rule over frames of 20 ms. */
function talkOnly(session) {
  const settings = Object.entries(known).map(([name, [least, most, usual, unit]]) =>
    session?.settings?.find((setting) => setting.name === name)
      ?? { name, title: name, unit, least, most, usual: { [talkCommand]: usual }, help: "" });
  return { settings, commands: [{ name: talkCommand, settings: Object.keys(known) }] };
}

const data = JSON.parse(document.querySelector("#report").textContent);
const report = new Report(data);
document.body.prepend(report.node);
// The tables that stand there without scripts are the numbers behind the pictures.
const text = document.querySelector("#report-text");
if (text) {
  const details = element("details", { class: "report-numbers" }, element("summary", { text: "All numbers as tables" }));
  text.before(element("section", { "aria-label": "All numbers" }, details));
  details.append(...text.childNodes);
  text.remove();
  addEventListener("beforeprint", () => { details.open = true; });
}
report.update();
