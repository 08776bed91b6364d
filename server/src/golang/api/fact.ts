/** What a call of a known function does to resources, contexts and goroutines. Indices are 0-based and do not count a receiver. */

export type ResourceKind =
  | 'batch'
  | 'cancel'
  | 'client'
  | 'closer'
  | 'conn'
  | 'cursor'
  | 'db'
  | 'file'
  | 'group'
  | 'listener'
  | 'lock'
  | 'own'
  | 'pipe'
  | 'process'
  | 'profile'
  | 'response-body'
  | 'rows'
  | 'server'
  | 'signal'
  | 'span'
  | 'stmt'
  | 'stop'
  | 'subscription'
  | 'ticker'
  | 'timer'
  | 'tx'
  | 'writer';

/** A result the caller has to release. */
export interface Acquires {
  /** Index of the result. */
  result: number;
  /** Index of the `error` result: when it is not nil there is nothing to release; of a `bool` that is false then. */
  error?: number;
  /** Names of the methods any of which releases it; `()` when the result is a function to be called. */
  release: readonly string[];
  kind: ResourceKind;
  /** The field of the result on which the method is called: `Body` of `*http.Response`. */
  via?: string;
  /** Qualified names of functions and methods any of which releases it when they get it as an argument. */
  releasedBy?: readonly string[];
  /**
   * Name, as a pattern, of functions of any package whose result uses it and does not release it: what generated code is called, which
   * is not there to be read.
   */
  wrappedBy?: RegExp;
  /** For what the config says: what it is, and what happens when it is not released. */
  own?: { what?: string; message?: string };
  /** Releasing the receiver of the acquiring call releases this too, as a transaction does with its statements. */
  endsWithReceiver?: true;
  /** The result is a struct of the package that was analysed, which holds it in the field `via`. */
  carried?: true;
}

/** Something that is not a result and has to be released after the call. */
export interface Opens {
  /** The receiver, the parameter with this index, or state of the whole program. */
  on: 'receiver' | 'program' | number;
  /** Method names for the receiver, else qualified function names, which get the same argument if there is one. */
  release: readonly string[];
  kind: ResourceKind;
  /** Index of the `error` result: when it is not nil nothing was opened. */
  error?: number;
  /** Nothing was opened unless the call returned true. */
  ifTrue?: true;
}

/**
 * `sync`: has been called when the call returns; `async`: called on another goroutine or some time later;
 * `atEnd`: called when the test ends.
 */
export interface Calls {
  param: number;
  when: 'sync' | 'async' | 'atEnd';
  /** True when the call returns the error of the argument, and fails for no other reason. */
  returns?: true;
}

export interface ApiFact {
  acquires?: Acquires;
  /** Further results to release: the second end of a pipe. */
  alsoAcquires?: readonly Acquires[];
  opens?: Opens;
  /** A method that may be called on a nil receiver. */
  toleratesNil?: true;
  /** Parameters that are released when the call has returned. */
  releases?: readonly number[];
  /** The call releases its receiver: at any rate, or only when it returns false (a cursor at its end). */
  releasesReceiver?: 'always' | 'whenFalse';
  /** Parameters that belong to the result or the receiver from now on and are released with it. */
  takesOver?: readonly number[];
  /** Parameters that are neither released nor kept after the call. The index of a variadic parameter stands for all its arguments. */
  borrows?: readonly number[];
  /** Parameters that the result or the receiver keeps using but does not release. */
  keepsWithoutClosing?: readonly number[];
  /**
   * The call may wait: for the peer or the device (`io`), for time to pass, for other goroutines (`sync`).
   * `forever`: it serves until it fails, and nothing the caller holds ends it.
   */
  blocks?: 'forever' | 'io' | 'time' | 'sync';
  /** A blocked call returns with an error once the receiver, or the argument it works on, is closed. */
  unblockedByClose?: true;
  /** Index of the `context.Context` parameter. */
  takesContext?: number;
  /** The sibling (same package, or same type) that takes a context in front of the same parameters. */
  contextVariant?: string;
  /** Go source of the arguments the sibling needs after the others: `['nil']` for `BeginTx`. */
  contextVariantExtra?: readonly string[];
  /** Qualified name of what to use instead to pass a context, where there is no such sibling. */
  contextRoute?: string;
  /** The parameter with options, a pointer to a type of the same package whose `WithContext` gives them a context. */
  contextOptions?: { param: number; type: string };
  neverReturns?: true;
  /** Ends the process, so that deferred calls do not run. Only with `neverReturns`. */
  skipsDefers?: true;
  startsGoroutine?: true;
  /** Function parameters that are called. */
  calls?: readonly Calls[];
}

/**
 * Facts by qualified name: `net/http.Get` for a function, `net/http.Client.Do` for a method, whether its receiver is a
 * pointer or not. A promoted method has the name of the type that declares it.
 */
export type FactTable = Readonly<Record<string, ApiFact>>;
