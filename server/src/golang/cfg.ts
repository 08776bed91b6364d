/**
 * Control flow graph of one function body. Basic blocks hold simple statements and condition operands in evaluation
 * order; `&&`, `||` and `!` are split so that every conditional edge carries one atomic condition. Function literals
 * are values here: each has a graph of its own.
 */
import type { CaseClause, CommClause, Expr, FuncNode, Node, RangeStmt, Stmt } from '../syntax/ast.ts';

export type EdgeKind =
  | 'flow'
  | 'true'
  | 'false'
  /** A case of a switch with a tag, or of a type switch. */
  | 'case'
  /** No case matched. */
  | 'default'
  /** A communication of a select became ready. */
  | 'comm'
  /** A range loop goes on, or has no more elements (for a channel: it was closed). */
  | 'range'
  | 'exhausted';

export interface Edge {
  from: Block;
  to: Block;
  kind: EdgeKind;
  /** Atomic condition of a `true`/`false` edge. */
  cond?: Expr;
  clause?: CaseClause | CommClause;
  /** Tag of a switch on `case` and `default` edges. */
  tag?: Expr;
}

export interface Block {
  index: number;
  /** Simple statements, conditions, and the heads of range, select and type switch statements. */
  nodes: Node[];
  succs: Edge[];
  preds: Edge[];
  /** Why control does not go on from here, when it does not: `panic` runs deferred calls, `exit` ends the process or goroutine. */
  ends?: 'panic' | 'exit';
}

export interface ControlFlowGraph {
  func: FuncNode;
  blocks: Block[];
  entry: Block;
  /** The one block every return leads to. It holds no nodes. */
  exit: Block;
  /** Block and index of every node in `nodes`. */
  where: Map<Node, { block: Block; index: number }>;
  /** The block that each loop, `select` and labelled statement starts with: where a loop comes round to. */
  heads: Map<Stmt, Block>;
  /** Statements after which it is not known whether control goes on. */
  mayEnd: ReadonlySet<Node>;
  /** Blocks that control can reach from the entry. */
  reachable: Set<Block>;
}

/** Tells calls that do not return, and those that may never do so (`maybe`). */
export type TerminationOracle = (call: Expr) => 'panic' | 'exit' | 'maybe' | undefined;

/** Tells `range` loops over channels that are never closed: they do not end by themselves. */
export type ExhaustionOracle = (loop: RangeStmt) => boolean;

/** The given blocks and every block that control can come to from them. */
export function reachableFrom(blocks: readonly Block[]): Set<Block> {
  const reached = new Set<Block>();
  const work = [...blocks];
  for (let b = work.pop(); b; b = work.pop()) {
    if (reached.has(b)) continue;
    reached.add(b);
    for (const e of b.succs) work.push(e.to);
  }
  return reached;
}

/** Builds the graph of `func`'s body; a function without a body has entry and exit only. */
export function buildCfg(
  func: FuncNode,
  terminates: TerminationOracle,
  neverExhausted: ExhaustionOracle = () => false,
): ControlFlowGraph {
  return new Builder(func, terminates, neverExhausted).build();
}

interface Target {
  label?: string;
  breakTo?: Block;
  continueTo?: Block;
}

class Builder {
  private readonly blocks: Block[] = [];
  private readonly labels = new Map<string, Block>();
  private readonly placed = new Set<string>();
  private readonly targets: Target[] = [];
  private readonly where = new Map<Node, { block: Block; index: number }>();
  private readonly heads = new Map<Stmt, Block>();
  private readonly mayEnd = new Set<Node>();
  private readonly exit: Block;
  private current: Block;
  /** Label of the statement about to be built. */
  private pendingLabel?: string;
  private fallthroughTo?: Block;

  constructor(
    private readonly func: FuncNode,
    private readonly terminates: TerminationOracle,
    private readonly neverExhausted: ExhaustionOracle,
  ) {
    this.current = this.block();
    this.exit = this.block();
  }

  build(): ControlFlowGraph {
    const entry = this.current;
    if (this.func.body) this.stmts(this.func.body.stmts);
    this.edge(this.current, this.exit, 'flow');
    // A label that a goto names and nobody sets is a compile error, as is a branch without a target.
    for (const [name, target] of this.labels) if (!this.placed.has(name)) this.edge(target, this.exit, 'flow');
    const reachable = reachableFrom([entry]);
    return {
      func: this.func,
      blocks: this.blocks,
      entry,
      exit: this.exit,
      where: this.where,
      heads: this.heads,
      mayEnd: this.mayEnd,
      reachable,
    };
  }

