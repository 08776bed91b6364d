package resourcenotclosed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
)

type shard struct {
	files []*os.File
}

// The second file that is missing leaves the first one open.
func openShard(names []string) (*shard, error) {
	files := make([]*os.File, 0, len(names))
	for _, name := range names {
		f, err := os.Open(name) // want "resource-not-closed: the return on line 22 drops `files` with all files that `os.Open` has opened"
		if err != nil {
			return nil, fmt.Errorf("shard: %w", err)
		}
		files = append(files, f)
	}
	return &shard{files: files}, nil
}

func dialPeers(ctx context.Context, addrs map[string]string) (map[string]net.Conn, error) {
	var d net.Dialer
	peers := map[string]net.Conn{}
	for id, addr := range addrs {
		conn, err := d.DialContext(ctx, "tcp", addr) // want "resource-not-closed: the return on line 36 drops `peers`"
		if err != nil {
			// Nobody knows the others.
			return nil, err
		}
		if _, err := io.WriteString(conn, "hello "+id); err != nil {
			conn.Close()
			return nil, err
		}
		peers[id] = conn
	}
	return peers, nil
}

func openPair(a, b string) ([]io.ReadCloser, error) {
	var both []io.ReadCloser
	first, err := os.Open(a) // want "resource-not-closed: the return on line 56 drops `both`"
	if err != nil {
		return nil, err
	}
	both = append(both, first)
	second, err := os.Open(b)
	if err != nil {
		return nil, err
	}
	return append(both, second), nil
}

// What was opened is closed where the next one fails.
func openShardOrClose(names []string) (*shard, error) {
	var files []*os.File
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			for _, open := range files {
				open.Close()
			}
			return nil, err
		}
		files = append(files, f)
	}
	return &shard{files: files}, nil
}

// A deferred literal does, for whatever reason the function returns.
func openShardDeferred(names []string) (_ *shard, err error) {
	var files []*os.File
	defer func() {
		if err != nil {
			for _, f := range files {
				f.Close()
			}
		}
	}()
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return &shard{files: files}, nil
}

func openShardUndo(names []string) (*shard, error) {
	var files []*os.File
	undo := func() {
		for _, f := range files {
			f.Close()
		}
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			undo()
			return nil, err
		}
		files = append(files, f)
	}
	return &shard{files: files}, nil
}

// What was opened is all the same in use.
func listenSome(addrs []string) ([]net.Listener, error) {
	var lns []net.Listener
	var errs []error
	for _, addr := range addrs {
		ln, err := net.Listen("tcp", addr)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		lns = append(lns, ln)
	}
	if len(lns) == 0 {
		return nil, errors.Join(errs...)
	}
	return lns, nil
}

// Each is served before it goes into the list.
func listenAndServe(addrs []string, serve func(net.Listener)) error {
	var lns []net.Listener
	for _, addr := range addrs {
		ln, err := net.Listen("tcp", addr)
		if err != nil {
			return err
		}
		go serve(ln)
		lns = append(lns, ln)
	}
	fmt.Println(len(lns))
	return nil
}

// The list is somebody else's.
func (s *shard) add(names []string) error {
	files := s.files
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		files = append(files, f)
		s.files = files
	}
	return nil
}

func fill(files []*os.File, names []string) error {
	for i, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		files[i] = f
	}
	return nil
}

// The process ends where it fails.
func mustOpen(names []string) []*os.File {
	var files []*os.File
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		files = append(files, f)
	}
	return files
}
