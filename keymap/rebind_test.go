package keymap

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRebind(t *testing.T) {
	m, err := Default().Rebind(map[Action][]string{Quit: {"Q"}, Down: {"down", "e"}, FetchAll: {"ctrl+f"}, Mark: {"space", "X"}, FacetsBy: {"ctrl+b"}})
	require.NoError(t, err)
	for key, want := range map[string]Action{"Q": Quit, "e": Down, "down": Down, "ctrl+f": FetchAll, "X": Mark, " ": Mark, "k": Up, "ctrl+b": FacetsBy} {
		got, ok := m.Action(Table, key)
		require.True(t, ok, key)
		require.Equal(t, want, got)
	}
	for _, gone := range []string{"q", "j", "a", "4"} {
		_, ok := m.Action(Table, gone)
		require.False(t, ok, gone)
	}
	require.Equal(t, "Q", m.Key(Quit))
	require.Equal(t, "space", m.Key(Mark))
	_, ok := m.Action(FilterPrompt, "e")
	require.False(t, ok, "a letter is text where one types")
	for _, p := range Places() {
		for _, b := range m[p] {
			require.True(t, b.Shown != "" || b.Quiet, "%s at %s is not shown", b.Action, p)
		}
	}
	q, _ := Default().Action(Table, "q")
	require.Equal(t, Quit, q, "the default stays")
}

func TestAShownPairFollowsItsKeys(t *testing.T) {
	m, err := Default().Rebind(map[Action][]string{PrevColumn: {"["}})
	require.NoError(t, err)
	for _, b := range m[FacetsPane] {
		if b.Action == NextColumn {
			require.NotContains(t, b.Shown, "←")
		}
	}
}

func TestRebindRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		own  map[Action][]string
		want KeyError
	}{
		"unknown action":   {map[Action][]string{"quti": {"Q"}}, KeyError{Action: "quti"}},
		"no key":           {map[Action][]string{Quit: {}}, KeyError{Action: Quit, Known: true}},
		"no such key":      {map[Action][]string{Quit: {"ctr+q"}}, KeyError{Action: Quit, Key: "ctr+q", Known: true}},
		"an empty key":     {map[Action][]string{Quit: {""}}, KeyError{Action: Quit, Known: true}},
		"twice":            {map[Action][]string{Counts: {"v"}}, KeyError{Action: Counts, Key: "v", Other: Facets, Place: Table, Known: true}},
		"everywhere too":   {map[Action][]string{Facets: {"q"}}, KeyError{Action: Facets, Key: "q", Other: Quit, Place: Table, Known: true}},
		"two of one's own": {map[Action][]string{Sort: {"Z"}, Mark: {"Z"}}, KeyError{Action: Mark, Key: "Z", Other: Sort, Place: Table, Known: true}},
	} {
		_, err := Default().Rebind(c.own)
		wrong, ok := errors.AsType[*KeyError](err)
		require.True(t, ok, name)
		require.Equal(t, c.want, *wrong, name)
		require.Contains(t, wrong.Error(), string(c.want.Action))
	}
	m, err := Default().Rebind(map[Action][]string{Counts: {"v"}, Facets: {"c"}})
	require.NoError(t, err, "two actions can swap their keys")
	a, _ := m.Action(Table, "v")
	require.Equal(t, Counts, a)
}