  private block(): Block {
    const b: Block = { index: this.blocks.length, nodes: [], succs: [], preds: [] };
    this.blocks.push(b);
    return b;
  }

  private edge(from: Block, to: Block, kind: EdgeKind, extra?: Partial<Edge>): void {
    if (from.ends) return;
    const e: Edge = { from, to, kind, ...extra };
    from.succs.push(e);
    to.preds.push(e);
  }

  private add(node: Node): void {
    this.where.set(node, { block: this.current, index: this.current.nodes.length });
    this.current.nodes.push(node);
  }

  /** Continue in a fresh block that nothing leads to. */
  private dead(): void {
    this.current = this.block();
  }

  private stmts(stmts: readonly Stmt[]): void {
    for (const s of stmts) this.stmt(s);
  }

  private stmt(s: Stmt): void {
    const label = this.pendingLabel;
    this.pendingLabel = undefined;
    switch (s.kind) {
      case 'BlockStmt':
        return this.stmts(s.stmts);
      case 'EmptyStmt':
      case 'BadStmt':
        return;
      case 'ExprStmt': {
        this.add(s);
        const end = this.terminates(s.x);
        if (end === 'maybe') this.mayEnd.add(s);
        else if (end) {
          this.current.ends = end;
          this.dead();
        }
        return;
      }
      case 'ReturnStmt':
        this.add(s);
        this.edge(this.current, this.exit, 'flow');
        return this.dead();
      case 'BranchStmt':
        return this.branch(s.tok, s.label?.name, s);
      case 'LabeledStmt': {
        const target = this.labelBlock(s.label.name);
        this.placed.add(s.label.name);
        this.edge(this.current, target, 'flow');
        this.current = target;
        this.heads.set(s, target);
        this.pendingLabel = s.label.name;
        return this.stmt(s.stmt);
      }
      case 'IfStmt': {
        if (s.init) this.stmt(s.init);
        const yes = this.block();
        const after = this.block();
        const no = s.else ? this.block() : after;
        this.cond(s.cond, yes, no);
        this.current = yes;
        this.stmts(s.body.stmts);
        this.edge(this.current, after, 'flow');
        if (s.else) {
          this.current = no;
          this.stmt(s.else);
          this.edge(this.current, after, 'flow');
        }
        this.current = after;
        return;
      }
      case 'ForStmt': {
        if (s.init) this.stmt(s.init);
        const head = this.block();
        const body = this.block();
        const after = this.block();
        const post = s.post ? this.block() : head;
        this.edge(this.current, head, 'flow');
        this.current = head;
        this.heads.set(s, head);
        if (s.cond) this.cond(s.cond, body, after);
        else this.edge(head, body, 'flow');
        this.loop(label, after, post, body, s.body.stmts);
        this.edge(this.current, post, 'flow');
        if (s.post) {
          this.current = post;
          this.stmt(s.post);
          this.edge(this.current, head, 'flow');
        }
        this.current = after;
        return;
      }
      case 'RangeStmt': {
        const head = this.block();
        const body = this.block();
        const after = this.block();
        this.edge(this.current, head, 'flow');
        this.current = head;
        this.heads.set(s, head);
        this.add(s);
        this.edge(head, body, 'range');
        if (!this.neverExhausted(s)) this.edge(head, after, 'exhausted');
        this.loop(label, after, head, body, s.body.stmts);
        this.edge(this.current, head, 'flow');
        this.current = after;
        return;
      }
      case 'SwitchStmt':
        if (s.init) this.stmt(s.init);
        if (s.tag) {
          this.add(s.tag);
          // Go evaluates cases until one matches; that the later ones may not be is left out.
          for (const e of s.cases.flatMap((c) => c.exprs)) this.add(e);
        }
        return s.tag ? this.taggedSwitch(label, s.cases, s.tag) : this.conditionSwitch(label, s.cases);
      case 'TypeSwitchStmt':
        if (s.init) this.stmt(s.init);
        this.add(s.x);
        return this.taggedSwitch(label, s.cases, undefined);
      case 'SelectStmt': {
        // Control stays in a `select {}`, but has left what comes before.
        if (s.clauses.length === 0) this.next();
        this.add(s);
        const head = this.current;
        this.heads.set(s, head);
        const after = this.block();
        this.targets.push({ label, breakTo: after });
        for (const clause of s.clauses) {
          const b = this.block();
          this.edge(head, b, clause.comm ? 'comm' : 'default', { clause });
          this.current = b;
          if (clause.comm) this.add(clause.comm);
          this.stmts(clause.body);
          this.edge(this.current, after, 'flow');
        }
        this.targets.pop();
        this.current = after;
        return;
      }
      default:
        return this.add(s);
    }
  }

