/** All refactorings, in the order of the menu. */
import { closeMethod } from './close-method.ts';
import { contextParameter } from './context-parameter.ts';
import { errgroupMigration } from './errgroup.ts';
import { goroutineContext } from './goroutine-context.ts';
import type { Refactoring } from './refactoring.ts';
import { reusedTimer } from './reused-timer.ts';
import { testLeakCheck } from './test-leak-check.ts';
import { waitGroupGo } from './wait-group-go.ts';

export const REFACTORINGS: readonly Refactoring[] = [
  waitGroupGo,
  errgroupMigration,
  goroutineContext,
  closeMethod,
  reusedTimer,
  testLeakCheck,
  contextParameter,
];
