package fixed

import "errors"

// Drive makes an offer of something that has no price.
func Drive() {
	s := &Shop{
		Price: func(string) (int, error) { return 0, errors.New("not for sale") },
		Stock: func(string) ([]string, error) { return []string{"cellar"}, nil },
	}
	_, _ = s.Offer("lamp")
}
