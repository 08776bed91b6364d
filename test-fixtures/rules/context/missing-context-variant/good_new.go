//go:build go1.17

package missingcontextvariant

import (
	"context"
	"crypto/tls"
)

func handshake(ctx context.Context, conn *tls.Conn) error {
	return conn.HandshakeContext(ctx)
}
