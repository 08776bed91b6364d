package main

import (
	"bytes"
	"fmt"
	"go/token"
	"go/types"
	"sort"
	"strings"
)

// stub collects the declarations of one package. Each is a single line that starts with its keyword.
type stub struct {
	pkg     *types.Package
	imports map[string]string // path → local name
	taken   map[string]bool   // local names of imports
	lines   map[string]string // declaration by sort key
	pending []*types.TypeName
	queued  map[*types.TypeName]bool
}

func newStub(pkg *types.Package) *stub {
	return &stub{pkg: pkg, imports: map[string]string{}, taken: map[string]bool{}, lines: map[string]string{}, queued: map[*types.TypeName]bool{}}
}

func (s *stub) source() string {
	scope := s.pkg.Scope()
	for _, name := range scope.Names() {
		if !token.IsExported(name) {
			continue
		}
		switch object := scope.Lookup(name).(type) {
		case *types.Func:
			s.lines["4 "+name] = "func " + name + s.signature(object.Signature())
		case *types.Var:
			if !isTable(object) {
				s.lines["2 "+name] = "var " + name + " " + s.typeText(object.Type())
			}
		case *types.Const:
			if isNamed(object.Type()) {
				s.lines["1 "+name] = fmt.Sprintf("const %s %s = %s", name, s.typeText(object.Type()), object.Val().ExactString())
			}
		case *types.TypeName:
			s.queue(object)
		}
	}
	for len(s.pending) > 0 {
		object := s.pending[0]
		s.pending = s.pending[1:]
		s.declareType(object)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "package %s\n", s.pkg.Name())
	for _, path := range sortedKeys(s.imports) {
		if name := s.imports[path]; strings.HasSuffix("/"+path, "/"+name) {
			fmt.Fprintf(&out, "import %q\n", path)
		} else {
			fmt.Fprintf(&out, "import %s %q\n", name, path)
		}
	}
	for _, key := range sortedKeys(s.lines) {
		out.WriteString(s.lines[key] + "\n")
	}
	return out.String()
}

// isTable tells the character tables of package unicode, some 280 variables, from variables one programs with.
func isTable(object *types.Var) bool {
	return object.Pkg().Path() == "unicode"
}

func isNamed(t types.Type) bool {
	_, basic := types.Unalias(t).(*types.Basic)
	return !basic
}

func (s *stub) queue(object *types.TypeName) {
	if !s.queued[object] {
		s.queued[object] = true
		s.pending = append(s.pending, object)
	}
}

func (s *stub) declareType(object *types.TypeName) {
	name := object.Name()
	if alias, ok := object.Type().(*types.Alias); ok && !isInternal(alias.Rhs()) {
		s.lines["3 "+name] = "type " + name + s.typeParameters(alias.TypeParams()) + " = " + s.typeText(alias.Rhs())
		return
	}
	named, ok := types.Unalias(object.Type()).(*types.Named)
	if !ok {
		s.lines["3 "+name] = "type " + name + " = " + s.typeText(types.Unalias(object.Type()))
		return
	}
	underlying := named.Underlying()
	switch full := underlying.(type) {
	case *types.Struct:
		underlying = types.NewStruct(exportedFields(full, map[string]bool{}), nil)
	case *types.Interface:
		underlying = exportedInterface(full)
	}
	s.lines["3 "+name] = "type " + name + s.typeParameters(named.TypeParams()) + " " + s.typeText(underlying)
	if types.IsInterface(named) {
		return
	}
	for i := 0; i < named.NumMethods(); i++ {
		if method := named.Method(i); method.Exported() {
			_, byPointer := method.Signature().Recv().Type().(*types.Pointer)
			s.method(object, method.Name(), byPointer, method.Signature())
		}
	}
	s.promotedMethods(object, named)
}

