/** Stubs of golang.org/x packages that concurrent code uses, after their public documentation. */

export const errgroup = `package errgroup
import "context"
type Group struct{}
func WithContext(ctx context.Context) (*Group, context.Context)
func (*Group) Go(f func() error)
func (*Group) SetLimit(n int)
func (*Group) TryGo(f func() error) bool
func (*Group) Wait() error
`;

export const semaphore = `package semaphore
import "context"
type Weighted struct{}
func NewWeighted(n int64) *Weighted
func (*Weighted) Acquire(ctx context.Context, n int64) error
func (*Weighted) Release(n int64)
func (*Weighted) TryAcquire(n int64) bool
`;

export const singleflight = `package singleflight
type Group struct{}
func (*Group) Do(key string, fn func() (any, error)) (v any, err error, shared bool)
func (*Group) DoChan(key string, fn func() (any, error)) <-chan Result
func (*Group) Forget(key string)
type Result struct{Val any; Err error; Shared bool}
`;

/** The package that became `context`. Its names are declared as aliases, so that both mean the same types. */
export const netContext = `package context
import stdcontext "context"
import "time"
var Canceled error
var DeadlineExceeded error
type CancelFunc = stdcontext.CancelFunc
type Context = stdcontext.Context
func Background() Context
func TODO() Context
func WithCancel(parent Context) (ctx Context, cancel CancelFunc)
func WithDeadline(parent Context, d time.Time) (Context, CancelFunc)
func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc)
func WithValue(parent Context, key any, val any) Context
`;
