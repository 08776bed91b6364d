/** Entry point of a scan worker: `server/dist/worker.cjs`. */
import { parentPort, workerData } from 'node:worker_threads';
import { createEngine } from '../engine/engine.ts';
import { bundledGrammars, readGrammars } from './grammar-files.ts';
import { NodeFileSystem } from './node-file-system.ts';
import { serve } from './worker-protocol.ts';
import type { WorkerOptions } from './worker-protocol.ts';

const { timing } = workerData as WorkerOptions;
serve(parentPort!, new NodeFileSystem(), createEngine(readGrammars(bundledGrammars(__dirname)), { timing }));
