/** Reads the files of one directory and hands them to the engine. Runs in the scan's own thread and in its workers. */
import type { Engine, EngineSettings, EngineStatistics, FileResult, GoFile } from '../engine/api.ts';
import { copyStatistics, statisticsSince } from '../engine/statistics.ts';
import { editsByFile, type Finding, type Notice } from '../engine/finding.ts';
import { decodeGoFile } from './decode.ts';
import type { FileSystem } from './file-system.ts';
import type { ModuleRoot } from './go-modules.ts';
import { makeNotice, reasonOf } from './notices.ts';
import { compareNames } from './paths.ts';
import { type ImportedFiles, MAX_ROUNDS } from './workspace-imports.ts';

/** One directory to analyse. Plain data: it travels to workers. */
export interface DirectoryTask {
  directory: string;
  /** Absolute paths of the package's files. */
  files: string[];
  /** Paths to report on; all files when absent. */
  targets?: string[];
  goVersion?: string;
  importPath?: string;
  /** Modules whose packages the files may import. */
  modules?: readonly ModuleRoot[];
  settings: EngineSettings;
  /** Say of every goroutine how it ends, too. */
  goroutines?: boolean;
  /** Bytes; larger files are skipped with a notice. */
  maxFileSize: number;
}

export interface DirectoryResult {
  directory: string;
  /** One entry per file that has a finding, a notice or a goroutine that was asked for, sorted by path. */
  files: FileResult[];
  /** What the engine counted for this directory. */
  statistics: EngineStatistics;
  /** Bytes read from disk. */
  bytesRead: number;
}

/** Never rejects: a file that cannot be read or decoded, and an engine that fails, become notices. */
export async function analyzeDirectory(
  fs: FileSystem,
  imported: ImportedFiles,
  engine: Engine,
  task: DirectoryTask,
): Promise<DirectoryResult> {
  const before = copyStatistics(engine.statistics);
  const { files, targets, plain, unfaithful, notices, bytesRead } = await readFiles(fs, engine, task);
  let results: FileResult[] = [];
  if (targets.length > 0) {
    try {
      const input = {
        files,
        ...(targets.length < files.length && { targets }),
        ...(plain.length > 0 && { plain }),
        ...(task.goVersion !== undefined && { goVersion: task.goVersion }),
        ...(task.importPath !== undefined && { importPath: task.importPath }),
        ...(task.modules && { imports: imported.from(task.modules) }),
        ...(task.goroutines && { goroutines: true }),
      };
      results = engine.analyze(input, task.settings);
      for (let round = 0; round < MAX_ROUNDS && (await imported.load()); round++)
        results = engine.analyze(input, task.settings);
    } catch (error) {
      notices.push(makeNotice('quarantined', task.directory, task.settings.locale, { reason: reasonOf(error) }));
    } finally {
      // A scan sees every file once; cached declarations would only pile up.
      for (const { path } of files) engine.forget(path);
    }
  }
  return {
    directory: task.directory,
    files: merge(results, notices, unfaithful),
    statistics: statisticsSince(before, engine.statistics),
    bytesRead,
  };
}

interface ReadFiles {
  files: GoFile[];
  /** Files to report on in which a rule could find anything. */
  targets: string[];
  /** Of them, those that only matter because of what other files of the package declare. */
  plain: string[];
  /** Files whose text is not exactly their bytes. */
  unfaithful: Set<string>;
  notices: Notice[];
  bytesRead: number;
}

async function readFiles(fs: FileSystem, engine: Engine, task: DirectoryTask): Promise<ReadFiles> {
  const result: ReadFiles = { files: [], targets: [], plain: [], unfaithful: new Set(), notices: [], bytesRead: 0 };
  const wanted = task.targets && new Set(task.targets);
  for (const path of task.files) {
    let bytes: Uint8Array;
    try {
      bytes = await fs.readFile(path);
    } catch (error) {
      const notice = makeNotice('unreadable', path, task.settings.locale, { reason: reasonOf(error) });
      if (!wanted || wanted.has(path)) result.notices.push(notice);
      continue;
    }
    result.bytesRead += bytes.length;
    const { text, faithful, notice } = decodeGoFile(path, bytes, task.settings.locale, task.maxFileSize);
    if (notice && (!wanted || wanted.has(path))) result.notices.push(notice);
    if (text === undefined) continue;
    if (!faithful) result.unfaithful.add(path);
    result.files.push({ path, text });
    if (wanted && !wanted.has(path)) continue;
    (engine.mayMatter(text, task.settings) ? result.targets : result.plain).push(path);
  }
  if (result.files.some(({ text }) => engine.mayMatterToOthers(text, task.settings)))
    result.targets.push(...result.plain);
  else result.plain = [];
  return result;
}

/** Leaves out fixes that edit one of some files. */
function withoutFixesOf(paths: ReadonlySet<string>, finding: Finding): Finding {
  const fixes = finding.fixes.filter((fix) => !editsByFile(finding, fix).some(({ path }) => paths.has(path)));
  return { ...finding, fixes };
}

function merge(
  results: readonly FileResult[],
  notices: readonly Notice[],
  unfaithful: ReadonlySet<string>,
): FileResult[] {
  const byPath = new Map<string, FileResult>();
  for (const result of results) {
    if (result.findings.length === 0 && result.notices.length === 0 && !result.goroutines) continue;
    const findings =
      unfaithful.size > 0 ? result.findings.map((finding) => withoutFixesOf(unfaithful, finding)) : result.findings;
    byPath.set(result.path, { ...result, findings, notices: [...result.notices] });
  }
  for (const notice of notices) {
    const known = byPath.get(notice.path);
    if (known) known.notices.push(notice);
    else byPath.set(notice.path, { path: notice.path, findings: [], notices: [notice] });
  }
  return [...byPath.values()].sort((a, b) => compareNames(a.path, b.path));
}
