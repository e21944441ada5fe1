// Numbers and moments for people.

const NUMBER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
const AGO = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });
const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const EXACT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });
const HOUR = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
});
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

const STEPS = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

export const number = (value) => NUMBER.format(value);

export const count = (value, one, many = `${one}s`) =>
  `${number(value)} ${Number(value) === 1 ? one : many}`;

export function bytes(value) {
  if (value < 1000) {
    return `${number(value)} B`;
  }
  return value < 1e6 ? `${number(value / 1e3)} kB` : `${number(value / 1e6)} MB`;
}

// Browsers read dates into nearly everything; the server writes ISO 8601.
function valid(iso) {
  const date = new Date(/^\d{4}-\d\d-\d\dT/.test(iso) ? iso : NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

const formatted = (format) => (iso) => {
  const date = valid(iso);
  return date ? format.format(date) : String(iso ?? "");
};

export const moment = formatted(MOMENT);
export const exact = formatted(EXACT);
export const hour = formatted(HOUR);
export const day = formatted(DAY);

export function relative(iso, now = Date.now()) {
  const date = valid(iso);
  if (!date) {
    return String(iso ?? "");
  }
  const seconds = (date.getTime() - now) / 1000;
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) {
      return AGO.format(Math.trunc(seconds / length), unit);
    }
  }
  return seconds > 0 ? "in less than a minute" : "just now";
}

// ISO 8601, as Java writes a duration.
export function duration(iso) {
  const [, hours = 0, minutes = 0, seconds = 0] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(iso) ?? [];
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return total < 1 ? `${number(Math.round(total * 1000))} ms` : `${number(total)} s`;
}

// A moment in both ways: how far, and exactly when. Kept fresh by freshen.
export function setTime(node, iso, never) {
  if (!iso) {
    node.removeAttribute("datetime");
    node.replaceChildren(never);
    return;
  }
  if (node.getAttribute("datetime") !== iso) {
    node.setAttribute("datetime", iso);
    const far = document.createElement("span");
    const when = document.createElement("span");
    when.className = "exact";
    when.textContent = moment(iso);
    node.replaceChildren(far, " ", when);
  }
  freshenOne(node);
}

function freshenOne(node) {
  const far = node.firstElementChild;
  const said = relative(node.getAttribute("datetime"));
  if (far && far.textContent !== said) {
    far.textContent = said;
  }
}

export function freshen() {
  document.querySelectorAll("time[datetime]").forEach(freshenOne);
}
