/** Edits of the engine as those of the protocol: of the document at hand, and of other files as long as they are what was analysed. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileEdits, TextEdit } from '../engine/finding.ts';
import type { Analysis } from './analyzer.ts';
import type { ClientFeatures } from './client-features.ts';
import type { Documents } from './documents.ts';
import type { Files } from './files.ts';
import type { Folders } from './folders.ts';
import type { TextDocumentEdit, TextEdit as ProtocolEdit, WorkspaceEdit } from './library.ts';
import type { Packages } from './packages.ts';
import { folderOf } from './uris.ts';

export class WorkspaceEdits {
  constructor(
    private readonly documents: Documents,
    private readonly files: Files,
    private readonly packages: Packages,
    private readonly folders: Folders,
    private readonly features: () => ClientFeatures,
  ) {}

  /** Those of some other files that may be edited, and still have the text that was analysed. */
  async editable(paths: Iterable<string>, analysis: Analysis): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const path of paths) if (await this.texts([path], analysis)) found.add(path);
    return found;
  }

  /** All of the edits; `undefined` when one of the files may not be edited, or has changed since the analysis. */
  async of(files: readonly FileEdits[], analysis: Analysis): Promise<WorkspaceEdit | undefined> {
    const texts = await this.texts(
      files.map(({ path }) => path),
      analysis,
    );
    if (!texts) return undefined;
    const changed = files.map(({ path, edits }) => this.edited(path, texts.get(path) ?? analysis.text, edits));
    if (this.features().documentChanges) return { documentChanges: changed };
    return { changes: Object.fromEntries(changed.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
  }

  /** The texts as they were analysed, where all of the files may be edited and still have them. */
  private async texts(paths: readonly string[], analysis: Analysis): Promise<Map<string, string> | undefined> {
    const texts = new Map<string, string>();
    const onDisk = new Map<string, string | undefined>();
    for (const path of paths) {
      const text = path === analysis.key ? analysis.text : analysis.files.find((file) => file.path === path)?.text;
      if (text === undefined) return undefined;
      texts.set(path, text);
      if (path === analysis.key) continue;
      if (this.folders.of(path) === undefined || (await this.files.isLink(path))) return undefined;
      if (this.documents.get(path)) continue;
      const decoded = await this.files.readGo(path, 'en');
      // Writing would change more than the edits say.
      if (decoded?.faithful === false) return undefined;
      onDisk.set(path, decoded?.text);
    }
    // From here on nothing is awaited, so what is compared is what will be edited.
    if (this.documents.get(analysis.key)?.document.version !== analysis.version) return undefined;
    if ([...texts].every(([path, text]) => text === this.currentText(path, onDisk))) return texts;
    // Nobody told of the change: the next analysis must not go by the old text.
    this.packages.invalidate(folderOf(analysis.key));
    return undefined;
  }

  private currentText(path: string, onDisk: ReadonlyMap<string, string | undefined>): string | undefined {
    return this.documents.get(path)?.document.getText() ?? onDisk.get(path);
  }

  private edited(path: string, text: string, edits: readonly TextEdit[]): ChangedFile {
    const opened = this.documents.get(path)?.document;
    const { uri, version } = opened ?? { uri: path, version: null };
    const document = opened ?? TextDocument.create(path, 'go', 0, text);
    return {
      textDocument: { uri, version },
      edits: edits.map(({ start, end, newText }): ProtocolEdit => {
        const range = { start: document.positionAt(start), end: document.positionAt(end) };
        return { range, newText };
      }),
    };
  }
}

interface ChangedFile extends TextDocumentEdit {
  edits: ProtocolEdit[];
}
