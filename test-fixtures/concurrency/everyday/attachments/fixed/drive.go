package fixed

import "errors"

// Drive adds up attachments one of which is inline.
func Drive() {
	attachments := []Attachment{{"plan.pdf", false}, {"logo.png", true}, {"", false}}
	_, _ = TotalSize(attachments, func(name string) (int64, error) {
		if name == "" {
			return 0, errors.New("no name")
		}
		return int64(len(name)), nil
	})
}
