/** Bundles a server for tests, fresh from the sources, and starts it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const bundles = new Map<string, Promise<string>>();

/** `real` runs the product's engine and rules; `scripted` an engine whose findings are written in the Go text. */
export type ServerName = 'real' | 'scripted';

function bundle(name: ServerName): Promise<string> {
  let made = bundles.get(name);
  if (!made) {
    const outfile = `${root}node_modules/.cache/lsp-tests/${name}-${process.pid}.cjs`;
    made = build({
      entryPoints: [`${root}server/test/lsp/support/${name}-server.ts`],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      mainFields: ['module', 'main'],
      alias: { 'web-tree-sitter': `${root}node_modules/web-tree-sitter/web-tree-sitter.cjs` },
      logLevel: 'error',
    }).then(() => outfile);
    bundles.set(name, made);
    process.once('exit', () => rmSync(outfile, { force: true }));
  }
  return made;
}

/** Starts a server on its standard input and output. */
export async function startServer(name: ServerName, env: Record<string, string>): Promise<ChildProcess> {
  return spawn(process.execPath, [await bundle(name), `${root}grammars`], {
    stdio: 'pipe',
    env: { ...process.env, ...env },
  });
}
