import proxyAddr from 'proxy-addr';

/** Which proxies may say whom they speak for: all, so many nearest ones, or those of a list of networks. */
export type TrustProxy = true | number | string;

/** Whether a machine on a request's way is trusted; `hop` 0 is the nearest. */
export type Trusts = (address: string, hop: number) => boolean;

/** The setting's meaning, as Express has it for `trust proxy`. @throws TypeError for what is no network */
export function trusts(setting: TrustProxy | undefined): Trusts {
  if (setting === undefined) return () => false;
  if (setting === true) return () => true;
  if (typeof setting === 'number') return (_, hop) => hop < setting;
  return proxyAddr.compile(setting.split(',').map((network) => network.trim()));
}

/** The setting as it is written in the environment. @throws TypeError as `trusts` */
export function parseTrustProxy(text: string): TrustProxy | undefined {
  if (text === 'false' || text === '0') return undefined;
  if (text === 'true') return true;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  trusts(text);
  return text;
}
