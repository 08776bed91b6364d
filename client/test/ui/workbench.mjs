import assert from 'node:assert/strict';

const PATIENCE_MS = 30_000;

/** Typed text stays as it is typed: no brackets, indentation or suggestions of the editor's own. */
export const TYPING_SETTINGS = {
  'editor.acceptSuggestionOnEnter': 'off',
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoIndent': 'none',
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.parameterHints.enabled': false,
};

/** What a person does and sees in a VS Code window; selectors of VS Code 1.100. */
export class Workbench {
  constructor(page) {
    this.page = page;
    this.editor = page.locator('.monaco-editor .view-lines').first();
    this.squiggles = page.locator('.monaco-editor .squiggly-warning, .monaco-editor .squiggly-error');
    this.actions = page.locator('.action-widget .monaco-list-row');
    this.hover = page.locator('.monaco-resizable-hover .monaco-hover');
    this.toasts = page.locator('.notifications-toasts .notification-list-item');
  }

  /** A row of the Problems view by what it says. */
  problem(text) {
    return this.page.locator('.markers-panel .monaco-list-row', { hasText: text });
  }

  async press(keys) {
    await this.page.keyboard.press(keys);
  }

  /** Wait until `file` is in the editor that has the focus. */
  async waitForEditor(file) {
    await this.page.locator('.tab.active', { hasText: file }).waitFor({ timeout: PATIENCE_MS });
    await this.page.locator('.monaco-editor .view-line').first().waitFor({ timeout: PATIENCE_MS });
    await this.focusEditor();
  }

  async focusEditor() {
    await this.until('the focus is in the editor', async () => {
      if ((await this.page.locator('.editor-group-container .monaco-editor.focused').count()) > 0) return true;
      await this.press('Control+1');
      return false;
    });
  }

  /** Add text at the end of the document. */
  async typeAtEnd(text) {
    await this.press('Control+End');
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) await this.press('Enter');
      await this.page.keyboard.insertText(line);
    }
  }

  /** The lines that are on the screen. */
  async visibleText() {
    const lines = await this.page.locator('.monaco-editor .view-line').allTextContents();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  async runCommand(title) {
    await this.press('F1');
    const input = this.page.locator('.quick-input-widget input[type="text"]');
    await input.waitFor({ timeout: PATIENCE_MS });
    await input.fill(`>${title}`);
    const first = this.page.locator('.quick-input-list .monaco-list-row').first();
    await this.until(`${title} is the first command offered`, async () =>
      ((await first.textContent().catch(() => '')) ?? '').includes(title),
    );
    await this.press('Enter');
    await input.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
  }

  async openProblems() {
    await this.press('Control+Shift+M');
    await this.page.locator('.markers-panel').waitFor({ timeout: PATIENCE_MS });
  }

  /** Put the cursor on the next finding and open the hover on it; the keys are lost while the editor is busy, so press again. */
  async openHover() {
    await this.focusEditor();
    await this.press('F8');
    await this.press('Escape');
    await this.until('the hover explains', async () => {
      await this.focusEditor();
      await this.press('Control+K');
      await this.press('Control+I');
      return this.hover
        .getByText('Why it matters')
        .waitFor({ timeout: 2000 })
        .then(
          () => true,
          () => false,
        );
    });
  }

  /** Put the cursor on the next finding and open the list of quick-fixes. The key is lost while the editor is busy, so press again. */
  async openQuickFixes() {
    await this.focusEditor();
    await this.press('F8');
    await this.press('Escape');
    await this.until('the quick-fixes are listed', async () => {
      await this.focusEditor();
      await this.press('Control+.');
      return this.actions
        .first()
        .waitFor({ timeout: 2000 })
        .then(
          () => true,
          () => false,
        );
    });
  }

  /** Poll until `done`. */
  async until(what, done) {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await done())) {
      if (Date.now() > deadline) assert.fail(`waited ${PATIENCE_MS / 1000} s until ${what}`);
      await this.page.waitForTimeout(100);
    }
  }
}
