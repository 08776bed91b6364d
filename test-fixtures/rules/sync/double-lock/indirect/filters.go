package indirect

// Shift adds what the station knows of a sensor.
type Shift struct {
	Of string
}

func (f Shift) Apply(s *Station, value float64) float64 {
	if value == 0 {
		return 0
	}
	return value + s.Offset(f.Of)
}

// Scale asks nobody.
type Scale float64

func (f Scale) Apply(_ *Station, value float64) float64 { return value * float64(f) }
