// Package fixed keeps the descriptions of tables that queries need.
package fixed

import (
	"errors"
	"sync"
)

// ErrClosed is returned by a closed catalog.
var ErrClosed = errors.New("catalog closed")

// Storage has the descriptions of all tables.
type Storage interface {
	Describe(table string) (*Table, error)
}

// Table is the description of a table.
type Table struct {
	Name    string
	Columns []string
}

type load struct {
	table string
	done  chan error
}

// Catalog loads descriptions when they are needed first.
type Catalog struct {
	storage Storage
	loads   chan load
	quit    chan struct{}
	once    sync.Once

	mu     sync.RWMutex
	tables map[string]*Table
}

// NewCatalog starts an empty catalog.
func NewCatalog(storage Storage) *Catalog {
	c := &Catalog{
		storage: storage,
		loads:   make(chan load),
		quit:    make(chan struct{}),
		tables:  make(map[string]*Table),
	}
	go c.loader()
	return c
}

// Resolve returns the descriptions of the tables of a query.
func (c *Catalog) Resolve(names ...string) ([]*Table, error) {
	var tables []*Table
	for _, name := range names {
		if c.cached(name) == nil {
			if err := c.load(name); err != nil {
				return nil, err
			}
		}
		tables = append(tables, c.cached(name))
	}
	return tables, nil
}

func (c *Catalog) cached(name string) *Table {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.tables[name]
}

func (c *Catalog) load(name string) error {
	l := load{table: name, done: make(chan error, 1)}
	select {
	case c.loads <- l:
	case <-c.quit:
		return ErrClosed
	}
	return <-l.done
}

func (c *Catalog) loader() {
	for {
		select {
		case l := <-c.loads:
			table, err := c.storage.Describe(l.table)
			if err == nil {
				c.install(table)
			}
			l.done <- err
		case <-c.quit:
			return
		}
	}
}

func (c *Catalog) install(table *Table) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tables[table.Name] = table
}

// Close ends the catalog.
func (c *Catalog) Close() {
	c.once.Do(func() { close(c.quit) })
}
