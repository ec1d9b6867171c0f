/** What the settings come to on the recording that is shown, asked for as fast as the answers come. */
import { latest } from "studio/latest.js";

export class Detections extends EventTarget {
  /**
   * @param {{detect: (id: string, settings: any) => Promise<any>}} source
   * @param {import("studio/settings.js").Catalogue} catalogue
   */
  constructor(source, catalogue) {
    super();
    this.catalogue = catalogue;
    this.id = null;
    this.sides = { a: { result: null, error: null, wanted: null }, b: { result: null, error: null, wanted: null } };
    for (const side of Object.values(this.sides)) {
      side.ask = latest(
        ({ id, request }) => source.detect(id, request),
        (result, input) => this.take(side, input, result, null),
        (error, input) => this.take(side, input, null, error.message));
    }
  }

  /**
   * Asks what settings come to, where that is not known or asked already.
   *
   * @param {string|null} id of the recording
   * @param {import("studio/fragment.js").Settings} a
   * @param {import("studio/fragment.js").Settings|null} b
   */
  want(id, a, b) {
    if (id !== this.id) {
      this.id = id;
      for (const side of Object.values(this.sides)) Object.assign(side, { result: null, error: null, wanted: null });
    }
    this.wantSide(this.sides.a, a);
    this.wantSide(this.sides.b, b);
  }

  wantSide(side, values) {
    if (this.id === null || values === null) {
      Object.assign(side, { result: null, error: null, wanted: null });
      return;
    }
    const request = this.catalogue.request(values);
    const wanted = JSON.stringify(request);
    if (wanted === side.wanted) return;
    side.wanted = wanted;
    side.ask({ id: this.id, request, wanted });
  }

  take(side, input, result, error) {
    if (input.id !== this.id || side.wanted === null) return;
    Object.assign(side, { result, error });
    // What failed is asked again when it is wanted again.
    if (error !== null && side.wanted === input.wanted) side.wanted = "";
    this.dispatchEvent(new Event("change"));
  }
}
