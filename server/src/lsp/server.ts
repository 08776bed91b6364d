/** Puts the features together on a connection. Everything a platform decides comes in through `host`. */
import type { ConfigError } from '../workspace/config.ts';
import { Analyzer } from './analyzer.ts';
import { clientFeatures, initializationOptions, type ClientFeatures } from './client-features.ts';
import { CodeActions, KINDS } from './code-actions.ts';
import { CodeLenses } from './code-lenses.ts';
import { Diagnostics, SOURCE } from './diagnostics.ts';
import { Documents } from './documents.ts';
import { Files } from './files.ts';
import { Folders } from './folders.ts';
import type { ServerHost } from './host.ts';
import { WorkspaceEdits } from './file-edits.ts';
import { FindingHover } from './hover.ts';
import { Imported } from './imported.ts';
import {
  ErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from './library.ts';
import { Log, nextTurn } from './log.ts';
import { say } from './messages.ts';
import { Packages } from './packages.ts';
import { localeOf, Projects } from './projects.ts';
import type { InitializationOptions } from './protocol.ts';
import { PullDiagnostics } from './pull-diagnostics.ts';
import { PushDiagnostics } from './push-diagnostics.ts';
import { Quarantine } from './quarantine.ts';
import { Refresh } from './refresh.ts';
import { Scan } from './scan.ts';
import { ScanResults } from './scan-results.ts';
import { SettingsStore } from './settings.ts';
import { Status } from './status.ts';
import { WatchedFiles } from './watched-files.ts';

/** Serves the connection until the client ends it. The engine loads when `initialize` was answered, which must be quick. */
export function startServer(connection: Connection, host: ServerHost): void {
  new Server(connection, host).start();
}

class Server {
  /** Of the client; nothing is registered that asks before `initialize` set it. */
  private features!: ClientFeatures;
  private options: InitializationOptions = {};
  private readonly log: Log;
  private readonly engine: ReturnType<ServerHost['createEngine']>;
  /** Makes `engine` start to load. */
  private load!: () => void;
  private readonly folders = new Folders();
  private readonly documents = new Documents();
  private readonly watched = new WatchedFiles();
  private readonly status: Status;
  private readonly settings: SettingsStore;
  private readonly projects: Projects;
  private readonly packages: Packages;
  private readonly imported: Imported;
  private readonly pull: PullDiagnostics;
  private readonly push: PushDiagnostics;
  private readonly results: ScanResults;
  private readonly scan: Scan;
  private readonly hover: FindingHover;
  private readonly actions: CodeActions;
  private readonly lenses: CodeLenses;

  constructor(
    private readonly connection: Connection,
    private readonly host: ServerHost,
  ) {
    const { documents, folders } = this;
    const features = () => this.features;
    const log = (this.log = new Log(connection.console));
    // Loading starts with `initialized`: whatever runs before that runs before the answer to `initialize` is written.
    this.engine = new Promise((resolve) => (this.load = () => resolve(host.createEngine())));
    // Whoever waits for it sees the failure; `initialized` reports it.
    this.engine.catch(() => undefined);
    const rules = async () =>
      (await host.rules()).map(({ meta, text }) => ({ id: meta.id, summary: text.docs.summary.en }));
    const files = new Files(connection, log, host.fileSystem, () => folders.all());
    this.status = new Status(connection);
    this.settings = new SettingsStore(connection, log, rules);
    const clientLocale = () => localeOf(this.options.locale);
    this.projects = new Projects(files, folders, this.settings, rules, clientLocale, log);
    this.packages = new Packages(files, documents);
    this.imported = new Imported(files);
    const quarantine = new Quarantine(log);
    const around = [this.packages, this.imported, this.projects] as const;
    const analyzer = new Analyzer(this.engine, documents, ...around, quarantine, log);
    const diagnostics = new Diagnostics(documents, features, () => this.options.docsBase);
    this.pull = new PullDiagnostics(documents, analyzer, diagnostics, log);
    this.push = new PushDiagnostics(documents, analyzer, diagnostics, this.settings, log);
    this.results = new ScanResults(documents, analyzer, diagnostics, () => this.features.pullDiagnostics);
    const { engine, projects, results, status } = this;
    this.scan = new Scan({ engine, documents, files, projects, results, log }, folders, status, features);
    const inHover = () => this.options.diagnosticsInHover === true;
    this.hover = new FindingHover(documents, analyzer, diagnostics, features, inHover, () => host.rules(), log);
    const edits = new WorkspaceEdits(documents, files, this.packages, folders, features);
    this.actions = new CodeActions(documents, analyzer, edits, features, log);
    this.lenses = new CodeLenses(documents, analyzer, projects, log);
  }

  start(): void {
    const { connection } = this;
    connection.onInitialize((params) => this.initialize(params));
    connection.onInitialized(() => void this.initialized());
    // Requests nothing is registered for; before `initialize` that is all of them.
    connection.onRequest((method) =>
      this.features
        ? new ResponseError(ErrorCodes.MethodNotFound, `Unhandled method ${method}`)
        : new ResponseError(ErrorCodes.ServerNotInitialized, 'not initialized'),
    );
    connection.listen();
  }

  private initialize(params: InitializeParams): InitializeResult {
    const { connection } = this;
    this.features = clientFeatures(params);
    this.options = initializationOptions(params);
    this.options.locale ??= params.locale;
    this.folders.initialize(params);
    this.settings.initialize(this.features, this.options.settings);
    const { documents, watched, scan, hover, actions, lenses, results } = this;
    for (const feature of [documents, watched, scan, hover, actions, lenses, results]) feature.register(connection);
    if (this.features.pullDiagnostics) this.pull.register(connection);
    else this.push.register(connection);
    return {
      serverInfo: { name: SOURCE, version: this.host.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        // No workspaceDiagnostics: clients would poll for them for ever.
        ...(this.features.pullDiagnostics && {
          diagnosticProvider: { identifier: SOURCE, interFileDependencies: true, workspaceDiagnostics: false },
        }),
        codeActionProvider: { codeActionKinds: KINDS, resolveProvider: true },
        hoverProvider: true,
        codeLensProvider: {},
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  private async initialized(): Promise<void> {
    const { connection, features, log, status } = this;
    // In a turn of its own, so that what the client sent together with it is in order first.
    void nextTurn().then(() => this.load());
    this.folders.initialized(connection, features);
    const refresh = new Refresh(connection, features, this.push);
    this.folders.onRemove((folder) => this.results.clear(folder));
    this.settings.onChange(() => refresh.request());
    // Edits that were not saved went with the document; its siblings saw them.
    this.documents.on('close', ({ folder }) => {
      if (folder !== undefined && this.documents.inFolder(folder).length > 0) refresh.request();
    });
    // Clients need not tell of changes on disk that they make themselves.
    this.documents.on('save', ({ folder }) => {
      if (folder !== undefined && this.imported.invalidate(folder)) refresh.request();
    });
    this.projects.onBrokenConfig((error) => void this.brokenConfig(error));
    this.watched.on({
      go: (uri) => this.results.drop(uri),
      project: () => {
        this.projects.invalidate();
        status.settle('ready');
        refresh.request();
      },
      done: (folders) => {
        let used = false;
        for (const folder of folders) {
          this.packages.invalidate(folder);
          if (this.imported.invalidate(folder)) used = true;
        }
        if (used || this.documents.all().some(({ folder }) => folder !== undefined && folders.has(folder)))
          refresh.request();
      },
    });
    try {
      await Promise.all([this.settings.initialized(), this.watched.initialized(connection, features)]);
    } catch (error) {
      log.error('Registration with the client', error);
    }
    try {
      await this.engine;
      status.settle('ready');
    } catch (error) {
      log.error('The engine did not start', error);
      const reason = error instanceof Error ? error.message : String(error);
      status.settle('error', say('engineFailed', await this.projects.locale(), { reason }));
    }
  }

  private async brokenConfig({ path, problems, isPartial }: ConfigError): Promise<void> {
    const locale = await this.projects.locale();
    const problem = problems[0]?.message[locale] ?? '';
    this.status.settle('error', say(isPartial ? 'configPartial' : 'configBroken', locale, { path, problem }));
  }
}
