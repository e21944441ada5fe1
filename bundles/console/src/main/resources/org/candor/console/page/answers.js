// One switch for each purpose: who decides, and why a switch is locked.

import { put } from "./api.js";
import { announce, attribute, el, keyed, partsOf, row, show, table, text, withParts } from "./dom.js";

const COLUMNS = ["Layer", "Setting", "Where"];

const PURPOSES = {
  usage: {
    title: "Usage",
    about: "The health of components by the hour, and a daily inventory.",
    key: "disableTelemetry",
  },
  errors: {
    title: "Errors",
    about: "Crashes: the signal, the exit code and a scrubbed stack.",
    key: "disableCrashReporting",
  },
  "version-check": {
    title: "Version check",
    about: "One question a day, through DNS: is there a newer version?",
    key: "disableVersionCheck",
  },
};

function locks(explanation) {
  return explanation.layers.filter((l) => l.verdict === "forbids" && !l.yields);
}

function standing(explanation) {
  const word = explanation.allowed ? "Allowed" : "Forbidden";
  return explanation.decidedBy === "default"
    ? `${word} by default: nobody has answered.`
    : `${word} by ${explanation.decidedBy}.`;
}

function lockedBecause(layers) {
  const who = layers.map((l) => (l.why ? `${l.layer} (${l.why})` : l.layer)).join(" and ");
  return `Locked: ${who} forbids it, and the strictest setting counts. Change it there.`;
}

function lockOf({ explanation, mayPut }) {
  const locked = locks(explanation);
  if (locked.length > 0) {
    return lockedBecause(locked);
  }
  return mayPut ? "" : "Locked: your user may read here, but not change anything; that takes one of the writeRoles in etc/org.candor.rest.cfg.";
}

function notDone({ status, message }) {
  if (status === 412) {
    return "Somebody else answered in the meantime. Nothing was changed; the switches show the present state.";
  }
  if (status >= 400) {
    // A server that failed half-way says itself how far it came.
    return status < 500 ? `Nothing was changed here. ${message}` : message;
  }
  return `It is not known whether this was changed. ${message}`;
}

// A note is true of what it was written about.
function outlived(noted, { explanation, version }) {
  return noted.unknown || noted.version !== version || noted.allowed !== explanation.allowed;
}

export function answers(content, reload) {
  const switches = el("div", { class: "answers" });
  content.append(switches);
  let version = null;

  async function answer(card) {
    const parts = partsOf(card);
    const { control, title, note, explanation, busy } = parts;
    if (busy) {
      return;
    }
    const locked = lockOf(parts);
    if (locked !== "") {
      announce(`${title} stays ${explanation.allowed ? "on" : "off"}. ${locked}`);
      return;
    }
    const yes = !explanation.allowed;
    parts.busy = true;
    attribute(control, "aria-busy", "true");
    let said;
    let unknown = false;
    try {
      const key = PURPOSES[explanation.purpose].key;
      const now = await put("/v2/cluster", { [key]: !yes, version });
      version = now.version;
      said = now.message ?? `${title} is ${yes ? "on" : "off: nothing more is sent for it"}.`;
      show(note, Boolean(now.message));
    } catch (e) {
      said = notDone(e);
      unknown = !(e.status >= 400);
      show(note, true);
    }
    text(note, said);
    await reload();
    parts.noted = { unknown, version: parts.version, allowed: parts.explanation.allowed };
    parts.busy = false;
    attribute(control, "aria-busy", null);
    announce(said);
  }

  function create(explanation) {
    const id = `answer-${explanation.purpose}`;
    const { title, about } = PURPOSES[explanation.purpose];
    const control = el("button", {
      type: "button",
      class: "switch",
      role: "switch",
      id,
      "aria-labelledby": `${id}-title`,
      "aria-describedby": `${id}-why ${id}-lock`,
    }, el("span", { class: "knob", "aria-hidden": "true" }), el("span", { class: "word" }));
    const parts = {
      title,
      control,
      busy: false,
      noted: null,
      why: el("p", { class: "why", id: `${id}-why` }),
      lock: el("p", { class: "lock", id: `${id}-lock` }),
      note: el("p", { class: "note", hidden: true }),
      layers: el("tbody"),
    };
    const card = el(
      "article",
      { class: "answer", "aria-labelledby": `${id}-title` },
      el("div", { class: "head" }, el("h3", { id: `${id}-title` }, title), control),
      el("p", { class: "about" }, about),
      parts.why,
      parts.lock,
      parts.note,
      el(
        "details",
        {},
        el("summary", {}, "All settings", el("span", { class: "unseen" }, ` for ${title}`)),
        table(`All settings for ${title}, strictest first`, COLUMNS, parts.layers),
      ),
    );
    control.addEventListener("click", () => answer(card));
    return withParts(card, parts);
  }

  function update(card, explanation, mayPut) {
    const parts = partsOf(card);
    Object.assign(parts, { explanation, mayPut, version });
    if (!parts.busy && !parts.note.hidden && outlived(parts.noted, parts)) {
      show(parts.note, false);
    }
    const locked = lockOf(parts);
    const on = explanation.allowed;
    attribute(parts.control, "aria-checked", String(on));
    attribute(parts.control, "aria-disabled", locked !== "" ? "true" : null);
    text(parts.control.querySelector(".word"), on ? "On" : "Off");
    text(parts.why, standing(explanation));
    text(parts.lock, locked);
    show(parts.lock, locked !== "");
    keyed(
      parts.layers,
      explanation.layers,
      (l) => l.layer,
      () => row(COLUMNS),
      (line, l) => {
        attribute(line, "data-verdict", l.verdict);
        text(line.children[0], l.layer);
        text(line.children[1], l.verdict);
        text(line.children[2], l.why);
      },
    );
  }

  return {
    update({ cluster, mayPut, explanations }) {
      version = cluster.version;
      keyed(switches, explanations.filter((e) => Object.hasOwn(PURPOSES, e.purpose)),
        (e) => e.purpose, create, (card, explanation) => update(card, explanation, mayPut));
    },
  };
}
