// Package fixed is a write-ahead log that makes records durable in groups.
package fixed

import (
	"sync"
	"time"
)

type group struct {
	last  uint64
	bytes int
}

type device interface {
	sync(bytes int) error
}

type slowDisk struct {
	written int
}

func (d *slowDisk) sync(bytes int) error {
	time.Sleep(20 * time.Millisecond)
	d.written += bytes
	return nil
}

type wal struct {
	disk  device
	limit int

	mu      sync.Mutex
	next    uint64
	durable uint64
	failed  error
	pending group

	groups chan group
	syncer sync.WaitGroup
}

func openLog(disk device, limit int) *wal {
	w := &wal{disk: disk, limit: limit, groups: make(chan group)}
	w.syncer.Go(w.syncGroups)
	return w
}

func (w *wal) syncGroups() {
	for g := range w.groups {
		err := w.disk.sync(g.bytes)
		w.mu.Lock()
		if err != nil {
			w.failed = err
		} else {
			w.durable = g.last
		}
		w.mu.Unlock()
	}
}

func (w *wal) add(record string) error {
	w.mu.Lock()
	if err := w.failed; err != nil {
		w.mu.Unlock()
		return err
	}
	w.next++
	w.pending.last = w.next
	w.pending.bytes += len(record)
	full := w.pending
	if full.bytes < w.limit {
		w.mu.Unlock()
		return nil
	}
	w.pending = group{}
	w.mu.Unlock()
	w.groups <- full
	return nil
}

func (w *wal) close() uint64 {
	if w.pending.bytes > 0 {
		w.groups <- w.pending
	}
	close(w.groups)
	w.syncer.Wait()
	return w.durable
}

// Run writes more groups than the disk can make durable at a time.
func Run() {
	w := openLog(new(slowDisk), 16)
	for range 40 {
		if w.add("set x=1") != nil {
			break
		}
	}
	w.close()
}
