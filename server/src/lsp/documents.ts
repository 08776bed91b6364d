/** The open Go documents, by normalised URI. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TextDocuments, type Connection } from './library.ts';
import { folderOf, hasFolder, uriKey } from './uris.ts';

export interface OpenDocument {
  key: string;
  /** Key of its folder; absent for untitled documents. */
  folder?: string;
  /** Changes with each edit: never keep it across an `await`. */
  document: TextDocument;
}

type DocumentEvent = 'open' | 'change' | 'close' | 'save';
type Listener = (opened: OpenDocument) => void;

export class Documents {
  private readonly texts = new TextDocuments(TextDocument);
  private readonly open = new Map<string, OpenDocument>();
  private readonly fresh = new Set<string>();
  private readonly listeners: Record<DocumentEvent, Listener[]> = { open: [], change: [], close: [], save: [] };

  register(connection: Connection): void {
    this.texts.onDidOpen(({ document }) => {
      if (document.languageId !== 'go') return;
      const key = uriKey(document.uri);
      const opened = { key, folder: hasFolder(key) ? folderOf(key) : undefined, document };
      this.open.set(key, opened);
      this.fresh.add(key);
      this.fire('open', opened);
    });
    this.texts.onDidChangeContent(({ document }) => {
      const opened = this.get(document.uri);
      // Opening fires a change for the same text.
      if (!opened || this.fresh.delete(opened.key)) return;
      opened.document = document;
      this.fire('change', opened);
    });
    this.texts.onDidClose(({ document }) => {
      const opened = this.get(document.uri);
      if (!opened) return;
      this.open.delete(opened.key);
      this.fire('close', opened);
    });
    this.texts.onDidSave(({ document }) => {
      const opened = this.get(document.uri);
      if (opened) this.fire('save', opened);
    });
    this.texts.listen(connection);
  }

  on(event: DocumentEvent, listener: Listener): void {
    this.listeners[event].push(listener);
  }

  get(uri: string): OpenDocument | undefined {
    return this.open.get(uriKey(uri));
  }

  all(): OpenDocument[] {
    return [...this.open.values()];
  }

  /** Open documents of a folder, without those of its subfolders. */
  inFolder(folder: string): OpenDocument[] {
    return this.all().filter((opened) => opened.folder === folder);
  }

  private fire(event: DocumentEvent, opened: OpenDocument): void {
    for (const listener of this.listeners[event]) listener(opened);
  }
}
