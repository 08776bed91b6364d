// Package leaky imports the files of a backup into a database.
package leaky

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
)

var errCorrupt = errors.New("checksum does not match")

type table struct {
	mu   sync.Mutex
	rows int
}

type reader interface {
	read(ctx context.Context, path string) (int, error)
}

type backup struct {
	rowsPerFile int
}

func (b backup) read(ctx context.Context, path string) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if strings.HasSuffix(path, ".partial") {
		return 0, errCorrupt
	}
	return b.rowsPerFile, nil
}

type importer struct {
	reader      reader
	target      *table
	concurrency int

	workers sync.WaitGroup
	errs    chan error
}

func newImporter(r reader, target *table, concurrency int) *importer {
	return &importer{reader: r, target: target, concurrency: concurrency, errs: make(chan error, concurrency)}
}

func (im *importer) run(ctx context.Context, paths []string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	files := make(chan string)
	for range im.concurrency {
		im.workers.Add(1)
		go im.work(ctx, files)
	}
	go feed(ctx, paths, files)
	im.workers.Wait() // blocked: wait-before-drain
	close(im.errs)
	return im.collect()
}

func (im *importer) collect() error {
	var all []error
	for err := range im.errs {
		all = append(all, err)
	}
	return errors.Join(all...)
}

func feed(ctx context.Context, paths []string, files chan<- string) {
	defer close(files)
	for _, path := range paths {
		select {
		case files <- path:
		case <-ctx.Done():
			return
		}
	}
}

func (im *importer) work(ctx context.Context, files <-chan string) {
	defer im.workers.Done()
	for path := range files {
		if err := im.load(ctx, path); err != nil {
			im.errs <- fmt.Errorf("import %s: %w", path, err) // blocked: wait-before-drain|surplus-senders|double-send
		}
	}
}

func (im *importer) load(ctx context.Context, path string) error {
	rows, err := im.reader.read(ctx, path)
	if err != nil {
		return err
	}
	im.target.mu.Lock()
	defer im.target.mu.Unlock()
	im.target.rows += rows
	return nil
}

// Run imports a backup of which most files are damaged.
func Run() error {
	im := newImporter(backup{rowsPerFile: 100}, &table{}, 2)
	return im.run(context.Background(), []string{
		"users.0", "users.1.partial", "users.2", "orders.0.partial", "orders.1.partial", "orders.2",
	})
}
