/** Far enough from each other to be told apart, and none of them alone a signal. */
const HUES = [20, 50, 85, 120, 155, 185, 215, 245, 275, 300, 325, 350] as const;

/** The colour of a person, token or other actor, as a hue in degrees: the same for an id on every screen. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return HUES[(hash >>> 0) % HUES.length]!;
}
