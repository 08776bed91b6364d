/**
 * The shape of `goroutine-hygiene.jsonc`, and how a text is checked against it. Imported only where a config exists, and a bundle of
 * its own: zod takes time to load.
 */
import { findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node as JsonNode, ParseError } from 'jsonc-parser';
// As a namespace, so that the bundles leave out what is not used of it: nearly all, all its languages among it.
import * as z from 'zod';
import type { Level } from '../engine/finding.ts';
import { LOCALES } from '../rules/rule.ts';
import type { Locale } from '../rules/rule.ts';
import type { OwnResource } from '../golang/own-names.ts';
import { nearestName } from '../engine/nearest-name.ts';
import { configProblem, type ConfigProblem, type ConfigProblemId } from './config-problems.ts';
import { repeatedResources, resourceProblem, resourceSchema } from './resource-schema.ts';

const LEVELS = ['error', 'warning', 'information', 'hint', 'off'] as const satisfies readonly Level[];
const OTHER_TOOLS = ['go vet', 'staticcheck'] as const;

/** A rule as the schema needs it: its id and a line that describes it. */
export interface RuleName {
  id: string;
  summary?: string;
}

/** What a config file may say. Everything is optional. */
export interface ConfigFile {
  $schema?: string;
  rules?: Record<string, Level>;
  exclude?: string[];
  includeGenerated?: boolean;
  tests?: boolean;
  testdata?: boolean;
  leaveTo?: string[];
  resources?: OwnResource[];
  locale?: Locale;
}

function schemaFor(rules: readonly RuleName[]) {
  const level = z.enum(LEVELS);
  const levels = rules.map((rule) => [rule.id, level.describe(rule.summary ?? rule.id).optional()] as const);
  return z.strictObject({
    $schema: z.string().optional(),
    rules: z.strictObject(Object.fromEntries(levels)).describe('Level of each rule.').optional(),
    exclude: z
      .array(z.string().min(1))
      .describe('Globs of files and directories to leave out, relative to this file.')
      .optional(),
    includeGenerated: z.boolean().describe('Analyse "Code generated … DO NOT EDIT." files too.').optional(),
    tests: z.boolean().describe('Analyse _test.go files (default true).').optional(),
    testdata: z.boolean().describe('Enter testdata directories (default false).').optional(),
    leaveTo: z
      .array(z.enum(OTHER_TOOLS))
      .describe('Switch off rules that another tool you run reports as well.')
      .optional(),
    resources: z
      .array(resourceSchema)
      .describe('What functions of your own libraries acquire, and what releases it.')
      .optional(),
    locale: z
      .enum(LOCALES as [Locale, ...Locale[]])
      .describe('Language of messages.')
      .optional(),
  });
}

/** JSON Schema of the config file, for editors. */
export function configJsonSchema(rules: readonly RuleName[]): Record<string, unknown> {
  return z.toJSONSchema(schemaFor(rules)) as Record<string, unknown>;
}

/**
 * Reads a config text (JSON with comments and trailing commas). Returns every problem in it with its place; an unknown key or rule
 * comes with the nearest known name. There is a config, too, when all that is wrong is in `resources`: without the entries that are.
 */
export function parseConfig(
  text: string,
  rules: readonly RuleName[],
): { config?: ConfigFile; problems: ConfigProblem[] } {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors.length > 0) {
    const problems = errors.map(({ offset, error }) =>
      configProblem(text, offset, 'notJson', { reason: words(printParseErrorCode(error)) }),
    );
    return { problems };
  }
  if (!tree) return { config: {}, problems: [] };
  const value = valueOf(tree);
  const parsed = schemaFor(rules).safeParse(value);
  if (parsed.success) return withoutRepeated(text, tree, parsed.data as ConfigFile);
  const { issues } = parsed.error;
  const problems = issues.flatMap((issue) => describe(text, tree, issue, rules));
  if (issues.some(({ path }) => path[0] !== 'resources')) return { problems };
  const wrong = new Set(issues.map(({ path }) => path[1]));
  const { resources, ...others } = value as { resources: unknown };
  const kept = Array.isArray(resources) ? resources.map((entry: unknown, i) => (wrong.has(i) ? undefined : entry)) : [];
  const { config, problems: repeated } = withoutRepeated(text, tree, { ...others, resources: kept as OwnResource[] });
  return { config, problems: [...problems, ...repeated] };
}

/** Leaves out the entries of `resources` that are not there, and those that say again what another one says. */
function withoutRepeated(
  text: string,
  tree: JsonNode,
  file: Omit<ConfigFile, 'resources'> & { resources?: (OwnResource | undefined)[] },
): { config: ConfigFile; problems: ConfigProblem[] } {
  const { resources, ...others } = file;
  if (!resources) return { config: others, problems: [] };
  const repeated = new Set(repeatedResources(resources));
  const problems = [...repeated].map((index) => {
    const node = findNodeAtLocation(tree, ['resources', index, 'acquire']) ?? tree;
    return configProblem(text, node.offset, 'repeated', { value: node.value as string });
  });
  const kept = resources.filter((r, index): r is OwnResource => r !== undefined && !repeated.has(index));
  return { config: { ...others, resources: kept }, problems };
}

function describe(text: string, tree: JsonNode, issue: z.core.$ZodIssue, rules: readonly RuleName[]): ConfigProblem[] {
  const path = issue.path as (string | number)[];
  const node = findNodeAtLocation(tree, path) ?? tree;
  if (issue.code === 'unrecognized_keys') {
    const inRules = path[0] === 'rules';
    const known = inRules
      ? rules.map((rule) => rule.id)
      : Object.keys((path[0] === 'resources' ? resourceSchema : schemaFor([])).shape);
    return issue.keys.map((key) => {
      const property = findNodeAtLocation(tree, [...path, key])?.parent ?? node;
      const near = nearestName(key, known);
      const id = inRules ? 'unknownRule' : 'unknownSetting';
      if (near === undefined) return configProblem(text, property.offset, id, { key });
      return configProblem(text, property.offset, `${id}Near`, { key, near });
    });
  }
  const problem = (id: ConfigProblemId, args: Record<string, string>): ConfigProblem[] => [
    configProblem(text, node.offset, id, { key: path.join('.'), ...args }),
  ];
  if (issue.code === 'invalid_type' && findNodeAtLocation(tree, path) === undefined) {
    const around = findNodeAtLocation(tree, path.slice(0, -1)) ?? tree;
    return [configProblem(text, around.offset, 'missing', { key: path.join('.') })];
  }
  const ofResources = path[0] === 'resources' ? resourceProblem(path, issue) : undefined;
  if (ofResources) return problem(ofResources, { value: String(node.value) });
  if (issue.code === 'invalid_value')
    return problem('notAnOption', { options: issue.values.map((value) => JSON.stringify(value)).join(', ') });
  if (issue.code === 'invalid_type')
    return problem(path.length > 0 ? 'wrongType' : 'notAnObject', { expected: issue.expected, actual: node.type });
  return problem('other', { reason: issue.message });
}

/** The value of a JSON tree; objects without prototype, so that a key such as `__proto__` is a key like any other. */
function valueOf(node: JsonNode): unknown {
  if (node.type === 'array') return (node.children ?? []).map(valueOf);
  if (node.type !== 'object') return node.value as unknown;
  const object = Object.create(null) as Record<string, unknown>;
  for (const { children } of node.children ?? []) {
    if (children?.[1]) object[children[0]!.value as string] = valueOf(children[1]);
  }
  return object;
}

/** `PropertyNameExpected` → `property name expected`. */
function words(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
