/** The few moves lowering needs over a tree-sitter tree, and a fast way to make them. */
import type { Parser, Tree } from 'web-tree-sitter';

/** What `TreeCursor` of web-tree-sitter offers too. */
export interface Cursor {
  readonly nodeTypeId: number;
  readonly startIndex: number;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
  delete(): void;
}

export type OpenCursor = (tree: Tree) => Cursor;

type CursorCall = (tree: number) => number;

interface CursorExports {
  _ts_tree_root_node_wasm: CursorCall;
  _ts_tree_cursor_new_wasm: CursorCall;
  _ts_tree_cursor_delete_wasm: CursorCall;
  _ts_tree_cursor_goto_first_child_wasm: CursorCall;
  _ts_tree_cursor_goto_next_sibling_wasm: CursorCall;
  _ts_tree_cursor_goto_parent_wasm: CursorCall;
  _ts_tree_cursor_current_node_type_id_wasm: CursorCall;
  _ts_tree_cursor_start_index_wasm: CursorCall;
  _ts_tree_cursor_end_index_wasm: CursorCall;
}

const NAMES: readonly (keyof CursorExports)[] = [
  '_ts_tree_root_node_wasm',
  '_ts_tree_cursor_new_wasm',
  '_ts_tree_cursor_delete_wasm',
  '_ts_tree_cursor_goto_first_child_wasm',
  '_ts_tree_cursor_goto_next_sibling_wasm',
  '_ts_tree_cursor_goto_parent_wasm',
  '_ts_tree_cursor_current_node_type_id_wasm',
  '_ts_tree_cursor_start_index_wasm',
  '_ts_tree_cursor_end_index_wasm',
];

/**
 * `TreeCursor` copies its state into the wasm transfer buffer before, and back after, every step, which costs more than the
 * step. This cursor leaves the state there. So only one can be open at a time, nothing else may be asked of
 * web-tree-sitter meanwhile, and it must be deleted.
 */
class ResidentCursor implements Cursor {
  private readonly handle: number;

  constructor(
    private readonly wasm: CursorExports,
    tree: Tree,
  ) {
    this.handle = (tree as unknown as { 0: number })[0];
    wasm._ts_tree_root_node_wasm(this.handle);
    wasm._ts_tree_cursor_new_wasm(this.handle);
  }

  get nodeTypeId(): number {
    return this.wasm._ts_tree_cursor_current_node_type_id_wasm(this.handle);
  }

  get startIndex(): number {
    return this.wasm._ts_tree_cursor_start_index_wasm(this.handle);
  }

  get endIndex(): number {
    return this.wasm._ts_tree_cursor_end_index_wasm(this.handle);
  }

  gotoFirstChild(): boolean {
    return this.wasm._ts_tree_cursor_goto_first_child_wasm(this.handle) === 1;
  }

  gotoNextSibling(): boolean {
    return this.wasm._ts_tree_cursor_goto_next_sibling_wasm(this.handle) === 1;
  }

  gotoParent(): boolean {
    return this.wasm._ts_tree_cursor_goto_parent_wasm(this.handle) === 1;
  }

  delete(): void {
    this.wasm._ts_tree_cursor_delete_wasm(this.handle);
  }
}

/** The documented, slower way. */
export const openTreeCursor: OpenCursor = (tree) => tree.walk();

/**
 * Picks the fast cursor when the runtime's exports are as expected and it walks a sample exactly like `TreeCursor`,
 * else `TreeCursor` itself: web-tree-sitter does not promise these exports.
 *
 * @param module the options object given to `Parser.init`, which becomes the runtime's module
 */
export function chooseCursor(module: object, parser: Parser): OpenCursor {
  const wasm = module as CursorExports;
  if (!NAMES.every((name) => typeof wasm[name] === 'function')) return openTreeCursor;
  const open: OpenCursor = (tree) => new ResidentCursor(wasm, tree);
  const sample = parser.parse('func f(a, b int) { /* é */ x := <-ch; g("s"[1:], x) }\n');
  if (!sample) return openTreeCursor;
  try {
    return trace(open, sample) === trace(openTreeCursor, sample) ? open : openTreeCursor;
  } catch {
    return openTreeCursor;
  } finally {
    sample.delete();
  }
}

function trace(open: OpenCursor, tree: Tree): string {
  const cursor = open(tree);
  const steps: number[] = [];
  let depth = 0;
  for (;;) {
    steps.push(cursor.nodeTypeId, cursor.startIndex, cursor.endIndex, depth);
    if (cursor.gotoFirstChild()) {
      depth++;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (depth === 0) {
        cursor.delete();
        return steps.join();
      }
      cursor.gotoParent();
      depth--;
    }
  }
}
