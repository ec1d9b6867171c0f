/** Phone: whoever sees the page calls a handler, and sees what it is asked and answers. */
import { button, checkbox, choice, element, fill, setText } from "studio/dom.js";
import { counted, lengthText, levelText } from "studio/format.js";
import { notify, say } from "studio/notice.js";
import { PhoneAudio } from "studio/phone-audio.js";
import { PhoneBell } from "studio/phone-bell.js";
import { PhoneLine } from "studio/phone-line.js";
import { PhoneStrip } from "studio/phone-strip.js";
import { PhoneTranscript } from "studio/phone-transcript.js";

const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const processings = [
  ["echoCancellation", "echo_cancellation", "Echo cancellation"], ["noiseSuppression", "noise_suppression", "Noise suppression"],
  ["autoGainControl", "auto_gain_control", "Automatic gain"],
];

export class PhoneView {
  constructor(page) {
    this.page = page;
    const handlers = page.session.handlers;
    /** The call: null, or from the click on until it is over. */
    this.call = this.line = this.audio = null;
    this.transcript = new PhoneTranscript(page.api, handlers);
    this.strip = new PhoneStrip();
    this.handler = choice("Handler", handlers.map((name, index) => [String(index), name]), "0", () => {});
    this.direction = choice("Call", [["in", "inbound: you call"], ["out", "outbound: you are called"]], "in", () => {});
    const field = (text, placeholder) => {
      const input = element("input", { type: "text", placeholder, maxlength: "100" });
      return Object.assign(element("label", { class: "choice" }, element("span", { text }), input), { input });
    };
    this.number = field("Called number", "+33612345678");
    this.callerNumber = field("Your number", "+33123456789");
    this.callerName = field("Your name", "");
    this.bell = new PhoneBell({
      answered: () => this.answered(), told: (message) => this.told(message), heard: (frame) => this.audio?.play(frame),
      closed: (isLost) => this.closed(isLost),
      take: () => this.answer(), off: () => { this.rings.input.checked = false; }, isBusy: () => this.call !== null,
    });
    this.rings = checkbox("Ring here when a handler dials your number", false, () => this.listen());
    this.callerNumber.input.addEventListener("change", () => this.listen());
    this.caller = button("Call", () => this.start(), { class: "main" });
    this.hanger = button("Hang up", () => this.line?.hangUp(), { class: "hang-up", disabled: true });
    this.muter = button("Mute", () => this.mute(), { "aria-pressed": "false", disabled: true });
    this.state = element("p", { class: "call-state", role: "status", text: "No call." });
    this.keypad = element(
      "div", { class: "keypad", role: "group", "aria-label": "Keypad" },
      ...keys.map((key) => button(key, () => this.press(key), { "aria-label": `Key ${key}`, disabled: true })));
    this.pressed = element("output", { class: "pressed", "aria-label": "Keys pressed" });
    this.meters = { caller: meter("You"), platform: meter("The call") };
    this.boxes = processings.map(([name, , text]) => [name, checkbox(text, true, () => {})]);
    this.reported = element("p", { class: "hint", text: "What the browser does to the sound of the microphone changes what detection hears." });
    this.figures = element("p", { class: "hint figures" });
    this.saved = element("div", { class: "saved-call", hidden: true });
    this.node = element(
      "div", { class: "view phone" },
      element(
        "section", { class: "panel handset", "aria-label": "Phone" }, this.handler, this.direction, this.number, this.callerNumber, this.callerName,
        this.rings, this.bell.node, element("div", { class: "tools" }, this.caller, this.hanger, this.muter), this.state, this.keypad, this.pressed,
        this.meters.caller.node, this.meters.platform.node,
        element("fieldset", {}, element("legend", { text: "Microphone" }), ...this.boxes.map(([, box]) => box), this.reported), this.figures),
      element(
        "div", { class: "beside" }, element("section", { class: "panel", "aria-label": "The call" }, element("h2", { text: "The call" }), this.transcript.node, this.saved),
        this.strip.node, this.transcript.variablesNode));
  }

