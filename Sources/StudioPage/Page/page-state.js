/** What the page shows, kept in the fragment of its address. */
import { decode, encode } from "studio/fragment.js";

export class PageStateStore extends EventTarget {
  /** @param {(name: string) => boolean} isSetting @param {boolean} [isReport] see `decode` */
  constructor(isSetting, isReport = false) {
    super();
    const read = () => decode(location.hash, isSetting, isReport);
    this.now = read();
    addEventListener("hashchange", () => {
      if (location.hash === this.written) return;
      this.now = read();
      this.dispatchEvent(new Event("change"));
    });
  }

  /** The settings that are edited. */
  get values() {
    return this.now.side === "b" && this.now.b ? this.now.b : this.now.a;
  }

  /** Changes something. @param {Partial<import("studio/fragment.js").PageState>} changes */
  set(changes) {
    Object.assign(this.now, changes);
    this.write();
    this.dispatchEvent(new Event("change"));
  }

  /** Changes the settings that are edited. */
  setValues(values) {
    this.set({ [this.now.side === "b" && this.now.b ? "b" : "a"]: values });
  }

  /** Browsers refuse to have the address changed with each movement of a slider. */
  write() {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.written = encode(this.now);
      if (location.hash !== this.written) history.replaceState(null, "", this.written);
    }, 200);
  }

  /** The address of what is shown. */
  get address() {
    return `${location.origin}${location.pathname}${encode(this.now)}`;
  }
}
