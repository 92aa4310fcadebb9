import { createHash, randomBytes } from 'node:crypto';

/** One that stands nowhere by chance. */
export const word = (): string => `zq${randomBytes(9).toString('hex')}`;

/** Of tickets: for those who work on them. */
export const TICKETS = {
  description: word(),
  'later description': word(),
  'requester name': word(),
  'requester address': word(),
  'public reply': word(),
  note: word(),
  'the reason of the model': word(),
  "a visitor's description": word(),
  "a visitor's name": word(),
  'a description by plain SQL': word(),
};
/** Of people: for nobody but the one who holds it, and some for no one at all. Those that are empty are filled in when made. */
export const PEOPLE = {
  'address of a colleague': word(),
  'new address of a colleague': word(),
  'hash of a password': word(),
  'secret of a session': '',
  'secret of a token': '',
  'hash of a token': '',
  'secret of a display': '',
  'hash of a display': '',
};
/** As the desk keeps a secret. */
export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** Which of `secrets` stand in a text, as they are or as JSON, URLs and base64 write them. */
export function found(secrets: Readonly<Record<string, string>>, text: string): string[] {
  return Object.entries(secrets)
    .filter(([, secret]) => {
      const bytes = Buffer.from(secret, /^[0-9a-f]{64}$/.test(secret) ? 'hex' : 'utf8');
      const forms = [secret, bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')];
      return forms.some((form) => text.includes(form));
    })
    .map(([name]) => name);
}
