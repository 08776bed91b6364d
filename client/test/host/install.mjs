import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { HOST_HOME } from './paths.mjs';
import { Skipped } from './outcome.mjs';

/** code-server 4.100.3 ships VS Code 1.100.3, the oldest version the extension supports, and runs on Node 20. */
const CODE_SERVER = '4.100.3';

// A plain install would run a postinstall script that downloads; none of it is needed.
const NPM_FLAGS = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

const SPDLOG_STUB = path.join(import.meta.dirname, 'spdlog-stub.cjs');
const WATCHDOGS = ['native-watchdog', '@vscode/native-watchdog'];

/**
 * Make sure the VS Code server is installed; the first call takes about half a minute and 300 MB.
 * @returns {string} path of its `server-main.js`
 * @throws {Skipped} when npm cannot fetch it
 */
export function ensureHost() {
  const home = path.join(HOST_HOME, `code-server-${CODE_SERVER}`);
  if (!fs.existsSync(home)) install(home);
  return path.join(vscodeFolder(home), 'out', 'server-main.js');
}

/** Installs beside the final place and renames, so that an interrupted install is never taken for a complete one. */
function install(home) {
  console.log(`Installing the VS Code server (code-server ${CODE_SERVER}) into ${home}; needed once.`);
  fs.mkdirSync(HOST_HOME, { recursive: true });
  const work = fs.mkdtempSync(path.join(HOST_HOME, 'installing-'));
  try {
    fs.writeFileSync(path.join(work, 'package.json'), JSON.stringify({ name: 'vscode-test-host', private: true }));
    npm(work, 'install', `code-server@${CODE_SERVER}`);
    const vscode = vscodeFolder(work);
    npm(vscode, 'install', '--omit=dev');
    npm(path.join(vscode, 'extensions'), 'install', '--omit=dev');
    replaceNativeModules(vscode);
    if (!fs.existsSync(home)) fs.renameSync(work, home);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

const vscodeFolder = (home) => path.join(home, 'node_modules', 'code-server', 'lib', 'vscode');

function npm(cwd, ...args) {
  const run = spawnSync('npm', [...args, ...NPM_FLAGS], { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
  if (run.status === 0) return;
  const reason = run.error?.message ?? run.stderr;
  throw new Skipped(`The VS Code server could not be installed: npm ${args.join(' ')} failed.\n${reason}`);
}

/** Without install scripts the native modules are not built; these two are the ones VS Code cannot do without. */
function replaceNativeModules(vscode) {
  const modules = path.join(vscode, 'node_modules');
  fs.copyFileSync(SPDLOG_STUB, path.join(modules, '@vscode', 'spdlog', 'index.js'));
  for (const name of WATCHDOGS) {
    const folder = path.join(modules, name);
    if (fs.existsSync(folder)) fs.writeFileSync(path.join(folder, 'index.js'), 'exports.start = () => {};\n');
  }
  // Some modules are looked up in the archive name the desktop build uses.
  const archive = path.join(vscode, 'node_modules.asar');
  if (!fs.existsSync(archive)) fs.symlinkSync('node_modules', archive, 'dir');
}
