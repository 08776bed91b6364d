import assert from 'node:assert/strict';
import { apiFact, apiPackagePaths } from '../../../src/golang/api/index.ts';
import type { Acquires, ApiFact } from '../../../src/golang/api/index.ts';
import { FACT_TABLES } from '../../../src/golang/api/facts.ts';
import { fieldType, hasMethod, isFunction, resolve, stubOf, type Signature, type Stub } from './stub-reader.ts';

const all: [string, ApiFact][] = Object.values(FACT_TABLES).flatMap((table) => Object.entries(table));

/** Every function and method of every stub, with its qualified name. */
function* everySignature(): Generator<{ name: string; stub: Stub; signature: Signature }> {
  for (const path of apiPackagePaths()) {
    const stub = stubOf(path)!;
    for (const [name, signature] of stub.functions) yield { name: `${path}.${name}`, stub, signature };
    for (const [type, { methods }] of stub.types)
      for (const [name, signature] of methods) yield { name: `${path}.${type}.${name}`, stub, signature };
  }
}

function checkAcquires(key: string, stub: Stub, { results }: Signature, acquires: Acquires): void {
  let type = results[acquires.result];
  let home = stub;
  assert.ok(type, `${key}: has no result ${acquires.result}`);
  if (acquires.error !== undefined) assert.equal(results[acquires.error], 'error', `${key}: error index`);
  else assert.ok(!results.includes('error'), `${key}: its error result is not named`);
  if (acquires.via) {
    const field = fieldType(stub, type, acquires.via);
    assert.ok(field, `${key}: ${type} has no field ${acquires.via}`);
    ({ stub: home, type } = field);
  }
  for (const release of acquires.release)
    if (release === '()') assert.ok(isFunction(home, type), `${key}: ${type} is no function`);
    else assert.ok(hasMethod(home, type, release), `${key}: ${type} has no method ${release}`);
}

describe('API facts', () => {
  it('have keys that exist', () => {
    assert.deepEqual(
      all.map(([key]) => key).filter((key) => !resolve(key)),
      [],
    );
  });

  it('do not appear twice', () => {
    assert.equal(new Set(all.map(([key]) => key)).size, all.length);
  });

  it('name parameters that exist', () => {
    for (const [key, fact] of all) {
      const { params } = resolve(key)!.signature;
      const indices = [
        ...(fact.borrows ?? []),
        ...(fact.releases ?? []),
        ...(fact.takesOver ?? []),
        ...(fact.keepsWithoutClosing ?? []),
        ...(fact.calls ?? []).map((call) => call.param),
        ...(typeof fact.opens?.on === 'number' ? [fact.opens.on] : []),
      ];
      for (const index of indices) assert.ok(index < params.length, `${key}: has no parameter ${index}`);
    }
  });

  it('name results and release methods that exist', () => {
    for (const [key, fact] of all) {
      const { stub, signature } = resolve(key)!;
      for (const acquires of [fact.acquires, ...(fact.alsoAcquires ?? [])])
        if (acquires) checkAcquires(key, stub, signature, acquires);
    }
  });

  it('name what ends what was opened', () => {
    for (const [key, { opens }] of all) {
      if (!opens) continue;
      const { stub, owner, signature } = resolve(key)!;
      if (opens.error !== undefined) assert.equal(signature.results[opens.error], 'error', key);
      if (opens.ifTrue) assert.deepEqual(signature.results, ['bool'], key);
      for (const release of opens.release)
        assert.ok(opens.on === 'receiver' ? hasMethod(stub, owner!, release) : resolve(release), `${key}: ${release}`);
    }
  });

  it('say which parameter is the context, for every function they describe', () => {
    for (const [key, fact] of all) {
      const index = resolve(key)!.signature.params.findIndex((type) => /^(std)?(context\.)?Context$/.test(type));
      const ofContextPackage = /^(golang\.org\/x\/net\/)?context\./.test(key);
      const isContext = index >= 0 && (ofContextPackage || !/^Context$/.test(resolve(key)!.signature.params[index]));
      assert.equal(fact.takesContext, isContext ? index : undefined, key);
    }
  });

  it('name variants with a context that take the same parameters after it', () => {
    for (const [key, fact] of all) {
      if (fact.contextRoute) {
        const route = resolve(fact.contextRoute);
        assert.equal(route?.signature.params[0], 'context.Context', `${key}: ${fact.contextRoute}`);
      }
      if (!fact.contextVariant) continue;
      const name = key.slice(0, key.lastIndexOf('.') + 1) + fact.contextVariant;
      const variant = resolve(name)?.signature;
      assert.ok(variant, `${key}: there is no ${name}`);
      const { params, results } = resolve(key)!.signature;
      const extra = fact.contextVariantExtra?.length ?? 0;
      const taken = variant.params.slice(0, variant.params.length - extra);
      // An interface that is called has a variant of its own: sqlx.Ext and sqlx.ExtContext.
      const same = taken.slice(1).map((type, i) => (type === `${params[i]}Context` ? params[i] : type));
      assert.deepEqual([taken[0], ...same], ['context.Context', ...params], `${key}: parameters of ${name}`);
      assert.deepEqual(variant.results, results, `${key}: results of ${name}`);
    }
  });

  it('name options that take a context', () => {
    for (const [key, { contextOptions }] of all) {
      if (!contextOptions) continue;
      const { param, type } = contextOptions;
      assert.match(resolve(key)!.signature.params[param] ?? '', new RegExp(`^\\*(?:\\w+\\.)?${type}$`), key);
      const pkg = /^(?:.*\/)?[^./]+/.exec(key)?.[0];
      assert.deepEqual(resolve(`${pkg}.${type}.WithContext`)?.signature.params, ['context.Context'], key);
    }
  });

  it('call parameters that are functions', () => {
    // Declared as `any` or as a sequence, which is a function type of another package.
    const dynamic = new Set([
      'testing.F.Fuzz',
      'testing/quick.Check',
      'runtime.SetFinalizer',
      'iter.Pull',
      'iter.Pull2',
    ]);
    for (const [key, { calls }] of all)
      for (const { param } of calls ?? []) {
        const { stub, signature } = resolve(key)!;
        assert.ok(dynamic.has(key) || isFunction(stub, signature.params[param]), `${key}: parameter ${param}`);
      }
  });

  it('say that deferred calls are skipped only of functions that never return', () => {
    for (const [key, fact] of all) if (fact.skipsDefers) assert.ok(fact.neverReturns, key);
  });
});

