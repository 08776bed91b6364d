package processnotwaited

import (
	"context"
	"io"
	"os/exec"
)

// player is a decoder that runs beside the program.
type player struct {
	proc   *exec.Cmd
	frames io.ReadCloser
}

func newPlayer(ctx context.Context, path string) (*player, error) {
	proc := exec.CommandContext(ctx, "decode", path)
	frames, err := proc.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := proc.Start(); err != nil { // want "process-not-waited: nothing waits for the process in `player.proc`: `player.Stop`"
		return nil, err
	}
	return &player{proc: proc, frames: frames}, nil
}

func (p *player) pid() int { return p.proc.Process.Pid }

func (p *player) Stop() error {
	if p.proc.Process != nil {
		_ = p.proc.Process.Kill()
	}
	return p.frames.Close()
}

type tunnel struct {
	proc *exec.Cmd
	quit chan struct{}
}

func newTunnel(host string) *tunnel {
	return &tunnel{proc: exec.Command("ssh", "-N", host), quit: make(chan struct{})}
}

func openTunnel(host string) (*tunnel, error) {
	proc := exec.Command("ssh", "-N", host)
	if err := proc.Start(); err != nil {
		return nil, err
	}
	return &tunnel{proc: proc, quit: make(chan struct{})}, nil
}

func (t *tunnel) close() error {
	close(t.quit)
	return t.proc.Wait()
}

// A goroutine of its own waits.
type watcher struct {
	proc  *exec.Cmd
	lines io.ReadCloser
}

func newWatcher(ctx context.Context) (*watcher, error) {
	proc := exec.CommandContext(ctx, "watch")
	lines, err := proc.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := proc.Start(); err != nil {
		return nil, err
	}
	w := &watcher{proc: proc, lines: lines}
	go w.reap()
	return w, nil
}

func (w *watcher) reap() {
	if _, err := w.proc.Process.Wait(); err != nil {
		return
	}
}

func (w *watcher) Close() error { return w.lines.Close() }

// Others get the command.
type helper struct {
	proc *exec.Cmd
	in   io.WriteCloser
}

func newHelper(ctx context.Context) (*helper, error) {
	proc := exec.CommandContext(ctx, "help")
	in, err := proc.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := proc.Start(); err != nil {
		return nil, err
	}
	return &helper{proc: proc, in: in}, nil
}

func (h *helper) command() *exec.Cmd { return h.proc }
func (h *helper) Close() error       { return h.in.Close() }
