import { insertAfterErrorCheck } from '../../src/fixes/error-check.ts';
import { check, type Subject } from './support.ts';

describe('insertAfterErrorCheck', () => {
  const close = (s: Subject) =>
    insertAfterErrorCheck(s.unit, s.node('AssignStmt'), 'defer r.Close()', (call) =>
      s.unit.text(call).startsWith('log.Fatal'),
    );
  const fn = (body: string) => `package p\n\nfunc f() error {\n${body}\treturn r.Use()\n}\n`;
  const goes = (before: string, after = '') =>
    check(fn(before + after), close, fn(`${before}\tdefer r.Close()\n${after}`));

  it('goes below a check that leaves', () => {
    goes('\tr, err := open()\n\tif err != nil {\n\t\treturn err\n\t}\n');
    goes('\tr, err := open()\n\tif err != nil || r == nil {\n\t\tpanic(err) // bad\n\t} // checked\n', '\tg()\n');
    goes('\tr, err := open()\n\tg()\n\n\tif nil != err {\n\t\tlog.Fatal(err)\n\t}\n');
    goes('\tr, err := open()\n\trequire.NoError(t, err)\n');
  });
  it('follows a call without an error directly', () => {
    goes('\tr := open()\n');
    goes('\tr, _ := open()\n');
  });
  it('goes into the branch without an error', () => {
    check(
      'package p\n\nfunc f() {\n\tif r, err := open(); err == nil {\n\t\tr.Use()\n\t}\n}\n',
      close,
      'package p\n\nfunc f() {\n\tif r, err := open(); err == nil {\n\t\tdefer r.Close()\n\t\tr.Use()\n\t}\n}\n',
    );
    check(
      'package p\n\nfunc f() {\n\tif r, err := open(); err != nil {\n\t\tg()\n\t} else {\n\t\tr.Use()\n\t}\n}\n',
      close,
      'package p\n\nfunc f() {\n\tif r, err := open(); err != nil {\n\t\tg()\n\t} else {\n\t\tdefer r.Close()\n\t\tr.Use()\n\t}\n}\n',
    );
  });
  it('declines when the error is not checked, or the check does not leave', () => {
    for (const body of [
      '\tr, err := open()\n\tr.Use()\n\tif err != nil {\n\t\treturn err\n\t}\n',
      '\tr, err := open()\n\tif err != nil {\n\t\tlog.Print(err)\n\t}\n',
      '\tr, err := open()\n\t_ = err\n',
      '\tr, err := open()\n\tif err != nil && strict {\n\t\treturn err\n\t}\n',
    ])
      check(fn(body), close, undefined);
  });
});
