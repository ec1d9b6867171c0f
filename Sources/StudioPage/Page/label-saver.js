/** Sends labels to the server as they are given, and keeps those that could not be saved. */
export class LabelSaver extends EventTarget {
  /**
   * @param {(key: string, value: any) => Promise<any>} send
   * @param {(key: string, answer: any) => void} saved
   */
  constructor(send, saved) {
    super();
    this.send = send;
    this.saved = saved;
    /** What is not saved yet; of each only the newest. @type {Map<string, any>} */
    this.waiting = new Map();
    this.error = null;
    this.isBusy = false;
    this.delay = 1000;
  }

  /** saved, saving or failed. */
  get state() {
    if (this.waiting.size === 0) return "saved";
    return this.error ? "failed" : "saving";
  }

  /** Saves a value; a newer one takes its place. @param {string} key @param {any} value */
  save(key, value) {
    this.waiting.delete(key);
    this.waiting.set(key, value);
    this.run();
  }

  /** Tries again at once. */
  retry() {
    clearTimeout(this.timer);
    this.error = null;
    this.run();
  }

  async run() {
    if (this.isBusy) return;
    this.isBusy = true;
    clearTimeout(this.timer);
    this.tell();
    while (this.waiting.size > 0) {
      const [key, value] = this.waiting.entries().next().value;
      try {
        const answer = await this.send(key, value);
        // A newer value that came meanwhile is still to be saved.
        if (this.waiting.get(key) === value) this.waiting.delete(key);
        this.error = null;
        this.delay = 1000;
        this.saved(key, answer);
      } catch (error) {
        this.error = error;
        this.timer = setTimeout(() => this.run(), this.delay);
        this.delay = Math.min(30_000, this.delay * 2);
        break;
      }
    }
    this.isBusy = false;
    this.tell();
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }
}
