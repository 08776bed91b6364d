package processnotwaited

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
)

func firstLine(ctx context.Context, name string) (string, error) {
	cmd := exec.CommandContext(ctx, name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil { // want "process-not-waited: `cmd` is not waited for on every way out: after the return on line 24 nobody reaps the process, and the goroutines"
		return "", err
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		return "", errors.New("no output")
	}
	return lines.Text(), cmd.Wait()
}

func feed(name string, input []byte) error {
	cmd := exec.Command(name)
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	err = cmd.Start() // want "the return on line 40 the process that `cmd.Start` started stays a zombie"
	if err != nil {
		return err
	}
	if _, err := in.Write(input); err != nil {
		return err
	}
	in.Close()
	return cmd.Wait()
}

func collect(name string, stop func() bool) (string, error) {
	var out bytes.Buffer
	cmd := exec.Command(name)
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil { // want "the goroutines that `cmd.Start` started to copy"
		return "", err
	}
	if stop() {
		cmd.Process.Kill()
		return "", errors.New("stopped")
	}
	err := cmd.Wait()
	return out.String(), err
}

func runAll(names []string, next func() bool) error {
	for _, name := range names {
		cmd := exec.Command(name)
		if err := cmd.Start(); err != nil { // want "`cmd` is not waited for before `cmd.Start` runs again: each turn of the loop leaves a zombie"
			return err
		}
		if !next() {
			continue
		}
		if err := cmd.Wait(); err != nil {
			return err
		}
	}
	return nil
}

func page(name string, text io.WriterTo) error {
	cmd := exec.Command(name)
	cmd.Stdout = os.Stdout
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	cmd.Start() // want hint "`cmd` is not waited for on every way out"
	_, err = text.WriteTo(pipe)
	return err
}

func openBrowser(url string) error {
	cmd := exec.Command("xdg-open", url)
	if err := cmd.Start(); err != nil { // want hint "`cmd` is not waited for on every way out"
		return err
	}
	return nil
}

func fork(name string, check func(*os.Process) error) error {
	p, err := os.StartProcess(name, nil, &os.ProcAttr{}) // want hint "`p` is not waited for on every way out"
	if err != nil {
		return err
	}
	if p.Pid == 1 {
		return errors.New("odd")
	}
	_, err = p.Wait()
	return err
}

// Nobody waits when all goes well.
func version(ctx context.Context, name string) (string, error) {
	cmd := exec.CommandContext(ctx, name, "--version")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil { // want "`cmd` is not waited for on every way out: after the return on line 123"
		return "", err
	}
	text, err := io.ReadAll(out)
	if err != nil {
		return "", err
	}
	return string(text), nil
}

// A process that is killed at the end can be waited for behind that.
func whileRunning(name string, use func() error) error {
	var out bytes.Buffer
	cmd := exec.Command(name)
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil { // want "the goroutines that `cmd.Start` started to copy"
		return err
	}
	defer cmd.Process.Kill()
	return use()
}

func killedInLiteral(name string, use func() error) error {
	helper, err := os.StartProcess(name, nil, &os.ProcAttr{}) // want hint "`helper` is not waited for on every way out"
	if err != nil {
		return err
	}
	defer func() { _ = helper.Kill() }()
	return use()
}

// Whether the process should go on when nothing went wrong, and for how long it writes, is not known.
func banner(ctx context.Context, name string) (string, error) {
	cmd := exec.CommandContext(ctx, name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil { // want "`cmd` is not waited for on every way out"
		return "", err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", err
	}
	return line, nil
}

// What is killed already need not be killed again.
func greeting(name string) (string, error) {
	cmd := exec.Command(name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil { // want "`cmd` is not waited for on every way out"
		return "", err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = cmd.Process.Kill()
		return "", err
	}
	if line == "" {
		return "", errors.New("nothing")
	}
	return line, cmd.Wait()
}
