// The page: which part shows what, and when it is asked for again.

import { answers } from "./answers.js";
import { Changes, get, getAndWhetherToPut } from "./api.js";
import { channels } from "./channels.js";
import { crashes } from "./crashes.js";
import { problem, text } from "./dom.js";
import { history } from "./history.js";
import { journal } from "./journal.js";
import { mistakes } from "./mistakes.js";
import { newFields } from "./newfields.js";
import { sources } from "./sources.js";
import { freshen } from "./text.js";
import { upgrade } from "./upgrade.js";

const PURPOSES = ["usage", "errors", "version-check"];
const GATHER = 100;
const PAUSE = 1000;

const content = (id) => document.querySelector(`#${id} > .content`);

const shows = {
  answers: answers(content("answers"), () => ask(["answers", "status"])),
  channels: channels(content("channels")),
  crashes: crashes(content("crashes")),
  history: history(content("history")),
  journal: journal(content("journal")),
  mistakes: mistakes(content("mistakes")),
  newFields: newFields(content("new-fields")),
  sources: sources(content("sources")),
  upgrade: upgrade(content("upgrade")),
};

// What is asked for together, where it is shown, and after which words of the server.
const PARTS = {
  upgrade: {
    load: () => get("/v1/upgrade"),
    show: { upgrade: (notice) => notice },
    after: ["upgrade"],
  },
  answers: {
    load: async () => {
      const [{ json: cluster, mayPut }, ...explanations] = await Promise.all([
        getAndWhetherToPut("/v2/cluster"),
        ...PURPOSES.map((purpose) => get(`/v1/explain/${purpose}`)),
      ]);
      return { cluster, mayPut, explanations };
    },
    show: { answers: (said) => said },
    after: ["consent"],
  },
  status: {
    load: () => get("/v1/status"),
    show: {
      channels: (status) => status,
      newFields: (status) => ({ fields: status.newFields ?? [], others: status.announced ?? [] }),
      mistakes: (status) => status.problems ?? [],
      sources: (status) => status,
    },
    after: ["status", "consent"],
  },
  history: {
    load: () => get("/v1/history"),
    show: { history: (points) => points },
    after: ["sent"],
  },
  sent: {
    load: () => shows.journal.load(),
    show: { journal: (entries) => entries },
    after: ["sent"],
  },
  crashes: {
    load: () => get("/v1/crashes"),
    show: { crashes: (seen) => seen },
    after: ["crashes"],
  },
};

// Where the name of a part is no id.
const PLACES = { newFields: "new-fields" };

const WORDS = new Set(Object.values(PARTS).flatMap((part) => part.after));

async function load(name) {
  const part = PARTS[name];
  let loaded = null;
  let wrong = "";
  try {
    loaded = await part.load();
  } catch (e) {
    wrong = e.status === 401 ? "You are no longer logged in: reload the page." : e.message;
  }
  for (const [place, pick] of Object.entries(part.show)) {
    problem(content(PLACES[place] ?? place), wrong && `This could not be read. ${wrong}`);
    if (loaded !== null) {
      shows[place].update(pick(loaded));
    }
  }
}

const underWay = {};
const afterwards = {};

// What is asked while an answer is under way is asked again after it, once, so that no answer is
// overtaken and a slow server is not asked faster than it can answer.
function refresh(name) {
  if (!underWay[name]) {
    underWay[name] = load(name).finally(() => delete underWay[name]);
    return underWay[name];
  }
  afterwards[name] ??= underWay[name].then(() => {
    delete afterwards[name];
    return refresh(name);
  });
  return afterwards[name];
}

let due = new Set();
let gathering = null;
let last = 0;

// Changes come in flocks, and on a busy server all the time.
function gather(names) {
  names.forEach((name) => due.add(name));
  gathering ??= setTimeout(() => {
    const now = due;
    due = new Set();
    gathering = null;
    last = Date.now();
    ask([...now]);
  }, last === 0 ? 0 : Math.max(GATHER, last + PAUSE - Date.now()));
}

function ask(names) {
  return Promise.all(names.map(refresh));
}

function changed(words) {
  const all = Object.keys(PARTS);
  const known = words?.every((word) => WORDS.has(word));
  gather(known ? all.filter((name) => PARTS[name].after.some((w) => words.includes(w))) : all);
}

const state = document.getElementById("live");

function live(is) {
  state.dataset.state = is ? "live" : "asking";
  text(state, is ? "Live" : "Refreshing every 30 seconds");
}

new Changes({ changed, live });
setInterval(freshen, 15_000);
