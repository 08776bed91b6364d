// Package settings has what others embed.
package settings

import "fmt"

type Settings struct{ Progress bool }

// Errorf is a variable, so that tests can count its calls.
var Errorf = fmt.Errorf
