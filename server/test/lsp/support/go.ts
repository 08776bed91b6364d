/** Go texts the tests share. */

/** The discarded cancel function is on line 5, columns 6 to 7. */
export const DISCARDED = `package demo

import "context"

func wait(parent context.Context) {
	ctx, _ := context.WithCancel(parent)
	<-ctx.Done()
}
`;

/** The same, repaired. */
export const REPAIRED = `package demo

import "context"

func wait(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	<-ctx.Done()
}
`;

/** A connection of a library that only a config can know is not closed. */
export const OWN = `package demo

import "example.com/pool"

func ping(p *pool.Pool) error {
	c, err := p.Get()
	if err != nil {
		return err
	}
	return c.Ping()
}
`;
