/** How long talkspurts or pauses are, in recordings with talk above the axis and in those without below; limits are marked. */
import { element } from "studio/dom.js";
import { FigureCanvas, shortLength } from "studio/figure-canvas.js";

const margin = { left: 58, right: 10, top: 34, bottom: 20 };

export class LengthFigure {
  /**
   * @param {string} title
   * @param {{bins: number[], talk: number[], other: number[]}} histogram bins are upper ends in ms
   * @param {string[]} limits names of the settings that are marked
   */
  constructor(title, histogram, limits) {
    Object.assign(this, { histogram, limits });
    this.values = {};
    this.figure = new FigureCanvas(230, (context, size, colours) => this.draw(context, size, colours), { "aria-label": title });
    this.node = element("figure", {}, element("figcaption", { text: title }), this.figure.canvas);
  }

  /** Shows where the sliders stand. */
  show(values) {
    this.values = values;
    this.figure.drawSoon();
  }

  draw(context, { width, height }, colours) {
    const { bins, talk, other } = this.histogram;
    const known = bins.reduce((last, _, index) => (talk[index] + other[index] > 0 ? index : last), 0);
    const farthest = Math.max(0, ...this.limits.map((name) => this.values[name] ?? 0).filter((limit) => limit < 60_000));
    const limit = bins.findIndex((bin) => bin >= farthest);
    const count = Math.min(bins.length, Math.max(known, limit) + 2);
    const step = (width - margin.left - margin.right) / count;
    const half = (height - margin.top - margin.bottom) / 2;
    const middle = margin.top + half;
    const highest = Math.max(1, ...talk, ...other);
    for (let index = 0; index < count; index += 1) {
      const x = margin.left + index * step;
      context.fillStyle = colours.wave;
      context.fillRect(x + 0.5, middle - (talk[index] / highest) * half, Math.max(1, step - 1), (talk[index] / highest) * half);
      context.fillStyle = colours.label;
      context.fillRect(x + 0.5, middle, Math.max(1, step - 1), (other[index] / highest) * half);
    }
    context.fillStyle = colours.soft;
    context.fillRect(margin.left, middle - 0.5, width - margin.left - margin.right, 1);
    context.textAlign = "center";
    for (let index = 0; index < count; index += Math.max(1, Math.ceil(52 / step))) {
      context.fillText(shortLength(bins[index]), Math.min(margin.left + (index + 1) * step, width - 16), height - 8);
    }
    context.textAlign = "right";
    context.fillText("with talk", margin.left - 6, margin.top + 8);
    context.fillText(String(highest), margin.left - 6, margin.top + 24);
    context.fillText("without", margin.left - 6, height - margin.bottom - 6);
    this.limits.forEach((name, index) => {
      const value = this.values[name];
      if (value === undefined) return;
      let place = bins.findIndex((bin) => bin >= value);
      if (place < 0) place = count;
      else {
        const low = place > 0 ? bins[place - 1] : 0;
        place += (value - low) / (bins[place] - low);
      }
      const x = Math.min(width - margin.right, margin.left + place * step);
      context.strokeStyle = context.fillStyle = colours.mark;
      context.lineWidth = 1.5;
      context.setLineDash([5, 3]);
      context.beginPath();
      context.moveTo(x, margin.top - 8);
      context.lineTo(x, height - margin.bottom);
      context.stroke();
      context.setLineDash([]);
      const isRight = x > width * 0.7;
      context.textAlign = isRight ? "right" : "left";
      context.fillText(`${name} ${value}`, isRight ? x - 4 : x + 4, 8 + (index % 2) * 14);
    });
  }
}
