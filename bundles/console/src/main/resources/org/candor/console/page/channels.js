// Each channel: what it does, for whom, and what became of its messages.

import { announce, attribute, el, keyed, partsOf, show, text, withParts } from "./dom.js";
import { preview } from "./preview.js";
import { bytes, count, number, setTime } from "./text.js";

const FACTS = [
  ["decidedBy", "Decided by"],
  ["endpoint", "Endpoint"],
  ["next", "Next"],
  ["lastDelivery", "Last delivery"],
  ["queued", "Waiting"],
  ["lost", "Lost"],
  ["bytesSinceOff", "Sent since off"],
];

function lost(reasons) {
  if (reasons === null) return "unknown";
  const all = Object.entries(reasons).filter(([, n]) => n > 0);
  return all.length === 0 ? "none" : all.map(([why, n]) => `${number(n)} ${why}`).join(", ");
}

function queued(channel) {
  if (channel.queued === null) return "unknown";
  const share = channel.shareBytes > 0 ? `; ${bytes(channel.queuedBytes)} of its share of ${bytes(channel.shareBytes)}` : "";
  return (channel.queued === 0 ? "nothing" : count(channel.queued, "message")) + share;
}

function create(channel, id) {
  const facts = {};
  const list = el("dl", { class: "facts" });
  for (const [name, label] of FACTS) {
    facts[name] = el(name === "next" || name === "lastDelivery" ? "time" : "span");
    list.append(el("div", { class: `fact-${name}` }, el("dt", {}, label), el("dd", {}, facts[name])));
  }
  const parts = {
    facts,
    state: el("span", { class: "state" }),
    use: el("span", { class: "use" }),
    advice: el("p", { class: "advice" }),
  };
  return withParts(
    el(
      "article",
      { class: "channel", "aria-labelledby": id },
      el("div", { class: "head" }, el("h3", { id }, channel.name), parts.use, parts.state),
      parts.advice,
      list,
      preview(channel.name, id),
    ),
    parts,
  );
}

function update(card, channel) {
  const { facts, state, use, advice } = partsOf(card);
  attribute(card, "data-state", channel.state);
  text(state, channel.state);
  text(use, [...new Set([channel.report, channel.purpose])].join(" · "));
  text(advice, channel.advice);
  show(advice, channel.advice !== "");
  text(facts.decidedBy, channel.decidedBy);
  text(facts.endpoint, channel.endpoint || "not known");
  setTime(facts.next, channel.next, "nothing scheduled");
  setTime(facts.lastDelivery, channel.lastDelivery, channel.queued === null ? "unknown" : "never");
  text(facts.queued, queued(channel));
  text(facts.lost, lost(channel.lost));
  text(facts.bytesSinceOff, channel.bytesSinceOff === null ? "unknown" : bytes(channel.bytesSinceOff));
}

export function channels(content) {
  const list = el("div", { class: "channels" });
  const none = el("p", { class: "empty", hidden: true }, "There are no channels; install a feature such as candor-segment.");
  const role = el("p", { class: "role" });
  content.append(list, none, role);
  let before = null;
  let made = 0;
  return {
    update(status) {
      keyed(list, status.channels, (c) => c.name, (c) => create(c, `channel-${made++}`), update);
      show(none, status.channels.length === 0);
      text(role, `This node’s part in its cluster: ${status.cluster.role}.`);
      const now = new Map(status.channels.map((c) => [c.name, c.state]));
      if (before !== null) {
        const turned = [...now].filter(([name, state]) => before.get(name) !== state);
        if (turned.length > 0) {
          announce(turned.map(([name, state]) => `Channel ${name} is now ${state}.`).join(" "));
        }
      }
      before = now;
    },
  };
}
