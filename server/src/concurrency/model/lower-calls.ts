/** Lowers calls: those of the visible program, the operations of `sync`, `context` and `time`, and what is not seen. */
import { isErrorType, mayFail, type Type } from '../../golang/types.ts';
import { type Callee, mayBeFatal, type VisibleFunc } from '../../golang/callee.ts';
import { isTestFailure } from '../../golang/expected-failure.ts';
import { unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr } from '../../syntax/ast.ts';
import { hasOwnMethods } from './dynamic-types.ts';
import { takesPointer } from './methods.ts';
import type { Code, Origin, Reg, SyncMethod } from './instructions.ts';
import { lowerBuiltin } from './lower-builtins.ts';
import { beforeAtomicWrite, lowerAtomic } from './lower-atomics.ts';
import { conversion, parameterType } from './lower-conversions.ts';
import { isPipe, lowerAddress, lowerExpr, promoted, valueOf } from './lower-expressions.ts';
import { lowerKnown } from './lower-known.ts';
import { PIPE_METHOD } from './pipe-code.ts';
import { preludeFunction } from './prelude/index.ts';
import { isComputed } from './pure-results.ts';
import { callForEach } from './lower-loops.ts';
import { lowerTime } from './lower-time.ts';
import type { Lowering } from './lowering.ts';
import { isBenign } from './relevance.ts';
import { isPlain, isTracked } from './shapes.ts';
import { mayRunOwnMethod } from './unseen-receivers.ts';

const SYNC_TYPES =
  /^(?:sync\.(?:Mutex|RWMutex|WaitGroup|Once|Cond|Locker)|golang\.org\/x\/sync\/errgroup\.Group|sync\/atomic\.(?:Bool|Int32|Int64|Uint32|Uint64|Value|Pointer))\.(\w+)$/;

const SYNC_METHODS = new Set([
  'Lock',
  'Unlock',
  'RLock',
  'RUnlock',
  'TryLock',
  'TryRLock',
  'RLocker',
  'Add',
  'Done',
  'Wait',
  'Go',
  'TryGo',
  'SetLimit',
  'Signal',
  'Broadcast',
  'Do',
  'Load',
  'Store',
  'Swap',
  'CompareAndSwap',
]);

/** True for names of methods that the model executes itself. */
export function isSyncMethod(name: string): name is SyncMethod {
  return SYNC_METHODS.has(name);
}

/** What a call runs, ready to be emitted as `call`, `go` or `defer`. */
interface Target {
  code?: Code;
  fun?: Reg;
  recv?: Reg;
  method?: string;
}

/** Lowers `go f(x)` and `defer f(x)`: operands are evaluated now, the call runs later. */
export function lowerSpawn(l: Lowering, call: CallExpr, op: 'go' | 'defer'): void {
  const target = targetOf(l, call);
  if (target) {
    const args = call.args.map((a, n) => valueOf(l, a, parameterType(l, call, n)));
    if (op === 'go') l.emit({ op, ...target, args, spread: call.spread });
    else l.emit({ op, ...target, args, spread: call.spread, outermost: false });
    return;
  }
  // Anything else runs as the body of a literal would; what it needs is captured.
  const c = l.analysis.callee(l.unit, call);
  const closes = c.kind === 'builtin' && c.name === 'close';
  if ((op === 'go' && !closes) || c.fact?.neverReturns) {
    const fun = unparen(call.fun);
    const recv = c.recv ?? (fun.kind === 'SelectorExpr' && c.kind === 'unknown' ? fun.x : undefined);
    const args = [...call.args, ...(recv ? [recv] : [])].map((a) => lowerExpr(l, a));
    return void (
      args.length > 0 && l.emit({ op: 'opaque', dst: l.reg(), args, escapes: !isBenign(c), type: { kind: 'unknown' } })
    );
  }
  l.spawnCall(call, op);
}

