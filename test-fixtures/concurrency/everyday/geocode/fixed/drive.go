package fixed

import "errors"

// Drive locates an address that the second of four providers knows.
func Drive() {
	known := func(string) (Point, error) { return Point{52.5, 13.4}, nil }
	unknown := func(string) (Point, error) { return Point{}, errors.New("unknown address") }
	_, _ = Locate("Alexanderplatz 1",
		Provider{"survey", unknown}, Provider{"post", known}, Provider{"atlas", known}, Provider{"guess", unknown})
}
