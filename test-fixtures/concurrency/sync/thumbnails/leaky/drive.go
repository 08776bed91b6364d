package leaky

// Drive uploads one picture and one file that is none.
func Drive() {
	NewRenderer().RenderAll(map[string][]byte{
		"cat.png":   {0x89, 200},
		"notes.txt": []byte("hello"),
	})
}
