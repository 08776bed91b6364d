/** A scan worker with the fake engine. `DIE` ends it, `HANG` never answers. */
import { parentPort } from 'node:worker_threads';
import { NodeFileSystem } from '../../src/node/node-file-system.ts';
import { serve } from '../../src/node/worker-protocol.ts';
import { FakeEngine } from './fake-engine.ts';

serve(parentPort!, new NodeFileSystem(), Promise.resolve(new FakeEngine()));
