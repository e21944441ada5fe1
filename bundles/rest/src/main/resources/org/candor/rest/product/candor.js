// Tells Candor of logins, logouts and page views. See README.md of org.candor.rest.
((w, d, n) => {
  "use strict";
  const held = w.candor && w.candor.q;
  if (w.candor && !held) return;

  const MOST = 200, BATCH = 25, TOGETHER = 200, LONGEST = 3e5, WORD = /^(\[[a-z_-]{1,30}]|[a-z_-]{1,30})?$/i;
  const src = (d.currentScript || {}).src;
  const memory = new Map();
  const off = () => n.doNotTrack === "1" || n.globalPrivacyControl;
  let options, store, user = "", page, since, shown, pageTimer, timer, sending, alone = 0, tries = 0, last = 0, heldAt;

  // Never in the way of the page: whatever goes wrong here stays here.
  const calm = (action) => (...given) => {
    try { return action(...given); } catch (e) { /* nothing that the page could do about it */ }
  };

  // A call that was held is told as of when it was made.
  const now = () => heldAt || Date.now();

  const text = (value, most = 100) => {
    const plain = String(value === undefined || value === null ? "" : value);
    return [...plain.replace(/[\ud800-\udfff\0-\x1f\x7f-\x9f]/gu, "")].slice(0, most).join("");
  };

  const uuid = () => {
    if (w.crypto && crypto.randomUUID) return crypto.randomUUID();
    const some = (size) => {
      let hex = "";
      while (hex.length < size) hex += (w.crypto ? crypto.getRandomValues(new Uint8Array(1))[0] & 15 : Math.random() * 16 | 0).toString(16);
      return hex;
    };
    return `${some(8)}-${some(4)}-4${some(3)}-a${some(3)}-${some(12)}`;
  };

  const visitor = () => {
    try {
      return sessionStorage.candor || (sessionStorage.candor = uuid());
    } catch (e) {
      return w.candor.v || (w.candor.v = uuid());
    }
  };

  // One entry of the storage for each event, so that windows do not overwrite each other's.
  const queued = () => {
    const all = new Map(memory);
    calm(() => Object.keys(localStorage).filter((key) => key.startsWith(store)).forEach((key) => all.set(key, localStorage[key])))();
    return [...all].sort((a, b) => (a[1] < b[1] ? -1 : 1));
  };

  const drop = (key) => {
    memory.delete(key);
    calm(() => localStorage.removeItem(key))();
  };

  const keep = (type, path, when = now()) => {
    last = Math.max(when, last + 1);
    const at = new Date(last).toISOString(), id = uuid();
    const event = JSON.stringify({ at, id, type, user, visitor: visitor(), path, version: text(options.version) });
    queued().slice(0, 1 - MOST).forEach(([key]) => drop(key));
    try { localStorage.setItem(store + id, event); } catch (e) { memory.set(store + id, event); }
    later(TOGETHER);
  };

  const later = (wait) => {
    if (!timer) timer = setTimeout(() => (w.requestIdleCallback || setTimeout)(() => {
      timer = 0;
      calm(send)();
    }, w.requestIdleCallback && { timeout: 1000 }), wait);
  };

  const soon = () => {
    clearTimeout(timer);
    timer = tries = 0;
    later(Math.random() * 1000);
  };

  const body = (batch) => `{"key":${JSON.stringify(options.key)},"events":[${batch.map((entry) => entry[1])}]}`;

  const send = () => {
    const batch = queued().slice(0, alone ? 1 : BATCH);
    if (sending || !batch.length || off()) return;
    sending = true;
    const done = (answer) => {
      sending = false;
      if (answer && (answer.ok || [400, 413, 415].includes(answer.status))) {
        // One that is refused takes all others of its request along, which then go by themselves.
        if (!answer.ok && batch[1]) alone = batch.length;
        else {
          batch.forEach(([key]) => drop(key));
          if (alone) alone--;
        }
        tries = 0;
        if (queued().length) later(TOGETHER);
      } else {
        const asked = answer && answer.headers.get("Retry-After") * 1000 || 0;
        later(Math.max(asked, 1000) + Math.random() * Math.min(LONGEST, 1000 * 2 ** tries++));
      }
    };
    // Text needs no question beforehand whether this page may send.
    fetch(options.endpoint, { method: "POST", body: body(batch), credentials: "omit", keepalive: true }).then(done, () => done());
  };

  const template = (path) => {
    const bare = path.replace(/[?#].*/, "").replace(/(.)\/+$/, "$1");
    if (options.route) return options.route(bare);
    const parts = bare.split("/");
    if (!options.routes) return parts.map((part) => (WORD.test(part) ? part : "[id]")).join("/");
    const fits = (route) => {
      const own = route.split("/");
      return own.length === parts.length && own.every((part, i) => part === parts[i] || part[0] === "[" && parts[i]);
    };
    return options.routes.find((route) => route === bare) || options.routes.find(fits) || "/unknown";
  };

  const seen = () => {
    clearTimeout(pageTimer);
    if (page) keep("page", page, since);
    page = 0;
  };

  // Timers may be late, and what was held has none.
  const due = () => now() - since >= TOGETHER && seen();

  // An anchor in the page or another query is no other page.
  const here = () => {
    const path = location.hash.startsWith("#/") ? location.hash.slice(1) : location.pathname;
    if (path !== shown) w.candor.page(shown = path);
  };

  const candor = calm((given) => {
    if (off() || options || !given.key) return;
    // As part of another file, or as a module, this does not know where Candor is.
    const own = given.endpoint ? d.baseURI : /\/candor\.js([?#]|$)/.test(src) && src;
    if (!own) return console.warn("candor.js needs the option endpoint here");
    const endpoint = new URL(given.endpoint || "/v1/events", own).href;
    user = text(given.user);
    store = `candor:${given.key}:`;
    options = Object.assign({}, given, { endpoint });
    w.addEventListener("online", soon);
    w.addEventListener("pagehide", calm(() => {
      due();
      const batch = queued().slice(0, BATCH);
      if (batch.length && !off()) n.sendBeacon(options.endpoint, body(batch));
    }));
    if (options.auto) {
      const push = history.pushState;
      history.pushState = function (...state) {
        const result = push.apply(this, state);
        here();
        return result;
      };
      w.addEventListener("popstate", here);
      w.addEventListener("hashchange", here);
      w.addEventListener("pageshow", (event) => {
        if (event.persisted) {
          shown = 0;
          here();
        }
      });
      here();
    }
    if (queued().length) soon();
  });

  const when = (action) => calm((given) => options && !off() && action(given));

  candor.login = when((who) => {
    due();
    user = text(who);
    if (user) keep("login");
  });
  candor.logout = when(() => {
    due();
    keep("logout");
    user = "";
  });
  candor.page = when((path) => {
    due();
    page = text(template(String(path)), 200) || "/unknown";
    since = now();
    clearTimeout(pageTimer);
    pageTimer = setTimeout(calm(seen), TOGETHER - Date.now() + since);
  });

  w.candor = candor;
  if (off()) calm(() => {
    sessionStorage.removeItem("candor");
    Object.keys(localStorage).filter((key) => key.startsWith("candor:")).forEach((key) => localStorage.removeItem(key));
  })();

  if (held) {
    const run = calm(([name, given, at]) => {
      heldAt = at;
      (name ? candor[name] : candor)(given);
      heldAt = 0;
    });
    held.splice(0).forEach(run);
    // The page may have kept what held its calls.
    held.push = run;
  }
})(window, document, navigator);
