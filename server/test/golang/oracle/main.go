// Command oracle prints the types the Go compiler's own checker gives to the expressions of a package:
// one line per expression, "file<TAB>start<TAB>end<TAB>type", offsets in bytes.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, path := range os.Args[1:] {
		if err := check(out, path); err != nil {
			fmt.Fprintln(os.Stderr, path, err)
		}
	}
}

func check(out *bufio.Writer, path string) error {
	pkg, err := build.Import(path, "", 0)
	if err != nil {
		return err
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range pkg.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(pkg.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil), Error: func(error) {}}
	conf.Check(path, fset, files, info)
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			tv, ok := info.Types[e]
			if !ok || !tv.IsValue() && !tv.IsVoid() {
				return true
			}
			start, end := fset.Position(e.Pos()), fset.Position(e.End())
			fmt.Fprintf(out, "%s\t%d\t%d\t%s\n", start.Filename, start.Offset, end.Offset, types.TypeString(tv.Type, nil))
			return true
		})
	}
	return nil
}
