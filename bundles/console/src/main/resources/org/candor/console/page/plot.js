// Bars by the hour, as SVG of our own: up from the line and down from it. For the keyboard it is a
// slider over the hours that says what each brought; beside it all stands in a table.

import { attribute, el, keyed, show, svg, text } from "./dom.js";
import { day, hour, number } from "./text.js";

const HOUR = 3_600_000;
const HEIGHT = 170;
const LEFT = 40;
const BOTTOM = 22;
const TOP = 8;
const SHORTEST = 24;

const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: -24, PageDown: 24 };

// A round number not below the value.
function ceiling(value) {
  if (value <= 4) {
    return Math.max(value, 1);
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((n) => n * power).find((n) => n >= value);
}

const sum = (point, series) => series.reduce((total, s) => total + point.values[s.key], 0);

function bars(points, place, width, from, height) {
  return points
    .map((point, i) => (height[i] > 0 ? `M${place(point)} ${from[i]}h${width}v${height[i]}h${-width}z` : ""))
    .join("");
}

export class Plot {
  #label;
  #up;
  #down;
  #rows;
  #points = [];
  #at = -1;
  #follow = true;

  // up and down: series of { key, name, shown(point) }, from the line outwards; rows: of the table.
  constructor(label, { up, down = [], rows }) {
    this.#label = label;
    this.#up = up;
    this.#down = down;
    this.#rows = rows ?? [...up, ...down];
    this.picture = svg("svg", { "aria-hidden": "true", focusable: "false", height: HEIGHT });
    this.slider = el("div", { class: "plot", role: "slider", tabindex: "0", "aria-label": `${label}, hour by hour`, "aria-valuemin": "0" }, this.picture);
    this.readout = el("p", { class: "readout" });
    this.body = el("tbody");
    this.table = el("details", { class: "numbers" }, el("summary", {}, "As a table", el("span", { class: "unseen" }, `: ${label}`)), this.#tableOf());
    this.empty = el("p", { class: "empty" });
    this.node = el("div", {}, this.#legend(), this.slider, this.readout, this.empty, this.table);
    this.slider.addEventListener("keydown", (event) => this.#key(event));
    this.slider.addEventListener("pointermove", (event) => this.#point(event));
    this.table.addEventListener("toggle", () => this.#fill());
    new ResizeObserver(() => this.#draw()).observe(this.slider);
  }

  #legend() {
    return el(
      "ul",
      { class: "legend", "aria-hidden": "true" },
      ...[...this.#up, ...this.#down].map((s) => el("li", { class: `series-${s.key}` }, s.name)),
    );
  }

  #tableOf() {
    const heads = ["Hour", ...this.#rows.map((s) => s.name)];
    return el(
      "div",
      { class: "scroll", role: "region", tabindex: "0", "aria-label": `Table: ${this.#label}` },
      el(
        "table",
        {},
        el("caption", {}, `${this.#label}, newest first`),
        el("thead", {}, el("tr", {}, ...heads.map((h) => el("th", { scope: "col" }, h)))),
        this.body,
      ),
    );
  }

  // points: { hour, values }, oldest first
  update(points, empty) {
    const chosen = this.#points[this.#at]?.hour;
    this.#points = points;
    const found = points.findIndex((p) => p.hour === chosen);
    this.#at = this.#follow || found < 0 ? points.length - 1 : found;
    const any = points.length > 0;
    text(this.empty, empty);
    show(this.empty, !any);
    show(this.slider, any);
    show(this.readout, any);
    show(this.table, any);
    attribute(this.slider, "aria-valuemax", Math.max(0, points.length - 1));
    this.#draw();
    this.#fill();
    this.#say();
  }

  #fill() {
    if (!this.table.open) {
      return;
    }
    keyed(
      this.body,
      [...this.#points].reverse(),
      (p) => p.hour,
      () => el("tr", {}, el("th", { scope: "row" }), ...this.#rows.map(() => el("td", { class: "figure" }))),
      (row, p) => {
        text(row.children[0], hour(p.hour));
        this.#rows.forEach((s, i) => text(row.children[i + 1], number(p.values[s.key])));
      },
    );
  }

  #scale() {
    const times = this.#points.map((p) => Date.parse(p.hour));
    const last = times.at(-1) + HOUR;
    const first = Math.min(times[0], last - SHORTEST * HOUR);
    const width = Math.max(this.slider.clientWidth, 160);
    const perHour = (width - LEFT) / ((last - first) / HOUR);
    const top = ceiling(Math.max(...this.#points.map((p) => sum(p, this.#up))));
    const most = Math.max(0, ...this.#points.map((p) => sum(p, this.#down)));
    const bottom = most === 0 ? 0 : ceiling(most);
    const high = HEIGHT - TOP - BOTTOM;
    // Few that were lost beside many that were not must still be seen.
    const share = bottom === 0 ? 0 : Math.max(0.25, bottom / (top + bottom));
    const line = TOP + high * (1 - share);
    return {
      first, last, width, perHour, top, bottom, line,
      up: (line - TOP) / top,
      down: bottom === 0 ? 0 : (TOP + high - line) / bottom,
      x: (time) => LEFT + ((time - first) / HOUR) * perHour,
    };
  }

  #draw() {
    if (this.#points.length === 0 || this.slider.clientWidth === 0) {
      return;
    }
    const s = this.#scale();
    this.scale = s;
    attribute(this.picture, "width", s.width);
    attribute(this.picture, "viewBox", `0 0 ${s.width} ${HEIGHT}`);
    this.cursor = svg("line", { class: "cursor", y1: TOP, y2: HEIGHT - BOTTOM });
    this.picture.replaceChildren(...this.#grid(s), ...this.#paths(s), this.cursor);
    this.#mark();
  }

  #grid(s) {
    const marks = [[s.line, "0"], [TOP, number(s.top)]];
    if (s.bottom > 0) {
      marks.push([HEIGHT - BOTTOM, number(s.bottom)]);
    }
    const rows = marks.flatMap(([y, label]) => [
      svg("line", { class: label === "0" ? "axis" : "grid", x1: LEFT, x2: s.width, y1: y, y2: y }),
      svg("text", { x: LEFT - 6, y: Math.max(y + 4, 10), "text-anchor": "end" }, label),
    ]);
    return [...rows, ...this.#days(s)];
  }

  #days(s) {
    const midnight = new Date(s.first);
    midnight.setHours(24, 0, 0, 0);
    const every = Math.ceil(56 / (s.perHour * 24));
    const marks = [];
    for (let i = 0; midnight < s.last; i++, midnight.setDate(midnight.getDate() + 1)) {
      const x = s.x(midnight.getTime());
      marks.push(svg("line", { class: "tick", x1: x, x2: x, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM + 4 }));
      if (i % every === 0 && x + 40 < s.width) {
        marks.push(svg("text", { x, y: HEIGHT - 5 }, day(midnight.toISOString())));
      }
    }
    return marks;
  }

  #paths(s) {
    const wide = Math.max(1, s.perHour - (s.perHour > 4 ? 1 : 0)).toFixed(2);
    const place = (p) => s.x(Date.parse(p.hour)).toFixed(2);
    const stack = (series, sign, unit) => {
      let edge = this.#points.map(() => s.line);
      return series.map(({ key }) => {
        const heights = this.#points.map((p) => p.values[key] * unit);
        const from = edge.map((y, i) => (sign < 0 ? y - heights[i] : y));
        edge = edge.map((y, i) => y + sign * heights[i]);
        return svg("path", { class: `series-${key}`, d: bars(this.#points, place, wide, from, heights) });
      });
    };
    return [...stack(this.#up, -1, s.up), ...stack(this.#down, 1, s.down)];
  }

  #mark() {
    const point = this.#points[this.#at];
    if (this.cursor && point) {
      const x = this.scale.x(Date.parse(point.hour)) + this.scale.perHour / 2;
      attribute(this.cursor, "x1", x);
      attribute(this.cursor, "x2", x);
    }
  }

  #say() {
    const point = this.#points[this.#at];
    if (!point) {
      return;
    }
    const figures = this.#rows.map((s) => `${s.name.toLowerCase()} ${number(point.values[s.key])}`);
    const said = `${hour(point.hour)}: ${figures.join(", ")}`;
    text(this.readout, said);
    attribute(this.slider, "aria-valuenow", this.#at);
    attribute(this.slider, "aria-valuetext", said);
    this.#mark();
  }

  #go(to) {
    this.#at = Math.max(0, Math.min(this.#points.length - 1, to));
    this.#follow = this.#at === this.#points.length - 1;
    this.#say();
  }

  #key(event) {
    const ends = { Home: 0, End: this.#points.length - 1 };
    const to = ends[event.key] ?? this.#at + STEPS[event.key];
    if (event.target === this.slider && Number.isInteger(to)) {
      event.preventDefault();
      this.#go(to);
    }
  }

  #point(event) {
    const x = event.clientX - this.slider.getBoundingClientRect().left;
    const at = this.scale.first + ((x - LEFT) / this.scale.perHour - 0.5) * HOUR;
    const far = (p) => Math.abs(Date.parse(p.hour) - at);
    let best = 0;
    this.#points.forEach((p, i) => {
      best = far(p) < far(this.#points[best]) ? i : best;
    });
    this.#go(best);
  }
}
