// What a channel would send now, with every key explained, and all that it may ever send.

import { get } from "./api.js";
import { announce, attribute, el, keyed, row, show, table, text } from "./dom.js";
import { Catalogue, describe } from "./fields.js";
import { blocks } from "./payload.js";
import { bytes, count, exact } from "./text.js";

const COLUMNS = ["Field", "What it says", "Why, and what it tells"];
const tip = document.getElementById("tip");
let tipped = null;

function showTip(key, field) {
  tipped = key;
  tip.replaceChildren(
    el("strong", {}, field.name),
    ...describe(field).map((line) => el("span", {}, line)),
  );
  show(tip, true);
  const at = key.getBoundingClientRect();
  const own = tip.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const left = Math.max(8, Math.min(at.left, room - own.width - 8));
  const below = at.bottom + own.height + 8 < innerHeight || at.top < own.height + 8;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${(below ? at.bottom + 2 : at.top - own.height - 2) + scrollY}px`;
}

function hideTip() {
  tipped = null;
  show(tip, false);
}

// It stays while the pointer is over it, and goes with Escape (WCAG 2.2, 1.4.13).
document.addEventListener("keydown", (event) => event.key === "Escape" && hideTip());
document.addEventListener("pointerover", (event) => {
  const key = event.target.closest?.(".key");
  if (tipped && !key && !tip.contains(event.target) && tipped !== document.activeElement) {
    hideTip();
  }
});

function keyButton(line, field, described, first) {
  // Not a <button>: that would not break like the text around it.
  const key = el(
    "span",
    { role: "button", class: "key", "aria-describedby": described, tabindex: first ? "0" : "-1" },
    line.name,
  );
  for (const on of ["focus", "pointerenter", "click"]) {
    key.addEventListener(on, () => showTip(key, field));
  }
  key.addEventListener("blur", hideTip);
  return key;
}

const KINDS = [
  [/^"/, "string"],
  [/^-?\d/, "number"],
  [/^(true|false|null)/, "literal"],
];

function value(line) {
  const kind = KINDS.find(([pattern]) => pattern.test(line.text))?.[1];
  const [, said, comma] = /^(.*?)(,?)$/s.exec(line.text);
  return [el("span", kind ? { class: kind } : {}, said), comma];
}

function lineOf(line, field, described, first) {
  const node = el("div", { class: "line" });
  node.style.setProperty("--depth", line.depth);
  if (line.name !== null) {
    node.append(field ? keyButton(line, field, described, first) : el("span", {}, line.name));
    node.append(line.name.startsWith('"') ? ": " : "");
  }
  node.append(...value(line));
  return node;
}

// One stop for the Tab key; arrows go from key to key.
function roam(code) {
  code.addEventListener("keydown", (event) => {
    const all = [...code.querySelectorAll(".key")];
    const now = all.indexOf(event.target);
    if (now >= 0 && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      event.target.click();
    }
    const to = {
      ArrowDown: now + 1, ArrowRight: now + 1, ArrowUp: now - 1, ArrowLeft: now - 1,
      Home: 0, End: all.length - 1,
    }[event.key];
    if (now < 0 || !all[to]) {
      return;
    }
    event.preventDefault();
    attribute(all[now], "tabindex", "-1");
    attribute(all[to], "tabindex", "0");
    all[to].focus();
  });
}

class Explained {
  #id;
  #catalogue;
  #known = new Map();

  constructor(id, catalogue) {
    this.#id = id;
    this.#catalogue = catalogue;
    this.descriptions = el("div", { hidden: true });
  }

  readable(payload, title) {
    let first = true;
    const code = el("div", { class: "code readable", role: "group", tabindex: "0", "aria-label": title });
    for (const block of blocks(payload)) {
      if (block.title) {
        code.append(el("p", { class: "block" }, block.title));
      }
      for (const line of block.lines) {
        const field = line.path === null || line.name === null ? null : this.#catalogue.find(line.path);
        code.append(lineOf(line, field, field && this.#described(field), first));
        first &&= field === null;
      }
    }
    roam(code);
    return code;
  }

  #described(field) {
    if (!this.#known.has(field)) {
      const id = `${this.#id}-${this.#known.size}`;
      this.#known.set(field, id);
      this.descriptions.append(el("p", { id }, describe(field).join(". ")));
    }
    return this.#known.get(field);
  }
}

