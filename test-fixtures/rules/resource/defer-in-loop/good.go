package deferinloop

import (
	"context"
	"database/sql"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// The one file that is there.
func First(names []string) ([]byte, error) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		return io.ReadAll(f)
	}
	return nil, os.ErrNotExist
}

func FirstLine(names []string) (data []byte) {
	for _, name := range names {
		f, err := os.Open(name)
		if err == nil {
			defer f.Close()
			data, _ = io.ReadAll(f)
			break
		}
	}
	return data
}

func Few() error {
	for _, name := range []string{"/etc/hosts", "/etc/resolv.conf"} {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := io.Copy(os.Stdout, f); err != nil {
			return err
		}
	}
	return nil
}

func FewNamed(isShort bool) error {
	names := []string{"/etc/hosts", "/etc/resolv.conf"}
	if isShort {
		names = []string{"/etc/hosts"}
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := io.Copy(os.Stdout, f); err != nil {
			return err
		}
	}
	return nil
}

const attempts = 3

func Counted(addr string) {
	for i := 0; i < attempts; i++ {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			continue
		}
		defer c.Close()
		_, _ = io.WriteString(c, "ping\n")
	}
}

func Fixed(names [3]string) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		_, _ = io.Copy(os.Stdout, f)
	}
}

// A literal that is called on each turn.
func PerTurn(names []string) {
	for _, name := range names {
		func() {
			f, err := os.Open(name)
			if err != nil {
				return
			}
			defer f.Close()
			_, _ = io.Copy(os.Stdout, f)
		}()
	}
}

// All of them are read together.
func Together(names []string, to io.Writer) error {
	var readers []io.Reader
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		readers = append(readers, f)
	}
	_, err := io.Copy(to, io.MultiReader(readers...))
	return err
}

func Wrapped(names []string, decode func(io.Reader) io.Reader, to io.Writer) error {
	var readers []io.Reader
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		r := decode(f)
		readers = append(readers, r)
	}
	_, err := io.Copy(to, io.MultiReader(readers...))
	return err
}

// Goroutines read them, and the function waits for all.
func Workers(n int, name string) error {
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, _ = io.Copy(io.Discard, f)
		}()
	}
	wg.Wait()
	return nil
}

func Requests(addrs []string, send func(context.Context, string)) {
	var wg sync.WaitGroup
	for _, addr := range addrs {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		wg.Add(1)
		go func(ctx context.Context, addr string) {
			defer wg.Done()
			send(ctx, addr)
		}(ctx, addr)
	}
	wg.Wait()
}

// All locks are held until the end.
func LockAll(locks []*sync.Mutex, f func()) {
	for _, l := range locks {
		l.Lock()
		defer l.Unlock()
	}
	f()
}

// Rows that are read to their end are closed by that.
func ReadToEnd(db *sql.DB, queries []string) (n int, err error) {
	for _, query := range queries {
		rows, err := db.Query(query)
		if err != nil {
			return 0, err
		}
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(&n); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}

// The defer is for the ways out.
func ClosedInTurn(paths []string, use func(*os.File) error) error {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := use(f); err != nil {
			return err
		}
		f.Close()
	}
	return nil
}

// One of the names at most stands for the standard input.
func mergeOne(names []string, use func(string) error) error {
	for _, name := range names {
		if name == "-" {
			f, err := os.CreateTemp("", "stdin")
			if err != nil {
				return err
			}
			defer f.Close()
			name = f.Name()
		}
		if err := use(name); err != nil {
			return err
		}
	}
	return nil
}

// Tapes keeps all tapes open together.
func Tapes(names []string, play func([]*tape)) error {
	var all []*tape
	for _, name := range names {
		t, err := openTape(name)
		if err != nil {
			return err
		}
		defer t.eject()
		all = append(all, t)
	}
	play(all)
	return nil
}

var generated = []string{"short", "long"}

// CreateAll writes the few files that there are.
func CreateAll() error {
	for _, name := range generated {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		defer f.Close()
	}
	return nil
}
