package main

import "go/types"

// visit queues the unexported types of the package that a written type mentions, so that they are declared as well.
func (s *stub) visit(t types.Type) {
	switch t := t.(type) {
	case *types.Alias:
		s.mention(t.Obj())
		s.visitList(t.TypeArgs())
	case *types.Named:
		s.mention(t.Obj())
		s.visitList(t.TypeArgs())
	case *types.Pointer:
		s.visit(t.Elem())
	case *types.Slice:
		s.visit(t.Elem())
	case *types.Array:
		s.visit(t.Elem())
	case *types.Chan:
		s.visit(t.Elem())
	case *types.Map:
		s.visit(t.Key())
		s.visit(t.Elem())
	case *types.Signature:
		for i := 0; i < t.TypeParams().Len(); i++ {
			s.visit(t.TypeParams().At(i).Constraint())
		}
		s.visit(t.Params())
		s.visit(t.Results())
	case *types.Tuple:
		for i := 0; i < t.Len(); i++ {
			s.visit(t.At(i).Type())
		}
	case *types.Struct:
		for i := 0; i < t.NumFields(); i++ {
			s.visit(t.Field(i).Type())
		}
	case *types.Interface:
		for i := 0; i < t.NumExplicitMethods(); i++ {
			s.visit(t.ExplicitMethod(i).Type())
		}
		for i := 0; i < t.NumEmbeddeds(); i++ {
			s.visit(t.EmbeddedType(i))
		}
	case *types.Union:
		for i := 0; i < t.Len(); i++ {
			s.visit(t.Term(i).Type())
		}
	}
}

func (s *stub) visitList(list *types.TypeList) {
	for i := 0; i < list.Len(); i++ {
		s.visit(list.At(i))
	}
}

func (s *stub) mention(object *types.TypeName) {
	if object.Pkg() == s.pkg && object.Parent() == s.pkg.Scope() {
		s.queue(object)
	}
}

// isInternal reports whether a type is declared in a package that has no stub of its own; an alias of it is written out.
func isInternal(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && excluded.MatchString(named.Obj().Pkg().Path())
}
