// The record of what left, and a search in it.

import { get } from "./api.js";
import { announce, attribute, el, keyed, partsOf, row, show, table, text, withParts } from "./dom.js";
import { sent } from "./sent.js";
import { bytes, count, exact, moment } from "./text.js";

const FIRST = 10;
// The server tells no more of them at a time.
const MOST = 1000;
const QUIET = 400;

const COLUMNS = ["When", "Channel", "Outcome", "Size", "Allowed by", "Endpoint"];
const MORE = [
  ["id", "Payload"],
  ["purpose", "Purpose"],
  ["answer", "Answer"],
  ["digest", "SHA-256"],
  ["previous", "Entry before"],
];

const searched = (entry) =>
  [entry.id, moment(entry.at), exact(entry.at), entry.at, entry.channel, entry.purpose,
    entry.allowedBy, entry.digest, entry.endpoint, entry.outcome, entry.answer]
    .join("\n").toLowerCase();

function create(entry) {
  const line = row(COLUMNS);
  const cells = line.children;
  const more = MORE.map(([, label]) => [el("dt", {}, label), el("dd")]);
  const when = el("time");
  cells[0].append(when);
  cells[5].append(
    el(
      "div",
      { class: "place" },
      el("span", { class: "endpoint" }),
      el("details", {}, el("summary", {}, "Details", el("span", { class: "unseen" })), el("dl", {}, ...more.flat()), sent(entry.id, entry.channel, "What left")),
    ),
  );
  const outcome = el("span", { class: "outcome" });
  cells[2].append(outcome);
  return withParts(line, { cells, when, outcome, more: more.map(([, dd]) => dd) });
}

function update(line, entry) {
  const { cells, when, outcome, more } = partsOf(line);
  attribute(when, "datetime", entry.at);
  attribute(when, "title", exact(entry.at));
  text(when, moment(entry.at));
  text(cells[1], entry.channel);
  attribute(outcome, "data-outcome", entry.outcome);
  text(outcome, entry.outcome);
  text(cells[3], bytes(entry.bytes));
  text(cells[4], entry.allowedBy);
  text(cells[5].querySelector(".endpoint"), entry.endpoint);
  text(cells[5].querySelector("summary .unseen"), ` of ${entry.id}`);
  MORE.forEach(([key], i) => text(more[i], entry[key]));
}

export function journal(content) {
  const search = el("input", { type: "search", id: "journal-search", autocomplete: "off", spellcheck: "false", placeholder: "id, channel, endpoint, outcome…" });
  const found = el("p", { class: "found" });
  const rows = el("tbody");
  const older = el("button", { type: "button", class: "plain-button", hidden: true }, "Show older");
  const list = table("Attempts to send, newest first", COLUMNS, rows, "journal");
  content.append(
    el("div", { class: "tools" }, el("label", { for: "journal-search" }, "Search"), search, found),
    list,
    older,
  );
  let newest = FIRST;
  let entries = [];
  let telling = null;

  const load = () => get(`/v1/sent?newest=${newest}`);

  function display() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = entries.filter((e) => {
      const all = words.length > 0 ? searched(e) : "";
      return words.every((word) => all.includes(word));
    });
    keyed(rows, matching, (e) => `${e.id} ${e.at} ${e.previous}`, create, update);
    const more = entries.length >= newest;
    const span = more ? `the newest ${count(entries.length, "entry", "entries")}` : count(entries.length, "entry", "entries");
    const said =
      entries.length === 0 ? "Nothing was sent yet." : words.length > 0 ? `${matching.length} of ${span}` : `Showing ${span}`;
    text(found, said);
    show(list, matching.length > 0);
    show(older, more && newest < MOST && words.length === 0);
    return said;
  }

  async function reach(far) {
    newest = Math.min(MOST, Math.max(newest, far));
    try {
      entries = (await load()).entries.reverse();
      return display();
    } catch (e) {
      return text(found, `This could not be read. ${e.message}`).textContent;
    }
  }

  search.addEventListener("input", () => {
    clearTimeout(telling);
    const said = display();
    telling = setTimeout(async () => {
      announce(search.value !== "" && newest < MOST && entries.length >= newest ? await reach(MOST) : said);
    }, QUIET);
  });
  older.addEventListener("click", async () => {
    announce(await reach(newest * 4));
  });

  return {
    load,
    update(answer) {
      entries = [...answer.entries].reverse();
      display();
    },
  };
}
