package main

type ticker struct{ stop chan struct{} }

func (t *ticker) Start() {
	go func() { <-t.stop }()
}

func (t *ticker) Stop() { close(t.stop) }

func main() {
	t := &ticker{stop: make(chan struct{})}
	t.Start()
	println("started")
}
