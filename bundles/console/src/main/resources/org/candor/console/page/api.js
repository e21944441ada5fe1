// What the server says, and how it is asked.

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

// The page may have been opened with a user's name in its address, which fetch refuses to repeat.
const url = (path) => new URL(path, location.origin);

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(url(path), { cache: "no-store", ...options });
  } catch {
    throw new Refused(0, "The server cannot be reached.");
  }
  let json = null;
  try {
    json = await answer.json();
  } catch {
    // The status says what it is then.
  }
  if (!answer.ok || json === null) {
    throw new Refused(answer.status, json?.message ?? `The server answered ${answer.status}.`);
  }
  return { json, headers: answer.headers };
}

export const get = async (path) => (await ask(path)).json;

// Every answer says so to whoever may only read.
export async function getAndWhetherToPut(path) {
  const { json, headers } = await ask(path);
  const allowed = headers.get("Allow");
  return { json, mayPut: allowed === null || /\bPUT\b/.test(allowed) };
}

export const put = async (path, body) =>
  (await ask(path, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "Candor-Client": "page" },
    body: JSON.stringify(body),
  })).json;

const RETRY = 30_000;
const SOON = 300;

// Tells what changed as it changes, by server-sent events; without them, every 30 seconds, all.
// What changed before a stream began is not in it, so that all is asked for after each
// beginning, and once without waiting for one that does not begin soon.
// A hidden page asks nothing: a browser gives a server six connections, however many pages it has.
export class Changes {
  #source = null;
  #timer = null;
  #soon = null;
  #listener;

  // listener: changed(names, or null for all), live(whether changes come by themselves)
  constructor(listener) {
    this.#listener = listener;
    document.addEventListener("visibilitychange", () => this.#visible());
    this.#open();
  }

  #visible() {
    this.#close();
    if (!document.hidden) {
      this.#open();
    }
  }

  #open() {
    const source = new EventSource(url("/v1/changes"));
    this.#source = source;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#listener.changed(null), SOON);
    source.addEventListener("open", () => {
      this.#stopAsking();
      this.#listener.live(true);
      this.#listener.changed(null);
    });
    source.addEventListener("changed", (event) => this.#listener.changed(names(event.data)));
    source.addEventListener("error", () => {
      this.#listener.live(false);
      this.#timer ??= setInterval(() => this.#again(), RETRY);
    });
  }

  #again() {
    if (this.#source.readyState === EventSource.CLOSED) {
      this.#open();
    } else {
      this.#listener.changed(null);
    }
  }

  #stopAsking() {
    clearTimeout(this.#soon);
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #close() {
    this.#stopAsking();
    this.#source.close();
  }
}

function names(data) {
  try {
    const what = JSON.parse(data).what;
    return Array.isArray(what) ? what : null;
  } catch {
    return null;
  }
}
