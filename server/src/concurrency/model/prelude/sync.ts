/** `sync.Map`, `sync.Pool` and functions that run once as the model runs them. Each call of a method is one step: nobody else comes in between. */
export const SYNC = `package sync

import base "sync"

func OnceFunc(f func()) func() {
	once := &base.Once{}
	return func() { once.Do(f) }
}

func OnceValue[T any](f func() T) func() T {
	once := &base.Once{}
	var v T
	return func() T {
		once.Do(func() { v = f() })
		return v
	}
}

func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	once := &base.Once{}
	var v1 T1
	var v2 T2
	return func() (T1, T2) {
		once.Do(func() { v1, v2 = f() })
		return v1, v2
	}
}

type Map struct {
	m map[any]any
}

func (m *Map) Load(key any) (any, bool) {
	v, ok := m.m[key]
	return v, ok
}

func (m *Map) Store(key, value any) {
	if m.m == nil {
		m.m = map[any]any{}
	}
	m.m[key] = value
}

func (m *Map) Swap(key, value any) (any, bool) {
	v, ok := m.m[key]
	m.Store(key, value)
	return v, ok
}

func (m *Map) LoadOrStore(key, value any) (any, bool) {
	v, ok := m.m[key]
	if ok {
		return v, true
	}
	m.Store(key, value)
	return value, false
}

func (m *Map) LoadAndDelete(key any) (any, bool) {
	v, ok := m.m[key]
	delete(m.m, key)
	return v, ok
}

func (m *Map) Delete(key any) {
	delete(m.m, key)
}

func (m *Map) CompareAndSwap(key, old, value any) bool {
	v, ok := m.m[key]
	if ok && v == old {
		m.m[key] = value
		return true
	}
	return false
}

func (m *Map) CompareAndDelete(key, old any) bool {
	v, ok := m.m[key]
	if ok && v == old {
		delete(m.m, key)
		return true
	}
	return false
}

func (m *Map) Range(f func(key, value any) bool) {
	for k, v := range m.m {
		if !f(k, v) {
			return
		}
	}
}

func (m *Map) Clear() {
	m.m = nil
}

type Pool struct {
	New  func() any
	kept []any
}

func (p *Pool) Get() any {
	n := len(p.kept)
	if n > 0 {
		x := p.kept[n-1]
		p.kept = p.kept[:n-1]
		return x
	}
	if p.New != nil {
		return p.New()
	}
	return nil
}

func (p *Pool) Put(x any) {
	if x != nil {
		p.kept = append(p.kept, x)
	}
}
`;
