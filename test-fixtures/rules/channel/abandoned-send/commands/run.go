// Package commands is the command line of a program: what a command leaves behind ends with the process soon.
package commands

import (
	"context"
	"errors"
	"os/exec"
	"time"
)

// Command is one entry of the command line.
type Command struct {
	Use, Short string
	Run        func(cmd *Command, args []string) error
}

// A literal in the field.
func ServeCommand() *Command {
	return &Command{
		Use:   "serve",
		Short: "Serve until the process is told to end",
		Run: func(_ *Command, args []string) error {
			failed := make(chan error)
			go func() { failed <- exec.Command(args[0]).Run() }() // want hint "abandoned-send"
			select {
			case err := <-failed:
				return err
			case <-time.After(time.Minute):
				return errors.New("not ready")
			}
		},
	}
}

// A function that only a command calls.
func FetchCommand() *Command {
	var timeout time.Duration
	return &Command{
		Use: "fetch",
		Run: func(_ *Command, args []string) error {
			return fetch(args[0], timeout)
		},
	}
}

func fetch(name string, timeout time.Duration) error {
	done := make(chan error)
	go func() { done <- exec.Command(name).Run() }() // want hint "abandoned-send"
	select {
	case err := <-done:
		return err
	case <-time.After(timeout):
		return errors.New("timed out")
	}
}

// A method given to the field later.
type top struct{ every time.Duration }

func (t *top) command() *Command {
	cmd := &Command{}
	cmd.Use = "top"
	cmd.Run = t.Run
	return cmd
}

func (t *top) Run(_ *Command, args []string) error {
	return t.show(args[0])
}

func (t *top) show(name string) error {
	done := make(chan error)
	go func() { done <- exec.Command(name).Run() }() // want hint "abandoned-send"
	select {
	case err := <-done:
		return err
	case <-time.After(t.every):
		return errors.New("timed out")
	}
}

// A field of the same name is something else, also where nothing is known of it.
func help(cmd interface{ Command() *Command }) {
	cmd.Command().Run = func(*Command, []string) error { return nil }
}

// Task is no command: nobody is told how to use it, and it may run for each of many.
type Task struct {
	Name string
	Run  func(ctx context.Context, args []string) error
}

func fetchTask() Task {
	return Task{
		Name: "fetch",
		Run: func(ctx context.Context, args []string) error {
			done := make(chan error)
			go func() { done <- exec.Command(args[0]).Run() }() // want "abandoned-send"
			select {
			case err := <-done:
				return err
			case <-ctx.Done():
				return ctx.Err()
			}
		},
	}
}

// One command calls it, and everybody else may.
func checkCommand() *Command {
	return &Command{Use: "check", Run: func(_ *Command, args []string) error { return Check(args[0]) }}
}

func Check(name string) error {
	done := make(chan error)
	go func() { done <- exec.Command(name).Run() }() // want "abandoned-send"
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second):
		return errors.New("timed out")
	}
}

// The command serves on and on, and leaves one behind for each turn.
func watchCommand() *Command {
	return &Command{
		Use: "watch",
		Run: func(_ *Command, args []string) error {
			for {
				if err := watchOnce(args[0]); err != nil {
					return err
				}
			}
		},
	}
}

func watchOnce(name string) error {
	done := make(chan error)
	go func() { done <- exec.Command(name).Run() }() // want "abandoned-send"
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second):
		return nil
	}
}
