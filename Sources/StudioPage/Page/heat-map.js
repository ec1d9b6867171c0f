/** The cost over two parameters, the plateau in it, and where the sliders stand; a click sets the two. */
import { element, setText } from "studio/dom.js";
import { FigureCanvas, shortLength } from "studio/figure-canvas.js";

const left = 52;
const bottom = 36;
const top = 6;
const right = 8;

export class HeatMap {
  /**
   * @param {any} map one of the search's heat_maps
   * @param {{least: number, most: number}} costs the range of colours, the same for all maps
   * @param {Object<string, number>} recommended
   * @param {(changes: Object<string, number>) => void} choose
   */
  constructor(map, costs, recommended, choose) {
    Object.assign(this, { map, costs, recommended, choose });
    this.values = recommended;
    this.figure = new FigureCanvas(250, (context, size, colours) => this.draw(context, size, colours), {
      class: "figure-canvas clickable", tabindex: "0", role: "application", "aria-roledescription": "heat map",
      "aria-label": `Cost over ${map.horizontal} and ${map.vertical}. Arrow keys move, Enter sets the sliders.`,
      on: {
        click: (event) => this.click(event), pointermove: (event) => this.look(this.cellAt(event)), pointerleave: () => this.look(null),
        keydown: (event) => this.key(event), blur: () => this.look(null),
      },
    });
    this.text = element("p", { class: "soft figure-text", role: "status" });
    this.node = element(
      "figure", {}, element("figcaption", {}, element("code", { text: map.horizontal }), " and ", element("code", { text: map.vertical })),
      this.figure.canvas, this.text);
    this.look(null);
  }

  /** Shows where the sliders stand. @param {Object<string, number>} values */
  show(values) {
    this.values = values;
    this.figure.drawSoon();
  }

  cellAt(event) {
    const { x, y } = this.figure.place(event);
    const { columns, rows } = this.map;
    const width = this.figure.canvas.clientWidth - left - right;
    const height = this.figure.height - top - bottom;
    const column = Math.floor(((x - left) / width) * columns.length);
    const row = rows.length - 1 - Math.floor(((y - top) / height) * rows.length);
    return columns[column] === undefined || rows[row] === undefined ? null : { column, row };
  }

  look(cell) {
    this.cell = cell;
    const { map } = this;
    if (cell) {
      const isPlateau = map.is_plateau?.[cell.row]?.[cell.column] ? ", on the plateau" : "";
      const cost = map.costs[cell.row][cell.column].toFixed(4);
      const place = `${map.horizontal} ${map.columns[cell.column]}, ${map.vertical} ${map.rows[cell.row]}`;
      setText(this.text, `${place}: cost ${cost}${isPlateau}`);
    } else setText(this.text, "\u00A0");
    this.figure.drawSoon();
  }

  set(cell) {
    if (cell) this.choose({ [this.map.horizontal]: this.map.columns[cell.column], [this.map.vertical]: this.map.rows[cell.row] });
  }

