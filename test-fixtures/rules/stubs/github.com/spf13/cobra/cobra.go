// Package cobra has what the fixtures need of the command line library of that name.
package cobra

type Command struct {
	Use  string
	RunE func(cmd *Command, args []string) error
}

type ShellCompDirective int
