// Package leaky changes the schema of tables that are in use.
package leaky

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errNoTable = errors.New("no such table")

type table struct {
	latch   sync.RWMutex
	columns []string
	rows    int
}

type catalog struct {
	mu     sync.Mutex
	tables map[string]*table
}

func (c *catalog) table(name string) (*table, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t, ok := c.tables[name]
	if !ok {
		return nil, errNoTable
	}
	return t, nil
}

func (c *catalog) exclusive(name string) (*table, func(), error) {
	t, err := c.table(name)
	if err != nil {
		return nil, nil, err
	}
	t.latch.Lock() // blocked: missing-unlock
	return t, t.latch.Unlock, nil
}

func (c *catalog) count(name string) (int, error) {
	t, err := c.table(name)
	if err != nil {
		return 0, err
	}
	t.latch.RLock() // blocked: missing-unlock
	defer t.latch.RUnlock()
	return t.rows, nil
}

type migrator struct {
	catalog *catalog
	pause   time.Duration
}

func (m *migrator) addColumn(ctx context.Context, name, column string) error {
	t, release, err := m.catalog.exclusive(name)
	if err != nil {
		return err
	}
	if err := m.backfill(ctx, t.rows); err != nil {
		return err
	}
	t.columns = append(t.columns, column)
	release()
	return nil
}

func (m *migrator) backfill(ctx context.Context, rows int) error {
	next := time.NewTimer(m.pause)
	defer next.Stop()
	for range rows {
		select {
		case <-next.C:
			next.Reset(m.pause)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

// Run gives up a change of a big table and counts its rows afterwards.
func Run() {
	c := &catalog{tables: map[string]*table{"orders": {rows: 10_000}, "plans": {rows: 2}}}
	m := &migrator{catalog: c, pause: time.Millisecond}
	abandoned := 0
	for _, name := range []string{"plans", "orders"} {
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		if m.addColumn(ctx, name, "currency") != nil {
			abandoned++
		}
		cancel()
		if _, err := c.count(name); err != nil {
			return
		}
	}
}
