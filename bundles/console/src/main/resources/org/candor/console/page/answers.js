// One switch for each purpose: who decides, and why a switch is locked.

import { put } from "./api.js";
import { announce, attribute, el, keyed, partsOf, row, show, table, text, withParts } from "./dom.js";

const OWN = "configuration";
const COLUMNS = ["Layer", "Word", "Where"];

const PURPOSES = {
  usage: {
    title: "Usage",
    about: "How components fare by the hour, and a daily inventory.",
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
  return explanation.layers.filter((l) => l.verdict === "forbids" && l.layer !== OWN);
}

function standing(explanation) {
  const word = explanation.allowed ? "Allowed" : "Forbidden";
  return explanation.decidedBy === "default"
    ? `${word} by default: nobody has said anything.`
    : `${word} by ${explanation.decidedBy}.`;
}

function lockedBecause(layers) {
  const who = layers.map((l) => (l.why ? `${l.layer} (${l.why})` : l.layer)).join(" and ");
  return `Locked: ${who} forbids it, and the strictest word counts. Change it there.`;
}

export function answers(content, reload) {
  const switches = el("div", { class: "answers" });
  content.append(switches);
  let version = null;

  async function answer(card) {
    const { control, title, note, explanation, busy } = partsOf(card);
    if (busy) {
      return;
    }
    const locked = locks(explanation);
    if (locked.length > 0) {
      announce(`${title} stays off. ${lockedBecause(locked)}`);
      return;
    }
    const yes = !explanation.allowed;
    partsOf(card).busy = true;
    attribute(control, "aria-busy", "true");
    let said;
    try {
      const key = PURPOSES[explanation.purpose].key;
      const now = await put("/v2/cluster", { [key]: !yes, version });
      version = now.version;
      said = now.message ?? `${title} is ${yes ? "on" : "off: nothing leaves for it any more"}.`;
      show(note, Boolean(now.message));
    } catch (e) {
      said =
        e.status === 412
          ? "Somebody else answered in the meantime. Nothing was changed; this is how it stands now."
          : `Nothing was changed here. ${e.message}`;
      show(note, true);
    }
    text(note, said);
    await reload();
    partsOf(card).busy = false;
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
        el("summary", {}, "Every layer’s word", el("span", { class: "unseen" }, ` on ${title}`)),
        table(`Who says what about ${title}, strictest first`, COLUMNS, parts.layers),
      ),
    );
    control.addEventListener("click", () => answer(card));
    return withParts(card, parts);
  }

  function update(card, explanation) {
    const parts = partsOf(card);
    parts.explanation = explanation;
    const locked = locks(explanation);
    const on = explanation.allowed;
    attribute(parts.control, "aria-checked", String(on));
    attribute(parts.control, "aria-disabled", locked.length > 0 ? "true" : null);
    text(parts.control.querySelector(".word"), on ? "On" : "Off");
    text(parts.why, standing(explanation));
    text(parts.lock, locked.length > 0 ? lockedBecause(locked) : "");
    show(parts.lock, locked.length > 0);
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
    update({ cluster, explanations }) {
      version = cluster.version;
      keyed(switches, explanations.filter((e) => Object.hasOwn(PURPOSES, e.purpose)),
        (e) => e.purpose, create, update);
    },
  };
}
