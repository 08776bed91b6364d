package commands

import (
	"flag"
	"fmt"
	"os/exec"
	"time"
)

// A table whose functions give the exit code of the process.
type entry struct {
	Name, Usage string
	Func        func(*flag.FlagSet) (int, error)
}

var entries []entry

func init() {
	entries = append(entries, entry{Name: "start", Usage: "<path>", Func: start})
}

func start(flags *flag.FlagSet) (int, error) {
	ended := make(chan error)
	go func() { ended <- exec.Command(flags.Arg(0)).Run() }() // want hint "abandoned-send"
	select {
	case err := <-ended:
		return 1, fmt.Errorf("ended: %w", err)
	case <-time.After(time.Second):
		return 0, nil
	}
}

// The same table, with functions of any kind.
type answer struct {
	Name, Usage string
	Func        func(text string) string
}

var answers = []answer{{Name: "run", Usage: "<path>", Func: run}}

func run(text string) string {
	ended := make(chan error)
	go func() { ended <- exec.Command(text).Run() }() // want "abandoned-send"
	select {
	case err := <-ended:
		return fmt.Sprint("ended: ", err)
	case <-time.After(time.Second):
		return "started"
	}
}

// A command that has its own type, with a text that tells how to use it.
type status struct{}

func (status) Synopsis() string { return "show the state" }

func (status) Run(args []string) int {
	shown := make(chan error)
	go func() { shown <- exec.Command(args[0]).Run() }() // want hint "abandoned-send"
	select {
	case <-shown:
		return 0
	case <-time.After(time.Second):
		return 1
	}
}

// Nobody can tell who runs that.
type worker struct{}

func (worker) Run(args []string) int {
	shown := make(chan error)
	go func() { shown <- exec.Command(args[0]).Run() }() // want "abandoned-send"
	select {
	case <-shown:
		return 0
	case <-time.After(time.Second):
		return 1
	}
}
