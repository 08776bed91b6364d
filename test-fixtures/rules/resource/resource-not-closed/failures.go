package resourcenotclosed

import (
	"net"
	"os"

	"example.com/rules/resource/resource-not-closed/backup"
)

// What a call that is not seen gives is an error by its name.
func dump(address string) error {
	conn, dialError := net.Dial("tcp", address) // want hint "`conn` is not closed on every way out"
	if dialError != nil {
		return dialError
	}
	copyError := backup.Copy(os.Stdin)
	if copyError != nil {
		return copyError
	}
	return conn.Close()
}
