package fixed

import "testing/fstest"

// Drive sums two files, one of which is missing.
func Drive() {
	files := fstest.MapFS{"a.txt": {Data: []byte("alpha")}}
	Checksums(files, []string{"a.txt", "b.txt"})
}
