/** Plays what comes from a call. */
import { PhoneRing } from "./phone-ring.js";

class Earpiece extends AudioWorkletProcessor {
  constructor() {
    super();
    this.ring = new PhoneRing(sampleRate);
    this.blocks = 0;
    this.port.onmessage = ({ data }) => this.ring.push(data);
  }

  process(_, [channels]) {
    this.ring.read(channels[0]);
    this.blocks += 1;
    if (this.blocks % 64 === 0) this.port.postMessage(this.ring.underruns);
    return true;
  }
}

registerProcessor("earpiece", Earpiece);
