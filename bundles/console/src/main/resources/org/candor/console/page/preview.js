// What a channel would send now, with every key explained, and all that it may ever send.

import { get } from "./api.js";
import { announce, el, keyed, row, show, table, text } from "./dom.js";
import { Explained, payloadOf } from "./explained.js";
import { Catalogue, describe } from "./fields.js";
import { count, exact } from "./text.js";

const COLUMNS = ["Field", "Meaning", "Why, and sensitivity"];

const titleOf = (i, all) => (all > 1 ? `Message ${i + 1} of ${all}` : "The message");

function fillField(line, field) {
  const [, why, ...rest] = describe(field);
  text(line.children[0], field.name);
  text(line.children[1], field.meaning);
  text(line.children[2], [why, ...rest].join(" · "));
}

// Asked for when it is opened, and again when the reader says so: it makes the sources look.
export function preview(channel, id) {
  const summary = el("summary", {}, "What would be sent now", el("span", { class: "unseen" }, ` through ${channel}`));
  const again = el("button", { type: "button", class: "plain-button" }, "Refresh");
  const said = el("p", { class: "asked" });
  const place = el("div", { class: "payloads" });
  const all = el("tbody");
  const allTitle = el("summary", {}, "Everything that may ever be sent");
  const every = el(
    "details",
    { class: "every", hidden: true },
    allTitle,
    table(`Every field that may be sent through ${channel}`, COLUMNS, all),
  );
  const details = el("details", { class: "preview" }, summary, el("div", { class: "payload-head" }, said, again), place, every);

  async function load() {
    text(said, "Asking the sources…");
    const query = encodeURIComponent(channel);
    try {
      const [now, catalogue] = await Promise.all([
        get(`/v1/preview/${query}`),
        get(`/v1/fields?channel=${query}`),
      ]);
      const explained = new Explained(`${id}-field`, new Catalogue(catalogue.fields));
      place.replaceChildren(
        ...now.payloads.map((p, i) => payloadOf(p, titleOf(i, now.payloads.length), explained)),
        explained.descriptions,
      );
      keyed(all, catalogue.fields, (f) => f.name, () => row(COLUMNS), fillField);
      text(allTitle, `Everything that may ever be sent: ${count(catalogue.fields.length, "field")}`);
      show(every, catalogue.fields.length > 0);
      const gaps = now.gaps.map((gap) => `${gap.source} (${gap.reason})`).join(", ");
      text(
        said,
        [
          now.payloads.length === 0 ? "Nothing would be sent now." : "",
          `Asked at ${exact(new Date().toISOString())}; no connection to the endpoint was opened.`,
          gaps && `Missing: ${gaps}.`,
          now.note,
          now.payloads.length > 0 ? "Point at a name, or move to it, to read what it means and why it is sent." : "",
        ].filter(Boolean).join(" "),
      );
    } catch (e) {
      text(said, `This could not be read. ${e.message}`);
    }
  }

  again.addEventListener("click", async () => {
    await load();
    announce(`${channel}: refreshed`);
  });
  details.addEventListener("toggle", () => details.open && place.childElementCount === 0 && load());
  return details;
}
