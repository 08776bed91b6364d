package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
)

// stubImporter type-checks stubs on demand. Packages without one come from source.
type stubImporter struct {
	files    *token.FileSet
	stubs    map[string]string
	done     map[string]*types.Package
	fallback types.Importer
}

func (i *stubImporter) Import(path string) (*types.Package, error) {
	if pkg := i.done[path]; pkg != nil {
		return pkg, nil
	}
	source, ok := i.stubs[path]
	if !ok {
		if path == "unsafe" {
			return types.Unsafe, nil
		}
		return i.fallback.Import(path)
	}
	file, err := parser.ParseFile(i.files, path+".go", source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, declaration := range file.Decls {
		if function, ok := declaration.(*ast.FuncDecl); ok {
			function.Body = &ast.BlockStmt{} // the checker accepts generic functions with a body only
		}
	}
	config := types.Config{Importer: i, IgnoreFuncBodies: true}
	pkg, err := config.Check(path, i.files, []*ast.File{file}, nil)
	if err != nil {
		return nil, fmt.Errorf("stub of %s: %w", path, err)
	}
	i.done[path] = pkg
	return pkg, nil
}

// verify parses and type-checks every stub, with the other stubs as its imports.
func verify(stubs map[string]string) error {
	files := token.NewFileSet()
	check := &stubImporter{files, stubs, map[string]*types.Package{}, importer.ForCompiler(files, "source", nil)}
	var problems []error
	for _, path := range sortedKeys(stubs) {
		if _, err := check.Import(path); err != nil {
			problems = append(problems, err)
		}
	}
	return errors.Join(problems...)
}
