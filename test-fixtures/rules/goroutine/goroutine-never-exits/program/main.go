// A program may start what lives as long as it does, but not once per connection.
package main

import (
	"log"
	"net"
	"net/http"
	"time"
)

func main() {
	startMetrics()
	srv := &server{conns: make(chan net.Conn)}
	srv.start()
	for range 4 {
		go srv.work()
	}
	http.HandleFunc("/watch", watch)
	http.HandleFunc("/tail", func(w http.ResponseWriter, r *http.Request) {
		go follow(r.URL.Path) // want "goroutine-never-exits: this goroutine never ends"
	})
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		log.Fatal(err)
	}
	for {
		conn, err := l.Accept()
		if err != nil {
			log.Print(err)
			continue
		}
		go keepAlive(conn) // want "its loop on line 74 waits for `time.Sleep`"
		srv.conns <- conn
	}
}

func startMetrics() {
	go func() {
		for {
			log.Print("alive")
			time.Sleep(time.Minute)
		}
	}()
}

type server struct {
	conns chan net.Conn
}

func (s *server) start() {
	go s.work()
}

func (s *server) work() {
	for {
		conn := <-s.conns
		log.Print(conn.RemoteAddr())
		conn.Close()
	}
}

func watch(w http.ResponseWriter, r *http.Request) {
	go follow(r.URL.Path) // want "its loop on line 67 waits for `time.Sleep`"
}

func follow(path string) {
	for {
		log.Print(path)
		time.Sleep(time.Second)
	}
}

func keepAlive(conn net.Conn) {
	for {
		time.Sleep(time.Second)
		if _, err := conn.Write([]byte{0}); err != nil {
			log.Print(err)
		}
	}
}
