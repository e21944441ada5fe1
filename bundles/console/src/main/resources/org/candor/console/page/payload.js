// A payload as lines that can be read. Every token is shown as it leaves; only the space between
// them is ours.

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
// As the DNS sink writes it. Of a payload in the journal no media type is known.
const QUESTION = /^(\S+)\. IN TXT\s*$/;
const DNS = { p: "version", d: "kubernetesDistro", k: "kubernetesVersion" };

function isJson(text) {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

function unquoted(token) {
  return JSON.parse(token);
}

// Lines of { depth, name, path, text }: name and path where a key begins the line.
class Pretty {
  constructor(text) {
    this.tokens = text.match(TOKEN) ?? [];
    this.at = 0;
    this.lines = [];
  }

  read() {
    this.value({ depth: 0, name: null, path: null }, "");
    return this.lines;
  }

  value(line, path) {
    const token = this.tokens[this.at++];
    if (token !== "{" && token !== "[") {
      this.lines.push({ ...line, text: token + this.comma() });
      return;
    }
    const end = token === "{" ? "}" : "]";
    if (this.tokens[this.at] === end) {
      this.at++;
      this.lines.push({ ...line, text: token + end + this.comma() });
      return;
    }
    this.lines.push({ ...line, text: token });
    while (this.tokens[this.at] !== end) {
      this.member(line.depth + 1, token === "{", path);
    }
    this.at++;
    this.lines.push({ depth: line.depth, name: null, path: null, text: end + this.comma() });
  }

  member(depth, named, path) {
    if (!named) {
      const inside = `${path}[]`;
      this.value({ depth, name: null, path: inside }, inside);
      return;
    }
    const name = this.tokens[this.at];
    this.at += 2;
    const inside = path === "" ? unquoted(name) : `${path}.${unquoted(name)}`;
    this.value({ depth, name, path: inside }, inside);
  }

  comma() {
    if (this.tokens[this.at] !== ",") {
      return "";
    }
    this.at++;
    return ",";
  }
}

function label(part, ids) {
  if (/^(v1|any)$/i.test(part)) {
    return "v1";
  }
  // 26 digits are a pseudonym: the node's first, then the cluster's.
  return /^[0-9a-v]{26}$/i.test(part) ? ids.shift() : DNS[part[0]?.toLowerCase()] ?? null;
}

// Lines of a question: its labels up to v1, then the zone. None when it is not one of ours.
function question(text) {
  const name = QUESTION.exec(text)?.[1] ?? "";
  const parts = name.split(".");
  const own = parts.findIndex((part) => /^v1$/i.test(part)) + 1;
  if (own === 0 || own === parts.length) {
    return [];
  }
  const ids = ["nodeId", "clusterId"];
  const zone = parts.slice(own).join(".");
  return [
    ...parts.slice(0, own).map((part) => ({ depth: 0, name: part, path: label(part, ids), text: "." })),
    { depth: 0, name: zone, path: "zone", text: text.slice(name.length).trimEnd() },
  ];
}

// Blocks of { title, lines }; the lines of a list have the path of their list.
export function blocks(payload) {
  if (payload.encoding !== "utf-8") {
    return [{ title: "Not text; shown in base64", lines: [plain(payload.body)] }];
  }
  const asked = question(payload.body);
  if (asked.length > 0) {
    return [{ title: "The DNS name that is queried, label by label", lines: asked }];
  }
  if (isJson(payload.body)) {
    return [{ title: "", lines: new Pretty(payload.body).read() }];
  }
  const rows = payload.body.split("\n").filter((row) => row !== "");
  if (rows.length > 1 && rows.every(isJson)) {
    return rows.map((row, i) => ({
      title: `Line ${i + 1} of ${rows.length}`,
      lines: new Pretty(row).read(),
    }));
  }
  return [{ title: "", lines: payload.body.split("\n").map(plain) }];
}

const plain = (text) => ({ depth: 0, name: null, path: null, text });
