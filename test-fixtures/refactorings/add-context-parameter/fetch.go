// Package fetch has callers in other files.
package fetch

import "errors"

func fetch(name string) error { // refactor
	if name == "" {
		return errors.New("no name")
	}
	return nil
}
