/** A number at which this page can be called: it rings, and is answered or refused. */
import { button, element, setText } from "studio/dom.js";
import { notify, say } from "studio/notice.js";
import { PhoneLine } from "studio/phone-line.js";

export class PhoneBell {
  /**
   * @param {Object} owner takes the call, once it is answered, as that of a line of its own
   * @param {() => void} owner.take the call is to be answered
   * @param {() => void} owner.answered the call has begun
   * @param {(message: any) => void} owner.told
   * @param {(frame: Int16Array) => void} owner.heard
   * @param {(isLost: boolean) => void} owner.closed
   * @param {() => void} owner.off nobody can call any more, since the number can't be had
   * @param {() => boolean} owner.isBusy whether there is another call
   */
  constructor(owner) {
    this.owner = owner;
    /** The line to who calls, or may call. */
    this.line = null;
    this.number = null;
    /** What goes on: null, "ringing", "answering" until the server agrees, or "talking". */
    this.phase = null;
    this.text = element("p", { role: "alert" });
    this.node = element(
      "div", { class: "bell", hidden: true }, this.text,
      element(
        "div", { class: "tools" }, button("Answer", () => { this.owner.take(); }, { class: "main" }),
        button("Refuse", () => this.refuse(), { class: "hang-up" })));
  }

  /** Can be called at a number, or at none. @param {string|null} number */
  listen(number) {
    if (number === this.number && (number === null || this.line)) return;
    const old = this.line;
    this.line = null;
    this.number = number;
    this.show(null);
    old?.close();
    if (number !== null) this.open();
  }

  open() {
    const line = new PhoneLine({ type: "number", number: this.number }, {
      told: (message) => { if (line === this.line) this.told(message); },
      heard: (frame) => { if (line === this.line && this.phase === "talking") this.owner.heard(frame); },
      closed: (isLost) => { if (line === this.line) this.closed(isLost); },
    });
    this.line = line;
  }

  told(message) {
    if (message.type === "rings") {
      if (this.owner.isBusy()) this.line.send({ type: "refuse", busy: true });
      else this.show(message.caller ?? "A withheld number");
    } else if (message.type === "answered") {
      this.phase = "talking";
      this.owner.answered();
    } else if (message.type === "stops") {
      const wasAnswering = this.phase === "answering";
      this.show(null);
      if (wasAnswering) this.owner.told(message);
    } else {
      if (message.type === "error") this.number = null;
      if (this.phase === "talking" || message.type === "error") this.owner.told(message);
    }
  }

  closed(isLost) {
    const wasAnswered = this.phase === "answering" || this.phase === "talking";
    this.line = null;
    this.show(null);
    if (isLost) this.number = null;
    // After a call the next one can come.
    if (this.number !== null) this.open();
    else this.owner.off();
    if (wasAnswered) this.owner.closed(isLost);
    else if (isLost) notify("The connection to the studio is lost: this page can't be called any more.", "error");
  }

  /** Takes the call that rings. @param {number} rate of the microphone @returns {boolean} whether it still rings */
  answer(rate) {
    if (this.phase !== "ringing") return false;
    this.show(null);
    this.phase = "answering";
    this.line.send({ type: "answer", rate });
    return true;
  }

  /** Refuses the call that rings, if one does. @param {boolean} [isBusy] */
  refuse(isBusy = false) {
    if (this.phase !== "ringing") return;
    this.line.send({ type: "refuse", busy: isBusy });
    this.show(null);
  }

  /** Rings, and shows who calls; or does not. @param {string|null} caller */
  show(caller) {
    this.phase = caller === null ? null : "ringing";
    this.node.hidden = caller === null;
    setText(this.text, caller === null ? "" : `${caller} calls you.`);
    if (caller !== null) say(`${caller} calls you`);
  }
}
