/** Many rows of one height, of which only those in sight are elements. */
import { element } from "studio/dom.js";

/**
 * A list or the body of a table. Rows are chosen by a click, the arrow keys, Page Up and Down, Home and End.
 */
export class VirtualRows {
  /**
   * @param {{role: "listbox"|"grid", name: string, height: number, render: (item: any, index: number) => Node[],
   *   choose: (item: any, index: number) => void, header?: Element, mark?: (row: HTMLElement, item: any) => void}} options
   */
  constructor(options) {
    this.options = options;
    this.items = [];
    this.chosen = -1;
    this.prefix = `rows-${Math.random().toString(36).slice(2, 8)}`;
    this.rows = element("div", { class: "rows", role: options.role === "grid" ? "rowgroup" : "presentation" });
    const scroller = element("div", {
      class: "scroller", tabindex: "0", role: options.role, "aria-label": options.name,
      on: { scroll: () => this.drawSoon(), keydown: (event) => this.key(event), click: (event) => this.click(event) },
    }, options.header ?? null, this.rows);
    this.node = scroller;
    // Measured when it changes: to ask while rows are exchanged would have the browser lay out the page each time.
    this.room = 0;
    new ResizeObserver(() => {
      this.room = scroller.clientHeight - (options.header?.offsetHeight ?? 0);
      this.reveal(this.revealed ?? -1);
      // At once, before the browser paints: there would be a picture with room and no rows.
      this.draw();
    }).observe(scroller);
  }

  /** Shows other items; the scroll position stays. @param {any[]} items @param {number} chosen index; -1 is none */
  show(items, chosen) {
    this.items = items;
    this.chosen = chosen;
    this.rows.style.height = `${items.length * this.options.height}px`;
    if (this.options.role === "grid") this.node.setAttribute("aria-rowcount", String(items.length + 1));
    this.drawSoon();
  }

  /** Draws again with the next picture. */
  drawSoon() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.draw();
    });
  }

  /** Draws the rows in sight. */
  draw() {
    const { height, role, render, mark } = this.options;
    const top = this.node.scrollTop;
    const first = Math.max(0, Math.floor(top / height) - 4);
    const last = Math.min(this.items.length, Math.ceil((top + this.room) / height) + 4);
    const rows = [];
    for (let index = first; index < last; index += 1) {
      const isChosen = index === this.chosen;
      const row = element("div", {
        class: isChosen ? "row chosen" : "row", id: `${this.prefix}-${index}`, role: role === "grid" ? "row" : "option",
        "aria-selected": String(isChosen), data: { index: String(index) },
        ...(role === "grid"
          ? { "aria-rowindex": index + 2 } : { "aria-setsize": this.items.length, "aria-posinset": index + 1 }),
      }, ...render(this.items[index], index));
      row.style.transform = `translateY(${index * height}px)`;
      mark?.(row, this.items[index]);
      rows.push(row);
    }
    this.rows.replaceChildren(...rows);
    const isInSight = this.chosen >= first && this.chosen < last;
    if (isInSight) this.node.setAttribute("aria-activedescendant", `${this.prefix}-${this.chosen}`);
    else this.node.removeAttribute("aria-activedescendant");
  }

  /** Scrolls just as far as shows a row. @param {number} index */
  reveal(index) {
    if (index < 0) return;
    // Out of sight there is no room: it is shown when there is.
    this.revealed = this.room > 0 ? -1 : index;
    if (this.room <= 0) return;
    const { height } = this.options;
    const top = index * height;
    if (top < this.node.scrollTop) this.node.scrollTop = top;
    else if (top + height > this.node.scrollTop + this.room) this.node.scrollTop = top + height - this.room;
    this.drawSoon();
  }

  choose(index) {
    if (index < 0 || index >= this.items.length || index === this.chosen) return;
    this.chosen = index;
    this.reveal(index);
    this.options.choose(this.items[index], index);
  }

  click(event) {
    const row = event.target.closest(".row");
    if (row && this.rows.contains(row)) this.choose(Number(row.dataset.index));
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== this.node) return;
    const page = Math.max(1, Math.floor(this.room / this.options.height) - 1);
    const places = {
      ArrowDown: this.chosen + 1, ArrowUp: this.chosen - 1, PageDown: this.chosen + page, PageUp: this.chosen - page, Home: 0,
      End: this.items.length - 1,
    };
    if (!(event.key in places)) return;
    event.preventDefault();
    this.choose(Math.min(this.items.length - 1, Math.max(0, places[event.key])));
  }
}
