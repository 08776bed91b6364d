/**
 * Which code matters for the concurrency model. The rest is not lowered: what it yields is unknown, and branches inside it
 * are not told apart. That keeps the number of states small.
 */
import type { Analysis } from '../../golang/analysis.ts';
import type { Callee, VisibleFunc } from '../../golang/callee.ts';
import { type Answer, newReads, noteUse, recordReads, remembered } from '../../golang/reads.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, find, flattenFields, unparen, walk } from '../../golang/walk.ts';
import type { Expr, FuncDecl, Node, Stmt } from '../../syntax/ast.ts';
import { Deterministic } from './deterministic.ts';
import { isInPrelude } from './prelude/index.ts';
import { isTracked, shapeOf } from './shapes.ts';
import { mayRunOwnMethod } from './unseen-receivers.ts';

/** Functions of at most that many simple statements are always looked into. */
const TINY = 3;

/** What is assigned on one of two ways may be told from what the other one leaves. */
const ASSIGNING = /^(?:AssignStmt|IncDecStmt|RangeStmt)$/;

export class Relevance {
  private readonly functions = new Map<FuncDecl, Answer<boolean>>();
  private readonly nodes = new WeakMap<Node, Answer<boolean>>();

  /** Nothing is left out. */
  readonly all: boolean = false;

  /** What gives the same when it is given the same. */
  readonly deterministic: Deterministic;

  constructor(private readonly analysis: Analysis) {
    this.deterministic = new Deterministic(analysis);
  }

  /** True when a call of the function is followed: it does something that matters, or is so small that what it gives may as well be known. */
  function(f: VisibleFunc): boolean {
    return this.matters(f) || isTinyFunction(f);
  }

  /** True when a function does something the model follows. */
  private matters({ unit, decl }: VisibleFunc): boolean {
    const known = this.functions.get(decl);
    if (known) {
      noteUse(known.reads);
      return known.value;
    }
    const { body } = decl;
    if (unit.pkg.isBundled) return true;
    if (!body || unit.hasError) return false;
    // Functions that call themselves are followed; how far is bounded elsewhere.
    const answer = { value: true, reads: newReads() };
    this.functions.set(decl, answer);
    answer.value = recordReads(
      answer.reads,
      () =>
        flattenFields(decl.type.results).some((r) =>
          isTracked(this.analysis.types, this.analysis.types.resolve(unit, r.type)),
        ) || this.contains(unit, body, true),
    );
    return answer.value;
  }

  /** True when a statement or expression does something the model follows. */
  node(unit: DeclUnit, node: Node): boolean {
    return unit.pkg.isBundled || remembered(this.nodes, node, () => this.contains(unit, node, false));
  }

  /** True for a statement that need not be gone through to go on, where it is not known which way it takes. */
  mayPass(unit: DeclUnit, node: Node): boolean {
    return !this.node(unit, node) && find(node, ({ kind }) => ASSIGNING.test(kind)) === undefined;
  }

  /** `inFunction`: returns do not count. Types and called functions are looked at where the words alone do not tell. */
  private contains(unit: DeclUnit, node: Node, inFunction: boolean): boolean {
    return (
      find(node, (n) => isTelling(n, inFunction)) !== undefined ||
      find(node, (n) => this.own(unit, n, inFunction)) !== undefined
    );
  }

  private own(unit: DeclUnit, n: Node, inFunction: boolean): boolean {
    switch (n.kind) {
      case 'RangeStmt':
        return this.ranges(unit, n.x);
      case 'CallExpr':
        return this.call(unit, this.analysis.callee(unit, n), n.args, n.fun);
      case 'AssignStmt':
        return n.lhs.some((l) => this.assigns(unit, l, inFunction)) || n.rhs.some((r) => this.tracked(unit, r));
      case 'IncDecStmt':
        return this.assigns(unit, n.x, inFunction);
      case 'ValueSpec':
        return n.names.some((x) => x.obj && isTracked(this.analysis.types, this.analysis.objectType(unit, x.obj)));
      default:
        return false;
    }
  }

  /** True for what is waited for, and for iterators; calls that yield one are judged by what they do. */
  private ranges(unit: DeclUnit, x: Expr): boolean {
    const shape = shapeOf(this.analysis.types, this.analysis.typeOf(unit, x));
    return shape === 'chan' || (shape === 'func' && unparen(x).kind !== 'CallExpr');
  }

  private tracked(unit: DeclUnit, e: Expr): boolean {
    return isTracked(this.analysis.types, this.analysis.typeOf(unit, e));
  }

  /** Fields and other memory that outlives a function: later conditions may depend on them. */
  private assigns(unit: DeclUnit, lhs: Expr, inFunction: boolean): boolean {
    const x = unparen(lhs);
    if (x.kind === 'Ident') return inFunction && !x.obj && x.name !== '_';
    // What was waited for is taken out of a list.
    if (!inFunction) return x.kind === 'IndexExpr' && this.tracked(unit, x);
    const base = baseIdent(x);
    return base ? isTracked(this.analysis.types, this.analysis.typeOf(unit, base)) : false;
  }