  click(event) {
    this.set(this.cellAt(event));
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { columns, rows } = this.map;
    const at = this.cell ?? { column: nearest(columns, this.values[this.map.horizontal]), row: nearest(rows, this.values[this.map.vertical]) };
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    if (event.key === "Enter") this.set(at);
    else if (moves[event.key]) {
      const [right, up] = moves[event.key];
      this.look({ column: Math.min(columns.length - 1, Math.max(0, at.column + right)), row: Math.min(rows.length - 1, Math.max(0, at.row + up)) });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  draw(context, { width, height }, colours) {
    const { columns, rows, costs, is_plateau: isOn, horizontal, vertical } = this.map;
    const cell = { width: (width - left - right) / columns.length, height: (height - top - bottom) / rows.length };
    const x = (column) => left + column * cell.width;
    const y = (row) => top + (rows.length - 1 - row) * cell.height;
    const span = Math.max(1e-12, this.costs.most - this.costs.least);
    context.fillStyle = colours.heat;
    for (let row = 0; row < rows.length; row += 1) {
      for (let column = 0; column < columns.length; column += 1) {
        // Small costs are told apart better than large ones.
        context.globalAlpha = 0.04 + 0.92 * Math.sqrt(Math.min(1, Math.max(0, (costs[row][column] - this.costs.least) / span)));
        // Whole pixels, so that neighbours do not overlap.
        const [from, up] = [Math.round(x(column)), Math.round(y(row))];
        context.fillRect(from, up, Math.round(x(column + 1)) - from, Math.round(y(row) + cell.height) - up);
      }
    }
    context.globalAlpha = 1;
    const isPlateau = (row, column) => Boolean(isOn?.[row]?.[column]);
    const border = new Path2D();
    for (let row = 0; row < rows.length; row += 1) {
      for (let column = 0; column < columns.length; column += 1) {
        if (!isPlateau(row, column)) continue;
        const edge = (fromX, fromY, toX, toY) => { border.moveTo(fromX, fromY); border.lineTo(toX, toY); };
        if (!isPlateau(row, column - 1)) edge(x(column), y(row), x(column), y(row) + cell.height);
        if (!isPlateau(row, column + 1)) edge(x(column + 1), y(row), x(column + 1), y(row) + cell.height);
        if (!isPlateau(row + 1, column)) edge(x(column), y(row), x(column + 1), y(row));
        if (!isPlateau(row - 1, column)) edge(x(column), y(row) + cell.height, x(column + 1), y(row) + cell.height);
      }
    }
    for (const [colour, line] of [[colours.sheet, 4], [colours.good, 2]]) {
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.lineCap = "square";
      context.stroke(border);
    }
    if (this.cell) {
      context.strokeStyle = colours.ink;
      context.lineWidth = 2;
      context.strokeRect(x(this.cell.column), y(this.cell.row), cell.width, cell.height);
    }
    const point = (values, isRing) => {
      const middle = {
        x: left + position(columns, values[horizontal]) * cell.width, y: top + (rows.length - position(rows, values[vertical])) * cell.height,
      };
      context.beginPath();
      context.arc(middle.x, middle.y, isRing ? 7 : 4.5, 0, 2 * Math.PI);
      context.strokeStyle = colours.sheet;
      context.lineWidth = isRing ? 5 : 3;
      context.stroke();
      context.fillStyle = context.strokeStyle = isRing ? colours.ink : colours.mark;
      context.lineWidth = 2;
      if (isRing) context.stroke();
      else context.fill();
    };
    point(this.recommended, false);
    point(this.values, true);
    context.fillStyle = colours.soft;
    context.textAlign = "center";
    for (const column of spread(columns.length, Math.floor((width - left) / 54))) {
      context.fillText(shortLength(columns[column]), Math.min(x(column) + cell.width / 2, width - 18), height - bottom + 11);
    }
    context.fillText(horizontal, left + (width - left - right) / 2, height - 8);
    context.textAlign = "right";
    for (const row of spread(rows.length, 6)) context.fillText(shortLength(rows[row]), left - 4, y(row) + cell.height / 2);
  }
}

function nearest(places, value) {
  return places.reduce((best, place, index) => (Math.abs(place - value) < Math.abs(places[best] - value) ? index : best), 0);
}

/** Where a value lies among cells: the middle of the first is 0.5. */
function position(places, value) {
  const last = places.length - 1;
  if (value <= places[0]) return 0.5;
  for (let index = 1; index <= last; index += 1) {
    if (value <= places[index]) return index - 0.5 + (value - places[index - 1]) / (places[index] - places[index - 1]);
  }
  return last + 0.5;
}

function spread(count, most) {
  const wanted = Math.max(2, Math.min(most, count));
  return count < 2 ? [0] : Array.from({ length: wanted }, (_, index) => Math.round((index * (count - 1)) / (wanted - 1)));
}
