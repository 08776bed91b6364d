package fixed

import "errors"

// Drive resizes pictures most of which are damaged.
func Drive() {
	names := []string{"cat.jpg", "", "", "", "dog.jpg", "", ""}
	_, _ = ResizeAll(names, 2, func(name string) (int, error) {
		if name == "" {
			return 0, errors.New("not a picture")
		}
		return len(name), nil
	})
}
