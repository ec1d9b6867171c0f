/** The phone's microphone and earpiece, each at the device's own rate. */

/** Pieces of the microphone in a second. */
const pieces = 50;
/** How often the audio clock is looked at, in ms, and how many times it may stand still. */
const watchTime = 500;
const patience = 3;

export class PhoneAudio {
  /**
   * @param {Object} owner
   * @param {(samples: Int16Array) => void} owner.said takes what the microphone hears, 20 ms at a time
   * @param {(rate: number) => void} owner.rateChanged is told the rate of what follows
   */
  constructor(owner) {
    this.owner = owner;
    this.isMuted = false;
    this.stream = null;
    this.context = null;
    this.underruns = 0;
    this.restarts = 0;
  }

  /**
   * Takes the microphone. Without one the phone is silent.
   *
   * @param {{echoCancellation: boolean, noiseSuppression: boolean, autoGainControl: boolean}} processing
   * @returns {Promise<string|null>} why there is no microphone
   */
  async open(processing) {
    let reason = null;
    // The clock starts with the click.
    this.context = new AudioContext();
    try {
      if (!navigator.mediaDevices) throw new Error("The browser gives the microphone to pages from this computer only (127.0.0.1 or localhost).");
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, ...processing } });
    } catch (error) {
      reason = error.name === "NotFoundError" ? "There is no microphone."
        : error.name === "NotAllowedError" ? "The browser does not let this page use the microphone." : error.message;
    }
    await this.connect();
    this.watcher = setInterval(() => this.watch(), watchTime);
    return reason;
  }

  get rate() {
    return this.context.sampleRate;
  }

  /** What the browser says that it does to the microphone's sound; null without a microphone. */
  get processing() {
    return this.stream?.getAudioTracks()[0].getSettings() ?? null;
  }

  async connect() {
    const context = this.context;
    await Promise.all(["microphone-worklet.js", "phone-worklet.js"].map((name) => context.audioWorklet.addModule(`/page/${name}`)));
    if (context !== this.context) return;
    this.earpiece = new AudioWorkletNode(context, "earpiece", { numberOfInputs: 0, outputChannelCount: [1] });
    const before = this.underruns;
    this.earpiece.port.onmessage = ({ data }) => { this.underruns = before + data; };
    this.earpiece.connect(context.destination);
    if (!this.stream) return;
    const microphone = new AudioWorkletNode(context, "microphone", {
      numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit", processorOptions: { length: Math.round(context.sampleRate / pieces) },
    });
    microphone.port.onmessage = ({ data }) => {
      if (context !== this.context) return;
      this.owner.said(Int16Array.from(data, (sample) => (this.isMuted ? 0 : Math.max(-32768, Math.min(32767, Math.round(sample * 32768))))));
    };
    context.createMediaStreamSource(this.stream).connect(microphone);
  }

  /** Plays a frame of the call. @param {Int16Array} frame */
  play(frame) {
    this.earpiece?.port.postMessage(frame);
  }

  /** A clock that stands still, as after the device was changed, is given up for a new one. */
  watch() {
    const { state, currentTime } = this.context;
    this.still = currentTime === this.lastTime ? this.still + 1 : 0;
    this.lastTime = currentTime;
    if (this.still < patience) {
      if (state === "suspended" && this.still > 0) this.context.resume().catch(() => {});
      return;
    }
    this.still = 0;
    this.restarts += 1;
    this.context.close().catch(() => {});
    this.context = new AudioContext();
    this.owner.rateChanged(this.context.sampleRate);
    // If it fails, the clock stands still, and is given up again.
    this.connect().catch(() => {});
  }

  close() {
    clearInterval(this.watcher);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    const context = this.context;
    this.context = this.stream = this.earpiece = null;
    context?.close().catch(() => {});
  }
}
