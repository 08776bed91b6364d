package resourcenotclosed

import (
	"net"
	"os"
)

type logFile struct {
	name string
	out  *os.File
	old  []*os.File
}

func openLog(name string) (*logFile, error) {
	l := &logFile{name: name}
	if err := l.turn(); err != nil {
		return nil, err
	}
	return l, nil
}

// Somebody closes the old one later.
func (l *logFile) turn() error {
	f, err := os.Create(l.name)
	if err != nil {
		return err
	}
	l.old = append(l.old, l.out)
	l.out = f
	return nil
}

func (l *logFile) Turn() error { return l.turn() }

func (l *logFile) Close() error {
	for _, f := range l.old {
		f.Close()
	}
	return l.out.Close()
}

type line struct {
	addr string
	conn net.Conn
}

func newLine(addr string) (*line, error) {
	l := &line{addr: addr}
	if err := l.redial(); err != nil {
		return nil, err
	}
	return l, nil
}

func (l *line) redial() error {
	c, err := net.Dial("tcp", l.addr)
	if err != nil {
		return err
	}
	l.conn = c
	return nil
}

// What fails is closed where it fails.
func (l *line) drop() { l.conn.Close() }

func (l *line) Send(b []byte) error {
	if _, err := l.conn.Write(b); err == nil {
		return nil
	}
	l.drop()
	return l.redial()
}

// Closed by who asks for another.
func (l *line) Move(addr string) error {
	l.drop()
	l.addr = addr
	return l.redial()
}

func (l *line) Close() { l.drop() }
