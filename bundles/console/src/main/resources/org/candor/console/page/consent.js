// A change of what is allowed, as the journal has it, in a sentence.

const PURPOSES = { usage: "Usage", errors: "Errors", "version-check": "Version check" };
const STATES = { grant: "turned on", denial: "turned off", unset: "no longer answered" };
const WAYS = {
  shell: "in the shell",
  http: "over HTTP",
  page: "on the web page",
  file: "in etc/org.candor.consent.cfg",
  environment: "in the environment",
  "removed layer": "by a layer that was removed",
};

const of = (words, key, otherwise) => (Object.hasOwn(words, key) ? words[key] : otherwise);

export function changeOf({ purpose, channel, to, way, by, address }) {
  const subject = purpose === null ? `Channel ${channel}` : of(PURPOSES, purpose, purpose);
  const who = by ? ` by ${by}` : "";
  const from = address ? `, from ${address}` : "";
  return `${subject} ${of(STATES, to, `set to ${to}`)}${who} ${of(WAYS, way, `by ${way}`)}${from}`;
}
