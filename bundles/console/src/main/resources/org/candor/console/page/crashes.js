// Processes that died: how, when, and what became of the report.

import { get } from "./api.js";
import { announce, attribute, el, keyed, partsOf, show, text, withParts } from "./dom.js";
import { sent } from "./sent.js";
import { count, setTime } from "./text.js";

function how(crash) {
  const said = [];
  if (crash.signal) {
    said.push(`${crash.signal.name} (signal ${crash.signal.number})`);
  }
  if (crash.exitCode !== null && crash.exitCode !== undefined) {
    said.push(`exit code ${crash.exitCode}`);
  }
  if (typeof crash.coreDumped === "boolean") {
    said.push(crash.coreDumped ? "core dumped" : "no core dump");
  }
  return said.join(" · ") || "no signal and no exit code";
}

// Lines as Java prints a stack: an exception, its calls, what caused it, and what is left out.
const CALL = /^(at|\u2026) /;

function fill(frames, stack) {
  keyed(
    frames,
    stack.map((line, i) => ({ line, i })),
    (l) => l.i,
    () => el("li"),
    (li, l) => {
      attribute(li, "class", CALL.test(l.line) ? null : "thrown");
      text(li, l.line);
    },
  );
}

// The list is without stacks, of which few are read.
async function read(parts) {
  try {
    const { stack } = await get(`/v1/crashes/${encodeURIComponent(parts.id)}`);
    fill(parts.frames, parts.stack.open && Array.isArray(stack) ? stack : []);
    text(parts.said, "");
  } catch (e) {
    text(parts.said, e.message);
  }
}

// Of these the endpoint has had the report, so that the journal has it.
const LEFT = ["delivered", "refused"];

function create(crash) {
  const parts = {
    name: el("h3"),
    outcome: el("span", { class: "outcome" }),
    how: el("span", { class: "signal" }),
    at: el("time"),
    times: el("span"),
    message: el("p", { class: "message" }),
    frames: el("ol", { role: "list" }),
    said: el("p", { class: "asked" }),
    id: crash.id,
  };
  const title = `Stack of ${crash.component}`;
  parts.stack = el(
    "details",
    { class: "trace" },
    el("summary", {}, "Stack", el("span", { class: "unseen" }, ` of ${crash.component}`)),
    el("div", { class: "code", role: "group", tabindex: "0", "aria-label": title }, parts.frames),
    parts.said,
  );
  parts.stack.addEventListener("toggle", () => (parts.stack.open ? read(parts) : fill(parts.frames, [])));
  parts.report = sent(crash.id, null, "The report as it was sent");
  const card = el(
    "article",
    { class: "crash" },
    el("div", { class: "head" }, parts.name, parts.how, parts.outcome),
    el("p", { class: "when" }, parts.at, parts.times),
    parts.message,
    parts.stack,
    parts.report,
  );
  return withParts(card, parts);
}

function update(card, crash) {
  const parts = partsOf(card);
  text(parts.name, crash.component);
  text(parts.how, how(crash));
  attribute(parts.outcome, "data-outcome", crash.outcome);
  text(parts.outcome, crash.outcome);
  setTime(parts.at, crash.at, "at an unknown time");
  text(parts.times, crash.count > 1 ? ` · ${count(crash.count, "crash", "crashes")} alike` : "");
  text(parts.message, crash.message);
  show(parts.message, Boolean(crash.message));
  show(parts.report, LEFT.includes(crash.outcome));
  show(parts.stack, crash.calls > 0);
  if (parts.stack.open) {
    read(parts);
  }
}

export function crashes(content) {
  const list = el("div", { class: "crashes" });
  const none = el("p", { class: "empty", hidden: true }, "No crash was seen.");
  content.append(list, none);
  let known = null;
  return {
    update({ crashes: seen }) {
      keyed(list, seen, (c) => c.id, create, update);
      show(none, seen.length === 0);
      const fresh = seen.filter((c) => known !== null && !known.has(c.id));
      if (fresh.length > 0) {
        announce(fresh.map((c) => `${c.component} crashed.`).join(" "));
      }
      known = new Set(seen.map((c) => c.id));
    },
  };
}
