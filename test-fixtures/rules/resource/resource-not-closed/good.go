package resourcenotclosed

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/pprof"
	"sync"
)

func readAll(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func closedLater(name string) (line string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	return bufio.NewReader(f).ReadString('\n')
}

// Closed by a helper, or in a goroutine.
func helped(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return finish(f)
}

func finish(f *os.File) error {
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func inBackground(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	go func() {
		defer conn.Close()
		io.Copy(io.Discard, conn)
	}()
	return nil
}

// Returned, stored, sent, passed on.
func open(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return f, nil
}

type server struct{ l net.Listener }

func (s *server) listen(addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	s.l = l
	return nil
}

func sends(addr string, conns chan<- net.Conn) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	conns <- conn
	return nil
}

func passes(addr string, use func(net.Conn) error) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	return use(conn)
}

// The server closes its listener.
func serves(addr string, h http.Handler) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	return http.Serve(l, h)
}

// On the way of an error the end of the data does not matter.
func packOrFail(data []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err := w.Close()
	return out.Bytes(), err
}

// In memory: the garbage collector takes both ends.
func inMemory() int {
	r, w := io.Pipe()
	go w.Close()
	n, _ := r.Read(make([]byte, 1))
	return n
}

func inherited() string { return os.NewFile(3, "inherited").Name() }

// As long as the process lives.
var once sync.Once

func logToFile() {
	once.Do(func() {
		f, err := os.Create("app.log")
		if err != nil {
			return
		}
		log.SetOutput(f)
	})
}

// Guarded by nil.
func maybe(name string) []byte {
	var f *os.File
	if name != "" {
		opened, err := os.Open(name)
		if err != nil {
			return nil
		}
		f = opened
	}
	if f != nil {
		defer f.Close()
	}
	return nil
}

// Closed where the call fails is nothing to close.
func failed(addr string) bool {
	conn, err := net.Dial("tcp", addr)
	if err == nil {
		conn.Close()
	}
	return err == nil
}

// A logger goes on writing to it.
func logTo(name string, l *log.Logger) {
	f, err := os.Create(name)
	if err != nil {
		return
	}
	l.SetOutput(f)
}

// Nil has no type.
func devices(name string) (*os.File, error) {
	f, err := os.Open(name)
	if perr, ok := err.(*os.PathError); ok && perr.Err == os.ErrNotExist {
		return nil, errors.New("no device")
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// It goes on for ever.
func acceptsForEver(addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	return acceptEach(l)
}

func acceptEach(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			continue
		}
		conn.Close()
	}
}

// Stopped by somebody else, who needs the file until then.
func startProfile(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return pprof.StartCPUProfile(f)
}

// What others are told about has to go on.
type player struct{ proxy string }

func (p *player) start() {
	server := httptest.NewServer(http.NotFoundHandler())
	p.proxy = server.URL
}

// Its number is kept.
type streams struct{ fds [2]int }

func (s *streams) open() error {
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	s.fds = [2]int{int(r.Fd()), int(w.Fd())}
	return nil
}

type descriptor struct{ fd int }

func NewDescriptor(fd int) *descriptor { return &descriptor{fd} }

type volume struct{ data *descriptor }

// The number goes on being used, in what is made of it.
func (v *volume) mount(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	v.data = NewDescriptor(int(f.Fd()))
	return nil
}