  async start() {
    if (this.call) return;
    this.bell.refuse(true);
    const call = this.begin();
    if (!await this.openAudio()) return;
    const processing = this.audio.processing;
    const order = {
      type: "call", handler: Number(this.handler.select.value), outbound: this.direction.select.value === "out", rate: this.audio.rate,
      microphone: Object.fromEntries(processings.map(([name, member]) => [member, processing?.[name] === true])),
    };
    for (const [member, field] of [["number", this.number], ["cli_number", this.callerNumber], ["cli_name", this.callerName]]) {
      if (field.input.value.trim() !== "") order[member] = field.input.value.trim();
    }
    this.line = new PhoneLine(order, {
      // The call is heard from the answer on.
      heard: (frame) => { if (call.isAnswered) this.audio?.play(frame); },
      told: (message) => this.told(message), closed: (isLost) => this.closed(isLost),
    });
    this.show("Calling\u2026");
  }

  /** Takes the call that rings. */
  async answer() {
    if (this.call) return;
    this.begin();
    if (!await this.openAudio()) {
      this.bell.refuse();
      return;
    }
    // It may have ceased to ring meanwhile.
    if (this.bell.answer(this.audio.rate)) this.show("Answering\u2026");
    else this.end("The call has ceased to ring.");
  }

  answered() {
    if (!this.call) return;
    this.line = this.bell.line;
    this.show("In the call.");
  }

  /** Can be called at the number from now on, or not any more. */
  listen() {
    this.bell.listen(this.rings.input.checked ? this.callerNumber.input.value.trim() || this.callerNumber.input.placeholder : null);
  }

  begin() {
    this.call = { isAnswered: false };
    this.show("Waiting for the microphone\u2026");
    this.saved.hidden = true;
    setText(this.figures, "");
    setText(this.pressed, "");
    this.transcript.clear(Number(this.handler.select.value));
    this.strip.clear();
    return this.call;
  }

  /** Opens microphone and earpiece. @returns {Promise<boolean>} whether there is sound */
  async openAudio() {
    this.audio = new PhoneAudio({ said: (samples) => this.line?.say(samples), rateChanged: (rate) => this.line?.send({ type: "rate", rate }) });
    try {
      const missing = await this.audio.open(Object.fromEntries(this.boxes.map(([name, box]) => [name, box.input.checked])));
      if (missing) notify(`${missing} The handler hears silence; keys can be pressed.`, "error");
    } catch (error) {
      notify(error.message, "error");
      this.end("No call.");
      return false;
    }
    setText(this.reported, reportText(this.audio.processing));
    return true;
  }

  told(message) {
    if (message.type === "event") {
      this.transcript.add(message);
      if (message.kind === "answer" && !this.call.isAnswered) {
        this.call.isAnswered = true;
        this.show("In the call.");
      }
    } else if (message.type === "levels") {
      this.meters.caller.show(message.caller);
      this.meters.platform.show(message.platform);
      this.showFigures();
    } else if (message.type === "hearing") {
      this.strip.add(message);
    } else if (message.type === "over") {
      this.result = message;
    } else if (message.type === "stops") {
      this.end("The call has ceased to ring.");
    } else if (message.type === "error") {
      notify(message.message, "error");
    }
  }

  /** What went wrong with the sound so far. */
  showFigures() {
    if (!this.audio) return;
    const parts = [`${counted(this.audio.underruns, "underrun")}: audio that came late was played as silence`];
    if (this.audio.restarts > 0) parts.push(`audio stalled ${counted(this.audio.restarts, "time")} and was restarted`);
    setText(this.figures, `${parts.join("; ")}.`);
  }

