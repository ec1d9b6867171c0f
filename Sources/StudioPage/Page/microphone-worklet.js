/** Hands on what the microphone hears, a tenth of a second or so at a time, or so many samples as it is asked for. */
class Microphone extends AudioWorkletProcessor {
  constructor({ processorOptions }) {
    super();
    this.chunk = new Float32Array(processorOptions?.length ?? 4096);
    this.count = 0;
  }

  process([channels]) {
    const samples = channels[0];
    if (!samples) return true;
    for (let index = 0; index < samples.length; index += 1) {
      this.chunk[this.count] = samples[index];
      this.count += 1;
      if (this.count < this.chunk.length) continue;
      this.port.postMessage(this.chunk.slice());
      this.count = 0;
    }
    return true;
  }
}

registerProcessor("microphone", Microphone);
