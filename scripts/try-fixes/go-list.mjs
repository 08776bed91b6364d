/** Compiles packages with their tests by `go list -export`; nothing is written beside the sources and nothing is downloaded. */
import { spawn } from 'node:child_process';

const FIELDS = 'ImportPath,Dir,GoFiles,CgoFiles,Deps,Error,DepsErrors';
/** Lines of what the compiler says that are kept for a message. */
const SHOWN_LINES = 3;

/**
 * A package, or a variant of it for tests, as the go command sees it.
 * @typedef {object} Listed
 * @property {string} ImportPath with `[….test]` behind it for a variant
 * @property {string} Dir
 * @property {string[]} [GoFiles]
 * @property {string[]} [CgoFiles]
 * @property {string[]} [Deps] import paths, indirect ones too
 * @property {{ Err: string }} [Error]
 * @property {{ Err: string }[]} [DepsErrors]
 */

/**
 * The packages in directories with their variants for tests, all compiled.
 * @param {{ cwd: string, env: Record<string, string> }} world see `worlds.mjs`
 * @param {readonly string[]} directories
 * @param {string} [overlay] path of a file that says which files stand for others
 * @returns {Promise<Listed[]>}
 */
export async function listCompiled({ cwd, env }, directories, overlay) {
  const flags = overlay === undefined ? [] : ['-overlay', overlay];
  const args = ['list', '-e', '-export', '-test', `-json=${FIELDS}`, ...flags, ...directories];
  const { stdout, stderr } = await run('go', args, {
    cwd,
    env: { ...process.env, GOFLAGS: '', GOPROXY: 'off', GOWORK: 'off', GOTOOLCHAIN: 'local', ...env },
  });
  try {
    return JSON.parse(`[${stdout.trim().replace(/^\}\n\{/gm, '},\n{')}]`);
  } catch (cause) {
    const command = `cd ${cwd} && ${Object.entries(env)
      .map(([name, value]) => `${name}=${value} `)
      .join('')}go list -e -export -test ${directories.join(' ')}`;
    throw new Error(`go list gave no answer that can be read. Try it by hand: ${command}\n${stderr}`, { cause });
  }
}

/** What the compiler says against a package or what it needs; undefined when it compiles. */
export function problemOf({ Error, DepsErrors = [] }) {
  const error = Error ?? DepsErrors[0];
  return error && error.Err.trim().split('\n').slice(0, SHOWN_LINES).join(' | ');
}

function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr] = [[], []];
    child.stdout.on('data', (chunk) => stdout.push(chunk));
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', () => resolve({ stdout: String(Buffer.concat(stdout)), stderr: String(Buffer.concat(stderr)) }));
  });
}
