package resourcenotclosed

import (
	"io"
	"net"
	"os"

	"example.com/rules/resource/resource-not-closed/backup"
)

// What a call that is not seen gives is an error by its name.
func dump(address string) error {
	conn, dialError := net.Dial("tcp", address) // want "`conn` is not closed on every way out"
	if dialError != nil {
		return dialError
	}
	copyError := backup.Copy(os.Stdin)
	if copyError != nil {
		return copyError
	}
	return conn.Close()
}

// Behind the branch nothing has the file's name, or the name stands for another one.
func rewrite(name string, again bool, text []byte) error {
	if again {
		file, err := os.Create(name) // want "`file` is not closed on every way out"
		if err != nil {
			return err
		}
		if _, err := file.Write(text); err != nil {
			return err
		}
	}
	return nil
}

func read(name string, given io.ReadCloser) ([]byte, error) {
	in := given
	if name != "" {
		file, err := os.Open(name) // want "`file` is not closed on every way out"
		if err != nil {
			return nil, err
		}
		stat, err := file.Stat()
		if err != nil {
			return nil, err
		}
		if stat.Size() == 0 {
			return nil, nil
		}
	}
	return io.ReadAll(in)
}

// In the loop the name stands for an entry, which has nothing to close.
func total(dir string) (int64, error) {
	file, err := os.Open(dir) // want "`file` is not closed on every way out"
	if err != nil {
		return 0, err
	}
	files, err := file.ReadDir(-1)
	if err != nil {
		return 0, err
	}
	var sum int64
	for _, file := range files {
		info, err := file.Info()
		if err != nil {
			return 0, err
		}
		sum += info.Size()
	}
	return sum, nil
}

// The variable cannot be closed: its type has no such method.
func load(name string) ([]byte, error) {
	var in io.Reader = os.Stdin
	var err error
	if name != "" {
		in, err = os.Open(name) // want "`in` is not closed on every way out"
		if err != nil {
			return nil, err
		}
	}
	return io.ReadAll(in)
}

// Before four returns nobody would write it where one `defer` does.
func header(name string) (string, error) {
	file, err := os.Open(name) // want "`file` is not closed on every way out"
	if err != nil {
		return "", err
	}
	text := make([]byte, 8)
	if _, err := file.Read(text); err != nil {
		return "", err
	}
	switch text[0] {
	case 0:
		return "", io.ErrUnexpectedEOF
	case 1:
		return "one", nil
	}
	return string(text), nil
}

// A `goto` makes a loop, too: what is deferred in it piles up.
func relay(address string, lines <-chan string) {
	var conn net.Conn
	var err error
connect:
	conn, err = net.Dial("udp", address) // want "`conn` is not closed on every way out|`conn` is not closed before"
	if err != nil {
		return
	}
	for line := range lines {
		if _, err := io.WriteString(conn, line); err != nil {
			goto connect
		}
	}
}
