// The record of what left and of changes of what is allowed, and a search in it.

import { get } from "./api.js";
import { changeOf } from "./consent.js";
import { announce, attribute, el, keyed, partsOf, row, show, table, text, withParts } from "./dom.js";
import { sent } from "./sent.js";
import { bytes, count, exact, moment, number } from "./text.js";

const FIRST = 10;
const STEP = 100;
// The server tells no more of them at a time.
const MOST = 1000;
const QUIET = 300;

const COLUMNS = ["When", "Channel", "Outcome", "Size", "Authorised by", "Endpoint"];
const MORE = [
  ["id", "Payload"],
  ["purpose", "Purpose"],
  ["answer", "Answer"],
  ["digest", "SHA-256"],
  ["previous", "Previous hash"],
];
const MORE_OF_A_CHANGE = [
  ["id", "Id"],
  ["from", "Before"],
  ["to", "Since"],
  ["way", "Way"],
  ["previous", "Previous hash"],
];

// Of a thousand rows hardly one is opened.
function details(entry, keys, more) {
  const node = el("details", {}, el("summary", {}, "Details", el("span", { class: "unseen" }, ` of ${entry.id}`)));
  node.addEventListener("toggle", () => {
    if (node.open && node.childElementCount === 1) {
      const said = keys.flatMap(([key, label]) => [el("dt", {}, label), text(el("dd"), entry[key])]);
      node.append(el("dl", {}, ...said), ...more());
    }
  });
  return node;
}

function when(entry) {
  const node = text(el("time", { title: exact(entry.at) }), moment(entry.at));
  attribute(node, "datetime", entry.at);
  return node;
}

// An entry never changes.
const create = (entry) => (entry.kind === "consent" ? change(entry) : attempt(entry));

function change(entry) {
  const line = row(["When", "Change"]);
  const [first, rest] = line.children;
  first.append(when(entry));
  attribute(rest, "colspan", COLUMNS.length - 1);
  rest.append(
    el("div", { class: "place" }, text(el("span", { class: "change" }), changeOf(entry)), details(entry, MORE_OF_A_CHANGE, () => [])),
  );
  return withParts(line, { entry });
}

function attempt(entry) {
  const line = row(COLUMNS);
  const cells = line.children;
  cells[0].append(when(entry));
  text(cells[1], entry.channel);
  cells[2].append(text(el("span", { class: "outcome", "data-outcome": entry.outcome }), entry.outcome));
  text(cells[3], bytes(entry.bytes));
  text(cells[4], entry.allowedBy);
  cells[5].append(
    el("div", { class: "place" }, text(el("span", { class: "endpoint" }), entry.endpoint), details(entry, MORE, () => [sent(entry.id, entry.channel, "What was sent")])),
  );
  return withParts(line, { entry });
}

const keyOf = (entry) => `${entry.id} ${entry.at} ${entry.previous}`;

const held = (line) => line.contains(document.activeElement) || line.querySelector("details[open]") !== null;

export function journal(content) {
  const search = el("input", { type: "search", id: "journal-search", autocomplete: "off", spellcheck: "false", placeholder: "id, channel, endpoint, outcome…" });
  const found = el("p", { class: "found" });
  const rows = el("tbody");
  const older = el("button", { type: "button", class: "plain-button", hidden: true }, "Show older");
  const list = table("Attempts to send and changes of consent, newest first", COLUMNS, rows, "journal");
  content.append(
    el("div", { class: "tools" }, el("label", { for: "journal-search" }, "Search"), search, found),
    list,
    older,
  );
  // Of all, and of what is found.
  const depth = { all: FIRST, found: STEP };
  let words = "";
  let asked = 0;
  let shown = { words, turn: 0 };
  let telling = null;

  const kind = () => (words === "" ? "all" : "found");

  async function load() {
    const turn = ++asked;
    const about = words;
    const only = about && `&search=${encodeURIComponent(about)}`;
    return { ...(await get(`/v1/sent?newest=${depth[kind()]}&all=true${only}`)), words: about, turn };
  }

  // Rows that are read stay, though newer ones have taken their places.
  function withHeld(entries) {
    const all = new Set(entries.map(keyOf));
    const kept = [...rows.children].filter(held).map((line) => partsOf(line).entry);
    return [...entries, ...kept.filter((entry) => !all.has(keyOf(entry)))];
  }

  function saying(entries, { matching, total }) {
    const all = count(total, "entry", "entries");
    if (total === 0) {
      return "Nothing has been sent or changed yet.";
    }
    if (words === "") {
      return entries < total ? `Showing ${number(entries)} of ${all}` : `Showing ${all}`;
    }
    return entries < matching
      ? `Showing ${number(entries)} of ${number(matching)} that match, of ${all}`
      : `${number(matching)} of ${all}`;
  }

  // An answer may come after one that was asked for later, or when other words are searched for.
  function update(answer) {
    if (answer.words !== words || answer.turn < shown.turn) {
      return;
    }
    const newest = [...answer.entries].reverse();
    const entries = answer.words === shown.words ? withHeld(newest) : newest;
    shown = answer;
    keyed(rows, entries, keyOf, create, () => {});
    text(found, saying(entries.length, answer));
    show(list, entries.length > 0);
    show(older, newest.length < answer.matching && newest.length < MOST);
  }

  async function reach() {
    const about = words;
    try {
      update(await load());
    } catch (e) {
      if (about === words) {
        text(found, `This could not be read. ${e.message}`);
      }
    }
    if (about === words) {
      announce(found.textContent);
    }
  }

  search.addEventListener("input", () => {
    clearTimeout(telling);
    telling = setTimeout(() => {
      const now = search.value.split(/\s+/).filter(Boolean).join(" ");
      if (now !== words) {
        words = now;
        depth.found = STEP;
        reach();
      }
    }, QUIET);
  });
  older.addEventListener("click", () => {
    const now = depth[kind()];
    depth[kind()] = Math.min(MOST, now - (now % STEP) + STEP);
    return reach();
  });

  return { load, update };
}
