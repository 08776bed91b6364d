package useerrgroup

import (
	"context"
	"io"
	"log"
	"sync"
)

type shard struct{ n int }

func (s shard) write(ctx context.Context) error { return ctx.Err() }

// The parameter is the loop's counter.
func writeAll(out []io.Writer, in [][]byte) error {
	var errs = make(chan error, len(out))
	var wg sync.WaitGroup // refactor
	wg.Add(len(out))
	for i := range in {
		go func(i int) {
			defer wg.Done()
			if out[i] == nil {
				errs <- nil
				return
			}
			if _, err := out[i].Write(in[i]); err != nil {
				errs <- err
			}
		}(i)
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			// What has been written stays.
			log.Print("not all")
			return err // The first.
		}
	}
	return nil
}

// Parameters with other names, and of another type than what they get.
func copies(ctx context.Context, shards []shard, dst io.Writer, size int) (n int, err error) {
	failed := make(chan error, len(shards))
	wg := &sync.WaitGroup{} // refactor
	for k := 0; k < len(shards); k++ {
		wg.Add(1)
		go func(s shard, w io.Writer, limit int64, ctx context.Context) {
			defer wg.Done()
			_ = w
			if limit > 0 {
				failed <- s.write(ctx)
			}
		}(shards[k], dst, int64(size), ctx)
	}
	wg.Wait()
	close(failed)
	err = <-failed
	return n, err
}

// Other work follows the wait; an error is kept when it is the first.
func stream(ctx context.Context, parts []shard, out chan int) error {
	errs := make(chan error, 1)
	var group sync.WaitGroup // refactor
	for _, p := range parts {
		group.Add(1)
		go func() {
			defer group.Done()
			if err := p.write(ctx); err != nil {
				select {
				case errs <- err:
				default:
				}
			}
		}()
	}
	group.Wait()
	close(out)
	select {
	case err := <-errs:
		return err
	default:
	}
	return nil
}

func check(parts []shard, fatal func(error)) {
	errs := make(chan error, len(parts))
	var wg sync.WaitGroup // refactor
	for _, p := range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs <- p.write(context.Background())
		}()
	}
	wg.Wait()
	close(errs)
	for e := range errs {
		if e != nil {
			fatal(e)
			panic(e)
		}
	}
}
