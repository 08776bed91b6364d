/** Lowers loops over functions: the body becomes a function that the iterator calls. */
import { nodesOfKind } from '../../golang/node-index.ts';
import type { Type } from '../../golang/types.ts';
import { contains, walk } from '../../golang/walk.ts';
import type { LocalObject, RangeStmt } from '../../syntax/ast.ts';
import type { Code, Reg } from './instructions.ts';
import { unseenIterator } from './iterator-code.ts';
import { store } from './lower-assignments.ts';
import { lowerBlock, lowerBranch, returnFrom } from './lower-statements.ts';
import { Lowering, type Patch } from './lowering.ts';
import { shapeOf } from './shapes.ts';

/** A way out of the body of a loop over a function that leads further than the loop. */
type WayOut = { tok: 'return'; hasValue: boolean } | { tok: 'break' | 'continue' | 'goto'; label?: string };

/** What the body of a loop over a function knows of the function it is part of. */
export interface LoopBody {
  /** The function that a `return` or `defer` in the body means. */
  of: Code;
  /** Cells: the number of the way out that was taken, and what is returned. */
  taken: Reg;
  returned: Reg;
  ways: WayOut[];
}

/** Lowers a `for` with `range` over a function that `x` holds. */
export function lowerIteration(l: Lowering, s: RangeStmt, label: string | undefined, x: Reg, type: Type): void {
  const [taken, returned] = [l.reg(), l.reg()];
  l.emit({ op: 'cell', dst: taken, src: l.constant(0) });
  l.emit({ op: 'cell', dst: returned, src: l.constant(null) });
  const inner = lowerBody(l, s, label);
  const body = l.reg();
  const env = inner.captured.map((o) => l.variable(o)?.reg ?? l.constant(null));
  l.emit({ op: 'closure', dst: body, code: inner.code, env: [taken, returned, ...env] });
  const fun = l.reg();
  l.emit({ op: 'iterator', dst: fun, x, over: unseenIterator(l.unit, yieldedTypes(l, type)) });
  l.emit({ op: 'call', dst: l.reg(), fun, args: [body], spread: false, type: { kind: 'unknown' } });
  inner.body?.ways.forEach((way, n) => {
    const [now, is] = [l.reg(), l.reg()];
    l.emit({ op: 'load', dst: now, cell: taken });
    l.emit({ op: 'binary', dst: is, operator: '==', x: now, y: l.constant(n + 1), bound: false });
    const branch = l.emit({ op: 'branch', cond: is, yes: l.here + 1, no: -1 });
    if (way.tok === 'return') {
      const value = l.reg();
      if (way.hasValue) l.emit({ op: 'load', dst: value, cell: returned });
      returnFrom(l, way.hasValue ? value : undefined);
    } else lowerBranch(l, way.tok, way.label);
    l.retarget(branch, l.here);
  });
}

/** The body as a function that says whether the loop goes on. */
function lowerBody(l: Lowering, s: RangeStmt, label: string | undefined): Lowering {
  const inner = new Lowering(l.source, l.unit, undefined, 'range', l);
  inner.at({ start: s.start, end: s.body.start });
  inner.results = l.results.map(({ type }) => ({ type }));
  inner.body = { of: l.body?.of ?? l.code, taken: inner.reg(), returned: inner.reg(), ways: [] };
  inner.code.bodyOf = inner.body.of;
  inner.code.captures.push(inner.body.taken, inner.body.returned);
  const parameters = [s.key, s.value].map((e) => ({ e, reg: inner.reg() }));
  inner.code.params.push(...parameters.map((p) => p.reg));
  for (const { e, reg } of parameters) if (e) store(inner, e, reg, s.define);
  const [breaks, continues]: [Patch[], Patch[]] = [[], []];
  inner.targets.push({ label, breaks, continues });
  lowerBlock(inner, s.body.stmts);
  inner.patch(continues);
  inner.emit({ op: 'return', src: inner.constant(true) });
  inner.patch(breaks);
  inner.emit({ op: 'return', src: inner.constant(false) });
  for (const { at, patches } of inner.labels.values())
    if (at === undefined) {
      // A `goto` out of the body.
      inner.patch(patches);
      inner.emit({ op: 'end', why: 'unsupported' });
    }
  return inner;
}

/** Leaves the body of a loop over a function, and the loop, to go on elsewhere in the function around. */
export function leaveBody(l: Lowering, body: LoopBody, way: WayOut, value?: Reg): void {
  if (value !== undefined) l.emit({ op: 'store', cell: body.returned, src: value });
  l.emit({ op: 'store', cell: body.taken, src: l.constant(body.ways.push(way)) });
  l.emit({ op: 'return', src: l.constant(false) });
}

/** The types of what an iterator yields. */
export function yieldedTypes(l: Lowering, type: Type): Type[] {
  const u = l.analysis.types.underlying(type);
  const given = u.kind === 'func' ? u.params[0] : undefined;
  const body = given && l.analysis.types.underlying(given);
  return body?.kind === 'func' ? body.params : [];
}

/** Variables that the body of a loop over a function shares with the function it is part of. */
export function sharedWithBodies(l: Lowering): ReadonlySet<LocalObject> {
  const found = new Set<LocalObject>();
  for (const s of nodesOfKind(l.unit.decl, 'RangeStmt')) {
    if (shapeOf(l.analysis.types, l.typeOf(s.x)) !== 'func') continue;
    walk(s, (n) => {
      if (n.kind === 'Ident' && n.obj?.kind === 'var' && !contains(s, n.obj.decl)) found.add(n.obj);
    });
  }
  return found;
}