/** A call of a function value, a visible function or a method that is found at run time. */
function targetOf(l: Lowering, call: CallExpr): Target | undefined {
  const c = l.analysis.callee(l.unit, call);
  const fun = unparen(call.fun);
  if (c.kind === 'builtin' || c.kind === 'conversion') return undefined;
  const sync = SYNC_TYPES.exec(c.name);
  if (sync && c.recv && isSyncMethod(sync[1] as string)) return { recv: receiver(l, call), method: sync[1] };
  const pipe = PIPE_METHOD.exec(c.name)?.[1];
  if (pipe !== undefined && c.recv) return { recv: receiver(l, call), method: pipe };
  // What a call yields is called: `release(x)()`.
  if (fun.kind === 'FuncLit' || c.kind === 'value' || fun.kind === 'CallExpr') return { fun: lowerExpr(l, call.fun) };
  if (c.recv && (c.dynamic || mayRunOwnMethod(l.analysis, l.unit, c)))
    return { recv: lowerExpr(l, c.recv), method: c.name.slice(c.name.lastIndexOf('.') + 1) };
  // The method of an interface that is not seen: what the value has is.
  if (c.kind === 'unknown' && fun.kind === 'SelectorExpr' && l.shape(l.typeOf(fun.x)) === 'interface')
    return { recv: lowerExpr(l, fun.x), method: fun.sel.name };
  const own = followed(l, c);
  if (!own) return undefined;
  const code = l.source.code(own.unit, own.decl);
  if (!code) return undefined;
  return c.recv ? { code, recv: receiver(l, call) } : { code };
}

/** The function that is run: one of the package, or what stands for one of the standard library. */
function followed(l: Lowering, c: Callee): VisibleFunc | undefined {
  return c.own ?? preludeFunction(l.analysis.types, c.name, l.source.relevance.all);
}

/** The receiver of a method call, embedded fields followed. */
export function receiver(l: Lowering, call: CallExpr): Reg {
  const fun = unparen(call.fun);
  const x = fun.kind === 'IndexExpr' ? unparen(fun.x) : fun;
  if (x.kind !== 'SelectorExpr') return l.constant(null);
  const s = l.analysis.types.members.selector(l.unit, x);
  const owner = s?.kind === 'method' && !s.dynamic ? s.owner : undefined;
  return (owner && pointed(l, call, x.x)) ?? promoted(l, lowerExpr(l, x.x), l.typeOf(x.x), owner);
}

/** The receiver where it is no struct, and a method of its pointer is called on the value, or one of its value on the pointer. */
function pointed(l: Lowering, call: CallExpr, x: Expr): Reg | undefined {
  const type = l.typeOf(x);
  if (!hasOwnMethods(l.analysis.types, type)) return undefined;
  const { own } = l.analysis.callee(l.unit, call);
  if (!own || takesPointer(own.decl) === (type.kind === 'pointer')) return undefined;
  if (type.kind !== 'pointer') return lowerAddress(l, x);
  const dst = l.reg();
  l.emit({ op: 'load', dst, cell: lowerExpr(l, x) });
  return dst;
}

/** Lowers a call; the register holds its result, a tuple when there are several. */
export function lowerCall(l: Lowering, call: CallExpr): Reg {
  const before = l.at(call);
  try {
    return lower(l, call);
  } finally {
    l.at(before);
  }
}

