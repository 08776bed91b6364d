package nilchannel

import (
	"os/exec"
	"sync"

	"example.com/rules/channel/nil-channel/settings"
)

type screen struct {
	*settings.Settings
	title string
}

// Made and used under the same condition, on a field that is promoted from a type of another package.
func (s *screen) load(read func() error) error {
	var (
		wg   sync.WaitGroup
		err  error
		done chan struct{}
	)
	if s.Progress {
		wg.Add(1)
		done = make(chan struct{})
		go func() {
			defer wg.Done()
			<-done
		}()
	}
	wg.Add(1)
	go func() {
		defer wg.Done()
		err = read()
		if err != nil {
			if s.Progress {
				done <- struct{}{}
			}
			return
		}
		if s.Progress {
			done <- struct{}{}
		}
	}()
	wg.Wait()
	return err
}

// The channel is nil only where there is an error, whoever makes that.
func command(name string) (*exec.Cmd, chan struct{}, error) {
	cmd := exec.Command(name)
	out, err := cmd.StderrPipe()
	if err != nil {
		return nil, nil, err
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = out.Read(make([]byte, 100))
	}()
	if err := cmd.Start(); err != nil {
		if name == "" {
			return nil, nil, settings.Errorf("no name for %v", cmd.Path)
		}
		return nil, nil, err
	}
	return cmd, ended, nil
}

func runCommand(name string) error {
	cmd, ended, err := command(name)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		<-ended
		_ = cmd.Wait()
	}()
	wg.Wait()
	return nil
}
