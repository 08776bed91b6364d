/** What the client can do, read once from `initialize`. */
import type { InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from './protocol.ts';

export interface ClientFeatures {
  pullDiagnostics: boolean;
  relatedInformation: boolean;
  codeDescription: boolean;
  diagnosticData: boolean;
  refreshDiagnostics: boolean;
  refreshCodeLens: boolean;
  configuration: boolean;
  configurationRegistration: boolean;
  watchedFilesRegistration: boolean;
  workspaceFolders: boolean;
  documentChanges: boolean;
  codeActionLiterals: boolean;
  codeActionPreferred: boolean;
  codeActionResolve: boolean;
  markdownHover: boolean;
  createProgress: boolean;
}

export function clientFeatures({ capabilities }: InitializeParams): ClientFeatures {
  const { textDocument, workspace, window } = capabilities;
  // Clients before 3.17 state the details of diagnostics under publishDiagnostics only.
  const published = textDocument?.publishDiagnostics;
  const pulled = textDocument?.diagnostic;
  const action = textDocument?.codeAction;
  const has = (name: 'relatedInformation' | 'codeDescriptionSupport' | 'dataSupport') =>
    published?.[name] === true || pulled?.[name] === true;
  return {
    pullDiagnostics: pulled !== undefined,
    relatedInformation: has('relatedInformation'),
    codeDescription: has('codeDescriptionSupport'),
    diagnosticData: has('dataSupport'),
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshCodeLens: workspace?.codeLens?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    configurationRegistration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchedFilesRegistration: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    codeActionLiterals: action?.codeActionLiteralSupport !== undefined,
    codeActionPreferred: action?.isPreferredSupport === true,
    codeActionResolve: action?.dataSupport === true && action.resolveSupport?.properties.includes('edit') === true,
    markdownHover: textDocument?.hover?.contentFormat?.[0] !== 'plaintext',
    createProgress: window?.workDoneProgress === true,
  };
}

/** `initializationOptions` with fields of a wrong type dropped. */
export function initializationOptions({ initializationOptions: given }: InitializeParams): InitializationOptions {
  const raw = (given ?? {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const { settings } = raw;
  return {
    locale: text(raw['locale']),
    docsBase: text(raw['docsBase']),
    diagnosticsInHover: raw['diagnosticsInHover'] === true,
    settings: settings !== null && typeof settings === 'object' ? (settings as Record<string, unknown>) : undefined,
  };
}
