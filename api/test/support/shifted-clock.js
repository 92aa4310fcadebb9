/**
 * Loaded before a program, sets its clock wrong: `--import shifted-clock.js?by=<milliseconds ahead>`.
 */
const by = Number(new URL(import.meta.url).searchParams.get('by'));
const now = () => Date_.now() + by;
const Date_ = globalThis.Date;

globalThis.Date = new Proxy(Date_, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + by });
