package main

import (
	"os"
	"os/exec"
	"time"
)

// What these give ends the process.
var commands = map[string]func(string) int{"start": start}

func start(name string) int {
	ended := make(chan error)
	go func() { ended <- exec.Command(name).Run() }() // want hint "abandoned-send"
	select {
	case <-ended:
		return 1
	case <-time.After(time.Second):
		return 0
	}
}

// What these give does not.
var counters = map[string]func(string) int{"lines": lines}

func lines(name string) int {
	ended := make(chan error)
	go func() { ended <- exec.Command(name).Run() }() // want "abandoned-send"
	select {
	case <-ended:
		return 1
	case <-time.After(time.Second):
		return 0
	}
}

func main() {
	for {
		if counters["lines"](os.Args[2]) == 0 {
			break
		}
	}
	os.Exit(commands[os.Args[1]](os.Args[2]))
}
