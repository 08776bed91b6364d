/**
 * The engine and its rules as a file of their own (`engine.cjs`), which the other bundles of a folder share and load when they
 * need it: reading it takes longer than all the language server does until `initialize` is answered.
 */
export { createEngine } from '../engine/engine.ts';
export { RULES } from '../rules/registry.ts';
