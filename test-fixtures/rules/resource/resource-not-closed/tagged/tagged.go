// Package tagged has a command whose flags are fields.
package tagged

import (
	"encoding/csv"
	"fmt"
	"os"
)

// Options are the flags of a command.
type Options struct {
	File string `help:"what to show" short:"f"`
}

// Run shows a table, and the process ends.
func (o Options) Run() error {
	f, err := os.Open(o.File) // want hint "resource-not-closed: `f` is not closed on every way out"
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(f).ReadAll()
	fmt.Println(rows)
	return err
}

// Job has no flags.
type Job struct{ File string }

// Run may be called by anybody.
func (j Job) Run() error {
	f, err := os.Open(j.File) // want "resource-not-closed: `f` is not closed on every way out"
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(f).ReadAll()
	fmt.Println(rows)
	return err
}
