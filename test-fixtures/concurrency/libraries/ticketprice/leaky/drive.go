package leaky

type full struct{}

func (full) Seat(int) (int, error)    { return 0, ErrNoSeat }
func (full) Fee(int) (float64, error) { return 1.5, nil }

// Drive asks for a seat that is not there.
func Drive() {
	_, _ = Price(full{}, 3)
}
