package processnotwaited

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func deferred(name string, use func() error) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	defer cmd.Wait()
	return use()
}

func inGoroutine(ctx context.Context, name string) error {
	var out bytes.Buffer
	cmd := exec.Command(name)
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		cmd.Process.Kill()
		return ctx.Err()
	}
}

func reaped(name string) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	go cmd.Wait()
	return nil
}

// Its owner waits.
type worker struct{ cmd *exec.Cmd }

func (w *worker) start(name string) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	w.cmd = cmd
	return nil
}

func (w *worker) startKept(name string) error {
	cmd := exec.Command(name)
	w.cmd = cmd
	return cmd.Start()
}

func newWorker(name string) (*exec.Cmd, error) {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return cmd, nil
}

// A helper waits.
func helped(name string, limit time.Duration) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	return waitFor(cmd, limit)
}

func waitFor(cmd *exec.Cmd, limit time.Duration) error {
	timer := time.AfterFunc(limit, func() { cmd.Process.Kill() })
	defer timer.Stop()
	return cmd.Wait()
}

// A daemon of its own.
func daemon(name string) error {
	cmd := exec.Command(name)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	return cmd.Start()
}

func daemonWithAttributes(ctx context.Context, name string, attr *syscall.SysProcAttr) error {
	cmd := exec.CommandContext(ctx, name)
	cmd.SysProcAttr = attr
	if err := cmd.Start(); err != nil {
		return err
	}
	return nil
}

func letGo(ctx context.Context, name string) error {
	cmd := exec.CommandContext(ctx, name)
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Process.Release()
}

// Somebody may wait for the process itself, or for its number.
func process(ctx context.Context, name string) (*os.Process, error) {
	cmd := exec.CommandContext(ctx, name)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return cmd.Process, nil
}

func number(ctx context.Context, name string) (int, error) {
	cmd := exec.CommandContext(ctx, name)
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	fmt.Println("started", cmd.Process.Pid)
	return cmd.Process.Pid, nil
}

// From somewhere else: who made it may wait for it.
func begin(cmd *exec.Cmd) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	return nil
}

// The process goes on as another program.
func restart(name string) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	os.Exit(0)
	return errors.New("unreachable")
}
