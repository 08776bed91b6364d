package fields

import (
	"bufio"
	"compress/gzip"
	"crypto/tls"
	"io"
	"net"
	"os"
)

// chronicle writes lines into a compressed file.
type chronicle struct {
	disk *os.File
	pack *gzip.Writer
	text *bufio.Writer
}

func newChronicle(path string) (*chronicle, error) {
	disk, err := os.Create(path) // want "resource-not-closed: `os.Create` opens what `chronicle.disk` holds, and nothing closes that: `chronicle.Close` ends"
	if err != nil {
		return nil, err
	}
	pack := gzip.NewWriter(disk)
	return &chronicle{disk: disk, pack: pack, text: bufio.NewWriter(pack)}, nil
}

func (c *chronicle) add(line string) error {
	_, err := c.text.WriteString(line)
	return err
}

func (c *chronicle) size() (int64, error) {
	info, err := c.disk.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (c *chronicle) Close() error {
	if err := c.text.Flush(); err != nil {
		return err
	}
	return c.pack.Close()
}

// lantern hears who asks, and stops when it is told.
type lantern struct {
	sock *net.UDPConn
	halt chan struct{}
}

func newLantern() *lantern { return &lantern{halt: make(chan struct{})} }

func (b *lantern) bind(addr *net.UDPAddr) error {
	sock, err := net.ListenUDP("udp", addr)
	if err != nil {
		return err
	}
	b.sock = sock
	return nil
}

func (b *lantern) hear(buf []byte) (int, error) {
	select {
	case <-b.halt:
		return 0, io.EOF
	default:
		return b.sock.Read(buf)
	}
}

func (b *lantern) Stop() { close(b.halt) }

type probe struct {
	wire net.Conn
	over chan struct{}
}

func newProbe(addr string) (*probe, error) {
	wire, err := net.Dial("tcp", addr) // want "`net.Dial` opens what `probe.wire` holds"
	if err != nil {
		return nil, err
	}
	p := &probe{over: make(chan struct{})}
	p.wire = wire
	return p, nil
}

func (p *probe) ask(b []byte) error {
	_, err := p.wire.Write(b)
	return err
}

func (p *probe) stop() { close(p.over) }

// Closed by another method than the one that ends it.
type album struct {
	disk *os.File
	done chan struct{}
}

func newAlbum(path string) (*album, error) {
	disk, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &album{disk: disk, done: make(chan struct{})}, nil
}

func (a *album) Stop()    { close(a.done) }
func (a *album) release() { a.disk.Close() }

// Closed together with others.
type archive struct {
	disk *os.File
	pack *gzip.Writer
}

func newArchive(path string) (*archive, error) {
	disk, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &archive{disk: disk, pack: gzip.NewWriter(disk)}, nil
}

func (a *archive) Close() (err error) {
	for _, c := range []io.Closer{a.pack, a.disk} {
		if e := c.Close(); err == nil {
			err = e
		}
	}
	return err
}

// Others get the file and close it.
type lender struct {
	disk *os.File
	done chan struct{}
}

func newLender(path string) (*lender, error) {
	disk, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &lender{disk: disk, done: make(chan struct{})}, nil
}

func (l *lender) file() *os.File { return l.disk }
func (l *lender) Close()         { close(l.done) }

// What is around the connection closes it.
type sealed struct {
	raw  net.Conn
	safe *tls.Conn
}

func newSealed(addr string) (*sealed, error) {
	raw, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &sealed{raw: raw, safe: tls.Client(raw, nil)}, nil
}

func (s *sealed) peer() net.Addr { return s.raw.RemoteAddr() }
func (s *sealed) Close() error   { return s.safe.Close() }

// Nothing says that a value of it ever ends.
type ledger struct{ disk *os.File }

func newLedger(path string) (*ledger, error) {
	disk, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &ledger{disk: disk}, nil
}

func (l *ledger) put(s string) error {
	_, err := l.disk.WriteString(s)
	return err
}

// Who has a log closes the file in it.
type diary struct {
	Disk *os.File
	done chan struct{}
}

func newDiary(path string) (*diary, error) {
	disk, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &diary{Disk: disk, done: make(chan struct{})}, nil
}

func (d *diary) Close() { close(d.done) }
