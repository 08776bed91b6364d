// Package cmd has the commands of a program.
package cmd

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

// Print is run with the process, and the process ends with it.
var Print = &cobra.Command{
	Use: "print FILE",
	RunE: func(_ *cobra.Command, args []string) error {
		return NewPrinter(os.Stdout).Run(args[0])
	},
}

// Printer prints.
type Printer struct{ to io.Writer }

// NewPrinter makes a printer.
func NewPrinter(to io.Writer) *Printer { return &Printer{to} }

// Run is called by the command only, exported as it is.
func (p *Printer) Run(name string) error {
	f, err := os.Open(name) // want hint "resource-not-closed: `f` is not closed on every way out"
	if err != nil {
		return err
	}
	_, err = io.Copy(p.to, f)
	return err
}

// Names completes what is typed: the shell starts the program for that.
func Names(_ *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
	return names(prefix), 0
}

func names(prefix string) []string {
	f, err := os.Open("names") // want hint "resource-not-closed: `f` is not closed on every way out"
	if err != nil {
		return nil
	}
	var found []string
	for s := bufio.NewScanner(f); s.Scan(); {
		found = append(found, fmt.Sprint(prefix, s.Text()))
	}
	return found
}

// Load has callers elsewhere.
func Load(name string) ([]byte, error) {
	f, err := os.Open(name) // want "resource-not-closed: `f` is not closed on every way out"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(f)
}
