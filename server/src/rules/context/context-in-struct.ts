/** A context is kept in a long-lived object, whose methods then work under the context of somebody else's call. */
import type { Analysis } from '../../golang/analysis.ts';
import { fieldMentionsOf } from '../../golang/own-mentions.ts';
import { isExported } from '../../golang/exported.ts';
import { isRootContext } from '../../golang/root-contexts.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { isContext, isNamed, type NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { Expr, Field, Node, StructType, TypeSpec } from '../../syntax/ast.ts';
import type { RuleContext, StepSpec } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './context-in-struct.text.ts';

export const contextInStruct = defineRule({
  meta: {
    id: 'context-in-struct',
    group: 'context',
    level: 'off',
    skipsTests: true,
    // A field: its name and the type, and nothing else on the line.
    triggers: [['\\bcontext\\.Context\\b(?<=^[ \\t]+[\\w, ]+[ \\t]context\\.Context)', '\\bstruct\\b']],
    checksTypes: true,
    fixes: [],
    overlaps: ['golangci-lint containedctx'],
  },
  text,
  check(context) {
    for (const spec of nodesOfKind(context.unit.decl, 'TypeSpec'))
      if (spec.type.kind === 'StructType') checkStruct(context, spec, spec.type);
  },
});

/** Methods by which, following Go's conventions, an owner ends a thing: it lives longer than a call. */
const ENDS = ['Close', 'Stop', 'Shutdown', 'GracefulStop'];

function checkStruct(context: RuleContext, spec: TypeSpec, struct: StructType): void {
  const { analysis, unit } = context;
  const field = struct.fields.find((f) => f.names.length > 0 && isContext(analysis.types.resolve(unit, f.type)));
  const name = field?.names[0]?.name;
  if (!field || !name || isForOneUse(analysis, unit, struct)) return;
  const type = analysis.types.resolve(unit, spec.name);
  if (type.kind !== 'named' || type.local) return;
  if (!ENDS.some((end) => analysis.types.members.find(type, end)?.kind === 'method')) return;
  const use = isKeptFromCaller(analysis, unit, type, name) ? borrowedIn(analysis, unit, type, name) : undefined;
  if (!use) return;
  const steps: StepSpec[] = [{ unit: use.unit, node: use.node, message: 'step-used', args: { name } }];
  context.report({
    node: nameOf(field),
    message: 'kept',
    args: { name, type: spec.name.name, method: use.method },
    steps,
  });
}

function nameOf(field: Field): Node {
  return field.names[0] ?? field;
}

/** True for what has its own lifetime or belongs to a request: a cancel function, a request or a response is beside the context. */
function isForOneUse(analysis: Analysis, unit: DeclUnit, { fields }: StructType): boolean {
  return fields.some((f) => {
    const type = analysis.types.resolve(unit, f.type);
    if (type.kind === 'func') return type.params.length === 0 && type.results.length === 0;
    const plain = type.kind === 'pointer' ? type.elem : type;
    return (
      isNamed(type, 'context', 'CancelFunc') ||
      isNamed(type, 'context', 'CancelCauseFunc') ||
      isNamed(plain, 'net/http', 'Request') ||
      isNamed(plain, 'net/http', 'ResponseWriter')
    );
  });
}

/** True when the field gets the context of whoever makes the object: one that nobody ends is as good as none. */
function isKeptFromCaller(analysis: Analysis, unit: DeclUnit, type: NamedType, name: string): boolean {
  const given = (fieldMentionsOf(analysis, unit, type, name) ?? []).flatMap(({ unit: at, node, initial }) => {
    if (initial && initial !== 'zero') return [{ at, value: initial }];
    const parent = analysis.parents(at).get(node);
    const value = parent?.kind === 'AssignStmt' ? parent.rhs[parent.lhs.indexOf(node)] : undefined;
    return value ? [{ at, value }] : [];
  });
  return given.some(({ at, value }) => isParameter(value) && !isRootContext(analysis, at, value));
}

function isParameter(value: Expr): boolean {
  return value.kind === 'Ident' && value.obj?.role === 'param';
}

/** Methods that run or end the object, and those whose parameters an interface of the standard library gives: a stream is one use. */
const NO_CONTEXT =
  /^(?:Run|Start|Serve|Close|Stop|Shutdown|GracefulStop|Read(?:At|From|File|Dir|Byte)?|Write(?:At|To|String|Byte)?|Open|Seek|RoundTrip|ServeHTTP)$/;

interface Use {
  unit: DeclUnit;
  node: Node;
  method: string;
}

/** An exported method that takes no context and passes on the one that is kept. */
function borrowedIn(analysis: Analysis, unit: DeclUnit, type: NamedType, name: string): Use | undefined {
  for (const { unit: at, node } of fieldMentionsOf(analysis, unit, type, name) ?? []) {
    const { decl } = at;
    const call = analysis.parents(at).get(node);
    if (call?.kind !== 'CallExpr' || call.fun === node || decl.kind !== 'FuncDecl' || !decl.recv) continue;
    if (!isExported(decl.name.name) || enclosingFunc(analysis.parents(at), node) !== decl) continue;
    if (NO_CONTEXT.test(decl.name.name)) continue;
    if (decl.type.params.some((p) => isContext(analysis.types.resolve(at, p.type)))) continue;
    return { unit: at, node, method: decl.name.name };
  }
  return undefined;
}
