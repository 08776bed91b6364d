//go:build go1.24

package bubble

import (
	"testing"
	"time"
)

func TestTickerBefore(t *testing.T) { // not offered
	ticker := NewTicker(time.Second)
	ticker.Stop()
}
