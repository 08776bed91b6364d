package fixed

import "errors"

// Drive translates into a language that has no dictionary.
func Drive() {
	missing := func(string) (map[string]string, error) { return nil, errors.New("no such file") }
	Open("eo", missing, func(string) {}).Translate("Good morning")
}
