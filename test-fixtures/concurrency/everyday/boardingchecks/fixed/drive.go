package fixed

type closedDesk struct{}

func (closedDesk) Passport(string) (string, bool, error) { return "", false, nil }
func (closedDesk) Weight(int) (int, error)               { return 30, nil }
func (closedDesk) Seat(string) (int, error)              { return 13, nil }

// Drive sends a passenger to a desk that refuses everything.
func Drive() {
	_ = MayBoard(closedDesk{}, "Ada", []int{1})
}