  /** Goes on in a block of its own. */
  private next(): void {
    const block = this.block();
    this.edge(this.current, block, 'flow');
    this.current = block;
  }

  private loop(label: string | undefined, after: Block, next: Block, body: Block, stmts: readonly Stmt[]): void {
    this.targets.push({ label, breakTo: after, continueTo: next });
    this.current = body;
    this.stmts(stmts);
    this.targets.pop();
  }

  private labelBlock(name: string): Block {
    let b = this.labels.get(name);
    if (!b) this.labels.set(name, (b = this.block()));
    return b;
  }

  private branch(tok: string, label: string | undefined, node: Stmt): void {
    this.add(node);
    let to: Block | undefined;
    if (tok === 'goto') to = label === undefined ? undefined : this.labelBlock(label);
    else if (tok === 'fallthrough') to = this.fallthroughTo;
    else
      for (let i = this.targets.length - 1; i >= 0 && !to; i--) {
        const t = this.targets[i] as Target;
        if (label === undefined || t.label === label) to = tok === 'break' ? t.breakTo : t.continueTo;
      }
    // A branch without a target is a compile error; treat it as leaving the function.
    this.edge(this.current, to ?? this.exit, 'flow');
    this.dead();
  }

  /** `switch x { case ... }` and type switches: one edge per clause from the head. */
  private taggedSwitch(label: string | undefined, cases: readonly CaseClause[], tag: Expr | undefined): void {
    const head = this.current;
    const after = this.block();
    const bodies = cases.map(() => this.block());
    for (const [i, c] of cases.entries())
      this.edge(head, bodies[i] as Block, c.isDefault ? 'default' : 'case', { clause: c, tag });
    if (!cases.some((c) => c.isDefault)) this.edge(head, after, 'default', { tag });
    this.caseBodies(label, cases, bodies, after);
  }

  /** `switch { case cond: ... }` is a chain of conditions. */
  private conditionSwitch(label: string | undefined, cases: readonly CaseClause[]): void {
    const after = this.block();
    const bodies = cases.map(() => this.block());
    for (const [i, c] of cases.entries())
      for (const e of c.exprs) {
        const next = this.block();
        this.cond(e, bodies[i] as Block, next);
        this.current = next;
      }
    const fallback = cases.findIndex((c) => c.isDefault);
    this.edge(this.current, fallback < 0 ? after : (bodies[fallback] as Block), 'flow');
    this.caseBodies(label, cases, bodies, after);
  }

  private caseBodies(label: string | undefined, cases: readonly CaseClause[], bodies: Block[], after: Block): void {
    this.targets.push({ label, breakTo: after });
    const outer = this.fallthroughTo;
    for (const [i, c] of cases.entries()) {
      this.current = bodies[i] as Block;
      this.fallthroughTo = bodies[i + 1] ?? after;
      this.stmts(c.body);
      this.edge(this.current, after, 'flow');
    }
    this.fallthroughTo = outer;
    this.targets.pop();
    this.current = after;
  }

  private cond(e: Expr, yes: Block, no: Block): void {
    if (e.kind === 'ParenExpr') return this.cond(e.x, yes, no);
    if (e.kind === 'UnaryExpr' && e.op === '!') return this.cond(e.x, no, yes);
    if (e.kind === 'BinaryExpr' && (e.op === '&&' || e.op === '||')) {
      const rest = this.block();
      if (e.op === '&&') this.cond(e.x, rest, no);
      else this.cond(e.x, yes, rest);
      this.current = rest;
      return this.cond(e.y, yes, no);
    }
    this.add(e);
    if (!(e.kind === 'Ident' && e.name === 'false' && !e.obj)) this.edge(this.current, yes, 'true', { cond: e });
    if (!(e.kind === 'Ident' && e.name === 'true' && !e.obj)) this.edge(this.current, no, 'false', { cond: e });
  }
}

/** The parts of a block node that are evaluated there: for heads of compound statements not their bodies. */
export function evaluated(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'RangeStmt':
      return [node.x, ...(node.key ? [node.key] : []), ...(node.value ? [node.value] : [])];
    case 'SelectStmt':
      return node.clauses.flatMap((c) => {
        const comm = c.comm;
        if (!comm) return [];
        if (comm.kind === 'SendStmt') return [comm.chan, comm.value];
        return comm.kind === 'AssignStmt' ? comm.rhs : [comm.x];
      });
    default:
      return [node];
  }
}
