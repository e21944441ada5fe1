// Elements from data. Whatever comes from the server gets into the page as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

// What takes a URL or a script is set by name, in one place each, and not through here.
function apply(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    attribute(node, name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

export function el(tag, attributes = {}, ...children) {
  return apply(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return apply(document.createElementNS(SVG, tag), attributes, children);
}

// Null or false takes the attribute away; nothing is touched that is already so.
export function attribute(node, name, value) {
  if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

export function text(node, value) {
  const said = String(value ?? "");
  if (node.textContent !== said) {
    node.textContent = said;
  }
  return node;
}

export function show(node, visible) {
  attribute(node, "hidden", !visible);
}

// A table whose rows become small cards on a phone. Its style takes the roles away; they are given
// back by name.
export function table(caption, columns, rows, style = "") {
  const heads = columns.map((name) => el("th", { scope: "col", role: "columnheader" }, name));
  attribute(rows, "role", "rowgroup");
  return el(
    "table",
    { class: `stack ${style}`.trim(), role: "table" },
    el("caption", { class: "unseen" }, caption),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads)),
    rows,
  );
}

// A row of such a table; what heads it is its first cell.
export function row(columns) {
  const [first, ...rest] = columns;
  return el(
    "tr",
    { role: "row" },
    el("th", { scope: "row", role: "rowheader", "data-label": first }),
    ...rest.map((name) => el("td", { role: "cell", "data-label": name })),
  );
}

const keys = new WeakMap();

// Makes the children of parent those of the items, in their order. A child that stays is neither
// made anew nor moved without need, so that it keeps its focus, its scroll and what is open in it.
export function keyed(parent, items, keyOf, create, update) {
  const wanted = new Map();
  for (const item of items) {
    let key = String(keyOf(item));
    while (wanted.has(key)) {
      key += "\u0000";
    }
    wanted.set(key, item);
  }
  const present = new Map();
  for (const child of [...parent.children]) {
    if (wanted.has(keys.get(child))) {
      present.set(keys.get(child), child);
    } else {
      child.remove();
    }
  }
  let place = parent.firstElementChild;
  for (const [key, item] of wanted) {
    let child = present.get(key);
    if (!child) {
      child = create(item);
      keys.set(child, key);
    }
    if (child === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(child, place);
    }
    update(child, item);
  }
}

const parts = new WeakMap();

// Remembers the elements inside one that its updates change.
export function withParts(node, inside) {
  parts.set(node, inside);
  return node;
}

export function partsOf(node) {
  return parts.get(node);
}

// One step for the screen reader: said when it is quiet.
export function announce(sentence) {
  text(document.getElementById("news"), sentence);
}

export function problem(content, sentence) {
  let place = content.parentElement.querySelector(":scope > .problem");
  if (!place) {
    place = el("p", { class: "problem", hidden: true });
    content.before(place);
  }
  text(place, sentence);
  show(place, sentence !== "");
}
