/** The recordings that the server knows, as far as they are measured. */
export class Recordings extends EventTarget {
  /** @param {{recordings: (since: number) => Promise<any>}} source */
  constructor(source) {
    super();
    this.source = source;
    this.byID = new Map();
    this.revision = 0;
    this.total = 0;
    this.measured = 0;
  }

  /** In the order of their names. @returns {any[]} */
  get sorted() {
    this.order ??= [...this.byID.values()].filter(({ state }) => state !== "skipped").sort((one, other) => collator.compare(one.name, other.name));
    return this.order;
  }

  get(id) {
    return this.byID.get(id) ?? null;
  }

  /** @param {string} name */
  named(name) {
    return this.sorted.find((recording) => recording.name === name) ?? null;
  }

  /** Takes over what has changed since the last time; asks again while some are not measured. */
  async refresh() {
    clearTimeout(this.timer);
    const answer = await this.source.recordings(this.revision);
    this.revision = answer.revision;
    this.total = answer.total;
    this.measured = answer.measured;
    for (const recording of answer.recordings) {
      const old = this.byID.get(recording.id);
      if (!old || old.state !== recording.state) this.order = undefined;
      if (old) Object.assign(old, recording);
      else this.byID.set(recording.id, recording);
    }
    if (answer.recordings.length > 0) this.dispatchEvent(new Event("change"));
    if (this.measured < this.total) this.timer = setTimeout(() => this.refresh().catch(() => this.later()), 400);
  }

  later() {
    this.timer = setTimeout(() => this.refresh().catch(() => this.later()), 3000);
  }

  /** Notes a change that the page made itself. */
  update(id, changes) {
    Object.assign(this.byID.get(id), changes);
    this.dispatchEvent(new Event("change"));
  }
}

const collator = new Intl.Collator("en", { numeric: true });
