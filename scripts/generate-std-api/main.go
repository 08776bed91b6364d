// Command generate-std-api writes the exported API of Go's standard library as body-less Go source, one text per
// package, in a JSON object: {"goVersion": "1.26", "packages": {"net/http": "package http\n…"}}.
//
// Usage: go run . [-o FILE] (standard output by default). Only the toolchain's own library is needed. The result
// depends on the toolchain version alone: the target is always linux/amd64 without cgo.
//
// go run . -verify FILE type-checks stubs written by hand, a JSON object from import path to source, instead.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/build"
	"go/importer"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// excluded packages are no part of the API a service is written against, or so large that they would drown the rest.
var excluded = regexp.MustCompile(`(^|/)(internal|vendor)(/|$)|^(cmd|debug|go|image|syscall|unsafe|simd|plugin|builtin|index|arena)(/|$)|` +
	`^(time/tzdata|runtime/cgo|runtime/race|runtime/coverage|testing/cryptotest|text/template/parse|regexp/syntax|math/cmplx|crypto/fips140)$`)

func main() {
	output := flag.String("o", "", "file to write instead of standard output")
	byHand := flag.String("verify", "", "JSON file with stubs to type-check")
	flag.Parse()
	var err error
	if *byHand != "" {
		err = verifyFile(*byHand)
	} else {
		err = run(*output)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate-std-api:", err)
		os.Exit(1)
	}
}

func run(output string) error {
	paths, err := standardPackages()
	if err != nil {
		return err
	}
	packages, err := load(paths)
	if err != nil {
		return err
	}
	stubs := map[string]string{}
	for _, pkg := range packages {
		stubs[pkg.Path()] = newStub(pkg).source()
	}
	if err := verify(stubs); err != nil {
		return err
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(map[string]any{"goVersion": minorVersion(), "packages": stubs}); err != nil {
		return err
	}
	if output == "" {
		_, err = os.Stdout.Write(out.Bytes())
		return err
	}
	return os.WriteFile(output, out.Bytes(), 0o644)
}

func verifyFile(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	stubs := map[string]string{}
	if err := json.Unmarshal(text, &stubs); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return verify(stubs)
}

// minorVersion is the toolchain's version without patch level: "1.26".
func minorVersion() string {
	return regexp.MustCompile(`^go(\d+\.\d+)`).FindStringSubmatch(runtime.Version())[1]
}

func standardPackages() ([]string, error) {
	command := exec.Command("go", "list", "std")
	command.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=", "GOEXPERIMENT=")
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list std: %w", err)
	}
	var paths []string
	for _, path := range strings.Fields(string(out)) {
		if !excluded.MatchString(path) {
			paths = append(paths, path)
		}
	}
	return paths, nil
}

// load type-checks the declarations of the packages from source, without function bodies.
func load(paths []string) ([]*types.Package, error) {
	build.Default.GOOS, build.Default.GOARCH, build.Default.CgoEnabled = "linux", "amd64", false
	fromSource := importer.ForCompiler(token.NewFileSet(), "source", nil).(types.ImporterFrom)
	var packages []*types.Package
	for _, path := range paths {
		pkg, err := fromSource.ImportFrom(path, filepath.Join(build.Default.GOROOT, "src"), 0)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		packages = append(packages, pkg)
	}
	return packages, nil
}
