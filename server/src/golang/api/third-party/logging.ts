/** Stubs of logging and test libraries: the functions that end the process, panic or end the test, and what leads to them. */

function printers(receiver: string, names: readonly string[]): string {
  const before = receiver ? `(${receiver}) ` : '';
  return names
    .flatMap((name) => [
      `func ${before}${name}(args ...any)`,
      `func ${before}${name}f(format string, args ...any)`,
      `func ${before}${name}ln(args ...any)`,
    ])
    .join('\n');
}

const logrusLevels = ['Trace', 'Debug', 'Info', 'Print', 'Warn', 'Warning', 'Error', 'Fatal', 'Panic'];

function logrusWith(receiver: string): string {
  const before = receiver ? `(${receiver}) ` : '';
  return `func ${before}WithContext(ctx context.Context) *Entry
func ${before}WithError(err error) *Entry
func ${before}WithField(key string, value any) *Entry
func ${before}WithFields(fields Fields) *Entry
func ${before}WithTime(t time.Time) *Entry`;
}

export const logrus = `package logrus
import "context"
import "io"
import "time"
type Entry struct{Logger *Logger; Data Fields; Time time.Time; Level Level; Message string; Context context.Context}
${printers('*Entry', logrusLevels)}
${logrusWith('*Entry')}
type FieldLogger interface{WithField(key string, value any) *Entry; WithFields(fields Fields) *Entry; WithError(err error) *Entry; Fatal(args ...any); Fatalf(format string, args ...any); Fatalln(args ...any); Panic(args ...any); Panicf(format string, args ...any); Panicln(args ...any)}
type Fields map[string]any
type Level uint32
type Logger struct{Out io.Writer; ReportCaller bool; Level Level; ExitFunc func(int)}
${printers('*Logger', logrusLevels)}
${logrusWith('*Logger')}
func (*Logger) Exit(code int)
func (*Logger) SetLevel(level Level)
func (*Logger) SetOutput(output io.Writer)
func (*Logger) Writer() *io.PipeWriter
func Exit(code int)
func New() *Logger
func NewEntry(logger *Logger) *Entry
func SetLevel(level Level)
func SetOutput(out io.Writer)
func StandardLogger() *Logger
${logrusWith('')}
${printers('', logrusLevels)}
`;

const glogLevels = ['Info', 'Warning', 'Error', 'Fatal', 'Exit'];

export const glog = `package glog
type Level int32
type Verbose bool
${printers('Verbose', ['Info'])}
func Flush()
func V(level Level) Verbose
${printers('', glogLevels)}
`;

/** Fits both versions, `k8s.io/klog` and `k8s.io/klog/v2`. */
export const klog = `package klog
import "time"
type Level int32
type Verbose struct{}
func (Verbose) Enabled() bool
func (Verbose) ErrorS(err error, msg string, keysAndValues ...any)
func (Verbose) InfoS(msg string, keysAndValues ...any)
${printers('Verbose', ['Info'])}
func ErrorS(err error, msg string, keysAndValues ...any)
func Flush()
func FlushAndExit(flushTimeout time.Duration, exitCode int)
func InfoS(msg string, keysAndValues ...any)
func V(level Level) Verbose
${printers('', glogLevels)}
`;

const zapLevels = ['Debug', 'Info', 'Warn', 'Error', 'DPanic', 'Panic', 'Fatal'];

export const zap = `package zap
type Field struct{Key string}
type Logger struct{}
${zapLevels.map((level) => `func (*Logger) ${level}(msg string, fields ...Field)`).join('\n')}
func (*Logger) Named(s string) *Logger
func (*Logger) Sugar() *SugaredLogger
func (*Logger) Sync() error
func (*Logger) With(fields ...Field) *Logger
type Option interface{}
type SugaredLogger struct{}
${printers('*SugaredLogger', zapLevels)}
${zapLevels.map((level) => `func (*SugaredLogger) ${level}w(msg string, keysAndValues ...any)`).join('\n')}
func (*SugaredLogger) Desugar() *Logger
func (*SugaredLogger) Named(name string) *SugaredLogger
func (*SugaredLogger) Sync() error
func (*SugaredLogger) With(args ...any) *SugaredLogger
func L() *Logger
func Must(logger *Logger, err error) *Logger
func NewDevelopment(options ...Option) (*Logger, error)
func NewExample(options ...Option) *Logger
func NewNop() *Logger
func NewProduction(options ...Option) (*Logger, error)
func S() *SugaredLogger
`;

export const testifyRequire = `package require
type TestingT interface{Errorf(format string, args ...any); FailNow()}
func Fail(t TestingT, failureMessage string, msgAndArgs ...any)
func FailNow(t TestingT, failureMessage string, msgAndArgs ...any)
func FailNowf(t TestingT, failureMessage string, msg string, args ...any)
func Failf(t TestingT, failureMessage string, msg string, args ...any)
`;
