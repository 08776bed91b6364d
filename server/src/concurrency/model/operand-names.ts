/** Channels and locks as the code writes them. */
import type { Site } from './values.ts';

/** The code at a place, on one line. */
export function textOf({ unit, node }: Site): string {
  return unit.file.text.slice(unit.base + node.start, unit.base + node.end).replace(/\s+/g, ' ');
}

const MAX_NAME = 40;

function clip(text: string): string {
  return text.length > MAX_NAME ? `${text.slice(0, MAX_NAME - 1)}…` : text;
}

/** `mu` of `mu.Lock()`. */
export function lockName(site: Site): string {
  return clip(textOf(site).replace(/\.\w+\(.*$/s, ''));
}

/** `ch` of `ch <- v`, `<-ch`, `v := <-ch`, `for v := range ch` and `close(ch)`. */
export function chanName(site: Site): string {
  const t = textOf(site);
  const loop = /^for\b.*?\brange (.*)$/.exec(t) ?? /^close\((.*)\)$/.exec(t);
  if (loop) return clip((loop[1] as string).trim());
  const arrow = t.indexOf('<-');
  if (arrow < 0) return clip(t);
  const before = t.slice(0, arrow).trim();
  const after = t.slice(arrow + 2).trim();
  return clip(before === '' || /[=(,]$/.test(before) ? after : before);
}

/** `ch` of `s.ch`. */
export function lastName(text: string): string {
  return text.slice(text.lastIndexOf('.') + 1);
}
