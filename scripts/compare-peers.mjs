// Compares our findings with those of other tools on the same code:
//   npm run compare-peers -- [--install] [--peer NAME]… [--json FILE] DIR…
// Each DIR is a Go module, or a folder in one or in a GOPATH; only packages that build with the Go toolchain at hand are compared.
// For each check of a peer it prints how many findings both have, and lists with file and line what only one of them has. Rules that
// are off by default and hints count as found; the table says how many. --install gets the peers, in the versions of
// compare-peers/peers.mjs, into .cache/peers, and is the only thing that uses the network; otherwise those there or on PATH are used.
// Exit code 2 for wrong usage, 1 when nothing could be compared, otherwise 0: what a difference means is for people to say.
import { statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { locate } from './compare-peers/install.mjs';
import { compare } from './compare-peers/match.mjs';
import { ourFindings } from './compare-peers/ours.mjs';
import { PEERS } from './compare-peers/peers.mjs';
import { differences, table } from './compare-peers/report.mjs';
import { listPackages, runPeer } from './compare-peers/run.mjs';
import { ensureBuilt } from './lib/setup.mjs';

/** Where the person typed the command; npm itself changes to the package's folder. */
const cwd = process.env.INIT_CWD ?? process.cwd();
const { values, positionals } = parseArgs({
  options: {
    install: { type: 'boolean', default: false },
    peer: { type: 'string', multiple: true, default: [] },
    json: { type: 'string' },
  },
  allowPositionals: true,
});
const targets = positionals.map((path) => resolve(cwd, path));
const faults = [
  ...targets
    .filter((path) => !statSync(path, { throwIfNoEntry: false })?.isDirectory())
    .map((path) => `${path} is no folder.`),
  ...values.peer.filter((name) => !PEERS.some((peer) => peer.name === name)).map((name) => `There is no peer ${name}.`),
];
if (faults.length > 0 || (targets.length === 0 && !values.install)) {
  for (const fault of faults) console.error(fault);
  console.error('usage: npm run compare-peers -- [--install] [--peer NAME]… [--json FILE] DIR…');
  console.error(`peers: ${PEERS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
if (!(await ensureBuilt())) process.exit(2);

const wanted = PEERS.filter(({ name }) => values.peer.length === 0 || values.peer.includes(name));
const peers = [];
for (const peer of wanted) {
  const { path, version, problem } = locate(peer, values.install);
  console.log(`${peer.name} ${version}${problem === undefined ? '' : `: ${problem}`}`);
  if (problem === undefined) peers.push({ peer, path, theirs: [] });
}

const ours = [];
for (const folder of targets) {
  try {
    compareFolder(folder);
  } catch (error) {
    console.log(`${folder}: not compared: ${error.message}`);
  }
}

const rows = peers.flatMap(({ peer, theirs }) =>
  peer.checks.map((check) => ({
    peer: peer.name,
    check,
    ...compare(
      check,
      theirs.filter((finding) => finding.check === check),
      ours,
    ),
  })),
);
if (targets.length > 0) {
  for (const row of rows) for (const line of differences(row, cwd)) console.log(line);
  console.log(`\n${table(rows)}`);
  if (values.json !== undefined) writeFileSync(resolve(cwd, values.json), `${JSON.stringify(rows, undefined, 2)}\n`);
}

function compareFolder(folder) {
  const { packages, files, broken } = listPackages(folder);
  console.log(
    `${folder}: ${packages.length} packages, ${files.size} files; ${broken.length} do not build, whole or in part`,
  );
  ours.push(...ourFindings(folder).filter(({ path }) => files.has(path)));
  for (const { peer, path, theirs } of peers) {
    const { findings, problem } = runPeer(peer, path, folder, packages);
    if (problem !== undefined) console.log(`${folder}: ${peer.name} may have left something out: ${problem}`);
    theirs.push(...findings.filter((finding) => files.has(finding.path)));
  }
}