func (s *stub) method(object *types.TypeName, name string, byPointer bool, signature *types.Signature) {
	receiver := object.Name()
	if parameters := signature.RecvTypeParams(); parameters.Len() > 0 {
		var names []string
		for i := 0; i < parameters.Len(); i++ {
			names = append(names, parameters.At(i).Obj().Name())
		}
		receiver += "[" + strings.Join(names, ", ") + "]"
	}
	if byPointer {
		receiver = "*" + receiver
	}
	s.lines["3 "+object.Name()+" "+name] = "func (" + receiver + ") " + name + s.signature(signature)
}

// promotedMethods declares on the type itself what it gets from embedded fields that a stub leaves out, the
// unexported ones.
func (s *stub) promotedMethods(object *types.TypeName, named *types.Named) {
	byValue := types.NewMethodSet(named)
	byPointer := types.NewMethodSet(types.NewPointer(named))
	for i := 0; i < byPointer.Len(); i++ {
		selection := byPointer.At(i)
		name := selection.Obj().Name()
		if selection.Obj().Exported() && throughUnexported(named, selection.Index()) {
			s.method(object, name, byValue.Lookup(s.pkg, name) == nil, selection.Type().(*types.Signature))
		}
	}
}

// throughUnexported reports whether a selection path has embedded fields, all of them unexported.
func throughUnexported(t types.Type, index []int) bool {
	for _, i := range index[:len(index)-1] {
		if pointer, ok := t.Underlying().(*types.Pointer); ok {
			t = pointer.Elem()
		}
		field := t.Underlying().(*types.Struct).Field(i)
		if field.Exported() {
			return false
		}
		t = field.Type()
	}
	return len(index) > 1
}

// exportedFields lists a struct's exported fields and, in place of an unexported embedded struct, its exported fields.
func exportedFields(structure *types.Struct, seen map[string]bool) []*types.Var {
	var fields []*types.Var
	for i := 0; i < structure.NumFields(); i++ {
		if field := structure.Field(i); field.Exported() && !seen[field.Name()] {
			seen[field.Name()] = true
			fields = append(fields, field)
		}
	}
	for i := 0; i < structure.NumFields(); i++ {
		field := structure.Field(i)
		if field.Exported() || !field.Embedded() {
			continue
		}
		t := field.Type().Underlying()
		if pointer, ok := t.(*types.Pointer); ok {
			t = pointer.Elem().Underlying()
		}
		if embedded, ok := t.(*types.Struct); ok {
			fields = append(fields, exportedFields(embedded, seen)...)
		}
	}
	return fields
}

// exportedInterface is an interface without its unexported methods: they lead to types that no user of the package meets.
func exportedInterface(full *types.Interface) types.Type {
	var methods []*types.Func
	for i := 0; i < full.NumExplicitMethods(); i++ {
		if method := full.ExplicitMethod(i); method.Exported() {
			methods = append(methods, method)
		}
	}
	var embedded []types.Type
	for i := 0; i < full.NumEmbeddeds(); i++ {
		embedded = append(embedded, full.EmbeddedType(i))
	}
	return types.NewInterfaceType(methods, embedded)
}

func (s *stub) signature(signature *types.Signature) string {
	var out bytes.Buffer
	types.WriteSignature(&out, signature, s.qualify)
	s.visit(signature)
	return out.String()
}

func (s *stub) typeText(t types.Type) string {
	s.visit(t)
	return types.TypeString(t, s.qualify)
}

func (s *stub) typeParameters(list *types.TypeParamList) string {
	if list.Len() == 0 {
		return ""
	}
	var parts []string
	for i := 0; i < list.Len(); i++ {
		parameter := list.At(i)
		parts = append(parts, parameter.Obj().Name()+" "+s.typeText(parameter.Constraint()))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// qualify names a package as the stub's import does and records the import.
func (s *stub) qualify(pkg *types.Package) string {
	if pkg == s.pkg {
		return ""
	}
	name, known := s.imports[pkg.Path()]
	if !known {
		name = pkg.Name()
		for s.taken[name] || s.pkg.Scope().Lookup(name) != nil {
			name += "_"
		}
		s.taken[name] = true
		s.imports[pkg.Path()] = name
	}
	return name
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
