import { URLSearchParams } from 'node:url';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureHost } from './install.mjs';

const START_TIMEOUT_MS = 60_000;

const SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // Tests look at unsaved text.
  'files.autoSave': 'off',
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'workbench.startupEditor': 'none',
};

/**
 * Start a VS Code server on 127.0.0.1 with profile, extensions and home of its own, all in a temporary folder.
 * @param {{ vsix?: string[], settings?: object, env?: Record<string, string> }} options
 *   `vsix`: packed extensions to install first; `settings`: user settings; `env`: passed on to the extension host
 */
export async function startVSCodeServer({ vsix = [], settings = {}, env = {} } = {}) {
  const main = ensureHost();
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'vscode-host-'));
  const folder = (...names) => {
    const made = path.join(home, ...names);
    fs.mkdirSync(made, { recursive: true });
    return made;
  };
  const user = folder('user');
  folder('user', 'logs');
  const settingsFile = path.join(folder('user', 'User'), 'settings.json');
  fs.writeFileSync(settingsFile, JSON.stringify({ ...SETTINGS, ...settings }));
  const args = [
    main,
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--extensions-dir', folder('extensions'), '--server-data-dir', folder('data'), '--user-data-dir', user],
    ...['--telemetry-level', 'off', '--disable-workspace-trust'],
    // Below `info` the output of tests is dropped; newer versions take a test payload in smoke test mode only.
    ...['--log', 'info', '--enable-smoke-test-driver'],
    ...vsix.flatMap((file) => ['--install-extension', file]),
    ...(vsix.length > 0 ? ['--start-server'] : []),
  ];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that its extension hosts can be ended with it.
    detached: true,
    // An empty gallery keeps the server off the network.
    env: { ...process.env, EXTENSIONS_GALLERY: '{}', HOME: home, TMPDIR: home, XDG_RUNTIME_DIR: home, ...env },
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let log = '';
  let stopping;

  /** Ends the server's process and removes its folder; may be called more than once. */
  function stop() {
    stopping ??= (async () => {
      child.kill();
      const force = setTimeout(() => child.kill('SIGKILL'), 5000);
      await exited;
      clearTimeout(force);
      endGroup(child.pid);
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    })();
    return stopping;
  }

  const port = await new Promise((resolve, reject) => {
    const giveUp = (reason) => reject(new Error(`${reason}\n${log}`));
    const timer = setTimeout(() => giveUp('The VS Code server did not start in time.'), START_TIMEOUT_MS);
    const read = (chunk) => {
      log += chunk;
      if (log.includes('Failed Installing Extensions')) giveUp('An extension could not be installed.');
      const listening = /agent listening on (\d+)/.exec(log);
      // The server listens first and installs then.
      const installed = log.match(/^.*Extension '.*' was successfully installed/gm)?.length ?? 0;
      if (listening === null || installed < vsix.length) return;
      clearTimeout(timer);
      resolve(Number(listening[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exited.then((code) => {
      clearTimeout(timer);
      giveUp(`The VS Code server ended with code ${code}.`);
    });
  }).catch(async (error) => {
    await stop();
    throw error;
  });

  return {
    home,
    stop,
    log: () => log,
    /** The URI by which a window knows a file of this machine. */
    uri: (file) => `vscode-remote://127.0.0.1:${port}${file}`,
    /** Address of a window on `folder`; `payload` are the key and value pairs a window takes from its address. */
    windowUrl(folderPath, payload = []) {
      const query = new URLSearchParams({
        folder: folderPath,
        payload: JSON.stringify([['skipWelcome', 'true'], ...payload]),
      });
      return `http://127.0.0.1:${port}/?${query}`;
    },
  };
}

/** Ends what a process left behind: an extension host may outlive its server while it writes its last log lines. */
function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
