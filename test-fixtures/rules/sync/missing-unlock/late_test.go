package missingunlock

import (
	"io"
	"net"
	"sync"
	"testing"
)

// accepted yields the connections of a server that runs elsewhere.
var accepted <-chan net.Conn

// The test takes the lock to wait for the goroutine, which has had it since the first connection was answered.
func TestWaitsByLock(t *testing.T) {
	var busy sync.Mutex
	served := 0
	go func() {
		busy.Lock() // want hint "missing-unlock: `busy` cannot be locked any more"
		defer busy.Unlock()
		for c := range accepted {
			c.Close()
			served++
		}
	}()
	c, err := net.Dial("tcp", "localhost:7")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.ReadAll(c); err != nil {
		t.Error(err)
	}
	busy.Lock()
	if served != 1 {
		t.Errorf("served %d", served)
	}
}

// Nothing happens in between.
func TestLocksAtOnce(t *testing.T) {
	var busy sync.Mutex
	served := 0
	go func() {
		busy.Lock() // want "missing-unlock: `busy` cannot be locked any more"
		defer busy.Unlock()
		served++
	}()
	busy.Lock()
	if served != 1 {
		t.Errorf("served %d", served)
	}
}
