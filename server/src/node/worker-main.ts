/** Entry point of a scan worker: `server/dist/worker.cjs`. */
import { parentPort, workerData } from 'node:worker_threads';
import { bundledGrammars, readGrammars } from './grammar-files.ts';
import { loadEngine } from './load-engine.ts';
import { NodeFileSystem } from './node-file-system.ts';
import { serve } from './worker-protocol.ts';
import type { WorkerOptions } from './worker-protocol.ts';

const { timing } = workerData as WorkerOptions;
const engine = loadEngine().then(({ createEngine }) =>
  createEngine(readGrammars(bundledGrammars(__dirname)), { timing }),
);
serve(parentPort!, new NodeFileSystem(), engine);
