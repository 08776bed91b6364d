package fixed

import "errors"

// Drive scans some ports, every third of which is open.
func Drive() {
	Open(8000, 8020, func(port int) error {
		if port%3 != 0 {
			return errors.New("connection refused")
		}
		return nil
	})
}
