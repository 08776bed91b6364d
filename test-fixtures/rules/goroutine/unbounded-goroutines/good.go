package unboundedgoroutines

import (
	"net"
	"net/http"
	"os"
	"sync"

	"golang.org/x/sync/errgroup"
)

// A buffered channel is the limit.
func withSemaphore(messages <-chan message, handle func(message)) {
	limit := make(chan struct{}, 10)
	for m := range messages {
		limit <- struct{}{}
		go func() {
			defer func() { <-limit }()
			handle(m)
		}()
	}
}

// So it is when the goroutine waits for its turn.
func withInnerSemaphore(urls []string) {
	limit := make(chan struct{}, 10)
	for _, url := range urls {
		go func() {
			limit <- struct{}{}
			http.Head(url)
			<-limit
		}()
	}
}

func withLimit(urls []string) error {
	var g errgroup.Group
	g.SetLimit(4)
	for _, url := range urls {
		g.Go(func() error {
			_, err := http.Head(url)
			return err
		})
	}
	return g.Wait()
}

// Its caller may have set a limit.
func withGroup(g *errgroup.Group, urls []string) {
	for _, url := range urls {
		g.Go(func() error {
			_, err := http.Head(url)
			return err
		})
	}
}

// A fixed number of workers.
func workers(messages <-chan message, handle func(message)) {
	for range 4 {
		go func() {
			for m := range messages {
				handle(m)
			}
		}()
	}
}

// One batch at a time.
func batches(messages <-chan []string, fetch func(string)) {
	for urls := range messages {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(urls[0])
		}()
		wg.Wait()
	}
}

// A list of its own.
func fixed() {
	for _, url := range []string{"a", "b"} {
		go http.Head(url)
	}
}

// Nothing is held while it computes.
func compute(numbers []int, square func(int)) {
	for _, n := range numbers {
		go square(n)
	}
}

// That is how servers are.
func accept(l net.Listener, serve func(net.Conn)) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go serve(conn)
	}
}

// Only the first one.
func first(messages <-chan message, handle func(message)) {
	for m := range messages {
		go handle(m)
		return
	}
}

// Signals come seldom.
func onSignals(signals <-chan os.Signal, handle func(os.Signal)) {
	for s := range signals {
		go handle(s)
	}
}

// One server for each address.
func serveOn(addresses []string) {
	for _, addr := range addresses {
		go http.ListenAndServe(addr, nil)
	}
}
