package apart

const (
	tries   = 3
	timeout = 30
)
