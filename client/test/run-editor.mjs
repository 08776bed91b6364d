// npm run editor [-- FOLDER]: a real VS Code in the browser with the extension of this checkout.
// Without FOLDER a copy of the demo module is opened; what is edited there is thrown away at the end.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ensureBuilt, ensureDependencies, requireNode } from '../../scripts/lib/setup.mjs';

/** Opens the address in the user's browser; does nothing where there is no screen. */
function openInBrowser(url) {
  const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  if (headless || process.env.CI) return;
  const [command, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  // The address is printed, so a missing opener costs nothing.
  opener.on('error', () => {});
  opener.unref();
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

requireNode();
if (!ensureDependencies() || !(await ensureBuilt())) process.exit(1);
// Imported late: these need the dependencies.
const { REPOSITORY } = await import('./host/paths.mjs');
const { startVSCodeServer } = await import('./host/vscode-server.mjs');
const { temporaryCopy } = await import('./host/workspace.mjs');

const chosen = process.argv[2];
if (chosen !== undefined && !fs.existsSync(chosen)) fail(`There is no folder ${chosen}.`);
const workspace = chosen === undefined ? temporaryCopy('demo') : { folder: path.resolve(chosen), remove() {} };
const server = await startVSCodeServer().catch((error) => {
  workspace.remove();
  fail(error.message);
});
const url = server.windowUrl(workspace.folder, [['extensionDevelopmentPath', server.uri(REPOSITORY)]]);
console.log(`VS Code with Goroutine Hygiene on ${workspace.folder}:\n\n  ${url}\n\nCtrl+C ends it.`);
openInBrowser(url);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await server.stop();
    workspace.remove();
    process.exit(0);
  });
}
