/**
 * Readers of pipes that a function leaves before all was read: the goroutine that writes into the other end waits for a reader that
 * does not come.
 */
import type { CallExpr, Expr, Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { parameterIndex } from './callee.ts';
import type { Edge } from './cfg.ts';
import { nilTest } from './expected-failure.ts';
import { enclosingFunc } from './parents.ts';
import { findUnreleasedPath, type SearchSpec, type UnreleasedPath } from './paths.ts';
import { type PipeWriter, pipeWriter } from './pipe-writers.ts';
import { type Acquisition, cfgNode, releaseSearch, releaseSpec } from './resources.ts';
import { deref, isErrorType, type Type } from './types.ts';
import { baseIdent, find, unparen } from './walk.ts';

/** A reader that is left. */
export interface LeftPipe {
  writer: PipeWriter;
  /** The way to the end of the function. */
  path: UnreleasedPath;
  /** The call that may fail before it has read all. */
  fails?: CallExpr;
  /** On another way somebody else gets the reader. */
  isHandedOn: boolean;
}

const CLOSES = /^Close(?:WithError)?$/;
const COPIES = /^(?:io|io\/ioutil)\.Copy(?:Buffer)?$/;
const READS_ALL = /^(?:io|io\/ioutil)\.ReadAll$/;
/** What never fails to take what is written. */
const TAKES_ALL = /^(?:bytes\.Buffer|strings\.Builder|hash\.Hash(?:32|64)?|hash\/maphash\.Hash)$/;

/**
 * A way on which the reader that `a` gives is neither read to the end nor closed, nor in the hands of others, while a goroutine writes into the
 * pipe; undefined where there is none, or where it cannot be told.
 */
export function leftPipe(analysis: Analysis, a: Acquisition): LeftPipe | undefined {
  if (a.destination.kind !== 'variable') return undefined;
  const writer = pipeWriter(analysis, a);
  const found = writer && releaseSearch(analysis, a);
  if (!writer || !found || !isClosable(analysis, a)) return undefined;
  const reading = new Reading(analysis, a, found);
  let { start } = found;
  if (a.callee === 'io.Pipe') {
    start = cfgNode(found.cfg.where, analysis.parents(a.unit), writer.launch);
    for (const use of writer.closed) reading.settle(use);
    // Before the goroutine is started there is nobody to wait.
    for (const n of reading.settled) if (n.start < writer.launch.start) return undefined;
  }
  if (!start || reading.isUnknown) return undefined;
  const { settled, mayFail } = reading;
  const { isHandedOn } = reading;
  const search: SearchSpec = {
    ...found,
    start,
    effect: (n) => (settled.has(n) || mayFail.has(n) ? 'settled' : 'none'),
    settledBy: (e) => (found.settledBy?.(e) ?? false) || reading.isOver(e),
  };
  const left = findUnreleasedPath(search);
  if (left)
    return left.end === 'return' && !(writer.isOnce && reading.hasParts)
      ? { writer, path: left, isHandedOn }
      : undefined;
  for (const [node, { call, error }] of mayFail) {
    // It is reached while the pipe is open, and then the function ends although the call has failed.
    const before = findUnreleasedPath({ ...search, effect: (n) => (n === node ? 'overwritten' : search.effect(n)) });
    if (before?.node !== node) continue;
    if (node.kind === 'ReturnStmt') return { writer, path: { ...before, end: 'return' }, fails: call, isHandedOn };
    const path = findUnreleasedPath({
      ...search,
      start: node,
      throughStart: true,
      effect: (n) => (n === node ? 'none' : search.effect(n)),
      settledBy: (e) => (search.settledBy?.(e) ?? false) || (error !== undefined && isNil(e, error) === true),
      error: undefined,
    });
    if (path?.end === 'return' && tellsOfFailure(path, error)) return { writer, path, fails: call, isHandedOn };
  }
  return undefined;
}

/** False for what has a type without the method: `io.Reader`. */
function isClosable(analysis: Analysis, a: Acquisition): boolean {
  if (a.destination.kind !== 'variable') return false;
  const type = analysis.objectType(a.unit, a.destination.object);
  const { members } = analysis.types;
  return members.find(type, 'Close') !== undefined && members.find(type, 'Read') !== undefined;
}

/** True where the way looks at the error of a call, or gives it to its caller. */
function tellsOfFailure(path: UnreleasedPath, error: LocalObject | undefined): boolean {
  if (!error) return false;
  if (path.decisions.some((e) => e.cond && nilTest(e.cond, error) !== undefined)) return true;
  return path.node !== undefined && find(path.node, (n) => n.kind === 'Ident' && n.obj === error) !== undefined;
}

/** On a branch that asks for a variable: whether it is nil there. */
function isNil({ cond, kind }: Edge, object: LocalObject): boolean | undefined {
  const test = cond && (kind === 'true' || kind === 'false') ? nilTest(cond, object) : undefined;
  return test === undefined ? undefined : test === (kind === 'true');
}

/** What a function does with the reader of a pipe. */
class Reading {
  /** Where it is closed, has been read to the end, or is somebody else's. */
  readonly settled = new Set<Node>();
  /** Calls that read it to the end, unless they fail. */
  readonly mayFail = new Map<Node, { call: CallExpr; error?: LocalObject }>();
  isHandedOn = false;
  isUnknown = false;
  /** Parts of what is written are read. */
  hasParts = false;
  /** Variables that hold the reader, or something that reads from it. */
  private readonly objects: Set<LocalObject>;
  /** Errors of reading: one says that there is no more. */
  private readonly errors = new Set<LocalObject>();

  constructor(
    private readonly analysis: Analysis,
    private readonly a: Acquisition,
    private readonly search: SearchSpec,
  ) {
    const reader = a.destination.kind === 'variable' ? a.destination.object : undefined;
    this.objects = new Set(reader && [reader]);
    // What is added on the way is visited, too.
    for (const object of this.objects) {
      if (object.addressTaken) this.isUnknown = true;
      for (const use of object.uses) this.note(use, object !== reader);
    }
  }

  /** True for a branch on which there is nothing more to read. */
  isOver(edge: Edge): boolean {
    const cond = edge.cond && unparen(edge.cond);
    if (!cond) return false;
    // `for s.Scan()`
    if (cond.kind === 'CallExpr' && edge.kind === 'false') {
      const base = cond.fun.kind === 'SelectorExpr' ? baseIdent(cond.fun.x)?.obj : undefined;
      if (base && this.objects.has(base)) return true;
    }
    for (const e of this.errors) {
      if (isNil(edge, e) === false) return true;
      const mentions = (n: Node): boolean => n.kind === 'Ident' && n.obj === e;
      if (edge.kind === 'true' && find(cond, mentions) && /\bEOF\b/.test(this.a.unit.text(cond))) return true;
    }
    return false;
  }

  private note(use: Ident, isWrapper: boolean): void {
    const { analysis, a } = this;
    const { unit } = a;
    const parents = analysis.parents(unit);
    if (a.stmt?.kind === 'AssignStmt' && a.stmt.lhs.includes(use)) return;
    if (enclosingFunc(parents, use) !== a.func) return this.handOn(use);
    let node: Node = use;
    let isInside = isWrapper;
    for (;;) {
      const parent = parents.get(node);
      if (parent?.kind === 'ParenExpr') {
        node = parent;
        continue;
      }
      if (parent?.kind === 'SelectorExpr') {
        const call = parents.get(parent);
        if (call?.kind !== 'CallExpr' || call.fun !== parent) return this.handOn(use);
        if (!isInside && CLOSES.test(parent.sel.name)) return this.settle(call);
        return this.readPart(call);
      }
      if (parent?.kind === 'AssignStmt' && isInside) {
        const to = parent.lhs[parent.rhs.findIndex((r) => r === node)];
        if (to?.kind !== 'Ident' || !to.obj || to.obj.captured) return this.handOn(use);
        this.objects.add(to.obj);
        return;
      }
      if (parent?.kind !== 'CallExpr' || parent.fun === node) return this.handOn(use);
      const index = parent.args.findIndex((x) => x === node);
      if (!analysis.callee(unit, parent).fact?.keepsWithoutClosing?.includes(index)) return this.argument(parent, node);
      isInside = true;
      node = parent;
    }
  }

  private argument(call: CallExpr, arg: Node): void {
    const { analysis, a } = this;
    const c = analysis.callee(a.unit, call);
    const index = parameterIndex(c, call, arg);
    if (READS_ALL.test(c.name)) return this.settle(call);
    if (COPIES.test(c.name)) return this.takesAll(call.args[0]) ? this.settle(call) : this.readAll(call);
    if (c.fact?.borrows?.includes(index)) return this.readPart(call);
    if (c.visible) {
      const effect = analysis.summaries.parameter(c.visible, index, releaseSpec(a.acquires));
      return effect === 'neutral' ? this.readAll(call) : this.handOn(call);
    }
    // Whoever takes an `io.Reader` does not close it; but a request does.
    const param = c.signature?.kind === 'func' ? c.signature.params[index] : undefined;
    const isRead = param?.kind === 'named' && param.pkg === 'io' && param.name === 'Reader';
    return isRead && !c.name.startsWith('net/http.') ? this.readAll(call) : this.handOn(call);
  }

  private takesAll(to: Expr | undefined): boolean {
    if (!to) return false;
    const { analysis, a } = this;
    if (/^(?:io|ioutil)\.Discard$/.test(a.unit.text(to))) return true;
    const type: Type = deref(analysis.typeOf(a.unit, to));
    return type.kind === 'named' && TAKES_ALL.test(`${type.pkg}.${type.name}`);
  }

  private readPart(call: CallExpr): void {
    const stmt = this.analysis.parents(this.a.unit).get(call);
    // `return dec.Decode(&v)`: one value may be all there is.
    if (stmt?.kind === 'ReturnStmt') return this.settle(call);
    this.hasParts = true;
    const error = this.errorOf(call);
    if (error) this.errors.add(error);
  }

  private readAll(call: CallExpr): void {
    const node = this.nodeOf(call);
    const error = this.errorOf(call);
    if (node && (error || node.kind === 'ReturnStmt')) this.mayFail.set(node, { call, error });
    else this.settle(call);
  }

  /** The variable that takes the error of a call. */
  private errorOf(call: CallExpr): LocalObject | undefined {
    const { analysis, a } = this;
    const stmt = analysis.parents(a.unit).get(call);
    const target = stmt?.kind === 'AssignStmt' && stmt.rhs.length === 1 ? stmt.lhs.at(-1) : undefined;
    const object = target?.kind === 'Ident' && target.name !== '_' ? target.obj : undefined;
    return object && isErrorType(analysis.objectType(a.unit, object)) ? object : undefined;
  }

  private handOn(at: Node): void {
    this.isHandedOn = true;
    this.settle(at);
  }

  settle(at: Node): void {
    const node = this.nodeOf(at);
    if (node) this.settled.add(node);
    else this.isUnknown = true;
  }

  private nodeOf(at: Node): Node | undefined {
    return cfgNode(this.search.cfg.where, this.analysis.parents(this.a.unit), at);
  }
}
