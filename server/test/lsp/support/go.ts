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

/** A finding, in `listens.go`, that is repaired in another file, `makes.go`. */
export const LISTENS = [
  'package demo\n',
  'import (\n\t"os/signal"\n\t"syscall"\n)\n',
  'func (r *reloader) listen() {\n\tsignal.Notify(r.hangups, syscall.SIGHUP)\n\t<-r.hangups\n}\n',
].join('\n');
/** Characters outside of the basic plane stand before the place on its line. */
export const MAKES = [
  'package demo\n',
  'import "os"\n',
  'type reloader struct{ hangups chan os.Signal }\n',
  'func newReloader() *reloader {\n\treturn &reloader{ /* 𝔾𝕠 */ hangups: make(chan os.Signal)}\n}\n',
].join('\n');