function lower(l: Lowering, call: CallExpr): Reg {
  const c = l.analysis.callee(l.unit, call);
  const type = l.typeOf(call);
  if (c.kind === 'builtin') return lowerBuiltin(l, call, c.name, type);
  if (c.kind === 'conversion') return conversion(l, call, type);
  const sync = SYNC_TYPES.exec(c.name);
  if (sync && c.recv) {
    const method = sync[1] as string;
    const recv = receiver(l, call);
    const args = call.args.map((a, n) => valueOf(l, a, parameterType(l, call, n)));
    const dst = l.reg();
    l.at(call);
    if (c.name.startsWith('sync/atomic.') && method !== 'Load') beforeAtomicWrite(l);
    if (isSyncMethod(method)) l.emit({ op: 'sync', method, recv, args, dst });
    else l.emit({ op: 'opaque', dst, args: [recv, ...args], escapes: false, type });
    return dst;
  }
  const special = lowerAtomic(l, call, c.name) ?? lowerTime(l, call, c.name, type) ?? lowerKnown(l, call, c.name, type);
  if (special !== undefined) return special;
  // A test that skips itself has not failed: it ends here, after its deferred calls.
  if (SKIPS.test(c.name) && l.isProgram) {
    for (const a of call.args) lowerExpr(l, a);
    l.leave();
    return l.constant(null);
  }
  // What happens in a test that has failed is nobody's concern; and nothing is known past what may be the end.
  if (c.fact?.neverReturns || isTestFailure(l.analysis, l.unit, call) || mayBeFatal(call, c)) {
    for (const a of call.args) lowerExpr(l, a);
    l.emit({ op: 'end', why: 'exit' });
    return l.constant(null);
  }
  const own = followed(l, c);
  if (own && !l.source.relevance.function(own)) {
    if (l.source.relevance.deterministic.function(own)) return computed(l, call, own);
    // It is not followed: what it is given to wait for or to call may end up anywhere.
    const kept: Reg[] = [];
    for (const a of call.args) {
      const shape = l.shape(l.typeOf(a));
      if (shape === 'chan' || shape === 'func' || (shape === 'interface' && !isErrorType(l.typeOf(a))))
        kept.push(lowerExpr(l, a));
      else if (isPipe(l.typeOf(a))) valueOf(l, a);
      else if (mayMatter(l, a)) lowerExpr(l, a);
    }
    if (kept.length > 0) l.emit({ op: 'opaque', dst: l.reg(), args: kept, escapes: true, type: { kind: 'unknown' } });
    if (l.analysis.endings.of(own) === 'exit') l.emit({ op: 'end', why: 'exit' });
    const dst = l.reg();
    // A function that may fail and belongs to no value deals with what the world gives.
    const reads = own.decl.kind === 'FuncDecl' && !own.decl.recv && mayFail(type);
    l.emit({ op: 'opaque', dst, args: [], escapes: false, type, reads });
    return dst;
  }
  const target = targetOf(l, call);
  if (target) {
    const args = call.args.map((a, n) => valueOf(l, a, parameterType(l, call, n)));
    const dst = l.reg();
    l.at(call);
    const mayPanic = isOfOthers(c);
    if (target.method !== undefined && target.recv !== undefined)
      l.emit({
        op: 'invoke',
        dst,
        recv: target.recv,
        method: target.method,
        args,
        spread: call.spread,
        type,
        mayPanic,
      });
    else
      l.emit({
        op: 'call',
        dst,
        code: target.code,
        fun: target.fun,
        recv: target.recv,
        args,
        spread: call.spread,
        type,
        mayPanic,
      });
    return dst;
  }
  return opaque(l, call, type);
}

/** True for calls of function values and of interfaces that are not the standard library's, but for those that print. */
function isOfOthers(c: Callee): boolean {
  const { signature } = c;
  if (signature?.kind === 'func' && signature.variadic) return false;
  const isContexts = c.name.startsWith('context.') || (signature?.kind === 'named' && signature.pkg === 'context');
  return !isContexts && (c.kind === 'value' || (c.dynamic === true && !isBenign(c)));
}

const SKIPS = /^testing\.\w+\.Skip(?:Now|f)?$/;

function mayMatter(l: Lowering, e: Expr): boolean {
  return l.source.relevance.node(l.unit, e);
}

const PURE =
  /^(strings|strconv|bytes|unicode|unicode\/utf8|math|path|path\/filepath|math\/bits)\.[A-Za-z0-9]+$|^fmt\.Sprint(?:f|ln)?$|^slices\.Contains$|^cmp\.Compare$/;

