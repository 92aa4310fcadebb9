import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

import proxyAddr from 'proxy-addr';

import type { Trusts } from '../config/trust-proxy.js';

/**
 * Where a request comes from: the nearest machine that is not a trusted proxy, exactly as Express finds
 * `request.ip`, also for an upgrade. An IPv4 address is written as such, even when it came over IPv6.
 */
export function clientAddress(request: IncomingMessage, trusts: Trusts): string {
  // Of a connection that is gone already nothing is known.
  const address = (proxyAddr(request, trusts) as string | undefined) ?? '';
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

/**
 * What is counted as one caller: an IPv4 address, or the /64 of an IPv6 address, as whoever has one address of
 * a /64 has them all.
 */
export function addressBlock(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const left = groups(head);
  const right = groups(tail ?? '');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const all = [...left, ...Array<string>(gap).fill('0'), ...right];
  return `${all
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Groups of 16 bits; a dotted end is two of them, whose values are beyond the /64. */
const groups = (part: string): string[] =>
  part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
