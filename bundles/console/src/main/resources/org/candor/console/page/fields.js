// The catalogue of what may leave, and which of its entries explains a name in a payload.

import { moment } from "./text.js";

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export const describe = (field) => [
  field.meaning,
  `Why: ${field.why}`,
  [
    field.unit ? `${field.type}, in ${field.unit}` : field.type,
    `sensitivity: ${field.sensitivity}`,
    `since ${field.since}`,
  ].join(" · "),
  field.withheldUntil ? `Withheld until ${moment(field.withheldUntil)}` : "",
].filter((line) => line !== "");

export class Catalogue {
  #fields;

  constructor(fields) {
    this.fields = fields;
    // As in the server: * stands for any text. An exact name explains better than a pattern.
    this.#fields = fields
      .map((field) => ({
        field,
        pattern: new RegExp(`^${field.name.split("*").map(escape).join(".*")}$`, "s"),
      }))
      .sort((a, b) => a.field.name.includes("*") - b.field.name.includes("*"));
  }

  // path: names from the outside in, joined by dots, with [] for the entries of a list. What stands
  // in frames such as Segment's "batch[]" and "properties" is in the catalogue by its own name.
  find(path) {
    for (let inner = path; ; inner = inner.slice(inner.indexOf(".") + 1)) {
      const field = this.#covering(inner, `${inner}[]`);
      if (field || !inner.includes(".")) {
        return field;
      }
    }
  }

  #covering(...names) {
    const covers = ({ pattern }) => names.some((name) => pattern.test(name));
    return this.#fields.find(covers)?.field ?? null;
  }
}
