// A payload as it left, from the journal.

import { get } from "./api.js";
import { el, text } from "./dom.js";
import { Explained, payloadOf } from "./explained.js";
import { Catalogue } from "./fields.js";

let made = 0;

// channel: whose catalogue explains it; null when that is not known
export function sent(id, channel, title) {
  const said = el("p", { class: "asked" });
  const place = el("div");
  const details = el("details", { class: "sent" }, el("summary", {}, title, el("span", { class: "unseen" }, ` (${id})`)), said, place);
  const prefix = `sent-${made++}`;

  async function load() {
    text(said, "Reading…");
    try {
      const [payload, catalogue] = await Promise.all([
        get(`/v1/sent/${encodeURIComponent(id)}/payload`),
        channel === null ? { fields: [] } : get(`/v1/fields?channel=${encodeURIComponent(channel)}`),
      ]);
      const explained = new Explained(prefix, new Catalogue(catalogue.fields));
      place.replaceChildren(payloadOf(payload, "As it was sent", explained), explained.descriptions);
      text(said, "");
    } catch (e) {
      text(said, e.message);
    }
  }

  details.addEventListener("toggle", () => details.open && place.childElementCount === 0 && load());
  return details;
}
