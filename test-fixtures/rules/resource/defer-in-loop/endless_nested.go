package deferinloop

import (
	"bufio"
	"log"
	"os"
	"path/filepath"
	"time"
)

// The inner loop ends, the outer one does not.
func watchSpool(dir string) {
	for {
		names, _ := filepath.Glob(filepath.Join(dir, "*.job"))
		for _, name := range names {
			f, err := os.Open(name)
			if err != nil {
				log.Print(err)
				continue
			}
			defer f.Close() // want "this deferred call never runs, because the loop on line 13 never ends"
			for sc := bufio.NewScanner(f); sc.Scan(); {
				log.Print(sc.Text())
			}
		}
		time.Sleep(time.Second)
	}
}
