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

  /** True when each of the files may be edited, and still has the text that was analysed. */
  async mayEdit(files: readonly FileEdits[], analysis: Analysis): Promise<boolean> {
    return (await this.texts(files, analysis)) !== undefined;
  }

  /** All of the edits; `undefined` when one of the files may not be edited, or has changed since the analysis. */
  async of(files: readonly FileEdits[], analysis: Analysis): Promise<WorkspaceEdit | undefined> {
    const texts = await this.texts(files, analysis);
    if (!texts) return undefined;
    const changed = files.map(({ path, edits }) => this.edited(path, texts.get(path) ?? analysis.text, edits));
    if (this.features().documentChanges) return { documentChanges: changed };
    return { changes: Object.fromEntries(changed.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
  }

  /** The texts as they were analysed. */
  private async texts(files: readonly FileEdits[], analysis: Analysis): Promise<Map<string, string> | undefined> {
    const texts = new Map<string, string>();
    const onDisk = new Map<string, string | undefined>();
    for (const { path } of files) {
      const text = path === analysis.key ? analysis.text : analysis.files.find((file) => file.path === path)?.text;
      if (text === undefined) return undefined;
      texts.set(path, text);
      if (path === analysis.key) continue;
      if (this.folders.of(path) === undefined || (await this.files.isLink(path))) return undefined;
      if (!this.documents.get(path)) onDisk.set(path, await this.onDisk(path));
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

  /** Undefined for a file of which writing would change more than the edits say. */
  private async onDisk(path: string): Promise<string | undefined> {
    const decoded = await this.files.readGo(path, 'en');
    return decoded?.faithful ? decoded.text : undefined;
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
