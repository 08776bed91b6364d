/** Methods of which one takes a slot of a buffered channel and does nothing else, and another one gives it back: `l.Acquire(host)`, `l.Release(host)`. */
import type { GoPackage } from './package.ts';
import { perPackage } from './per-package.ts';

export interface SlotPair {
  /** Name of the type. */
  owner: string;
  take: string;
  give: string;
}

const TAKES = /\{\s*([\w.]+(?:\([\w, ]*\))?) <- (?:struct\{\}\{\}|true|false|\d+)\s*\}\s*$/;
const GIVES = /\{\s*<-([\w.]+(?:\([\w, ]*\))?)\s*\}\s*$/;
/** A channel of tokens with room. */
const ROOM = 'make\\(chan (?:struct\\{\\}|bool|u?int\\w*), (?!0\\))';

/** The pairs of a package, told from its text. They depend on bodies. */
export const slotPairs = perPackage((pkg): readonly SlotPair[] => {
  const methods = pkg.files.flatMap((file) =>
    file.isTest || !file.text.includes('<-')
      ? []
      : file.outline.decls.flatMap((d) => {
          const [name] = d.names;
          if (d.tok !== 'func' || d.recv === undefined || d.body < 0 || name === undefined) return [];
          const body = file.text.slice(d.body, d.end);
          return [{ owner: d.recv, name, takes: TAKES.exec(body)?.[1], gives: GIVES.exec(body)?.[1] }];
        }),
  );
  return methods.flatMap(({ owner, name: take, takes }) => {
    const givers = takes === undefined ? [] : methods.filter((m) => m.owner === owner && m.gives === takes);
    const takers = methods.filter((m) => m.owner === owner && m.takes === takes);
    const [giver] = givers;
    if (takes === undefined || !giver || givers.length > 1 || takers.length > 1) return [];
    return isSemaphore(pkg, takes, [take, giver.name]) ? [{ owner, take, give: giver.name }] : [];
  });
});

/** Names of the methods that take one. */
export const slotTakers = perPackage((pkg): ReadonlySet<string> => new Set(slotPairs(pkg).map(({ take }) => take)));

/** True for a field, or what a method gives, that has room and with which nothing is done elsewhere but to count what is in it. */
export function isSemaphore(pkg: GoPackage, channel: string, pair: readonly string[]): boolean {
  const found = /^\w+\.([a-z_]\w*)(\()?/.exec(channel);
  const [, name = '', isCall] = found ?? [];
  if (!found || channel.split('.').length !== 2) return false;
  const mention = new RegExp(`\\b${name}\\b`);
  const harmless = isCall
    ? new RegExp(`\\b(?:len|cap)\\([\\w.]+\\.${name}\\([^()]*\\)\\)`, 'g')
    : new RegExp(`\\b(?:len|cap)\\([\\w.]+\\.${name}\\)|\\b${name}(?::| =)\\s+${ROOM}[^\\n]*`, 'g');
  let hasRoom = false;
  for (const file of pkg.files) {
    if (!mention.test(file.text)) continue;
    for (const d of file.outline.decls) {
      const text = file.textOf(d);
      if (!mention.test(text) || (d.recv !== undefined && pair.includes(d.names[0] ?? ''))) continue;
      if (isCall && d.recv !== undefined && d.names[0] === name) {
        if (!new RegExp(ROOM).test(text) || /<-|\bclose\(/.test(text)) return false;
        hasRoom = true;
      } else if (d.tok === 'type') {
        continue;
      } else {
        const rest = text.replace(harmless, '');
        if (!isCall && rest !== text && new RegExp(`\\b${name}(?::| =)\\s+${ROOM}`).test(text)) hasRoom = true;
        if (mention.test(rest)) return false;
      }
    }
  }
  return hasRoom;
}
