/** Goroutines that write into a pipe of `io.Pipe`: each write waits until somebody has read it, or an end of the pipe is closed. */
import type { CallExpr, ExprStmt, FuncNode, GoStmt, Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { type Launch, launches } from './launches.ts';
import { enclosingFunc, inLoop, isFunc } from './parents.ts';
import { type Acquisition, allAcquisitions } from './resources.ts';
import type { DeclUnit } from './unit.ts';
import { contains } from './walk.ts';

/** The goroutine that writes, and where it does so first. */
export interface PipeWriter {
  unit: DeclUnit;
  launch: GoStmt | ExprStmt;
  write: Node;
  /** All that is written goes in one call, which one call may read. */
  isOnce: boolean;
  /** Mentions of the writer by which the function that starts the goroutine closes it: no write waits then. */
  closed: readonly Ident[];
}

/** Functions that return the reader of one another's pipe. */
const MAX_DEPTH = 3;
const PIPE = new Set(['pipe']);
const CLOSES = /^Close(?:WithError)?$/;
/** Functions that write what they are given in one go. */
const ONCE = /^(?:fmt\.Fprint(?:f|ln)?|io\.WriteString)$/;
/** Methods of writers that are about something else: they may be called before the goroutine is started. */
const ASKING = /^(?:FormDataContentType|Boundary|Set\w+|Available|Buffered|Size)$/;

/**
 * The goroutine that writes into the pipe whose reader a call gives: `io.Pipe`, or a function that returns the reader.
 *
 * @returns undefined where no goroutine is seen that alone has the other end
 */
export function pipeWriter(analysis: Analysis, a: Acquisition, depth = 0): PipeWriter | undefined {
  if (a.acquires.kind !== 'pipe' || depth > MAX_DEPTH) return undefined;
  if (a.callee === 'io.Pipe') {
    const target = a.acquires.result === 0 && a.stmt?.kind === 'AssignStmt' ? a.stmt.lhs[1] : undefined;
    const object = target?.kind === 'Ident' ? target.obj : undefined;
    return object && object.func === a.func ? writerWith(analysis, a.unit, a.func, object) : undefined;
  }
  const { visible } = analysis.callee(a.unit, a.call);
  if (!visible) return undefined;
  const readers = allAcquisitions(analysis, visible.unit, PIPE).filter(
    (x) => x.func === visible.decl && (x.callee !== 'io.Pipe' || x.acquires.result === 0),
  );
  const [reader, ...others] = readers;
  return reader && others.length === 0 ? pipeWriter(analysis, reader, depth + 1) : undefined;
}

/** The goroutine of a function that writes with a writer, or with what wraps that; nobody else has it. */
function writerWith(analysis: Analysis, unit: DeclUnit, func: FuncNode, writer: LocalObject): PipeWriter | undefined {
  const parents = analysis.parents(unit);
  const own = launches(analysis, unit).filter((l) => enclosingFunc(parents, l.stmt) === func);
  const objects = new Set([writer]);
  const closed: Ident[] = [];
  const found: { launch: Launch; write: Node; isOnce: boolean }[] = [];
  // What is added on the way is visited, too.
  for (const object of objects) {
    if (object.addressTaken) return undefined;
    for (const use of object.uses) {
      const launch = own.find((l) => contains(l.stmt, use));
      const wrapper = wrapperOf(analysis, unit, use);
      if (wrapper) {
        objects.add(wrapper);
        continue;
      }
      const method = calledOn(analysis, unit, use);
      if (object === writer && method && CLOSES.test(method)) {
        if (!launch) closed.push(use);
        continue;
      }
      if (!launch) {
        if (object !== writer && method && ASKING.test(method)) continue;
        return undefined;
      }
      const write = callAround(analysis, unit, use);
      if (!write || write === launch.call) found.push({ launch, write: launch.stmt, isOnce: false });
      else found.push({ launch, write, isOnce: object === writer && isWrittenOnce(analysis, unit, write, method) });
    }
  }
  found.sort((x, y) => x.write.start - y.write.start);
  const [first] = found;
  if (!first || found.some((f) => f.launch !== first.launch)) return undefined;
  return { unit, launch: first.launch.stmt, write: first.write, isOnce: found.length === 1 && first.isOnce, closed };
}

/** The variable that takes what a call makes around a writer: `zw := gzip.NewWriter(pw)`. */
function wrapperOf(analysis: Analysis, unit: DeclUnit, use: Ident): LocalObject | undefined {
  const parents = analysis.parents(unit);
  let node: Node = use;
  for (let call = parents.get(node); call?.kind === 'CallExpr'; call = parents.get(node)) {
    const index = call.args.findIndex((x) => x === node);
    if (!analysis.callee(unit, call).fact?.keepsWithoutClosing?.includes(index)) return undefined;
    node = call;
  }
  const stmt = parents.get(node);
  const target = node !== use && stmt?.kind === 'AssignStmt' && stmt.rhs[0] === node ? stmt.lhs[0] : undefined;
  return target?.kind === 'Ident' ? target.obj : undefined;
}

/** The method that is called on a variable. */
function calledOn(analysis: Analysis, unit: DeclUnit, use: Ident): string | undefined {
  const parents = analysis.parents(unit);
  const selector = parents.get(use);
  const call = selector && parents.get(selector);
  if (selector?.kind !== 'SelectorExpr' || call?.kind !== 'CallExpr' || call.fun !== selector) return undefined;
  return selector.sel.name;
}

/** The call whose receiver or argument a variable is, itself or wrapped. */
function callAround(analysis: Analysis, unit: DeclUnit, use: Ident): CallExpr | undefined {
  const parents = analysis.parents(unit);
  for (let n: Node | undefined = parents.get(use); n && !isFunc(n); n = parents.get(n))
    if (n.kind === 'CallExpr' && !analysis.callee(unit, n).fact?.keepsWithoutClosing) return n;
  return undefined;
}

function isWrittenOnce(analysis: Analysis, unit: DeclUnit, write: CallExpr, method: string | undefined): boolean {
  if (inLoop(analysis.parents(unit), write)) return false;
  return method === 'Write' || ONCE.test(analysis.callee(unit, write).name);
}
