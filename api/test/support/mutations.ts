import type { Random } from './random.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Values that have broken something somewhere. */
const ODD: readonly Json[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e99,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  '\0',
  '\ud83d',
  '𝕏'.repeat(300),
  'x'.repeat(30_000),
  "'; drop table ticket; --",
  '../../etc/passwd',
  '${7*7}{{7*7}}',
  '\u202Eright to left',
  '2026-13-45T99:99:99Z',
  'infinity',
  [],
  {},
  [[[[[]]]]],
  { $gt: '' },
];
const KEYS = [
  '__proto__',
  'constructor',
  'toString',
  'id',
  'op_id',
  'base_version',
  '',
  'ünï',
  'x'.repeat(500),
];
const TEXTS = [
  '%00',
  '%',
  '%ff',
  '..',
  '//',
  '?',
  '&',
  '=',
  '#',
  ';',
  "'",
  '%F0%9F',
  '99999999999999999999',
  '\u00a0',
  '[]',
  'a=1&a=2',
];
const MOST_BYTES = 4_000;

/** A body like `valid`: with other values, keys too many or too few, or with bytes that no JSON has. */
export function mutatedBody(random: Random, valid: object): string | Uint8Array<ArrayBuffer> {
  let body = structuredClone(valid) as Json;
  for (let times = random.int(1, 3); times > 0; times -= 1) body = mutatedValue(random, body);
  const text = JSON.stringify(body);
  if (random.chance(0.75)) return text;
  const bytes = new Uint8Array(Buffer.from(mutatedText(random, text)));
  if (bytes.length > 0) bytes[random.int(0, bytes.length - 1)] = random.int(0, 255);
  return bytes;
}

/** A path like `valid` that can still be sent. */
export function mutatedPath(random: Random, valid: string): string {
  const at = random.int('/api/'.length, valid.length);
  const piece = random.pick(TEXTS);
  const [path = ''] = (valid.slice(0, at) + piece + (random.chance(0.5) ? valid.slice(at) : '')).split('#');
  return encodeURI(path).replaceAll('%25', '%');
}

/** A frame like `valid`, or bytes by chance. */
export function mutatedFrame(random: Random, valid: string): string | Buffer {
  if (random.chance(0.1))
    return Buffer.from(Array.from({ length: random.int(0, 60) }, () => random.int(0, 255)));
  let frame = valid;
  for (let times = random.int(0, 4); times > 0; times -= 1) frame = mutatedText(random, frame);
  return frame.slice(0, MOST_BYTES);
}

function mutatedValue(random: Random, value: Json): Json {
  if (value === null || typeof value !== 'object' || random.chance(0.15)) return random.pick(ODD);
  if (Array.isArray(value)) {
    return value.length === 0 ? [random.pick(ODD)] : value.map((item) => mutatedValue(random, item));
  }
  const keys = Object.keys(value);
  const key = keys.length === 0 || random.chance(0.15) ? random.pick(KEYS) : random.pick(keys);
  if (random.chance(0.15))
    return Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
  return Object.fromEntries([...Object.entries(value), [key, mutatedValue(random, value[key] ?? null)]]);
}

function mutatedText(random: Random, text: string): string {
  const at = random.int(0, text.length);
  const length = random.int(0, 8);
  const [before, piece, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
  return random.pick([
    () => before + after,
    () => before + piece + piece.repeat(random.int(1, 20)) + after,
    () => before + String.fromCodePoint(random.int(0, 0x2fff)) + after,
    () => before + random.pick(['"', '{', '}', '[', ']', ',', ':', '\\', '-', '1e9', 'null']) + piece + after,
    () => before,
  ])();
}
