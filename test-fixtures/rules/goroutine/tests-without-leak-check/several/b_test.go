package several

import "testing"

func TestNothing(t *testing.T) { t.Log("one finding for a package") }
