package emptyselect

import (
	"context"
	"testing"
)

// A test parks on purpose.
func hang(ctx context.Context) {
	select {}
}

func TestHang(t *testing.T) {
	if testing.Short() {
		hang(context.Background())
	}
}
