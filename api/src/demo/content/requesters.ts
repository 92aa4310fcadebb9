import type { Random } from '../random.js';
import { COMPANIES, CULTURES, type Culture } from './names.js';
import type { Language } from './scenario.js';

/** A customer. */
export interface Requester {
  readonly name: string;
  readonly first: string;
  readonly email: string;
  /** The part of the address after the @. */
  readonly domain: string;
  readonly company: string;
  /** A language besides English. */
  readonly language: Language | undefined;
}

/** Addresses that nobody has: RFC 2606. */
const PRIVATE_DOMAINS = ['example.com', 'example.org', 'example.net'] as const;

/** A name as it stands in addresses: lower case, ASCII letters only. */
function asciiName(name: string): string {
  const letters: Record<string, string> = {
    ł: 'l',
    ø: 'o',
    ß: 'ss',
    ı: 'i',
    đ: 'd',
    ä: 'ae',
    ö: 'oe',
    ü: 'ue',
  };
  return name
    .toLowerCase()
    .replace(/[łøßıđäöü]/g, (letter) => letters[letter]!)
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
}

/** Somebody new; the same person is likely to come back through `Customers`. */
export function makeRequester(random: Random, from: readonly Culture[] = CULTURES): Requester {
  const { given, family, language } = random.pick(from);
  const first = random.pick(given);
  const last = random.pick(family);
  const company = random.pick(COMPANIES);
  const host = company
    .split(' ')
    .map(asciiName)
    .filter((word) => word !== '')
    .join('-');
  const domain = random.chance(0.75) ? `${host}.example.com` : random.pick(PRIVATE_DOMAINS);
  const [a, b] = [asciiName(first), asciiName(last)];
  const box = random.weighted([
    [`${a}.${b}`, 5],
    [`${a[0]}${b}`, 2],
    [a, domain.startsWith(host) ? 2 : 0.1],
    [`${a}${random.int(2, 98)}`, domain.startsWith(host) ? 0.1 : 2],
  ]);
  return { name: `${first} ${last}`, first, email: `${box}@${domain}`, domain, company, language };
}

const REGULARS = 500;

/** Who writes to the desk: some once, some again and again. */
export class Customers {
  readonly #regulars: readonly Requester[];

  constructor(private readonly random: Random) {
    this.#regulars = Array.from({ length: REGULARS }, () => makeRequester(random));
  }

  /** Somebody; with `language`, somebody who writes in it. */
  next(language?: Language): Requester {
    const fits = <Kind extends { language?: Language | undefined }>(one: Kind) =>
      language === undefined || one.language === language;
    return this.random.chance(0.6)
      ? this.random.pick(this.#regulars.filter(fits))
      : makeRequester(this.random, CULTURES.filter(fits));
  }
}
