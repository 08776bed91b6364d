package deferinloop

import (
	"io"
	"net/http"
)

// A body that was read to its end has given its connection back.
func askAll(urls []string) (answers []string, err error) {
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close() // want hint "defer-in-loop"
		answer, err := io.ReadAll(resp.Body)
		if err != nil {
			return nil, err
		}
		answers = append(answers, string(answer))
	}
	return answers, nil
}
