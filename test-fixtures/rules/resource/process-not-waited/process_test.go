package processnotwaited

import (
	"os/exec"
	"testing"
)

func TestStarts(t *testing.T) {
	cmd := exec.Command("true")
	if err := cmd.Start(); err != nil { // want "`cmd` is not waited for"
		t.Fatal(err)
	}
	if testing.Short() {
		return
	}
	cmd.Wait()
}