describe('API facts lookup', () => {
  it('describes what a caller of a function has to do', () => {
    assert.deepEqual(apiFact('net/http.Client.Do')?.acquires, {
      result: 0,
      error: 1,
      release: ['Close'],
      kind: 'response-body',
      via: 'Body',
    });
    assert.deepEqual(apiFact('context.WithTimeoutCause')?.acquires, { result: 1, release: ['()'], kind: 'cancel' });
    assert.deepEqual(apiFact('database/sql.DB.Begin')?.contextVariantExtra, ['nil']);
    assert.equal(apiFact('net.Listener.Accept')?.unblockedByClose, true);
    assert.equal(apiFact('testing.TB.Fatalf')?.neverReturns, true);
    assert.deepEqual(apiFact('sync.WaitGroup.Go')?.calls, [{ param: 0, when: 'async' }]);
  });

  it('knows nothing of other names', () => {
    for (const name of ['', 'strings.ToUpper', 'net/http.*Client.Do', 'toString', '__proto__'])
      assert.equal(apiFact(name), undefined, name);
  });
});

describe('API facts are complete', () => {
  it('for functions that have a variant with a context', () => {
    const missing: string[] = [];
    for (const { name, signature } of everySignature()) {
      const variant = resolve(`${name}Context`)?.signature;
      if (variant?.params[0] !== 'context.Context' || signature.params[0] === 'context.Context') continue;
      // Interfaces of database drivers are implemented, not called, by programs.
      if (name.startsWith('database/sql/driver.')) continue;
      if (name === 'os/signal.Notify') continue; // NotifyContext does something else.
      if (name === 'google.golang.org/grpc.Dial') continue; // It does not wait, so a context changes nothing.
      if (!apiFact(name)?.contextVariant) missing.push(name);
    }
    assert.deepEqual(missing, []);
  });

  it('for functions that return something a caller has to release', () => {
    const types =
      /^\*?((http\.)?Response|(sql\.|pgx\.)?(Rows|Stmt|NamedStmt|Tx|Conn|BatchResults)|(context\.|stdcontext\.)?Cancel(Cause)?Func|(time\.)?(Ticker|Timer)|(os\.|fs\.)?File|(net\.)?(\w*Listener|\w*Conn))$/;
    // What these return has an owner already, or holds nothing.
    const owned = new Set([
      'crypto/tls.Conn.NetConn',
      'crypto/tls.QUICClient',
      'crypto/tls.QUICServer',
      'embed.FS.Open',
      // The answer to HEAD has no body.
      'net/http.Head',
      'net/http.Client.Head',
      // The body reads from a connection that the caller holds.
      'net/http.ReadResponse',
      'net/http/httputil.ClientConn.Do',
      'net/http/httputil.ClientConn.Read',
      'net/http/httptest.ResponseRecorder.Result',
      'testing/fstest.MapFS.Open',
      'github.com/jackc/pgx/v4.Tx.Conn',
      'github.com/jackc/pgx/v4/pgxpool.Conn.Conn',
      'github.com/jackc/pgx/v4/pgxpool.Tx.Conn',
      'github.com/jackc/pgx/v5.Tx.Conn',
      'github.com/jackc/pgx/v5/pgxpool.Conn.Conn',
      'github.com/jackc/pgx/v5/pgxpool.Tx.Conn',
    ]);
    const missing: string[] = [];
    for (const { name, signature } of everySignature()) {
      if (name.startsWith('database/sql/driver.')) continue;
      if (!signature.results.some((type) => types.test(type))) continue;
      const fact = apiFact(name);
      if (!fact?.acquires && !fact?.takesOver && !owned.has(name)) missing.push(name);
    }
    assert.deepEqual(missing, []);
  });
});
