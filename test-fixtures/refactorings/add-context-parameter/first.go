package fetch

var first = fetch("first")

func again() error {
	if err := first; err != nil {
		return err
	}
	return fetch("again")
}
