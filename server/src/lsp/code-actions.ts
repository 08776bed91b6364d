/** `textDocument/codeAction` and `codeAction/resolve`: the fixes of findings, all safe ones at once, and suppressions. */
import type { Finding, TextEdit } from '../engine/finding.ts';
import { mergeEdits } from '../fixes/apply.ts';
import { suppressionEdits, type SuppressionScope } from '../fixes/suppress.ts';
import { scanOutline } from '../syntax/outline.ts';
import type { Analysis, Analyzer } from './analyzer.ts';
import type { ClientFeatures } from './client-features.ts';
import { rangeIn, SOURCE } from './diagnostics.ts';
import type { Documents, OpenDocument } from './documents.ts';
import {
  CodeActionKind,
  LSPErrorCodes,
  ResponseError,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  type Diagnostic,
  type WorkspaceEdit,
} from './library.ts';
import { answer, type Log } from './log.ts';
import { say } from './messages.ts';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.goroutineHygiene`;
export const KINDS = [CodeActionKind.QuickFix, FIX_ALL, CodeActionKind.RefactorRewrite];

const SUPPRESSIONS = [
  ['line', 'suppress'],
  ['declaration', 'suppressInDeclaration'],
  ['file', 'suppressInFile'],
] as const;

/** Names an action of one version of a document; what `resolve` gets back. */
interface ActionData {
  uri: string;
  version: number;
  /** Absent for fix-all and refactorings. */
  finding?: { index: number; rule: string };
  /** Absent for a suppression. */
  fix?: { index: number; id: string };
  /** What a suppression speaks for: the line when absent. */
  scope?: SuppressionScope;
  /** With the selection it was asked for, in UTF-16 offsets. */
  refactoring?: { id: string; start: number; end: number };
}

export class CodeActions {
  constructor(
    private readonly documents: Documents,
    private readonly analyzer: Analyzer,
    private readonly features: () => ClientFeatures,
    private readonly log: Log,
  ) {}

  register(connection: Connection): void {
    connection.onCodeAction(
      answer<CodeActionParams, CodeAction[]>(this.log, 'textDocument/codeAction', [], (params) => this.list(params)),
    );
    connection.onCodeActionResolve((action, token) =>
      answer<CodeAction, CodeAction>(this.log, 'codeAction/resolve', action, () => this.resolve(action))(action, token),
    );
  }

  private async list({ textDocument, range, context }: CodeActionParams): Promise<CodeAction[]> {
    if (!this.features().codeActionLiterals || !KINDS.some((kind) => isWanted(kind, context.only, true))) return [];
    const analysis = await this.analyzer.current(textDocument.uri);
    const opened = this.documents.get(textDocument.uri);
    if (!analysis || opened?.document.version !== analysis.version) return [];
    const { document } = opened;
    const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    const refactorings = isWanted(CodeActionKind.RefactorRewrite, context.only, true)
      ? analysis
          .refactorings(from, to)
          .map((found) => this.ofRefactoring(found.title, found.id, [from, to], analysis, opened))
      : [];
    if (analysis.findings.length === 0 || scanOutline(analysis.text).generated) return refactorings;
    const actions: CodeAction[] = [];
    const ours = context.diagnostics.filter(({ source }) => source === SOURCE);
    analysis.findings.forEach((finding, index) => {
      if (finding.suppressed || finding.end < from || finding.start > to) return;
      const diagnostics = ours.filter((diagnostic) => isAbout(diagnostic, finding, opened));
      // A client that names our diagnostics asks about those only.
      if (ours.length > 0 && diagnostics.length === 0) return;
      actions.push(...this.ofFinding(finding, index, diagnostics, analysis, opened, context.only));
    });
    if (isWanted(FIX_ALL, context.only, false) && safeEdits(analysis).length > 0) {
      const title = say('fixAll', analysis.project.settings.locale);
      const data: ActionData = { uri: document.uri, version: document.version };
      actions.push(this.withEdit({ title, kind: FIX_ALL, data }, analysis, opened));
    }
    return [...actions, ...refactorings];
  }

  private ofRefactoring(
    title: string,
    id: string,
    [start, end]: [number, number],
    analysis: Analysis,
    opened: OpenDocument,
  ): CodeAction {
    const { uri, version } = opened.document;
    const data: ActionData = { uri, version, refactoring: { id, start, end } };
    return this.withEdit({ title, kind: CodeActionKind.RefactorRewrite, data }, analysis, opened);
  }

  private ofFinding(
    finding: Finding,
    index: number,
    diagnostics: Diagnostic[],
    analysis: Analysis,
    opened: OpenDocument,
    only: string[] | undefined,
  ): CodeAction[] {
    const { uri, version } = opened.document;
    const data: ActionData = { uri, version, finding: { index, rule: finding.rule } };
    const about = diagnostics.length > 0 ? { diagnostics } : {};
    const actions = finding.fixes
      .map(({ id, title, kind, preferred }, fix): CodeAction => {
        const isPreferred = preferred && this.features().codeActionPreferred ? { isPreferred: true } : {};
        return { title, kind, ...isPreferred, ...about, data: { ...data, fix: { index: fix, id } } };
      })
      .filter(({ kind = '' }) => isWanted(kind, only, true));
    if (isWanted(CodeActionKind.QuickFix, only, true))
      for (const [scope, message] of SUPPRESSIONS) {
        const title = say(message, analysis.project.settings.locale, { rule: finding.rule });
        actions.push({ title, kind: CodeActionKind.QuickFix, ...about, data: { ...data, scope } });
      }
    return actions.map((action) => this.withEdit(action, analysis, opened));
  }

  /** Clients that resolve get the edit later; for others it is made now. */
  private withEdit(action: CodeAction & { data?: ActionData }, analysis: Analysis, opened: OpenDocument): CodeAction {
    if (this.features().codeActionResolve || !action.data) return action;
    const { data, ...plain } = action;
    const edits = editsOf(data, analysis);
    return edits ? { ...plain, edit: this.edit(edits, opened) } : plain;
  }

  /** The edits belong to the version the action was listed for; of another one they are refused. */
  private async resolve(action: CodeAction): Promise<CodeAction | ResponseError<never>> {
    const data = action.data as ActionData | undefined;
    if (action.edit || typeof data?.uri !== 'string') return action;
    const analysis = await this.analyzer.current(data.uri);
    const opened = this.documents.get(data.uri);
    if (!analysis || opened?.document.version !== analysis.version || analysis.version !== data.version) return stale();
    const edits = editsOf(data, analysis);
    return edits ? { ...action, edit: this.edit(edits, opened) } : stale();
  }

  private edit(edits: readonly TextEdit[], opened: OpenDocument): WorkspaceEdit {
    const { uri, version } = opened.document;
    const changes = edits.map(({ start, end, newText }) => ({ range: rangeIn(opened, { start, end }), newText }));
    if (!this.features().documentChanges) return { changes: { [uri]: changes } };
    return { documentChanges: [{ textDocument: { uri, version }, edits: changes }] };
  }
}

/** `undefined` when the analysis has no such finding or fix: it changed with other files of the package. */
function editsOf(
  { finding: named, fix: chosen, scope, refactoring }: ActionData,
  analysis: Analysis,
): TextEdit[] | undefined {
  if (refactoring) {
    const { id, start, end } = refactoring;
    return analysis.refactorings(start, end).find((found) => found.id === id)?.edits;
  }
  if (!named) return safeEdits(analysis);
  const finding = analysis.findings[named.index];
  if (finding?.rule !== named.rule) return undefined;
  if (!chosen) return suppressionEdits(analysis.text, finding.start, finding.rule, scope);
  const fix = finding.fixes[chosen.index];
  return fix?.id === chosen.id ? fix.edits : undefined;
}

/** One safe fix per finding, without those that would touch each other's edits. */
function safeEdits({ findings }: Analysis): TextEdit[] {
  const groups = findings.flatMap(({ fixes, suppressed }) => {
    const safe = suppressed ? [] : fixes.filter((fix) => fix.safe);
    const best = safe.find(({ preferred }) => preferred) ?? safe[0];
    return best ? [best.edits] : [];
  });
  return mergeEdits(groups).edits;
}

/** Kinds are hierarchical: `source` asks for `source.fixAll.goroutineHygiene` too. */
function isWanted(kind: string, only: readonly string[] | undefined, byDefault: boolean): boolean {
  return only?.length ? only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`)) : byDefault;
}

function isAbout({ code, range }: Diagnostic, finding: Finding, opened: OpenDocument): boolean {
  const { start, end } = rangeIn(opened, finding);
  return (
    code === finding.rule &&
    range.start.line === start.line &&
    range.start.character === start.character &&
    range.end.line === end.line &&
    range.end.character === end.character
  );
}

function stale(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'the document has changed');
}
