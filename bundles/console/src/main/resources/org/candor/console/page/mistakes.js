// What is wrong in the configuration files, for as long as it is.

import { announce, attribute, el, keyed, show, text } from "./dom.js";
import { count } from "./text.js";

const said = ({ file, key, value, message }) =>
  key === "" ? `${file}: ${message}` : `${file}: ${key} = ${value}: ${message}`;

export function mistakes(content) {
  const title = el("p", { class: "said" });
  const list = el("ul", { class: "mistakes" });
  const banner = el("div", { class: "banner" }, el("div", {}, title, list));
  attribute(banner, "data-severity", "recommended");
  content.append(banner);
  show(content, false);
  let before = 0;
  return {
    update(problems) {
      const much = `${count(problems.length, "mistake")} in the configuration files`;
      text(title, much);
      keyed(list, problems, (p) => `${p.file} ${p.key}`, () => el("li"), (item, p) => text(item, said(p)));
      show(content, problems.length > 0);
      if (problems.length > before) {
        announce(much);
      }
      before = problems.length;
    },
  };
}
