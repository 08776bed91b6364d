/** Entry point of the extension's language server on desktop and remote; the client starts it. */
import { runServer } from './run-server.ts';

runServer();
