// A payload whose names are explained, on hover and on focus.

import { attribute, el, show } from "./dom.js";
import { describe } from "./fields.js";
import { blocks } from "./payload.js";
import { bytes } from "./text.js";

const tip = document.getElementById("tip");
let tipped = null;
let pointer = "";
let dismissedAt = null;

const placeOf = (event) => `${event.screenX} ${event.screenY}`;

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
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && tipped) {
    dismissedAt = pointer;
    hideTip();
  }
});

for (const on of ["pointerover", "pointermove"]) {
  document.addEventListener(on, (event) => (pointer = placeOf(event)), true);
}

// What comes to lie under a pointer that rests, when the tip above it is gone, was not pointed at.
function pointedAt(event) {
  if (placeOf(event) === dismissedAt) {
    return false;
  }
  dismissedAt = null;
  return true;
}

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
  for (const on of ["focus", "click"]) {
    key.addEventListener(on, () => showTip(key, field));
  }
  key.addEventListener("pointerenter", (event) => pointedAt(event) && showTip(key, field));
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

export class Explained {
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

// The payload, readable, and as it leaves.
export function payloadOf(payload, title, explained) {
  const readable = explained.readable(payload, title);
  const raw = el("pre", { class: "code", tabindex: "0", "aria-label": `${title}, exactly`, hidden: true }, payload.body);
  const exactly = el("button", { type: "button", class: "plain-button", "aria-pressed": "false" }, "Exact bytes");
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
      el("p", { class: "payload-title" }, title, el("span", { class: "unit" }, ` ${[bytes(payload.bytes), payload.mediaType].filter(Boolean).join(" · ")}`)),
      exactly,
    ),
    readable,
    raw,
  );
}
