package copiedlock

import (
	"crypto/tls"
	"fmt"
	"sync"
	"sync/atomic"
)

type shard struct {
	sync.Mutex
	items map[string]int
}

type cache struct {
	name   string
	shards [4]shard
}

func (c cache) size() int { // want "copied-lock: .*receiver `c` \\(`cache` → `shard` → `sync.Mutex`\\)"
	return len(c.shards)
}

func runAll(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go runOne(wg, job) // vet-only: told at the parameter
	}
	wg.Wait()
}

func runOne(wg sync.WaitGroup, job func()) { // want "copied-lock: .*copy of `wg` .*`Done`"
	defer wg.Done()
	job()
}

func runLiterals(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func(wg sync.WaitGroup) { // want "copied-lock: .*copy of `wg`"
			defer wg.Done()
			job()
		}(wg) // vet-only: told at the parameter
	}
	wg.Wait()
}

func total(shards []shard) int {
	n := 0
	for _, s := range shards { // want "copied-lock: .*element into `s`"
		s.Lock()
		n += len(s.items)
		s.Unlock()
	}
	return n
}

func names(list map[string]cache, byName map[string]*cache) (out []string) {
	for key, c := range list { // want "copied-lock: .*element into `c`"
		out = append(out, key, c.name)
	}
	for i, s := range byName["main"].shards { // want "copied-lock: .*element into `s`"
		out = append(out, fmt.Sprint(i, len(s.items)))
	}
	return out
}

type stats struct {
	mu   sync.RWMutex
	hits atomic.Int64
	once sync.Once
}

func (s *stats) update(other *stats) {
	mu := s.mu // want "copied-lock: `s.mu` is copied here"
	mu.Lock()
	defer mu.Unlock()
	*s = *other // want "copied-lock: `\\*other` is copied here"

	hits := s.hits // want "copied-lock: `s.hits` .*atomic"

	var once = s.once // want hint "copied-lock: `s.once` .*happens again"
	once.Do(func() { hits.Add(1) })
	fmt.Println(*other)         // want "copied-lock: `\\*other`"
	list := []stats{{}, *other} // want "copied-lock: `\\*other`"
	last := list[1]             // want "copied-lock: `list\\[1\\]`"
	last.hits.Store(3)
}

func snapshot(s *stats, out chan stats) stats {
	out <- *s // want "copied-lock: `\\*s`"
	return *s // want "copied-lock: `\\*s`"
}

func fill(all map[string]shard) {
	s := shard{items: map[string]int{}}
	s.items["a"] = 1
	all["a"] = s                // want hint "copied-lock: `s` is copied here"
	first := <-make(chan shard) // want "copied-lock: `<-make.chan shard.`"
	first.Lock()
}

func fresh() stats {
	var s stats
	s.hits.Add(1)
	return s // want hint "copied-lock: `s` is copied here"
}

func secure(base *tls.Config) *tls.Config {
	config := *base // want "copied-lock: `\\*base` is copied here \\(`tls.Config`\\)"
	config.ServerName = "example.com"
	return &config
}

type fileLock struct{ path string }

func (l *fileLock) Lock()   {}
func (l *fileLock) Unlock() {}

type guarded[T any] struct {
	lock  fileLock
	value T
}

func (g guarded[T]) get() T { // want "copied-lock: .*`guarded` → `fileLock`"
	return g.value
}

var registry struct {
	sync.Mutex
	names []string
}

func export() any {
	return registry // want "copied-lock: `registry` is copied here"
}

func turns() {
	for i, once := 0, (sync.Once{}); i < 3; i++ { // want hint "copied-lock: each turn of the loop gets a copy of `once`"
		once.Do(func() { fmt.Println(i) })
	}
}

type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

type header struct {
	_    noCopy
	keys []string
}

func merge(a, b *header) header {
	merged := *a // want "copied-lock: `\\*a` is copied here \\(`header` → `noCopy`\\): its type is not made for that"
	merged.keys = append(merged.keys, b.keys...)
	return merged // want "copied-lock: `merged` is copied here"
}

var buffers = sync.Pool{New: func() any { return new([]byte) }}

func borrow() *[]byte {
	pool := buffers // want "copied-lock: `buffers` is copied here .*not made for that"
	return pool.Get().(*[]byte)
}
