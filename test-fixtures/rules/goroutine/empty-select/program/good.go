package main

import (
	"context"
	"os/signal"
	"syscall"
)

type command struct {
	Use string
	Run func(cmd *command, args []string)
}

var root = &command{
	Use: "serve",
	Run: func(cmd *command, args []string) {
		go work()
		select {}
	},
}

func work() {}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	go work()
	if len(root.Use) > 0 {
		serve(ctx)
	}
	select {}
}

// Only main calls it.
func serve(ctx context.Context) {
	go work()
	park()
}

func park() {
	select {}
}