  closed(isLost) {
    const result = this.result;
    this.result = null;
    if (isLost) notify("The connection to the studio is lost. Is rtmedia studio still running?", "error");
    if (!result) {
      this.end("The call is over.");
      return;
    }
    const told = result.refused === "unreachable" ? "The handler did not answer." : result.refused
      ? `The platform refused what the handler did (${result.refused}).` : `The call is over: ${result.status}.`;
    this.end([`${told} It lasted ${lengthText(result.duration_ms)}.`, ...delays(result)].join(" "));
    if (result.call) {
      this.saved.hidden = false;
      fill(
        this.saved, element("p", { class: "hint", text: "Keep the call as a test: save both files in one folder, and run rtmedia call URL on the scenario." }),
        element("div", { class: "tools" }, ...[
          ["Save the scenario", "scenario.yaml", ".yaml"], ["Save the sound", "audio.wav", ".wav"], ["Save both sides", "both.wav", "-both.wav"],
        ].map(([text, file, ending]) => element("a", {
          class: "button", href: this.page.api.savedCallURL(result.call, file), download: `${result.name}${ending}`, text,
        }))));
    }
  }

  end(text) {
    this.showFigures();
    this.audio?.close();
    this.audio = this.line = this.call = null;
    for (const meter of Object.values(this.meters)) meter.show(null);
    this.show(text);
  }

  /** Shows a state, and what can be done in it. */
  show(text) {
    setText(this.state, text);
    const isCalling = this.call !== null;
    this.caller.disabled = isCalling;
    for (const { select } of [this.handler, this.direction]) select.disabled = isCalling;
    for (const { input } of [this.number, this.callerNumber, this.callerName, this.rings, ...this.boxes.map(([, box]) => box)]) input.disabled = isCalling;
    for (const key of [this.hanger, this.muter, ...this.keypad.children]) key.disabled = this.line === null;
    if (this.line) return;
    this.muter.setAttribute("aria-pressed", "false");
    setText(this.muter, "Mute");
  }

  press(key) {
    if (!this.line) return;
    this.line.send({ type: "key", key });
    setText(this.pressed, `${this.pressed.textContent}${key}`.slice(-24));
  }

  mute() {
    if (!this.audio) return;
    this.audio.isMuted = !this.audio.isMuted;
    this.muter.setAttribute("aria-pressed", String(this.audio.isMuted));
    setText(this.muter, this.audio.isMuted ? "Muted" : "Mute");
    say(this.audio.isMuted ? "The microphone is muted" : "The microphone is on");
  }

  update() {
    document.title = "Phone \u2013 rtmedia studio";
  }

  /** A call goes on while another view is looked at. */
  leave() {}

  recolour() {
    this.strip.figure.drawSoon();
  }

  key(event) {
    if (!this.line || event.repeat || !keys.includes(event.key)) return false;
    this.press(event.key);
    return true;
  }
}

/** A level from -70 dBov up, with its text. */
function meter(name) {
  const bar = element("meter", { min: "-70", max: "0", low: "-50", "aria-label": `Level: ${name}` });
  const text = element("span", { class: "figure" });
  const node = element("div", { class: "level" }, element("span", { class: "soft", text: name }), bar, text);
  const show = (level) => {
    bar.value = level ?? -70;
    setText(text, level === null ? "" : levelText(level));
  };
  show(null);
  return { node, show };
}

/** What was late enough to be heard, a sentence each: a frame is 20 ms. */
function delays({ late_ms: late, missing_frames: missing, dropped_frames: dropped, unsent_frames: unsent, lost_ms: lost }) {
  return [
    late > 20 ? `One frame in a hundred left more than ${lengthText(late)} late: this machine was busy.` : null,
    missing > 5 ? `${lengthText(20 * missing)} of your voice arrived late, and the handler heard silence.` : null,
    dropped + unsent > 0 || lost > 0 ? `${lengthText(20 * (dropped + unsent) + lost)} of sound was lost.` : null,
  ].filter(Boolean);
}

/** What the browser does, as it says. */
function reportText(processing) {
  if (!processing) return "No microphone.";
  const told = processings.map(([name, , text]) => `${text.toLowerCase()} ${{ true: "on", false: "off" }[processing[name]] ?? "unknown"}`);
  return `The browser says: ${told.join(", ")}.`;
}
