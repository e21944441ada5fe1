// What is new, and whether the vendor signed it.

import { announce, attribute, el, show, text } from "./dom.js";
import { setTime } from "./text.js";

const SAID = {
  required: (n) => `Upgrade to ${n.newest}: the vendor says it is required`,
  recommended: (n) => `Version ${n.newest} is recommended`,
  ok: (n) => `Version ${n.running} is up to date`,
  unknown: () => "No news of upgrades",
};

// Only the web's own schemes: a link of any other kind could run something here.
function link(url) {
  try {
    const parsed = new URL(url);
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed : null;
  } catch {
    return null;
  }
}

function signature(notice) {
  if (!notice.newest) {
    return ["none", "No answer yet"];
  }
  return notice.signed
    ? ["right", "Signed by the vendor; the signature is valid"]
    : ["unchecked", "Not signed: anyone on the way could have made this up"];
}

export function upgrade(content) {
  const title = el("p", { class: "said" });
  const running = el("span");
  const seal = el("span", { class: "seal" });
  const read = el("a", { class: "read", rel: "noopener noreferrer", target: "_blank" });
  const plain = el("span", { class: "plain" });
  const checked = el("time");
  const from = el("span");
  const banner = el(
    "div",
    { class: "banner", hidden: true },
    el("div", {}, title, el("p", { class: "more" }, running, seal)),
    el("p", { class: "where" }, read, plain, el("span", { class: "checked" }, "Checked ", checked, from)),
  );
  content.append(banner);
  let before = null;
  return {
    update(notice) {
      const severity = Object.hasOwn(SAID, notice.severity) ? notice.severity : "unknown";
      const said = SAID[severity](notice);
      attribute(banner, "data-severity", severity);
      text(title, said);
      text(running, notice.running ? `Running: ${notice.running}` : "Running: not set");
      const [state, words] = signature(notice);
      attribute(seal, "data-seal", state);
      text(seal, words);
      const target = link(notice.url);
      show(read, target !== null);
      if (target) {
        read.href = target.href;
        text(read, `Release notes at ${target.host} (opens a new tab)`);
      } else {
        read.removeAttribute("href");
      }
      text(plain, !target && notice.url ? notice.url : "");
      setTime(checked, notice.checkedAt, "never");
      text(from, notice.from ? `, from ${notice.from}` : "");
      show(banner, true);
      if (before !== null && before !== said) {
        announce(said);
      }
      before = said;
    },
  };
}
