/** Lowers calls of functions of `context`, `time`, `errors` and `testing` whose effect the model knows. */
import { ANY, ERROR, isErrorType, type Type } from '../../golang/types.ts';
import type { CallExpr, Expr } from '../../syntax/ast.ts';
import { unparen } from '../../golang/walk.ts';
import { isTiny } from './entries.ts';
import type { Reg } from './instructions.ts';
import { collecting, iteratorOver, unseenIterator, type Yields } from './iterator-code.ts';
import { assign } from './lower-assignments.ts';
import { receiver } from './lower-calls.ts';
import { byContent } from './lower-conversions.ts';
import { lowerExpr, valueOf } from './lower-expressions.ts';
import { yieldedTypes } from './lower-iterators.ts';
import type { Lowering } from './lowering.ts';
import { afterDone, afterTimer } from './method-code.ts';

/** Calls of package functions that the model knows. */
export function lowerKnown(l: Lowering, call: CallExpr, name: string, type: Type): Reg | undefined {
  const [first, second] = call.args;
  const dst = (): Reg => l.reg();
  const arg = (e: Expr | undefined): Reg => (e ? lowerExpr(l, e) : l.constant(null));
  switch (name) {
    case 'errors.New':
    case 'fmt.Errorf':
    case 'errors.Join': {
      const args = call.args.map((a) => valueOf(l, a, () => ERROR));
      const errors = args.filter((_, n) => isError(l, l.typeOf(call.args[n] as Expr)));
      const d = dst();
      l.at(call);
      if (name === 'errors.Join') {
        l.emit({ op: 'pure', dst: d, name, args: call.spread ? [] : errors, type });
        return d;
      }
      l.emit({ op: 'error', dst: d, wraps: errors });
      return d;
    }
    case 'errors.Is': {
      const [x, y] = [first, second].map((e) => (e ? valueOf(l, e, () => ERROR) : l.constant(null))) as [Reg, Reg];
      const d = dst();
      l.emit({ op: 'iserror', dst: d, x, y });
      return d;
    }
    case 'errors.As': {
      const target = second && unparen(second);
      if (!first || target?.kind !== 'UnaryExpr' || target.op !== '&') return undefined;
      const x = valueOf(l, first, () => ERROR);
      const cell = lowerExpr(l, target);
      const d = dst();
      l.at(call);
      l.emit({ op: 'aserror', dst: d, x, cell, type: l.typeOf(target.x) });
      return d;
    }
    case 'context.AfterFunc': {
      // Where it may be stopped it is run as code.
      if (l.analysis.parents(l.unit).get(call)?.kind !== 'ExprStmt') return undefined;
      const ctx = arg(first);
      const fun = arg(second);
      const done = dst();
      l.emit({ op: 'ctxdone', dst: done, x: ctx });
      l.at(call);
      // A goroutine waits for the context and then calls the function.
      l.emit({ op: 'go', code: afterDone(l.unit), args: [done, fun], spread: false });
      return l.unknown(type);
    }
    case 'context.Background':
    case 'context.TODO': {
      const d = dst();
      l.emit({ op: 'context', dst: d, kind: 'root' });
      return d;
    }
    case 'context.WithValue': {
      const [, , third] = call.args;
      const parent = arg(first);
      const by = second ? asKey(l, second) : l.constant(null);
      const added = third ? valueOf(l, third, () => ANY) : l.constant(null);
      const d = dst();
      l.at(call);
      l.emit({ op: 'ctxwith', dst: d, parent, by, added });
      return d;
    }
    case 'context.WithCancel':
    case 'context.WithCancelCause':
    case 'context.WithTimeout':
    case 'context.WithDeadline':
    case 'context.WithTimeoutCause':
    case 'context.WithDeadlineCause':
    case 'context.WithoutCancel': {
      const parent = arg(first);
      const [after] = call.args.slice(1).map((a) => lowerExpr(l, a));
      const d = dst();
      const kind =
        /Cancel(Cause)?$/.test(name) && !/Without/.test(name)
          ? 'cancel'
          : /Timeout|Deadline/.test(name)
            ? 'deadline'
            : 'detached';
      l.at(call);
      l.emit({
        op: 'context',
        dst: d,
        parent,
        kind,
        ...(/Timeout/.test(name) && { after }),
        type,
      });
      return d;
    }
    case 'golang.org/x/sync/errgroup.WithContext': {
      const parent = arg(first);
      const d = dst();
      l.emit({ op: 'group', dst: d, parent });
      return d;
    }
    case 'maps.Keys':
    case 'maps.Values':
    case 'maps.All':
    case 'slices.Values':
    case 'slices.All': {
      const collection = first && l.typeOf(first);
      const u = collection && l.analysis.types.underlying(collection);
      if (u?.kind !== 'map' && u?.kind !== 'slice') return undefined;
      const yields = name.slice(name.indexOf('.') + 1).toLowerCase() as Yields;
      const d = dst();
      l.emit({ op: 'closure', dst: d, code: iteratorOver(l.unit, yields, u, u.elem), env: [arg(first)] });
      return d;
    }
    case 'slices.Collect':
    case 'slices.Sorted': {
      const [it, d] = [dst(), dst()];
      const over = first ? yieldedTypes(l, l.typeOf(first)) : [];
      l.emit({ op: 'iterator', dst: it, x: arg(first), over: unseenIterator(l.unit, over) });
      const code = collecting(l.unit, name === 'slices.Sorted');
      l.emit({ op: 'call', dst: d, code, args: [it], spread: false, type });
      return d;
    }
    case 'slices.Sort':
    case 'sort.Strings':
    case 'sort.Ints':
      l.emit({ op: 'sort', x: arg(first) });
      return l.constant(null);
    case 'strings.NewReader':
    case 'bufio.NewScanner': {
      // Who reads may be left out, unless nothing is.
      if (!l.source.relevance.all) return undefined;
      const d = dst();
      l.emit({ op: 'pure', dst: d, name, args: [arg(first)], type });
      return d;
    }
    case 'bufio.Scanner.Scan':
    case 'bufio.Scanner.Text':
    case 'bufio.Scanner.Err': {
      const d = dst();
      const method = name.slice(name.lastIndexOf('.') + 1);
      l.emit({ op: 'invoke', dst: d, recv: receiver(l, call), method, args: [], spread: false, type, seenOnly: true });
      return d;
    }
    case 'io.Pipe': {
      const d = dst();
      l.at(call);
      l.emit({ op: 'pipe', dst: d });
      return d;
    }
    case 'sync.NewCond': {
      const locker = arg(first);
      const d = dst();
      l.emit({ op: 'newcond', dst: d, locker });
      return d;
    }
    case 'time.After':
    case 'time.Tick':
    case 'time.NewTimer':
    case 'time.NewTicker': {
      const after = arg(first);
      const d = dst();
      const kind = { After: 'after', Tick: 'tick', NewTimer: 'timer', NewTicker: 'ticker' }[name.slice(5)] as
        'after' | 'tick' | 'timer' | 'ticker';
      l.emit({ op: 'timer', dst: d, kind, after, type });
      return d;
    }
    case 'time.AfterFunc': {
      const after = arg(first);
      const fun = arg(second);
      const d = dst();
      l.at(call);
      if (l.analysis.parents(l.unit).get(call)?.kind === 'ExprStmt') l.emit({ op: 'afterfunc', dst: d, fun });
      else {
        // One that can be stopped may never run, or run again: a goroutine waits for its channel, which nobody else has.
        const chan = dst();
        l.emit({ op: 'timer', dst: d, kind: 'func', after, type });
        l.emit({ op: 'field', dst: chan, x: d, name: 'C', type: { kind: 'unknown' } });
        l.emit({ op: 'go', code: afterTimer(l.unit), args: [chan, fun], spread: false });
      }
      return d;
    }
    case 'time.Sleep':
    case 'runtime.Gosched': {
      const after = first && arg(first);
      if (waitsByTurns(l, call)) l.emit({ op: 'pause', after });
      else if (after !== undefined && isTiny(l.unit.pkg)) l.emit({ op: 'pause', nap: true, after });
      return l.constant(null);
    }
    case 'fmt.Fprint':
    case 'fmt.Fprintf':
    case 'fmt.Fprintln':
    case 'io.WriteString': {
      const t = first && l.typeOf(first);
      if (!t || isOfLibrary(l, t)) return undefined;
      const w = arg(first);
      const text = call.args.slice(1).map((a) => lowerExpr(l, a));
      l.at(call);
      l.emit({
        op: 'invoke',
        dst: dst(),
        recv: w,
        method: 'Write',
        args: [l.unknown({ kind: 'slice', elem: { kind: 'basic', name: 'byte' } })],
        spread: false,
        type: { kind: 'unknown' },
        seenOnly: true,
      });
      const d = dst();
      l.emit({ op: 'opaque', dst: d, args: text, escapes: false, type, origin: 'success' });
      return d;
    }
    case 'time.Timer.Stop':
    case 'time.Ticker.Stop':
    case 'time.Timer.Reset':
    case 'time.Ticker.Reset': {
      const x = receiver(l, call);
      const after = first && arg(first);
      const d = dst();
      const asked = !/^(?:Expr|Defer)Stmt$/.test(l.analysis.parents(l.unit).get(call)?.kind ?? '');
      l.emit({ op: 'stoptimer', dst: d, x, again: name.endsWith('Reset'), asked, after });
      return d;
    }
    case 'context.Context.Done': {
      const x = receiver(l, call);
      const d = dst();
      l.emit({ op: 'ctxdone', dst: d, x });
      return d;
    }
    case 'context.Context.Value': {
      const x = receiver(l, call);
      const by = first ? asKey(l, first) : l.constant(null);
      const d = dst();
      l.emit({ op: 'ctxvalue', dst: d, x, by, type });
      return d;
    }
    case 'context.Context.Err':
    case 'context.Cause': {
      const x = name === 'context.Cause' ? arg(first) : receiver(l, call);
      const d = dst();
      l.emit({ op: 'ctxerr', dst: d, x, isCause: name === 'context.Cause' });
      return d;
    }
    case 'golang.org/x/sync/semaphore.Weighted.Acquire': {
      // It fails when its context ends, and for no other reason.
      const x = arg(first);
      arg(second);
      const d = dst();
      l.emit({ op: 'ctxerr', dst: d, x, later: true });
      return d;
    }
    case 'testing.Short':
    case 'testing.Verbose':
      return l.constant(false);
    case 'flag.Bool':
    case 'flag.Duration':
    case 'flag.Float64':
    case 'flag.Int':
    case 'flag.Int64':
    case 'flag.String':
    case 'flag.Uint':
    case 'flag.Uint64': {
      // Nobody sets it.
      const d = dst();
      l.emit({ op: 'cell', dst: d, src: arg(second) });
      return d;
    }
    case 'flag.BoolVar':
    case 'flag.DurationVar':
    case 'flag.Float64Var':
    case 'flag.IntVar':
    case 'flag.Int64Var':
    case 'flag.StringVar':
    case 'flag.UintVar':
    case 'flag.Uint64Var': {
      const x = first && unparen(first);
      const variable = x?.kind === 'UnaryExpr' && x.op === '&' ? unparen(x.x) : undefined;
      if (variable?.kind !== 'Ident') return undefined;
      assign(l, variable, arg(call.args[2]));
      return l.constant(null);
    }
    case 'testing.T.Cleanup':
    case 'testing.common.Cleanup':
    case 'testing.B.Cleanup':
    case 'testing.TB.Cleanup':
      l.emit({ op: 'defer', fun: arg(first), args: [], spread: false, outermost: true });
      return l.constant(null);
    case 'testing.T.Run':
    case 'testing.B.Run': {
      arg(first);
      const fun = arg(second);
      const t = receiver(l, call);
      const d = dst();
      l.at(call);
      l.emit({ op: 'call', dst: d, fun, args: [t], spread: false, type: { kind: 'unknown' } });
      return l.unknown(type);
    }
    default:
      return undefined;
  }
}

