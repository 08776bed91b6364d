/**
 * Immutable tables that share what they have in common: what one state assumes differs little from what the state before it
 * did, and most states are never gone on from.
 */

/** Entries that may be kept beside a shared map until a new map is made. */
const MAX_OWN = 8;

export class Table<K, V> {
  private list?: readonly V[];

  private constructor(
    private readonly shared: ReadonlyMap<K, V>,
    /** What has been added or changed since, in order. */
    private readonly keys: readonly K[],
    private readonly own: readonly V[],
  ) {}

  static empty<K, V>(): Table<K, V> {
    return new Table<K, V>(new Map(), [], []);
  }

  get(key: K): V | undefined {
    const { keys } = this;
    for (let i = keys.length - 1; i >= 0; i--) if (keys[i] === key) return this.own[i];
    return this.shared.get(key);
  }

  /** The table with an entry added or changed. */
  with(key: K, value: V): Table<K, V> {
    const { shared, keys, own } = this;
    const i = keys.indexOf(key);
    if (i >= 0) return new Table(shared, keys, own.with(i, value));
    // What is shared is never changed, so that a list of both needs no search.
    if (keys.length < MAX_OWN && !shared.has(key)) return new Table(shared, [...keys, key], [...own, value]);
    return new Table(this.merged().set(key, value), [], []);
  }

  /** The entries for which `stays` holds; the same table when all do. */
  filter(stays: (key: K, value: V) => boolean): Table<K, V> {
    let result: Map<K, V> | undefined;
    for (const [k, v] of this.entries()) if (!stays(k, v)) (result ??= this.merged()).delete(k);
    return result ? new Table(result, [], []) : this;
  }

  /** In the order in which the keys were added. */
  entries(): ReadonlyMap<K, V> {
    return this.keys.length === 0 ? this.shared : this.merged();
  }

  /** In the order in which the keys were added. */
  values(): readonly V[] {
    return (this.list ??= [...this.shared.values(), ...this.own]);
  }

  private merged(): Map<K, V> {
    const all = new Map(this.shared);
    this.keys.forEach((k, i) => all.set(k, this.own[i] as V));
    return all;
  }
}
