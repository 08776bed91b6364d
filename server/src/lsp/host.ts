/** What a platform (node, a browser worker, a test) gives the language server. */
import type { Engine } from '../engine/api.ts';
import type { Rule } from '../rules/rule.ts';
import type { FileSystem } from '../workspace/file-system.ts';

export interface ServerHost {
  /** Version shown to the client. */
  version: string;
  /** Loads the grammar and makes the engine. Called once, when `initialize` was answered. */
  createEngine(): Promise<Engine>;
  /** The rules the engine runs; source of explanations and of the names a config may use. */
  rules(): Promise<readonly Rule[]>;
  /** Reads `file:` URIs. Absent where there is no disk: then the client is asked. */
  fileSystem?: FileSystem;
}
