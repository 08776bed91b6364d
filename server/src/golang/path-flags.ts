/** What a path through a function knows of local variables that hold `true`, `false` or nothing but nil for a while. */
import type { AssignStmt, Expr, Ident, LocalObject, Node, ValueSpec } from '../syntax/ast.ts';
import type { ControlFlowGraph } from './cfg.ts';
import { isChangedOnlyBy } from './conditions.ts';
import { spend } from './effort.ts';
import { isNil, unparen } from './walk.ts';

/** What is asked of a variable: whether it is true, or whether it is nil. */
type Question = 'true' | 'nil';

/**
 * Local variables whose value conditions of a function ask for, and which nothing but the statements on the path can change.
 * A flag that is set where a value is received tells the way that has received from the one that has not.
 */
export type PathFlags = ReadonlyMap<LocalObject, Question>;

/** A condition on such a variable, as key of a fact. */
export interface FlagTest {
  key: string;
  /** True for `x != nil`. */
  negated: boolean;
}

export function pathFlags(cfg: ControlFlowGraph): PathFlags {
  const flags = new Map<LocalObject, Question>();
  spend(cfg.blocks.length);
  for (const block of cfg.blocks) {
    const asked = block.succs[0]?.cond && askedOf(block.succs[0].cond);
    if (asked && isOwn(asked.object, cfg)) flags.set(asked.object, asked.question);
  }
  return flags;
}

/** Facts that hold wherever a search starts: a variable that never gets a value is nil. */
export function flagsAtStart(flags: PathFlags): [string, boolean][] {
  return [...flags].flatMap(([object, question]): [string, boolean][] =>
    question === 'nil' && object.writes.length === 0 && isDeclaredEmpty(object)
      ? [[keyOf(object, question), true]]
      : [],
  );
}

/** The flag that a condition tests. */
export function flagTest(flags: PathFlags, cond: Expr): FlagTest | undefined {
  const asked = flags.size > 0 ? askedOf(cond) : undefined;
  if (!asked || flags.get(asked.object) !== asked.question) return undefined;
  return { key: keyOf(asked.object, asked.question), negated: asked.negated };
}

/** Facts after a statement that may give flags a value. */
export function flagsAfter(
  flags: PathFlags,
  facts: ReadonlyMap<string, boolean>,
  node: Node,
): ReadonlyMap<string, boolean> {
  if (flags.size === 0) return facts;
  const changed = new Map<string, boolean | undefined>();
  const give = (target: Expr | undefined, value: Expr | undefined): void => {
    const object = target?.kind === 'Ident' ? target.obj : undefined;
    const question = object && flags.get(object);
    if (object && question) changed.set(keyOf(object, question), value && answer(question, value));
  };
  if (node.kind === 'AssignStmt') giveEach(node, node.lhs, node.rhs, give);
  else if (node.kind === 'RangeStmt') for (const e of [node.key, node.value]) give(e, undefined);
  else if (node.kind === 'DeclStmt')
    for (const spec of node.decl.specs) if (spec.kind === 'ValueSpec') giveSpec(flags, spec, give, changed);
  if (changed.size === 0) return facts;
  const after = new Map(facts);
  for (const [key, value] of changed)
    if (value === undefined) after.delete(key);
    else after.set(key, value);
  return after;
}

type Give = (target: Expr | undefined, value: Expr | undefined) => void;

function giveEach(stmt: AssignStmt, targets: readonly Expr[], values: readonly Expr[], give: Give): void {
  const paired = targets.length === values.length && (stmt.op === '=' || stmt.op === ':=');
  for (const [i, target] of targets.entries()) give(target, paired ? values[i] : undefined);
}

/** `var done bool` is false, `var err error` is nil. */
function giveSpec(flags: PathFlags, spec: ValueSpec, give: Give, changed: Map<string, boolean | undefined>): void {
  for (const [i, name] of spec.names.entries()) {
    if (spec.values.length > 0) give(name, spec.values.length === spec.names.length ? spec.values[i] : undefined);
    else {
      const question = name.obj && flags.get(name.obj);
      if (name.obj && question) changed.set(keyOf(name.obj, question), question === 'nil');
    }
  }
}

function answer(question: Question, value: Expr): boolean | undefined {
  const x = unparen(value);
  if (question === 'nil') return isNil(x) ? true : undefined;
  return isBool(x) ? x.name === 'true' : undefined;
}

function isBool(x: Expr): x is Ident {
  return x.kind === 'Ident' && !x.obj && (x.name === 'true' || x.name === 'false');
}

function askedOf(cond: Expr): { object: LocalObject; question: Question; negated: boolean } | undefined {
  const x = unparen(cond);
  if (x.kind === 'Ident') return x.obj ? { object: x.obj, question: 'true', negated: false } : undefined;
  if (x.kind !== 'BinaryExpr' || (x.op !== '==' && x.op !== '!=')) return undefined;
  const other = isNil(x.y) ? unparen(x.x) : isNil(x.x) ? unparen(x.y) : undefined;
  if (other?.kind !== 'Ident' || !other.obj) return undefined;
  return { object: other.obj, question: 'nil', negated: x.op === '!=' };
}

function isOwn(object: LocalObject, { func }: ControlFlowGraph): boolean {
  return object.role === 'local' && isChangedOnlyBy(func, object);
}

function isDeclaredEmpty({ declNode }: LocalObject): boolean {
  return declNode.kind === 'ValueSpec' && declNode.values.length === 0;
}

function keyOf(object: LocalObject, question: Question): string {
  return `${question}? ${object.name}@${object.decl.start}`;
}
