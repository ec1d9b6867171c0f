/** Plays a recording: at any speed, a part of it, or only what counted as talk. */
export class Player extends EventTarget {
  constructor() {
    super();
    this.audio = new Audio();
    this.duration = 0;
    /** Parts that are played; null is all. @type {{from: number, to: number}[]|null} */
    this.parts = null;
    this.end = null;
    this.audio.addEventListener("play", () => this.watch());
    this.audio.addEventListener("pause", () => this.tell("state"));
    this.audio.addEventListener("ended", () => this.tell("state"));
    this.audio.addEventListener("seeked", () => this.tell("tick"));
    this.audio.addEventListener("error", () => {
      if (this.audio.getAttribute("src")) this.tell("failed");
    });
  }

  /** In ms. */
  get position() {
    return this.audio.currentTime * 1000;
  }

  get isPlaying() {
    return !this.audio.paused && !this.audio.ended;
  }

  get isLoaded() {
    return this.audio.hasAttribute("src");
  }

  /** @param {string|null} url @param {number} duration ms */
  load(url, duration) {
    this.audio.pause();
    this.duration = duration;
    this.end = null;
    this.parts = null;
    // A long one is fetched as it is heard.
    this.audio.preload = duration > 120_000 ? "metadata" : "auto";
    if (url) this.audio.src = url;
    else this.audio.removeAttribute("src");
    this.setSpeed(this.speed ?? 1);
    this.tell("tick");
  }

  /** It can change while it plays; the pitch stays. @param {number} speed */
  setSpeed(speed) {
    this.speed = speed;
    this.audio.preservesPitch = true;
    this.audio.defaultPlaybackRate = speed;
    this.audio.playbackRate = speed;
  }

  /** Plays from where it is, or from the beginning if it is at the end. */
  async play() {
    if (!this.isLoaded) return;
    if (this.end !== null && this.position >= this.end - 5) this.end = null;
    if (this.audio.ended || this.position >= this.duration - 5) this.audio.currentTime = 0;
    if (this.end === null) this.skip();
    try {
      await this.audio.play();
    } catch (error) {
      // A newer load or pause has taken its place, which is no failure.
      if (error.name !== "AbortError") this.tell("failed");
    }
  }

  pause() {
    this.audio.pause();
    this.end = null;
  }

  toggle() {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  /** @param {number} ms */
  seek(ms) {
    this.end = null;
    this.audio.currentTime = Math.max(0, Math.min(ms, this.duration)) / 1000;
    this.tell("tick");
  }

  /** Plays a part. @param {number} from ms @param {number} to ms */
  playRange(from, to) {
    this.seek(from);
    this.end = to;
    this.play();
  }

  /** Goes on where the next part begins. @returns {boolean} whether there is something to play */
  skip() {
    if (!this.parts) return true;
    const at = this.position;
    const part = this.parts.find((part) => part.to > at + 5);
    if (!part) return false;
    if (at < part.from - 5) this.audio.currentTime = part.from / 1000;
    return true;
  }

  watch() {
    this.tell("state");
    // What played until now may not have noticed yet that something else plays: two would never end.
    cancelAnimationFrame(this.frame);
    const tick = () => {
      if (!this.isPlaying) return;
      if (this.end === null ? !this.skip() : this.position >= this.end) this.audio.pause();
      this.tell("tick");
      this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }

  tell(type) {
    this.dispatchEvent(new Event(type));
  }
}
