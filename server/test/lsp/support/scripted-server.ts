/** The product's server around the scripted engine. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../../../src/lsp/server.ts';
import { NodeFileSystem } from '../../../src/node/node-file-system.ts';
import { RULES } from '../../../src/rules/registry.ts';
import { ScriptedEngine } from './scripted-engine.ts';

startServer(createConnection(ProposedFeatures.all, process.stdin, process.stdout), {
  version: 'test',
  createEngine: async () => {
    if (process.env['ENGINE'] === 'fails') throw new Error('no grammar here');
    if (process.env['ENGINE'] === 'missing') throw new Error('no engine here');
    return new ScriptedEngine();
  },
  rules: async () => {
    // The rules come in the same file as the engine.
    if (process.env['ENGINE'] === 'missing') throw new Error('no engine here');
    return RULES;
  },
  ...(process.env['DISK'] !== 'none' && { fileSystem: new NodeFileSystem() }),
});
