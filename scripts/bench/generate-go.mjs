/** Functions in the style of service code; every one has goroutines, channels, contexts, timers or locks in it. */
const SHAPES = [
  (n) => `
// fetch${n} asks all replicas and returns the first answer.
func (s *Service) fetch${n}(ctx context.Context, keys []string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	results := make(chan string, len(keys))
	errs := make(chan error, len(keys))
	for _, key := range keys {
		key := key
		go func() {
			value, err := s.lookup(ctx, key)
			if err != nil {
				errs <- fmt.Errorf("lookup %s: %w", key, err)
				return
			}
			results <- value
		}()
	}
	select {
	case value := <-results:
		return value, nil
	case err := <-errs:
		return "", err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
`,
  (n) => `
// poll${n} calls refresh until the context ends.
func (s *Service) poll${n}(ctx context.Context) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	failures := 0
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			if err := s.refresh(ctx, now); err != nil {
				failures++
				if failures > 3 {
					s.log("poll${n}", err)
					return
				}
				continue
			}
			failures = 0
		}
	}
}
`,
  (n) => `
// drain${n} works on jobs with a few workers.
func (s *Service) drain${n}(jobs <-chan string) int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for job := range jobs {
				if len(job) == 0 {
					continue
				}
				mu.Lock()
				done++
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	return done
}
`,
  (n) => `
// status${n} reads a page.
func (s *Service) status${n}(ctx context.Context, url string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("status of %s: %w", url, err)
	}
	defer resp.Body.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[url] = resp.StatusCode
	return resp.StatusCode, nil
}
`,
  (n) => `
// plain${n} has nothing to do with concurrency, like most code.
func plain${n}(values []int) (sum, max int) {
	for i, value := range values {
		sum += value
		if i == 0 || value > max {
			max = value
		}
	}
	switch {
	case sum > 1000:
		sum = 1000
	case sum < 0:
		sum = 0
	}
	return sum, max
}
`,
];

const LEAK = (n) => `
// leak${n} forgets its cancel function.
func (s *Service) leak${n}(ctx context.Context) error {
	ctx, _ = context.WithTimeout(ctx, time.Second)
	return s.refresh(ctx, time.Now())
}
`;

const HEADER = `package service

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

type Service struct {
	mu     sync.Mutex
	client *http.Client
	seen   map[string]int
}

func (s *Service) lookup(ctx context.Context, key string) (string, error) { return key, ctx.Err() }
func (s *Service) refresh(ctx context.Context, now time.Time) error       { return ctx.Err() }
func (s *Service) log(what string, err error)                             {}
`;

/**
 * A compiling Go file of at least that many lines; one function in ten leaks.
 * @param {number} lines
 */
export function generateGo(lines) {
  const parts = [HEADER];
  let count = HEADER.split('\n').length;
  for (let n = 0; count < lines; n++) {
    const part = n % 10 === 9 ? LEAK(n) : SHAPES[n % SHAPES.length](n);
    parts.push(part);
    count += part.split('\n').length - 1;
  }
  return parts.join('');
}