/** A call into code that is not seen. Functions it is known to call run; others may be kept. */
function opaque(l: Lowering, call: CallExpr, type: Type): Reg {
  const c = l.analysis.callee(l.unit, call);
  const runs = c.fact?.calls ?? [];
  const args = call.args.map((a) => lowerExpr(l, a));
  const dst = l.reg();
  l.at(call);
  const unseen = c.visibleUnlessReturns;
  if (unseen && l.analysis.endings.of(unseen) === 'exit') {
    l.emit({ op: 'end', why: 'exit' });
    return dst;
  }
  if (c.kind === 'func' && runs.length === 0 && PURE.test(c.name)) {
    const isOfPlainType = isPlain(l.analysis.types, type);
    if (isOfPlainType || isComputed(c.name)) {
      // What prints itself is not printed as what it is made of.
      const name =
        c.name.startsWith('fmt.') && call.args.some((a) => printsItself(l, a)) ? `${c.name} by methods` : c.name;
      l.emit({
        op: 'pure',
        dst,
        name,
        args,
        ofPlain: call.args.every((a) => isPlain(l.analysis.types, l.typeOf(a))),
        ...((!isOfPlainType || isComputed(c.name)) && { type, origin: originOf(c.name) }),
      });
      return dst;
    }
  }
  if (WRITING.test(c.name)) for (const x of args) l.emit({ op: 'lose', x });
  let error: Reg | undefined;
  for (const { param, when, returns } of runs)
    if (when !== 'async' && args[param] !== undefined) {
      if (returns) error = callForEach(l, args[param]);
      else l.emit({ op: 'call', dst: l.reg(), fun: args[param], args: [], spread: false, type: { kind: 'unknown' } });
    }
  const kept = args.filter((_, i) => !runs.some((r) => r.param === i && r.when !== 'async'));
  const fun = unparen(call.fun);
  // Of a selector that is not understood, what is selected from may be a receiver.
  const x = c.kind === 'unknown' && fun.kind === 'SelectorExpr' ? fun.x : undefined;
  const recv = c.kind === 'method' && c.recv ? [receiver(l, call)] : x ? [lowerExpr(l, x)] : [];
  // What it returns may be part of what it was given.
  const escapes = !isBenign(c) || isTracked(l.analysis.types, type);
  const reads = DECODING.test(c.name);
  l.emit({ op: 'opaque', dst, args: [...recv, ...kept], escapes, type, origin: originOf(c.name), reads });
  return error ?? dst;
}

/** A call that is not followed of a function that gives the same whenever it is given the same. */
function computed(l: Lowering, call: CallExpr, { unit, decl }: VisibleFunc): Reg {
  const recv = decl.recv ? [receiver(l, call)] : [];
  const args = [...recv, ...call.args.map((a) => lowerExpr(l, a))];
  const dst = l.reg();
  l.at(call);
  l.emit({
    op: 'pure',
    dst,
    name: `${unit.pkg.path}.${unit.declaration.recv ?? ''}.${decl.name.name}`,
    args,
    ofPlain: true,
  });
  return dst;
}

function printsItself(l: Lowering, e: Expr): boolean {
  const t = l.typeOf(e);
  if (t.kind === 'basic') return false;
  const { members } = l.analysis.types;
  return ['String', 'Error', 'Format', 'GoString'].some((method) => members.find(t, method) !== undefined);
}

/** Functions that tell what a program cannot know. */
const INPUTS = /^(?:math\/rand(?:\/v2)?\.|crypto\/rand\.|os\.(?:Getenv|LookupEnv)$)/;
/** Functions that fail when something is wrong with the machine, or with what they are given: a program is written for that they do not. */
const SUCCEEDING =
  /^(?:strconv\.|fmt\.F?[Pp]rint|io\.WriteString$|bytes\.Buffer\.Write|strings\.Builder\.Write|encoding\/(?:json|xml)\.(?:Unm|M)arshal|encoding\/(?:hex|base64)\.|os\.(?:Open|OpenFile|Create|CreateTemp|Mkdir\w*|ReadFile|WriteFile|Remove\w*|Getwd|Hostname)$|net\.(?:Listen\w*|Dial\w*|Split\w*|Parse\w*)$|net\/http\.NewRequest|net\/url\.|time\.(?:Parse\w*|LoadLocation)$|regexp\.Compile|text\/template\.|html\/template\.)/;

/** Functions that take numbers out of bytes that somebody has sent. */
const DECODING = /^encoding\/binary\.(?:\w+\.)?(?:Uint\d+|Read(?:Uv|V)arint)$/;

/** Functions that set what they are given. */
const WRITING =
  /^(?:encoding\/|fmt\.\w*[sS]can|io\.Read|sort\.|slices\.(?:Sort|Reverse)|math\/rand(?:\/v2)?\.Shuffle$)/;

function originOf(name: string): Origin | undefined {
  return INPUTS.test(name) ? 'input' : SUCCEEDING.test(name) ? 'success' : undefined;
}