/** True for a type whose methods are not there to see. */
function isOfLibrary(l: Lowering, type: Type): boolean {
  const t = type.kind === 'pointer' ? type.elem : type;
  if (t.kind !== 'named' || l.shape(t) === 'interface') return false;
  return l.analysis.program.package(t.pkg)?.origin !== 'own';
}

/** Operations that others can see. */
const OPERATION = /<-|\bselect\b|\.(?:R?Lock|Wait|Done|Signal|Broadcast)\(|\bclose\(/;

/** A value as an interface holds it, and as it is compared there. */
function asKey(l: Lowering, e: Expr): Reg {
  return byContent(
    l,
    valueOf(l, e, () => ANY),
    l.typeOf(e),
  );
}

/** True in a loop that asks again and again for what others set, and does nothing else that they could see. */
function waitsByTurns(l: Lowering, call: CallExpr): boolean {
  const parents = l.analysis.parents(l.unit);
  let at = parents.get(call);
  while (at && at.kind !== 'ForStmt' && at.kind !== 'FuncLit') at = parents.get(at);
  if (at?.kind !== 'ForStmt') return false;
  const { file, base } = l.unit;
  return !OPERATION.test(file.text.slice(base + at.start, base + at.end));
}

function isError(l: Lowering, type: Type): boolean {
  return isErrorType(type) || l.analysis.types.members.find(type, 'Error')?.kind === 'method';
}
