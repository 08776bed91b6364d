package resourcenotclosed

import (
	"fmt"
	"net"
	"os"
)

// The connection is closed before the work that has no end; it is given back with an error only.
func attach(fd uintptr, idle bool) error {
	file := os.NewFile(fd, "control")
	conn, err := net.FileConn(file)
	file.Close()
	if err != nil {
		return err
	}
	if idle {
		return stayIdle(conn)
	}
	defer conn.Close()
	_, err = conn.Write([]byte("ready"))
	return err
}

func stayIdle(conn net.Conn) error {
	if _, err := conn.Write([]byte("idle")); err != nil {
		return fmt.Errorf("telling that nothing runs: %w", err)
	}
	conn.Close()
	for {
		waitForChild()
	}
}

func waitForChild() { select {} }
