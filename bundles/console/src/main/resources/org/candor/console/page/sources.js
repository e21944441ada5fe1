// Where facts come from, and what keeps some away.

import { attribute, el, keyed, partsOf, row, show, table, text, withParts } from "./dom.js";
import { duration, number, setTime } from "./text.js";

const COLUMNS = ["Source", "State", "Last observation", "Facts", "Took", "Problem"];

function create() {
  const line = row(COLUMNS);
  const cells = line.children;
  const state = el("span", { class: "state" });
  const at = el("time");
  cells[1].append(state);
  cells[2].append(at);
  return withParts(line, { cells, state, at });
}

function update(line, source) {
  const { cells, state, at } = partsOf(line);
  attribute(line, "data-state", source.state);
  text(cells[0], source.name);
  text(state, source.state);
  setTime(at, source.observedAt, "never");
  text(cells[3], source.observedAt ? number(source.facts) : "–");
  text(cells[4], source.observedAt ? duration(source.took) : "–");
  text(cells[5], source.error || "nothing");
  attribute(cells[5], "class", source.error ? "wrong" : "fine");
}

export function sources(content) {
  const rows = el("tbody");
  const list = table("Sources and their last observations", COLUMNS, rows);
  const none = el("p", { class: "empty", hidden: true }, "There are no sources.");
  content.append(list, none);
  return {
    update(status) {
      keyed(rows, status.sources, (s) => s.name, create, update);
      show(list, status.sources.length > 0);
      show(none, status.sources.length === 0);
    },
  };
}
