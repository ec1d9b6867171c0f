/** A drawing that fits its place, redrawn when that or the colours change. */
import { element } from "studio/dom.js";
import { colours } from "studio/theme.js";
import { prepare } from "studio/timeline-draw.js";

export class FigureCanvas {
  /**
   * @param {number} height CSS pixels; 0 is as high as wide
   * @param {(context: CanvasRenderingContext2D, size: {width: number, height: number}, colours: Object<string, string>) => void} draw
   * @param {Object<string, any>} properties of the canvas
   */
  constructor(height, draw, properties = {}) {
    this.height = height;
    this.paint = draw;
    this.canvas = element("canvas", { class: "figure-canvas", role: "img", ...properties });
    new ResizeObserver(() => this.drawSoon()).observe(this.canvas);
  }

  drawSoon() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.draw();
    });
  }

  draw() {
    const width = this.canvas.clientWidth;
    if (width < 40) return;
    const height = this.height || width;
    this.canvas.style.height = `${height}px`;
    this.paint(prepare(this.canvas, width, height), { width, height }, colours());
  }

  /** Where a pointer is, in CSS pixels of the drawing. @param {PointerEvent|MouseEvent} event */
  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}

/** A length on an axis, as short as can be: `80`, `1.2 s`. @param {number} ms */
export function shortLength(ms) {
  return ms < 1000 ? `${ms} ms` : `${Number((ms / 1000).toFixed(ms < 10_000 ? 1 : 0))} s`;
}
