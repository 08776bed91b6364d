/**
 * The layers of `server/src` and what each may import. Lint enforces this table; ARCHITECTURE.md explains it.
 *
 * `pure` layers take text and give findings: no I/O, no editor, nothing of Node.
 */
const CORE = ['syntax', 'golang', 'concurrency', 'fixes', 'rules', 'refactorings', 'engine'];

/** Folder → folders it may import from besides itself. */
export const MAY_IMPORT = {
  syntax: [],
  golang: ['syntax'],
  concurrency: ['syntax', 'golang'],
  fixes: ['syntax', 'golang', 'concurrency'],
  rules: ['syntax', 'golang', 'concurrency', 'fixes'],
  refactorings: ['syntax', 'golang', 'concurrency', 'fixes', 'rules'],
  engine: ['syntax', 'golang', 'concurrency', 'fixes', 'rules', 'refactorings'],
  workspace: CORE,
  report: [...CORE, 'workspace'],
  lsp: [...CORE, 'workspace', 'report'],
  cli: [...CORE, 'workspace', 'report'],
  browser: [...CORE, 'workspace', 'report', 'lsp'],
  node: [...CORE, 'workspace', 'report', 'lsp', 'cli'],
};

/** `engine/finding.ts` declares the plain data every layer speaks about, so the layers below the engine may import it. */
const SHARED_FILES = ['engine/finding.ts'];

const PURE = [...CORE, 'report'];
/** Folders whose files may use Node's modules. What the browser build reaches is checked by `tsconfig.browser.json`. */
const USES_NODE = ['node', 'cli', 'workspace'];
const USES_TREE_SITTER = ['syntax'];
const USES_PROTOCOL = ['lsp', 'node', 'browser'];

/**
 * The `no-restricted-imports` patterns for one folder of `server/src`.
 * @param {string} folder a key of MAY_IMPORT
 */
export function restrictedPatterns(folder) {
  const forbidden = Object.keys(MAY_IMPORT).filter((other) => other !== folder && !MAY_IMPORT[folder].includes(other));
  const shared = SHARED_FILES.map((file) => file.replaceAll('.', '\\.')).join('|');
  const patterns = [
    { regex: '^(\\.\\./)+client/', message: 'The server knows nothing of the client.' },
    { regex: '^vscode($|/)|^vscode-languageclient', message: 'Only the client knows VS Code.' },
  ];
  if (forbidden.length > 0)
    patterns.push({
      regex: `^(\\.\\./)+(?!(${shared})$)(${forbidden.join('|')})/`,
      message: `${folder}/ may import only from ${MAY_IMPORT[folder].join(', ') || 'itself'}.`,
    });
  if (!USES_TREE_SITTER.includes(folder))
    patterns.push({ regex: '^(web-)?tree-sitter', message: 'Only syntax/ knows tree-sitter.' });
  if (!USES_PROTOCOL.includes(folder))
    patterns.push({
      regex: '^vscode-(languageserver|jsonrpc)',
      message: 'Only lsp/ and the entry points that wire it know the protocol.',
    });
  if (PURE.includes(folder))
    patterns.push({
      regex: '^vscode-(?!languageserver|jsonrpc)',
      message: `${folder}/ takes text and gives findings; it knows no editor.`,
    });
  if (!USES_NODE.includes(folder))
    patterns.push({ regex: '^node:', message: `${folder}/ runs in the browser too; what needs Node is injected.` });
  return patterns;
}

/** The patterns for `client/src`: the protocol's own names are all it takes from the server. */
export const CLIENT_PATTERNS = [
  {
    regex: '^(\\.\\./)+server/(?!src/lsp/protocol\\.ts$)',
    message: 'The client holds no analysis; it imports server/src/lsp/protocol.ts and nothing else of the server.',
  },
  { regex: '^(web-)?tree-sitter', message: 'The client holds no analysis.' },
];
