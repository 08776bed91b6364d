package fixed

import "time"

// Drive runs a long job and one that is done before anybody waits for it.
func Drive() {
	_ = Nightly([]string{"backup", "clean"}, func(name string) error {
		if name == "backup" {
			time.Sleep(200 * time.Millisecond)
		}
		return nil
	})
}
