/** `textDocument/codeAction` and `codeAction/resolve`: the fixes of findings, all safe ones at once, and suppressions. */
import { editsByFile, type FileEdits, type Finding } from '../engine/finding.ts';
import { mergeEdits } from '../fixes/apply.ts';
import { suppressionEdits, type SuppressionScope } from '../fixes/suppress.ts';
import { scanOutline } from '../syntax/outline.ts';
import type { Analysis, Analyzer } from './analyzer.ts';
import type { ClientFeatures } from './client-features.ts';
import { rangeIn, SOURCE } from './diagnostics.ts';
import type { Documents, OpenDocument } from './documents.ts';
import type { WorkspaceEdits } from './file-edits.ts';
import {
  CodeActionKind,
  LSPErrorCodes,
  ResponseError,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  type Diagnostic,
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

/** An action that is to get its edits. */
interface ListedAction extends CodeAction {
  data: ActionData;
}

export class CodeActions {
  constructor(
    private readonly documents: Documents,
    private readonly analyzer: Analyzer,
    private readonly edits: WorkspaceEdits,
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
      ? analysis.refactorings(from, to).map((found) => this.ofRefactoring(found.title, found.id, [from, to], opened))
      : [];
    if (analysis.findings.length === 0 || scanOutline(analysis.text).generated)
      return this.withEdits(refactorings, analysis);
    const actions: ListedAction[] = [];
    const ours = context.diagnostics.filter(({ source }) => source === SOURCE);
    for (const [index, finding] of analysis.findings.entries()) {
      if (finding.suppressed || finding.end < from || finding.start > to) continue;
      const diagnostics = ours.filter((diagnostic) => isAbout(diagnostic, finding, opened));
      // A client that names our diagnostics asks about those only.
      if (ours.length > 0 && diagnostics.length === 0) continue;
      actions.push(...(await this.ofFinding(finding, index, diagnostics, analysis, opened, context.only)));
    }
    if (isWanted(FIX_ALL, context.only, false) && (await this.safeEdits(analysis)).length > 0) {
      const title = say('fixAll', analysis.project.settings.locale);
      const data: ActionData = { uri: document.uri, version: document.version };
      actions.push({ title, kind: FIX_ALL, data });
    }
    return this.withEdits([...actions, ...refactorings], analysis);
  }

  private ofRefactoring(
    title: string,
    id: string,
    [start, end]: [number, number],
    { document: { uri, version } }: OpenDocument,
  ): ListedAction {
    return { title, kind: CodeActionKind.RefactorRewrite, data: { uri, version, refactoring: { id, start, end } } };
  }

  private async ofFinding(
    finding: Finding,
    index: number,
    diagnostics: Diagnostic[],
    analysis: Analysis,
    opened: OpenDocument,
    only: string[] | undefined,
  ): Promise<ListedAction[]> {
    const { uri, version } = opened.document;
    const data: ActionData = { uri, version, finding: { index, rule: finding.rule } };
    const about = diagnostics.length > 0 ? { diagnostics } : {};
    const actions: ListedAction[] = [];
    for (const [n, fix] of finding.fixes.entries()) {
      const { id, title, kind, preferred } = fix;
      if (!isWanted(kind, only, true)) continue;
      if (fix.elsewhere && !(await this.edits.mayEdit(editsByFile(finding, fix), analysis))) continue;
      const isPreferred = preferred && this.features().codeActionPreferred ? { isPreferred: true } : {};
      actions.push({ title, kind, ...isPreferred, ...about, data: { ...data, fix: { index: n, id } } });
    }
    if (isWanted(CodeActionKind.QuickFix, only, true))
      for (const [scope, message] of SUPPRESSIONS) {
        const title = say(message, analysis.project.settings.locale, { rule: finding.rule });
        actions.push({ title, kind: CodeActionKind.QuickFix, ...about, data: { ...data, scope } });
      }
    return actions;
  }

  /** Clients that resolve get the edits later; for others they are made now. */
  private async withEdits(actions: readonly ListedAction[], analysis: Analysis): Promise<CodeAction[]> {
    if (this.features().codeActionResolve) return [...actions];
    const made: CodeAction[] = [];
    for (const { data, ...plain } of actions) {
      const files = await this.editsOf(data, analysis);
      const edit = files && (await this.edits.of(files, analysis));
      if (edit) made.push({ ...plain, edit });
    }
    return made;
  }

  /** The edits belong to the version the action was listed for; of another one they are refused. */
  private async resolve(action: CodeAction): Promise<CodeAction | ResponseError<never>> {
    const data = action.data as ActionData | undefined;
    if (action.edit || typeof data?.uri !== 'string') return action;
    const analysis = await this.analyzer.current(data.uri);
    if (!analysis || analysis.version !== data.version) return stale();
    const files = await this.editsOf(data, analysis);
    const edit = files && (await this.edits.of(files, analysis));
    return edit ? { ...action, edit } : stale();
  }

  /** `undefined` when the analysis has no such finding or fix: it changed with other files of the package. */
  private async editsOf(
    { finding: named, fix: chosen, scope, refactoring }: ActionData,
    analysis: Analysis,
  ): Promise<FileEdits[] | undefined> {
    const { key: path } = analysis;
    if (refactoring) {
      const { id, start, end } = refactoring;
      const found = analysis.refactorings(start, end).find((each) => each.id === id);
      return found && editsByFile({ path }, found);
    }
    if (!named) return this.safeEdits(analysis);
    const finding = analysis.findings[named.index];
    if (finding?.rule !== named.rule) return undefined;
    if (!chosen) return [{ path, edits: suppressionEdits(analysis.text, finding.start, finding.rule, scope) }];
    const fix = finding.fixes[chosen.index];
    return fix?.id === chosen.id ? editsByFile(finding, fix) : undefined;
  }

  /** One safe fix per finding, without those that would touch each other's edits, or files that have changed. */
  private async safeEdits(analysis: Analysis): Promise<FileEdits[]> {
    const groups: FileEdits[][] = [];
    for (const finding of analysis.findings) {
      const safe = finding.suppressed ? [] : finding.fixes.filter((fix) => fix.safe);
      const best = safe.find(({ preferred }) => preferred) ?? safe[0];
      const group = best && editsByFile(finding, best);
      if (group && (!best.elsewhere || (await this.edits.mayEdit(group, analysis)))) groups.push(group);
    }
    return mergeEdits(groups).files;
  }
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
