/** What can be had between false talk and missed talk, for different patience; a click on a point sets the sliders. */
import { element, setText } from "studio/dom.js";
import { FigureCanvas } from "studio/figure-canvas.js";
import { percent, trimmed } from "studio/format.js";

const margin = { left: 52, right: 12, top: 10, bottom: 40 };
const dashes = [[], [8, 3], [4, 3], [1.5, 3]];

export class Frontier {
  /**
   * @param {any} result of the search
   * @param {(changes: Object<string, number>) => void} choose
   */
  constructor(result, choose) {
    this.result = result;
    this.choose = choose;
    this.curves = curves(result.frontier);
    this.points = this.curves.flatMap((curve) => curve.points);
    this.chosen = -1;
    this.figure = new FigureCanvas(300, (context, size, colours) => this.draw(context, size, colours), {
      class: "figure-canvas clickable", tabindex: "0", role: "application", "aria-roledescription": "chart",
      "aria-label": "Missed talk over false talk. Left and Right go from point to point, Enter sets the sliders.",
      on: {
        click: (event) => this.click(event), pointermove: (event) => this.look(this.nearest(event)), pointerleave: () => this.look(-1),
        blur: () => this.look(-1), keydown: (event) => this.key(event),
      },
    });
    this.text = element("p", { class: "soft figure-text", role: "status" });
    const key = element("ul", { class: "key" }, ...this.curves.map((curve, index) => {
      const line = element("span", { class: `line l${index}`, "aria-hidden": "true" });
      return element("li", {}, line, name(curve));
    }), element("li", {}, element("span", { class: "dot mark", "aria-hidden": "true" }), "recommended"),
    result.page_rates ? element("li", {}, element("span", { class: "ring", "aria-hidden": "true" }), "the platform\u2019s defaults") : null);
    this.node = element("figure", {}, this.figure.canvas, this.text, key);
    this.look(-1);
  }

  place(rates, { width, height }) {
    const { left, right, top, bottom } = margin;
    return { x: left + rates.false_talk * (width - left - right), y: top + (1 - rates.missed) * (height - top - bottom) };
  }

  nearest(event) {
    const at = this.figure.place(event);
    const size = { width: this.figure.canvas.clientWidth, height: this.figure.height };
    let [best, distance] = [-1, 30];
    this.points.forEach((point, index) => {
      const place = this.place(point, size);
      const length = Math.hypot(place.x - at.x, place.y - at.y);
      if (length < distance) [best, distance] = [index, length];
    });
    return best;
  }

  look(index) {
    this.chosen = index;
    const point = this.points[index];
    setText(this.text, point ? pointText(point) : "\u00A0");
    this.figure.drawSoon();
  }

  click(event) {
    // A finger has not moved here before.
    this.look(this.nearest(event));
    this.set();
  }

  set() {
    if (this.points[this.chosen]) this.choose(this.points[this.chosen].parameters);
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") this.set();
    else if (event.key === "ArrowRight") this.look(Math.min(this.points.length - 1, this.chosen + 1));
    else if (event.key === "ArrowLeft") this.look(Math.max(0, this.chosen - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  draw(context, size, colours) {
    const { width, height } = size;
    const { left, bottom } = margin;
    context.lineWidth = 1;
    for (const share of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
      const column = this.place({ false_talk: share, missed: 0 }, size);
      const row = this.place({ false_talk: 0, missed: share }, size);
      context.strokeStyle = colours.line;
      context.beginPath();
      context.moveTo(column.x, margin.top);
      context.lineTo(column.x, column.y);
      context.moveTo(left, row.y);
      context.lineTo(width - margin.right, row.y);
      context.stroke();
      context.fillStyle = colours.soft;
      context.textAlign = "center";
      context.fillText(`${share * 100} %`, Math.min(column.x, width - 18), height - bottom + 12);
      context.textAlign = "right";
      context.fillText(`${Math.round(share * 100)} %`, left - 6, row.y);
    }
    context.textAlign = "center";
    context.fillStyle = colours.ink;
    context.fillText("false talk: without talk, answered TALK", left + (width - left) / 2, height - 9);
    context.save();
    context.translate(9, margin.top + (height - margin.top - bottom) / 2);
    context.rotate(-Math.PI / 2);
    context.fillText("missed: with talk, answered 0", 0, 0);
    context.restore();
    this.curves.forEach((curve, index) => {
      context.strokeStyle = context.fillStyle = colours.wave;
      context.lineWidth = 2;
      context.setLineDash(dashes[index]);
      context.beginPath();
      let last = null;
      for (const point of curve.points) {
        const place = this.place(point, size);
        if (last) context.lineTo(place.x, last.y);
        else context.moveTo(place.x, place.y);
        context.lineTo(place.x, place.y);
        last = place;
      }
      context.stroke();
      context.setLineDash([]);
      for (const point of curve.points) {
        const place = this.place(point, size);
        context.fillRect(place.x - 1.75, place.y - 1.75, 3.5, 3.5);
      }
    });
    const dot = (rates, colour, isRing) => {
      const place = this.place(rates, size);
      context.beginPath();
      context.arc(place.x, place.y, 6, 0, 2 * Math.PI);
      context.strokeStyle = colours.sheet;
      context.lineWidth = isRing ? 5 : 3;
      context.stroke();
      context.fillStyle = context.strokeStyle = colour;
      context.lineWidth = 2.5;
      if (isRing) context.stroke();
      else context.fill();
    };
    if (this.result.page_rates) dot(this.result.page_rates, colours.label, true);
    if (this.result.rates) dot(this.result.rates, colours.mark, false);
    const chosen = this.points[this.chosen];
    if (!chosen) return;
    const place = this.place(chosen, size);
    context.strokeStyle = colours.ink;
    context.lineWidth = 2;
    context.strokeRect(place.x - 6, place.y - 6, 12, 12);
  }
}

/** Up to four curves: of those who find talk within a time on average, the least missed talk for each false talk. */
function curves(points) {
  const slowest = points.reduce((most, point) => Math.max(most, point.seconds), 0);
  const limits = [0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 20, 40, 60].filter((limit) => limit < slowest);
  const chosen = limits.length <= 3
    ? limits : [limits[Math.floor(limits.length / 3)], limits[Math.floor((limits.length * 2) / 3)], limits[limits.length - 1]];
  return [Infinity, ...chosen.reverse()].map((seconds) => {
    const kept = [];
    const fast = points.filter((point) => point.seconds <= seconds)
      .sort((one, other) => one.false_talk - other.false_talk || one.missed - other.missed);
    for (const point of fast) if (kept.length === 0 || point.missed < kept[kept.length - 1].missed) kept.push(point);
    return { seconds, points: kept };
  });
}

function pointText({ false_talk: falseTalk, missed, seconds, parameters }) {
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${value}`).join(", ");
  return `false talk ${percent(falseTalk)}, missed ${percent(missed)}, found after ${trimmed(seconds, 2)} s: ${values}`;
}

function name(curve) {
  return Number.isFinite(curve.seconds) ? `found in ${trimmed(curve.seconds, 1)} s on average` : "however long it takes";
}
