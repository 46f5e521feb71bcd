package keymap

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNoKeyTwiceInOnePlace(t *testing.T) {
	m := Default()
	for p, bindings := range m {
		seen := map[string]Action{}
		all := bindings
		if p != Everywhere && !Typing(p) {
			all = append(all[:len(all):len(all)], m[Everywhere]...)
		}
		for _, b := range all {
			require.NotEmpty(t, b.Keys, "%s at %s has no key", b.Action, p)
			require.True(t, b.Shown != "" || b.Quiet, "%s at %s is not shown", b.Action, p)
			for _, k := range b.Keys {
				require.Empty(t, seen[k], "%q at %s does two things, one of them %s", k, p, b.Action)
				seen[k] = b.Action
			}
		}
	}
}

func TestTheContractsKeys(t *testing.T) {
	m := Default()
	for key, want := range map[string]Action{
		"up": Up, "k": Up, "down": Down, "j": Down, "g": First, "G": Last, "ctrl+d": HalfDown, "ctrl+u": HalfUp, "pgdown": PageDown,
		"pgup": PageUp, "n": NextPage, "p": PrevPage, "#": GoToPage, "tab": NextPane, "shift+tab": PrevPane, "f": Query, "enter": Open,
		"esc": Back, "r": Again, "y": Copy, "?": Help, "q": Quit, "ctrl+c": ForceQuit, "ctrl+l": Redraw, "？": Help, "／": Filter, "ｊ": Down,
	} {
		got, ok := m.Action(Table, key)
		require.True(t, ok, key)
		require.Equal(t, want, got, key)
	}
	for key, want := range map[string]Action{"a": CopyAddress, "e": CopyID, "r": CopyReply, "t": CopyText, "j": CopyJSON, "c": CopyAnswer} {
		got, _ := m.Action(CopyMenu, key)
		require.Equal(t, want, got, key)
	}
}

func TestLettersAreTextWhereOneTypes(t *testing.T) {
	m := Default()
	for _, p := range []Place{QueryForm, PagePrompt, FilePrompt, FilterPrompt} {
		_, ok := m.Action(p, "q")
		require.False(t, ok, "q quits at %s", p)
		_, ok = m.Action(p, "？")
		require.False(t, ok, "？ is no text at %s", p)
		a, ok := m.Action(p, "ctrl+c")
		require.True(t, ok)
		require.Equal(t, ForceQuit, a)
	}
}

func TestElsewhereTellsWhereAKeyActs(t *testing.T) {
	require.Equal(t, []Place{FacetsPane}, Default().Elsewhere("!")[:1])
	require.Empty(t, Default().Elsewhere("z"))
}

// A name in bindings.tsv that is no Action, and an Action without a key, are mistakes.
func TestEveryActionHasAKey(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "keymap.go", nil, 0)
	require.NoError(t, err)
	var known []string
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			if id, ok := spec.Type.(*ast.Ident); ok && id.Name == "Action" {
				for _, value := range spec.Values {
					text, err := strconv.Unquote(value.(*ast.BasicLit).Value)
					require.NoError(t, err)
					known = append(known, text)
				}
			}
		}
		return true
	})
	bound := map[string]bool{}
	for _, bindings := range Default() {
		for _, b := range bindings {
			bound[string(b.Action)] = true
		}
	}
	require.ElementsMatch(t, known, slices.Collect(maps.Keys(bound)))
	require.Len(t, Default(), len(Places()))
}
