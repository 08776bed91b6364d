package process

import "os/exec"

// Start leaves the process to itself; the goroutine ends with it.
func Start(name string) (int, error) {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	go cmd.Wait()
	return cmd.Process.Pid, nil
}
