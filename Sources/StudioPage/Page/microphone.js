/** Records with the microphone, at the device's own rate: the server resamples. */
import { wav } from "studio/wav.js";

/** The longest recording, in seconds. */
const longest = 600;

export class Microphone {
  /** @param {(seconds: number, peak: number) => void} heard is told of each piece @param {() => void} full */
  constructor(heard, full) {
    this.heard = heard;
    this.full = full;
    this.context = null;
  }

  get isRecording() {
    return this.context !== null;
  }

  async start() {
    if (!navigator.mediaDevices) throw new Error("The browser gives the microphone to pages from this computer only (127.0.0.1 or localhost).");
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      });
    } catch (error) {
      throw new Error(
        error.name === "NotFoundError" ? "There is no microphone." : "The browser does not let this page use the microphone.");
    }
    const context = new AudioContext();
    try {
      await context.audioWorklet.addModule("/page/microphone-worklet.js");
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      await context.close();
      throw error;
    }
    this.chunks = [];
    this.count = 0;
    const node = new AudioWorkletNode(context, "microphone", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    node.port.onmessage = ({ data }) => {
      if (!this.context) return;
      this.chunks.push(data);
      this.count += data.length;
      this.heard(this.count / context.sampleRate, data.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0));
      if (this.count > longest * context.sampleRate) this.full();
    };
    context.createMediaStreamSource(stream).connect(node);
    [this.context, this.stream] = [context, stream];
  }

  /** @returns {Promise<Blob>} what was heard, as a WAV file */
  async stop() {
    const { context, stream, chunks } = this;
    this.context = null;
    for (const track of stream.getTracks()) track.stop();
    await context.close();
    return wav(chunks, context.sampleRate);
  }
}
