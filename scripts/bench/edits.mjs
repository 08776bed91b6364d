import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateGo } from './generate-go.mjs';
import { startServer } from './language-server.mjs';

/** What is typed, one keystroke each, as a statement of its own. */
const TYPED = '\tgo func() { results <- "x" }()\n';
const PLACES = 8;
/** Keystrokes before the clock runs: caches fill and code gets hot, as in the first seconds of a session. */
const WARM_UP = TYPED.length;

/**
 * Types into functions all over a generated file and measures, per keystroke, from sending the change to holding the
 * diagnostics of the new text.
 * @param {string[]} command arguments for node that start a server on stdio
 * @param {number} lines size of the file
 * @returns {Promise<{lines: number, samples: number[], findings: number}>} milliseconds per keystroke
 */
export async function measureEdits(command, lines) {
  const folder = mkdtempSync(join(tmpdir(), 'hygiene-bench-'));
  writeFileSync(join(folder, 'go.mod'), 'module example.com/service\n\ngo 1.24\n');
  const text = generateGo(lines);
  const path = join(folder, 'service.go');
  writeFileSync(path, text);
  const uri = pathToFileURL(path).href;
  const server = await startServer(command, folder);
  try {
    const { connection } = server;
    let version = 1;
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'go', version, text },
    });
    const pull = () => connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    const { items } = await pull();
    const samples = [];
    for (const line of bodies(text)) {
      let character = 0;
      let at = line;
      for (const typed of TYPED) {
        const position = { line: at, character };
        const startedAt = performance.now();
        await connection.sendNotification('textDocument/didChange', {
          textDocument: { uri, version: ++version },
          contentChanges: [{ range: { start: position, end: position }, text: typed }],
        });
        await pull();
        samples.push(performance.now() - startedAt);
        if (typed === '\n') at++;
        else character++;
      }
    }
    return { lines: text.split('\n').length, samples: samples.slice(WARM_UP), findings: items.length };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** First body lines of a few functions spread over the file, last one first so that numbers stay right. */
function bodies(text) {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) => (/^func .*\{$/.test(line) ? [index + 1] : []));
  const step = Math.max(1, Math.floor(starts.length / PLACES));
  return starts
    .filter((_, index) => index % step === 0)
    .slice(0, PLACES)
    .reverse();
}
