/** What kinds of values the model tells apart, by Go type. */
import type { TypeInfo } from '../../golang/type-info.ts';
import { isContext, type NamedType, type Type } from '../../golang/types.ts';

export type Shape =
  | 'mutex'
  | 'rwmutex'
  | 'waitgroup'
  | 'cond'
  | 'once'
  | 'group'
  | 'atomic'
  | 'context'
  | 'struct'
  | 'array'
  | 'chan'
  | 'func'
  | 'slice'
  | 'map'
  | 'pointer'
  | 'interface'
  | 'number'
  | 'string'
  | 'bool'
  | 'other';

const NAMED: Record<string, Shape> = {
  'sync.Mutex': 'mutex',
  'sync.RWMutex': 'rwmutex',
  'sync.WaitGroup': 'waitgroup',
  'sync.Cond': 'cond',
  'sync.Once': 'once',
  'golang.org/x/sync/errgroup.Group': 'group',
  'sync/atomic.Bool': 'atomic',
  'sync/atomic.Int32': 'atomic',
  'sync/atomic.Int64': 'atomic',
  'sync/atomic.Uint32': 'atomic',
  'sync/atomic.Uint64': 'atomic',
  'sync/atomic.Value': 'atomic',
  'sync/atomic.Pointer': 'atomic',
};

export function shapeOf(info: TypeInfo, type: Type): Shape {
  if (type.kind === 'named') {
    const known = NAMED[`${type.pkg}.${type.name}`];
    if (known) return known;
    if (isContext(type)) return 'context';
  }
  const u = info.underlying(type);
  switch (u.kind) {
    case 'basic':
      if (u.name === 'string' || u.name === 'untyped string') return 'string';
      if (u.name === 'bool' || u.name === 'untyped bool') return 'bool';
      return /^(untyped )?(u?int|float|rune|byte|char)/.test(u.name) ? 'number' : 'other';
    case 'chan':
    case 'func':
    case 'slice':
    case 'map':
    case 'pointer':
    case 'interface':
    case 'struct':
    case 'array':
      return u.kind;
    default:
      return 'other';
  }
}

/** True for numbers, strings and truth values. */
export function isPlain(info: TypeInfo, type: Type): boolean {
  return /^(?:number|string|bool)$/.test(shapeOf(info, type));
}

const INLINE: ReadonlySet<Shape> = new Set<Shape>([
  'mutex',
  'rwmutex',
  'waitgroup',
  'cond',
  'once',
  'group',
  'atomic',
  'struct',
]);

/** True for types whose variables are objects with an identity, copied when assigned. */
export function isInline(shape: Shape): boolean {
  return INLINE.has(shape);
}

const TRACKED: ReadonlySet<Shape> = new Set<Shape>(['context', 'chan', 'func']);
const MAX_NESTING = 4;
const memo = new WeakMap<TypeInfo, Map<string, boolean>>();

/**
 * True when values of the type can lead to something that goroutines wait for: a channel, a lock, a function, a context,
 * or anything that holds one. Types that are not visible do not, nor do interfaces other than `context.Context` and
 * those of the analysed package.
 */
export function isTracked(info: TypeInfo, type: Type, depth = 0): boolean {
  const shape = shapeOf(info, type);
  if (TRACKED.has(shape)) return true;
  if (isInline(shape) && shape !== 'struct') return shape !== 'atomic';
  if (depth > MAX_NESTING) return false;
  if (type.kind === 'named' && !type.local && type.args.length === 0) {
    let known = memo.get(info);
    if (!known) memo.set(info, (known = new Map()));
    const key = `${type.pkg}.${type.name}`;
    let answer = known.get(key);
    if (answer === undefined) {
      known.set(key, false);
      answer = inside(info, type, depth);
      if (depth === 0 || answer) known.set(key, answer);
      else known.delete(key);
    }
    return answer;
  }
  return inside(info, type, depth);
}

function inside(info: TypeInfo, type: Type, depth: number): boolean {
  const u = info.underlying(type);
  switch (u.kind) {
    case 'pointer':
    case 'slice':
    case 'array':
      return isTracked(info, u.elem, depth + 1);
    case 'map':
      return isTracked(info, u.elem, depth + 1) || isTracked(info, u.key, depth + 1);
    case 'struct':
      if (u.unit.pkg.origin !== 'own' && !(type.kind === 'named' && /^(Timer|Ticker)$/.test(type.name))) return false;
      return u.node.fields.some((f) => isTracked(info, info.resolve(u.unit, f.type), depth + 1));
    case 'interface':
      return u.unit?.pkg.origin === 'own' && (u.node?.methods.length ?? 0) > 0;
    default:
      return false;
  }
}

/** Names of the embedded fields that lead from a type to the one that declares a promoted method or field; empty when it is its own. */
export function embeddedPath(info: TypeInfo, from: Type, owner: NamedType): { name: string; type: Type }[] | undefined {
  interface Step {
    type: Type;
    path: { name: string; type: Type }[];
  }
  const is = (t: Type): boolean => t.kind === 'named' && t.pkg === owner.pkg && t.name === owner.name;
  let level: Step[] = [{ type: from, path: [] }];
  for (let depth = 0; depth < MAX_NESTING && level.length > 0; depth++) {
    const next: Step[] = [];
    for (const { type, path } of level) {
      const t = type.kind === 'pointer' ? type.elem : type;
      if (is(t)) return path;
      const u = info.underlying(t);
      if (u.kind !== 'struct') continue;
      for (const f of u.node.fields)
        if (f.names.length === 0) {
          const ft = info.resolve(u.unit, f.type);
          const n = ft.kind === 'pointer' ? ft.elem : ft;
          if (n.kind === 'named') next.push({ type: ft, path: [...path, { name: n.name, type: ft }] });
        }
    }
    level = next;
  }
  return undefined;
}
