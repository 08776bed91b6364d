// Package fixed writes the transactions of many sessions to a log together.
package fixed

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

var (
	errClosed = errors.New("log closed")
	errDisk   = errors.New("disk failed")
)

type device interface {
	write(records []string) error
}

type disk struct {
	writes int
	limit  int
}

func (d *disk) write([]string) error {
	time.Sleep(50 * time.Millisecond)
	if d.writes == d.limit {
		return errDisk
	}
	d.writes++
	return nil
}

type commitLog struct {
	device device
	kick   chan struct{}
	quit   chan struct{}
	ended  sync.WaitGroup

	mu       sync.Mutex
	durable  *sync.Cond
	pending  []string
	appended uint64
	synced   uint64
	err      error
}

func openLog(d device) *commitLog {
	l := &commitLog{device: d, kick: make(chan struct{}, 1), quit: make(chan struct{})}
	l.durable = sync.NewCond(&l.mu)
	l.ended.Add(1)
	go l.syncLoop()
	return l
}

// commit returns when a record is on the disk.
func (l *commitLog) commit(record string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return l.err
	}
	l.appended++
	position := l.appended
	l.pending = append(l.pending, record)
	select {
	case l.kick <- struct{}{}:
	default:
	}
	for l.synced < position && l.err == nil {
		l.durable.Wait()
	}
	return l.err
}

func (l *commitLog) syncLoop() {
	defer l.ended.Done()
	for {
		select {
		case <-l.kick:
			if err := l.sync(); err != nil {
				l.fail(err)
				return
			}
		case <-l.quit:
			l.fail(errClosed)
			return
		}
	}
}

func (l *commitLog) sync() error {
	l.mu.Lock()
	batch, last := l.pending, l.appended
	l.pending = nil
	l.mu.Unlock()
	if err := l.device.write(batch); err != nil {
		return fmt.Errorf("sync up to %d: %w", last, err)
	}
	l.mu.Lock()
	l.synced = last
	l.mu.Unlock()
	l.durable.Broadcast()
	return nil
}

func (l *commitLog) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.err = err
	l.durable.Broadcast()
}

func (l *commitLog) close() {
	close(l.quit)
	l.ended.Wait()
}

// Run commits until the disk fails.
func Run() {
	l := openLog(&disk{limit: 2})
	defer l.close()
	var sessions sync.WaitGroup
	for id := range 3 {
		sessions.Go(func() {
			for n := range 4 {
				if err := l.commit(fmt.Sprintf("session %d update %d", id, n)); err != nil {
					return
				}
			}
		})
	}
	sessions.Wait()
}
