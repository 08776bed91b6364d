// Package e2e helps tests that live elsewhere.
package e2e

import (
	"encoding/json"
	"os"
)

// Save writes what a test starts from.
func Save(path string, config any) error {
	f, err := os.Create(path) // want hint "resource-not-closed: `f` is not closed on every way out"
	if err != nil {
		return err
	}
	return json.NewEncoder(f).Encode(config)
}
