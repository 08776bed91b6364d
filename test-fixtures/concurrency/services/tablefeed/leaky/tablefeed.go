// Package leaky emits the changes of database tables.
package leaky

import (
	"fmt"
	"strings"
	"sync"
)

// Row is one change.
type Row struct {
	Table  string
	Values []string
}

// Catalog knows the columns of tables.
type Catalog interface {
	Columns(table string) ([]string, error)
}

// Sink takes encoded changes.
type Sink interface {
	Emit(table, line string)
}

// Feed emits the changes of some tables, those of each table in order.
type Feed struct {
	sink    Sink
	tables  map[string]chan Row
	workers sync.WaitGroup
}

// Open starts a feed.
func Open(catalog Catalog, sink Sink, tables []string) (*Feed, error) {
	f := &Feed{sink: sink, tables: make(map[string]chan Row)}
	for _, table := range tables {
		columns, err := catalog.Columns(table)
		if err != nil {
			return nil, fmt.Errorf("open feed of %s: %w", table, err)
		}
		f.start(table, columns)
	}
	return f, nil
}

func (f *Feed) start(table string, columns []string) {
	rows := make(chan Row, 16)
	f.tables[table] = rows
	f.workers.Add(1)
	go f.emit(table, columns, rows)
}

func (f *Feed) emit(table string, columns []string, rows <-chan Row) {
	defer f.workers.Done()
	for row := range rows { // blocked: never-closed-range|close-skipped
		f.sink.Emit(table, encode(columns, row.Values))
	}
}

func encode(columns, values []string) string {
	var line strings.Builder
	for i, column := range columns {
		if i < len(values) {
			fmt.Fprintf(&line, "%s=%q ", column, values[i])
		}
	}
	return strings.TrimSpace(line.String())
}

// Push adds a change; it reports whether the feed has its table.
func (f *Feed) Push(row Row) bool {
	rows, ok := f.tables[row.Table]
	if ok {
		rows <- row
	}
	return ok
}

// Close emits what is left and ends the feed.
func (f *Feed) Close() {
	for _, rows := range f.tables {
		close(rows)
	}
	f.workers.Wait()
}
