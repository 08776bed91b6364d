// Package worker holds a leak in a package of its own.
package worker

import "time"

// Poll calls check once a second until it reports false.
func Poll(check func() bool) {
	ticker := time.NewTicker(time.Second)
	for range ticker.C {
		if !check() {
			return
		}
	}
}
