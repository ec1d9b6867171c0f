/** What was done and can be undone, and what was undone and can be done again. */
export class History {
  /** @param {number} [limit] how many steps are kept */
  constructor(limit = 1000) {
    this.limit = limit;
    this.done = [];
    this.undone = [];
  }

  get canUndo() {
    return this.done.length > 0;
  }

  get canRedo() {
    return this.undone.length > 0;
  }

  /**
   * Does something that can be undone.
   *
   * @param {{text: string, redo: () => void, undo: () => void}} step
   */
  perform(step) {
    step.redo();
    this.done.push(step);
    if (this.done.length > this.limit) this.done.shift();
    this.undone = [];
  }

  /** @returns {string|null} what was undone */
  undo() {
    const step = this.done.pop();
    if (!step) return null;
    step.undo();
    this.undone.push(step);
    return step.text;
  }

  /** @returns {string|null} what was done again */
  redo() {
    const step = this.undone.pop();
    if (!step) return null;
    step.redo();
    this.done.push(step);
    return step.text;
  }
}
