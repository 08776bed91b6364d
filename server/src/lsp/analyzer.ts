/** Findings of open documents, made on demand and remembered as long as nothing they depend on changes. */
import type { Engine, FileResult, GoFile, PackageInput, RefactoringResult } from '../engine/api.ts';
import type { Finding, Notice } from '../engine/finding.ts';
import type { Goroutine } from '../engine/goroutines.ts';
import type { Documents, OpenDocument } from './documents.ts';
import type { Imported } from './imported.ts';
import type { Log } from './log.ts';
import type { Packages } from './packages.ts';
import type { Project, Projects } from './projects.ts';
import type { Quarantine } from './quarantine.ts';
import { MAX_ROUNDS } from '../workspace/workspace-imports.ts';
import { uriPath } from './uris.ts';

/** What is known of one version of an open document. */
export interface Analysis {
  key: string;
  version: number;
  text: string;
  /** The files of its folder as they were analysed, where it was. Paths are URI keys. */
  files: readonly GoFile[];
  /** Suppressed ones included. */
  findings: Finding[];
  /** What a person should know of the file besides findings. */
  notices: Notice[];
  /** The goroutines it starts. Told when first asked for, so that typing does not wait for it. */
  goroutines(): readonly Goroutine[];
  /** The refactorings that apply to a selection, in UTF-16 offsets. */
  refactorings(start: number, end: number): readonly RefactoringResult[];
  project: Project;
  /** Changes when, and only when, the version or the findings do. */
  resultId: string;
}

interface Remembered {
  analysis: Analysis;
  stamp: string;
  print: string;
}

export class Analyzer {
  private readonly remembered = new Map<string, Remembered>();
  /** Paths the engine may hold something for, by folder. */
  private readonly given = new Map<string, string[]>();
  private resultIds = 0;

  constructor(
    private readonly engine: Promise<Engine>,
    private readonly documents: Documents,
    private readonly packages: Packages,
    private readonly imported: Imported,
    private readonly projects: Projects,
    private readonly quarantine: Quarantine,
    private readonly log: Log,
  ) {
    documents.on('open', ({ key }) => quarantine.release(key));
    documents.on('save', ({ key }) => quarantine.release(key));
    documents.on('close', (opened) => void this.forget(opened));
  }

  /** Findings of the current version of an open document; `undefined` when it is not open (any more) or the engine did not start. */
  async current(uri: string): Promise<Analysis | undefined> {
    const engine = await this.engine.catch(() => undefined);
    for (let round = 0; ; round++) {
      const before = this.documents.get(uri);
      if (!engine || !before) return undefined;
      const { folder } = before;
      const stamp = this.surroundings(before);
      const project = await this.projects.of(folder);
      const loaded = folder === undefined ? undefined : await this.packages.load(folder);
      const opened = this.documents.get(uri);
      if (!opened) return undefined;
      // Something else than this document's text changed while files were read: what was read may be old.
      if (stamp !== this.surroundings(opened)) continue;
      const analysis = this.analyse(engine, opened, project, loaded);
      // Packages that had to be read first may change what was found; the second look takes them into account.
      await this.imported.load();
      if (stamp === this.surroundings(opened) || round === MAX_ROUNDS) return analysis;
    }
  }

  /** From here on nothing is awaited, so the text cannot change under the analysis. */
  private analyse(
    engine: Engine,
    opened: OpenDocument,
    project: Project,
    loaded: ReadonlyMap<string, string> | undefined,
  ): Analysis {
    const { key, document } = opened;
    const known = this.remembered.get(key);
    if (known?.stamp === this.stamp(opened)) return known.analysis;
    const text = document.getText();
    const heard = project.enabled && !project.leavesOut?.(uriPath(key)) && !this.quarantine.has(key);
    const input = heard ? this.input(opened, project, loaded) : undefined;
    const { settings } = project;
    const matters =
      engine.mayMatter(text, settings) || input?.files.some((f) => engine.mayMatterToOthers(f.text, settings));
    const wanted = matters ? input : undefined;
    const result = wanted && this.run(engine, key, wanted, project);
    const findings = result?.findings ?? [];
    const notices = (result?.notices ?? []).filter((notice) => isForPeople(notice));
    const print = JSON.stringify([document.version, findings, notices]);
    const resultId = known?.print === print ? known.analysis.resultId : String(++this.resultIds);
    let started: readonly Goroutine[] | undefined;
    const goroutines = () =>
      (started ??= (wanted && this.quarantine.run(key, () => engine.goroutines(wanted, settings))) ?? []);
    const refactorings = (start: number, end: number) =>
      (input && this.quarantine.run(key, () => engine.refactorings(input, settings, { path: key, start, end }))) ?? [];
    const { version } = document;
    const files = wanted?.files ?? [];
    const analysis = { key, version, text, files, findings, notices, goroutines, refactorings, project, resultId };
    // Taken now: the run may have put the file under quarantine, and what it found until then still holds for this version.
    this.remembered.set(key, { analysis, stamp: this.stamp(opened), print });
    return analysis;
  }

  private stamp(opened: OpenDocument): string {
    return `${opened.document.version}/${this.surroundings(opened)}`;
  }

  /** Everything but the document's own text that its findings depend on. */
  private surroundings({ key, folder }: OpenDocument): string {
    const quarantined = this.quarantine.has(key) ? '!' : '';
    const stamps = [folder === undefined ? 0 : this.packages.stamp(folder), this.projects.stamp, this.imported.stamp];
    return `${stamps.join('/')}${quarantined}`;
  }

  private input(
    { key, folder, document }: OpenDocument,
    { goVersion, importPath, modules, requires }: Project,
    loaded: ReadonlyMap<string, string> | undefined,
  ): PackageInput {
    const alone = [{ path: key, text: document.getText() }];
    const files = folder !== undefined && loaded ? this.packages.overlay(folder, loaded) : alone;
    this.given.set(
      folder ?? key,
      files.map(({ path }) => path),
    );
    const imports = folder !== undefined && modules ? this.imported.of(folder, modules) : undefined;
    return { files, targets: [key], goVersion, importPath, imports, requires };
  }

  private run(engine: Engine, key: string, input: PackageInput, { settings }: Project): FileResult | undefined {
    const result = this.quarantine.run(key, () => engine.analyze(input, settings).find(({ path }) => path === key));
    for (const notice of result?.notices ?? []) if (!isForPeople(notice)) this.log.notice(key, notice);
    return result;
  }

  private async forget({ key, folder }: OpenDocument): Promise<void> {
    this.remembered.delete(key);
    const engine = await this.engine.catch(() => undefined);
    if (this.documents.get(key) || (folder !== undefined && this.documents.inFolder(folder).length > 0)) return;
    for (const path of this.given.get(folder ?? key) ?? []) engine?.forget(path);
    this.given.delete(folder ?? key);
  }
}

/** The others tell of defects of this program and belong in the log. */
export function isForPeople({ severity }: Notice): boolean {
  return severity === 'error' || severity === 'warning';
}
