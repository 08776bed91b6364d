/** `textDocument/codeAction` and `codeAction/resolve`: the fixes of findings, all safe ones at once, and suppressions. */
import { editsByFile, type Change, type FileEdits, type Finding } from '../engine/finding.ts';
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

/** What the client wants to know of a finding. */
interface Asked {
  diagnostics: Diagnostic[];
  only: string[] | undefined;
  /** Other files that may be edited. */
  editable: ReadonlySet<string>;
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
    const asked = this.analysed(textDocument.uri, analysis);
    if (!analysis || !asked) return [];
    const [from, to] = [asked.document.offsetAt(range.start), asked.document.offsetAt(range.end)];
    const found = isWanted(CodeActionKind.RefactorRewrite, context.only, true) ? analysis.refactorings(from, to) : [];
    const editable = await this.editable(analysis, found);
    const opened = this.analysed(textDocument.uri, analysis);
    if (!opened) return [];
    const refactorings = found
      .filter((each) => isWithin(each, editable))
      .map(({ title, id }) => this.ofRefactoring(title, id, [from, to], opened));
    if (analysis.findings.length === 0 || scanOutline(analysis.text).generated)
      return this.withEdits(refactorings, analysis, editable);
    const actions: ListedAction[] = [];
    const ours = context.diagnostics.filter(({ source }) => source === SOURCE);
    analysis.findings.forEach((finding, index) => {
      if (finding.suppressed || finding.end < from || finding.start > to) return;
      const diagnostics = ours.filter((diagnostic) => isAbout(diagnostic, finding, opened));
      // A client that names our diagnostics asks about those only.
      if (ours.length > 0 && diagnostics.length === 0) return;
      const { only } = context;
      actions.push(...this.ofFinding(finding, index, { diagnostics, only, editable }, analysis, opened));
    });
    if (isWanted(FIX_ALL, context.only, false) && safeEdits(analysis, editable).length > 0) {
      const title = say('fixAll', analysis.project.settings.locale);
      const data: ActionData = { uri: opened.document.uri, version: opened.document.version };
      actions.push({ title, kind: FIX_ALL, data });
    }
    return this.withEdits([...actions, ...refactorings], analysis, editable);
  }

  /** The document, as long as it is the version that was analysed. */
  private analysed(uri: string, analysis: Analysis | undefined): OpenDocument | undefined {
    const opened = this.documents.get(uri);
    return analysis && opened?.document.version === analysis.version ? opened : undefined;
  }

  /** Of the other files that fixes and refactorings edit, those that they may edit now. */
  private editable(analysis: Analysis, refactorings: readonly Change[] = []): Promise<ReadonlySet<string>> {
    const changes = [...analysis.findings.flatMap(({ fixes }) => fixes), ...refactorings];
    const paths = changes.flatMap(({ elsewhere = [] }) => elsewhere.map(({ path }) => path));
    return this.edits.editable(new Set(paths), analysis);
  }

  private ofRefactoring(
    title: string,
    id: string,
    [start, end]: [number, number],
    { document: { uri, version } }: OpenDocument,
  ): ListedAction {
    return { title, kind: CodeActionKind.RefactorRewrite, data: { uri, version, refactoring: { id, start, end } } };
  }

  private ofFinding(
    finding: Finding,
    index: number,
    { diagnostics, only, editable }: Asked,
    analysis: Analysis,
    { document: { uri, version } }: OpenDocument,
  ): ListedAction[] {
    const data: ActionData = { uri, version, finding: { index, rule: finding.rule } };
    const about = diagnostics.length > 0 ? { diagnostics } : {};
    const actions = finding.fixes.flatMap((fix, n): ListedAction[] => {
      const { id, title, kind, preferred } = fix;
      if (!isWanted(kind, only, true) || !isWithin(fix, editable)) return [];
      const isPreferred = preferred && this.features().codeActionPreferred ? { isPreferred: true } : {};
      return [{ title, kind, ...isPreferred, ...about, data: { ...data, fix: { index: n, id } } }];
    });
    if (isWanted(CodeActionKind.QuickFix, only, true))
      for (const [scope, message] of SUPPRESSIONS) {
        const title = say(message, analysis.project.settings.locale, { rule: finding.rule });
        actions.push({ title, kind: CodeActionKind.QuickFix, ...about, data: { ...data, scope } });
      }
    return actions;
  }

  /** Clients that resolve get the edits later; for others they are made now. */
  private async withEdits(
    actions: readonly ListedAction[],
    analysis: Analysis,
    editable: ReadonlySet<string>,
  ): Promise<CodeAction[]> {
    if (this.features().codeActionResolve) return [...actions];
    const made: CodeAction[] = [];
    for (const { data, ...plain } of actions) {
      const files = editsOf(data, analysis, editable);
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
    const files = editsOf(data, analysis, await this.editable(analysis));
    const edit = files && (await this.edits.of(files, analysis));
    return edit ? { ...action, edit } : stale();
  }
}

/**
 * `undefined` when the analysis has no such finding or fix: it changed with other files of the package.
 * @param editable other files that "fix all" may edit
 */
function editsOf(
  { finding: named, fix: chosen, scope, refactoring }: ActionData,
  analysis: Analysis,
  editable: ReadonlySet<string>,
): FileEdits[] | undefined {
  const { key: path } = analysis;
  if (refactoring) {
    const { id, start, end } = refactoring;
    const found = analysis.refactorings(start, end).find((each) => each.id === id);
    return found && editsByFile({ path }, found);
  }
  if (!named) return safeEdits(analysis, editable);
  const finding = analysis.findings[named.index];
  if (finding?.rule !== named.rule) return undefined;
  if (!chosen) return [{ path, edits: suppressionEdits(analysis.text, finding.start, finding.rule, scope) }];
  const fix = finding.fixes[chosen.index];
  return fix?.id === chosen.id ? editsByFile(finding, fix) : undefined;
}

/** One safe fix per finding, without those that would touch each other's edits, or other files than those that may be edited. */
function safeEdits({ findings }: Analysis, editable: ReadonlySet<string>): FileEdits[] {
  const groups = findings.flatMap((finding) => {
    const safe = finding.suppressed ? [] : finding.fixes.filter((fix) => fix.safe && isWithin(fix, editable));
    const best = safe.find(({ preferred }) => preferred) ?? safe[0];
    return best ? [editsByFile(finding, best)] : [];
  });
  return mergeEdits(groups).files;
}

/** True when all other files that something edits are among some. */
function isWithin({ elsewhere = [] }: Change, editable: ReadonlySet<string>): boolean {
  return elsewhere.every(({ path }) => editable.has(path));
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
