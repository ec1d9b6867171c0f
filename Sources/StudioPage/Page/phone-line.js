/** The phone's connection to the server: one call, or a number at which one can come. */

/** How many bytes may wait to be sent before the microphone is not heard. */
const backlog = 1 << 16;
/** How often the server is told that the page is there, in ms: without a microphone nothing else may come. */
const hereTime = 5000;

export class PhoneLine {
  /**
   * @param {Object} first the first message: whom to call, or which number this is
   * @param {Object} owner
   * @param {(frame: Int16Array) => void} owner.heard
   * @param {(message: any) => void} owner.told
   * @param {(isLost: boolean) => void} owner.closed whether it ended before the call did
   */
  constructor(first, owner) {
    const url = new URL("/api/phone/line", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.socket = new WebSocket(url);
    this.socket.binaryType = "arraybuffer";
    this.isOver = false;
    this.socket.onopen = () => {
      this.send(first);
      this.timer = setInterval(() => this.send({ type: "here" }), hereTime);
    };
    this.socket.onmessage = ({ data }) => {
      if (typeof data !== "string") return owner.heard(new Int16Array(data));
      const message = JSON.parse(data);
      if (message.type === "over" || message.type === "error") this.isOver = true;
      return owner.told(message);
    };
    this.socket.onclose = () => {
      clearInterval(this.timer);
      owner.closed(!this.isOver);
    };
  }

  get isOpen() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  send(message) {
    if (this.isOpen) this.socket.send(JSON.stringify(message));
  }

  /** @param {Int16Array} samples at the rate that the order or the last change names */
  say(samples) {
    if (this.isOpen && this.socket.bufferedAmount < backlog) this.socket.send(samples);
  }

  close() {
    this.socket.close();
  }

  /** Ends the call, or the attempt. */
  hangUp() {
    if (this.isOpen) this.send({ type: "hang_up" });
    else {
      this.isOver = true;
      this.socket.close();
    }
  }
}
