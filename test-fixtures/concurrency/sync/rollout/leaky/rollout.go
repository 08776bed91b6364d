// Package leaky installs a release on the machines of a fleet, a few at a time.
package leaky

import (
	"fmt"
	"sync"
)

// Machine can be brought to another release.
type Machine struct {
	Name    string
	Release int
}

func (m *Machine) install(release int) error {
	if release < m.Release {
		return fmt.Errorf("%s: release %d is older than %d", m.Name, release, m.Release)
	}
	m.Release = release
	return nil
}

// Fleet is a list of machines that are upgraded in batches.
type Fleet struct {
	Machines []*Machine
	Batch    int

	mu     sync.Mutex
	failed []error
}

func (f *Fleet) upgrade(m *Machine, release int) {
	if err := m.install(release); err != nil {
		f.mu.Lock()
		f.failed = append(f.failed, err)
		f.mu.Unlock()
	}
}

// Upgrade installs a release everywhere and stops after the batch in which something failed.
func (f *Fleet) Upgrade(release int) []error {
	var batch sync.WaitGroup
	batch.Add(len(f.Machines))
	for start := 0; start < len(f.Machines); start += f.Batch {
		end := min(start+f.Batch, len(f.Machines))
		for _, m := range f.Machines[start:end] {
			go func() {
				defer batch.Done()
				f.upgrade(m, release)
			}()
		}
		batch.Wait() // blocked: wait-in-spawn-loop
		if len(f.failed) > 0 {
			break
		}
	}
	return f.failed
}
