/** The product's server; the grammar's directory is the first argument. */
import { runStdioServer } from '../../../src/node/run-server.ts';

runStdioServer({ grammars: process.argv.slice(2), version: 'test' });
