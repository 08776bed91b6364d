package fixed

// Drive sends a snapshot to a disk that is too small for it.
func Drive() {
	r := NewReplica(41, make([]byte, 64), 8)
	_ = r.SendTo(NewFile(20))
}
