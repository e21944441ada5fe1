// How components fared, and what became of messages.

import { attribute, el, keyed, show, text } from "./dom.js";
import { Plot } from "./plot.js";
import { count, hour, number } from "./text.js";

const ALL = "";
const REPORTED = [
  { key: "unhealthy", name: "Unhealthy" },
  { key: "total", name: "Total" },
];

function healthPoints(health) {
  return health.map((p) => ({
    hour: p.hour,
    values: { unhealthy: p.unhealthy, healthy: p.total - p.unhealthy, total: p.total },
  }));
}

function deliveryPoints(deliveries, channel) {
  const hours = new Map();
  for (const p of deliveries.filter((d) => channel === ALL || d.channel === channel)) {
    const values = hours.get(p.hour) ?? { delivered: 0, failed: 0, lost: 0 };
    values.delivered += p.delivered;
    values.failed += p.failed;
    values.lost += p.lost;
    hours.set(p.hour, values);
  }
  return [...hours]
    .map(([at, values]) => ({ hour: at, values }))
    .sort((a, b) => Date.parse(a.hour) - Date.parse(b.hour));
}

function healthInWords(health) {
  if (health.length === 0) {
    return "";
  }
  const worst = health.reduce((a, b) => (b.unhealthy > a.unhealthy ? b : a));
  const last = health.at(-1);
  const now = `Last seen: ${number(last.unhealthy)} of ${count(last.total, "component")} unhealthy`;
  return worst.unhealthy === 0
    ? `No component was unhealthy. ${now}.`
    : `${now}; at worst ${number(worst.unhealthy)} of ${number(worst.total)}, ${hour(worst.hour)}.`;
}

function deliveriesInWords(points) {
  const total = (key) => points.reduce((n, p) => n + p.values[key], 0);
  return points.length === 0
    ? ""
    : `${number(total("delivered"))} delivered, ${count(total("failed"), "attempt")} failed and were retried, ${number(total("lost"))} lost.`;
}

function figure(id, title, words, ...inside) {
  return el("figure", { id, "aria-labelledby": `${id}-title` },
    el("figcaption", {}, el("h3", { id: `${id}-title` }, title), words), ...inside);
}

export function history(content) {
  const health = new Plot("Component health", {
    up: [{ key: "unhealthy", name: "Unhealthy" }, { key: "healthy", name: "Healthy" }],
    rows: REPORTED,
  });
  const deliveries = new Plot("Deliveries and losses", {
    up: [{ key: "delivered", name: "Delivered" }],
    down: [{ key: "failed", name: "Failed" }, { key: "lost", name: "Lost" }],
  });
  const healthWords = el("p");
  const deliveryWords = el("p");
  const choice = el("select", { id: "history-channel" }, el("option", { value: ALL }, "All channels"));
  const choices = el("optgroup", { label: "Only" });
  choice.append(choices);
  const chooser = el("label", { class: "chooser", for: "history-channel" }, "Channel ", choice);
  content.append(
    el(
      "div",
      { class: "plots" },
      figure("health-plot", "Component health", healthWords, health.node),
      figure("delivery-plot", "Deliveries and losses", deliveryWords, chooser, deliveries.node),
    ),
  );
  let known = [];

  function showDeliveries() {
    const points = deliveryPoints(known, choice.value);
    deliveries.update(points, "Nothing has been sent yet.");
    text(deliveryWords, deliveriesInWords(points));
  }

  choice.addEventListener("change", showDeliveries);
  return {
    update(history) {
      health.update(healthPoints(history.health), "No report has covered components yet.");
      text(healthWords, healthInWords(history.health));
      known = history.deliveries;
      const names = [...new Set(known.map((p) => p.channel))].sort();
      keyed(choices, names, (n) => n, () => el("option"), (option, name) => {
        text(option, name);
        attribute(option, "value", name);
      });
      show(chooser, names.length > 1);
      showDeliveries();
    },
  };
}
