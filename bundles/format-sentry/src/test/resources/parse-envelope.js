// Reads an envelope from standard input and writes what @sentry/core reads in it, as JSON.
const { parseEnvelope } = require('@sentry/core');
const { readFileSync } = require('node:fs');

const [header, items] = parseEnvelope(new Uint8Array(readFileSync(0)));
const strict = new TextDecoder('utf-8', { fatal: true });
console.log(JSON.stringify({
  header,
  items: items.map(([itemHeader, payload]) => ({
    header: itemHeader,
    bytes: payload.byteLength,
    payload: JSON.parse(strict.decode(payload)),
  })),
}));