  private call(unit: DeclUnit, c: Callee, args: readonly Expr[], fun: Expr): boolean {
    if (c.kind === 'builtin') {
      if (c.name === 'delete' || c.name === 'clear' || c.name === 'copy')
        return args.some((a) => this.tracked(unit, a));
      return c.name === 'close' || c.name === 'panic' || c.name === 'recover';
    }
    if (c.kind === 'conversion') return false;
    if (c.kind === 'value' || c.kind === 'literal') return true;
    if (/^(?:(?:sync|context|golang\.org\/x\/sync)[./]|io\.Pipe)/.test(c.name)) return true;
    if (/^time\.(After|NewTimer|NewTicker|Tick|AfterFunc|Timer|Ticker)/.test(c.name)) return true;
    if (c.fact?.neverReturns || c.fact?.calls || isInPrelude(c.name)) return true;
    const { own } = c;
    if (own) return this.analysis.endings.of(own) !== undefined || this.matters(own);
    const unseen = c.visibleUnlessReturns;
    if (unseen && this.analysis.endings.of(unseen) !== undefined) return true;
    if (c.dynamic && c.recv && this.tracked(unit, c.recv)) return true;
    if (mayRunOwnMethod(this.analysis, unit, c)) return true;
    if (c.kind === 'unknown' && unparen(fun).kind !== 'SelectorExpr' && unparen(fun).kind !== 'Ident') return true;
    return !isBenign(c) && args.some((a) => this.tracked(unit, a));
  }
}

/** True for a node that matters whatever stands in it. */
function isTelling(n: Node, inFunction: boolean): boolean {
  switch (n.kind) {
    case 'GoStmt':
    case 'SendStmt':
    case 'SelectStmt':
    case 'DeferStmt':
    case 'LabeledStmt':
    case 'FuncLit':
      return true;
    case 'ReturnStmt':
    case 'BranchStmt':
      return !inFunction;
    case 'UnaryExpr':
      return n.op === '<-';
    default:
      return false;
  }
}

/** For programs that are there as a whole: what they do may hang on anything they compute. */
export class AllRelevant extends Relevance {
  override readonly all: boolean = true;

  /** @param usual what matters elsewhere */
  constructor(
    analysis: Analysis,
    private readonly usual: Relevance,
  ) {
    super(analysis);
  }

  override function({ unit, decl }: VisibleFunc): boolean {
    return decl.body !== undefined && !unit.hasError;
  }

  override node(): boolean {
    return true;
  }

  override mayPass(unit: DeclUnit, node: Node): boolean {
    return !unit.pkg.isBundled && !this.usual.node(unit, node);
  }
}

/** Each call of a function asks. */
const tiny = new WeakMap<FuncDecl, boolean>();

function isTinyFunction({ unit, decl }: VisibleFunc): boolean {
  if (!decl.body || unit.hasError) return false;
  let is = tiny.get(decl);
  if (is === undefined) tiny.set(decl, (is = isTiny(decl.body.stmts)));
  return is;
}

function isTiny(stmts: readonly Stmt[]): boolean {
  let count = 0;
  for (const s of stmts)
    walk(s, (n) => {
      if (n.kind === 'ForStmt' || n.kind === 'RangeStmt' || n.kind === 'SwitchStmt' || n.kind === 'FuncLit')
        count += TINY + 1;
      else if (/Stmt$/.test(n.kind) && n.kind !== 'BlockStmt') count++;
      return count <= TINY;
    });
  return count <= TINY;
}

/**
 * True for functions that neither keep nor use what is waited for in their arguments: those of the standard library but
 * for the few that take channels or call functions.
 */
export function isBenign(c: Callee): boolean {
  if (c.kind === 'builtin' || c.kind === 'conversion') return true;
  if (c.fact?.calls) return false;
  if (c.kind === 'method' && VALUES.test(c.name)) return true;
  const pkg = c.name.slice(0, c.name.lastIndexOf('.'));
  if (/^(os\/signal|net\/http|context|runtime|reflect|sync|testing)(\/|\.|$)/.test(pkg))
    return /^testing\./.test(c.name);
  return pkg !== '' && !/[.]/.test(pkg.split('/')[0] ?? '.') && STANDARD.test(pkg);
}

/** Methods of values that hold no more than they are. */
const VALUES =
  /^(?:time\.(?:Time|Duration|Month|Weekday)|net\/url\.\w+|regexp\.Regexp|(?:strings|bytes)\.(?:Builder|Buffer|Reader)|math\/big\.\w+)\./;

const STANDARD =
  /^(bufio|bytes|cmp|crypto|database|encoding|errors|expvar|fmt|hash|html|io|log|math|mime|net|os|path|regexp|sort|strconv|strings|text|time|unicode|unsafe)(\/|\.|$)/;
