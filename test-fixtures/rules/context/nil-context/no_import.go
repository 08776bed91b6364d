package nilcontext

import "os/exec"

// The fix has to import the package.
func tag() ([]byte, error) {
	return exec.CommandContext(nil, "git", "tag").Output() // want "nil-context: `exec.CommandContext` gets nil"
}
