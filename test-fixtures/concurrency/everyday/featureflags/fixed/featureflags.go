// Package fixed switches features on and off and tells those who watch.
package fixed

import (
	"slices"
	"sync"
)

// Flags are features that may change while the program runs.
type Flags struct {
	mu       sync.RWMutex
	on       map[string]bool
	watchers []chan string
}

// Enabled tells whether a feature is on.
func (f *Flags) Enabled(name string) bool {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.on[name]
}

// Watch returns a channel of the names of features that change.
func (f *Flags) Watch() <-chan string {
	f.mu.Lock()
	defer f.mu.Unlock()
	watcher := make(chan string)
	f.watchers = append(f.watchers, watcher)
	return watcher
}

// Apply takes over the flags of a release.
func (f *Flags) Apply(release map[string]bool) {
	f.mu.Lock()
	if f.on == nil {
		f.on = make(map[string]bool)
	}
	var changed []string
	for name, on := range release {
		if f.on[name] == on {
			continue
		}
		f.on[name] = on
		changed = append(changed, name)
	}
	watchers := slices.Clone(f.watchers)
	f.mu.Unlock()
	for _, name := range changed {
		for _, watcher := range watchers {
			watcher <- name
		}
	}
}

// Close ends all watching; no release may be applied after it.
func (f *Flags) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, watcher := range f.watchers {
		close(watcher)
	}
	f.watchers = nil
}

// Redraw draws the parts of a page again whose feature has changed.
func Redraw(f *Flags, changes <-chan string, draw func(part string, on bool)) {
	for name := range changes {
		draw(name, f.Enabled(name))
	}
}
