package deferinloop

import (
	"bufio"
	"context"
	"database/sql"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

func Lines(names []string) (n int, err error) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return 0, err
		}
		defer f.Close() // want "defer-in-loop: a deferred call runs when the function returns, not at the end of the turn: until then the loop on line 15 leaves one more `f`"
		for s := bufio.NewScanner(f); s.Scan(); {
			n++
		}
	}
	return n, nil
}

func Check(urls []string, report func(string, error)) {
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			report(url, err)
			continue
		}
		defer resp.Body.Close() // want hint "defer-in-loop: .*`resp`"
		// Read it all, so that the connection can be used again.
		_, err = io.Copy(io.Discard, resp.Body)
		report(url, err)
	}
}

func Names(db *sql.DB, queries map[string][]any) (names []string, err error) {
	for query, args := range queries {
		rows, err := db.Query(query, args...)
		if err != nil {
			return nil, err
		}
		defer func() { // want "defer-in-loop: .*`rows`"
			_ = rows.Close()
		}()
		// The first one will do: the rest is not read.
		if rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return nil, err
			}
			names = append(names, name)
		}
	}
	return names, nil
}

func Accept(l net.Listener, log func(error)) {
	for {
		c, err := l.Accept()
		if err != nil {
			log(err)
			continue
		}
		defer c.Close() // want "defer-in-loop: this deferred call never runs, because the loop on line 64 never ends"
		if _, err := io.WriteString(c, "hello\n"); err != nil {
			log(err)
		}
	}
}

func Touch(rooms []string, touch func(context.Context, string)) {
	for _, room := range rooms {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel() // want hint "defer-in-loop: .*`cancel`"
		touch(ctx, room)
	}
}

func Attempt(addrs []string, ping func(context.Context, string) error) error {
	var last error
	for _, addr := range addrs {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel() // want hint "defer-in-loop: .*`cancel`"
		if last = ping(ctx, addr); last == nil {
			return nil
		}
	}
	return last
}

func Chunks(parts <-chan string, sum func(io.Reader) error) error {
	for part := range parts {
		if part != "" {
			f, err := os.Open(part)
			if err != nil {
				return err
			}
			defer f.Close() // want "defer-in-loop: .*`f`"
			if err := sum(f); err != nil {
				return err
			}
		}
	}
	return nil
}

func Sizes(names []string) (total int64) {
	for i := 0; i < len(names); i++ {
		f, err := os.Open(names[i])
		if err != nil {
			continue
		}
		defer f.Close() // want "defer-in-loop: .*`f`"
		if info, err := f.Stat(); err == nil {
			total += info.Size()
		}
	}
	return total
}

// tape is a file that is read line by line.
type tape struct {
	file *os.File
	scan *bufio.Scanner
}

func openTape(name string) (*tape, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &tape{file: f, scan: bufio.NewScanner(f)}, nil
}

func (t *tape) eject() { t.file.Close() }

func (t *tape) lines() (n int) {
	for t.scan.Scan() {
		n++
	}
	return n
}

// TapeLines counts the lines of all tapes.
func TapeLines(names []string) (sum int, err error) {
	for _, name := range names {
		t, err := openTape(name)
		if err != nil {
			return sum, err
		}
		defer t.eject() // want "defer-in-loop: "
		sum += t.lines()
	}
	return sum, nil
}

// The process may end soon, but before that it can run out of files.
var total = readAll(os.Args)

func readAll(names []string) (n int64) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close() // want hint "defer-in-loop: "
		m, _ := io.Copy(io.Discard, f)
		n += m
	}
	return n
}
