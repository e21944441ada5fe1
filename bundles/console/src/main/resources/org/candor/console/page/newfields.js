// What was announced of channels: fields, destinations and the like, and until when they wait.

import { announce, attribute, el, show, text } from "./dom.js";
import { count, moment } from "./text.js";

const NEWS = {
  channel: (one) => `Channel ${one.channel} is new`,
  purpose: (one) => `Channel ${one.channel} now sends for another purpose`,
  destination: (one) => `Channel ${one.channel} now sends to another destination`,
  plugin: (one) => `Channel ${one.channel} now uses another formatter or sink`,
  grant: (one) => `A file allows channel ${one.channel} again`,
};

// Both kinds of news as a banner has them.
const ofFields = (fields) => ({
  id: `fields ${fields.channel}`,
  title: `An upgrade added ${count(fields.names.length, "new field")} to channel ${fields.channel}`,
  waits: "withheld until",
  until: fields.withheldUntil,
  more: fields.names.join(", "),
});

const ofOther = (one) => ({
  id: `${one.matter} ${one.channel}`,
  title: (NEWS[one.matter] ?? ((other) => `Channel ${other.channel} changed`))(one),
  waits: "first at",
  until: one.withheldUntil,
  more: one.what,
});

const said = (news) =>
  news.until ? `${news.title}, ${news.waits} ${moment(news.until)}` : news.title;

function banner() {
  const title = el("p", { class: "said" });
  const more = el("p", { class: "more" });
  const node = el("div", { class: "banner" }, el("div", {}, title, more));
  attribute(node, "data-severity", "recommended");
  return { node, title, more };
}

export function newFields(content) {
  const banners = new Map();
  return {
    update({ fields, others }) {
      const all = [...fields.map(ofFields), ...others.map(ofOther)];
      for (const [id, { node }] of banners) {
        if (!all.some((news) => news.id === id)) {
          node.remove();
          banners.delete(id);
        }
      }
      for (const news of all) {
        const known = banners.get(news.id);
        const { node, title, more } = known ?? banner();
        if (!known) {
          banners.set(news.id, { node, title, more });
          content.append(node);
          announce(said(news));
        }
        text(title, said(news));
        text(more, news.more);
      }
      show(content, all.length > 0);
    },
  };
}