function payloadOf(payload, i, all, explained) {
  const title = all > 1 ? `Message ${i + 1} of ${all}` : "The message";
  const readable = explained.readable(payload, title);
  const raw = el("pre", { class: "code", tabindex: "0", "aria-label": `${title}, exactly`, hidden: true }, payload.body);
  const exactly = el("button", { type: "button", class: "plain-button", "aria-pressed": "false" }, "As it leaves");
  exactly.addEventListener("click", () => {
    const on = exactly.getAttribute("aria-pressed") !== "true";
    attribute(exactly, "aria-pressed", String(on));
    show(raw, on);
    show(readable, !on);
  });
  return el(
    "section",
    { class: "payload" },
    el(
      "div",
      { class: "payload-head" },
      el("h4", {}, title, el("span", { class: "unit" }, ` ${bytes(payload.bytes)} · ${payload.mediaType}`)),
      exactly,
    ),
    readable,
    raw,
  );
}

function fillField(line, field) {
  const [, why, ...rest] = describe(field);
  text(line.children[0], field.name);
  text(line.children[1], field.meaning);
  text(line.children[2], [why, ...rest].join(" · "));
}

// Asked for when it is opened, and again when the reader says so: it makes the sources look.
export function preview(channel, id) {
  const summary = el("summary", {}, "What would leave now", el("span", { class: "unseen" }, ` through ${channel}`));
  const again = el("button", { type: "button", class: "plain-button" }, "Ask again");
  const said = el("p", { class: "asked" });
  const place = el("div", { class: "payloads" });
  const all = el("tbody");
  const allTitle = el("summary", {}, "Everything that may ever leave");
  const every = el(
    "details",
    { class: "every", hidden: true },
    allTitle,
    table(`Every field that may leave through ${channel}`, COLUMNS, all),
  );
  const details = el("details", { class: "preview" }, summary, el("div", { class: "payload-head" }, said, again), place, every);

  async function load() {
    text(said, "Asking the sources…");
    const query = encodeURIComponent(channel);
    try {
      const [now, catalogue] = await Promise.all([
        get(`/v1/preview/${query}`),
        get(`/v1/fields?channel=${query}`),
      ]);
      const explained = new Explained(`${id}-field`, new Catalogue(catalogue.fields));
      place.replaceChildren(
        ...now.payloads.map((p, i) => payloadOf(p, i, now.payloads.length, explained)),
        explained.descriptions,
      );
      keyed(all, catalogue.fields, (f) => f.name, () => row(COLUMNS), fillField);
      text(allTitle, `Everything that may ever leave: ${count(catalogue.fields.length, "field")}`);
      show(every, catalogue.fields.length > 0);
      const gaps = now.gaps.map((gap) => `${gap.source} (${gap.reason})`).join(", ");
      text(
        said,
        [
          now.payloads.length === 0 ? "Nothing would leave now." : "",
          `Asked at ${exact(new Date().toISOString())}; no connection to the endpoint was opened.`,
          gaps && `Missing: ${gaps}.`,
          now.note,
          now.payloads.length > 0 ? "Point at a name, or go to it, to read what it says and why." : "",
        ].filter(Boolean).join(" "),
      );
    } catch (e) {
      text(said, `This could not be read. ${e.message}`);
    }
  }

  again.addEventListener("click", async () => {
    await load();
    announce(`${channel}: asked again`);
  });
  details.addEventListener("toggle", () => details.open && place.childElementCount === 0 && load());
  return details;
}
