// What channels can send since an upgrade, and until when it is withheld.

import { announce, attribute, el, show, text } from "./dom.js";
import { count, moment } from "./text.js";

const said = (fields) => {
  const much = count(fields.names.length, "new field");
  return fields.withheldUntil
    ? `An upgrade added ${much} to channel ${fields.channel}, withheld until ${moment(fields.withheldUntil)}`
    : `An upgrade added ${much} to channel ${fields.channel}`;
};

function banner() {
  const title = el("p", { class: "said" });
  const names = el("p", { class: "more" });
  const node = el("div", { class: "banner" }, el("div", {}, title, names));
  attribute(node, "data-severity", "recommended");
  return { node, title, names };
}

export function newFields(content) {
  const banners = new Map();
  return {
    update(all) {
      for (const [channel, { node }] of banners) {
        if (!all.some((fields) => fields.channel === channel)) {
          node.remove();
          banners.delete(channel);
        }
      }
      for (const fields of all) {
        const known = banners.get(fields.channel);
        const { node, title, names } = known ?? banner();
        if (!known) {
          banners.set(fields.channel, { node, title, names });
          content.append(node);
          announce(said(fields));
        }
        text(title, said(fields));
        text(names, fields.names.join(", "));
      }
      show(content, all.length > 0);
    },
  };
}
