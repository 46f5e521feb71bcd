package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/render"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// broken is a screen that panics.
type broken struct{ screen.Screen }

func (broken) Place() keymap.Place { panic("boom") }
func (broken) Draw(bool) []string  { panic("boom") }
func (broken) Resize(int, int)     {}

func TestABugEndsTheProgram(t *testing.T) {
	quits := func(t *testing.T, g *guard, cmd tea.Cmd) {
		t.Helper()
		require.Equal(t, "boom", g.crash.Value)
		require.Contains(t, string(g.crash.Stack), "run_test.go")
		require.NotNil(t, cmd)
		require.Equal(t, tea.QuitMsg{}, cmd())
	}
	t.Run("in a job", func(t *testing.T) {
		g, j := &guard{}, jobs{ctx: t.Context(), running: map[screen.Kind]*running{}}
		_, cmd := g.Update(j.start(screen.Job{Run: func(context.Context, func(any)) (any, error) { panic("boom") }})())
		quits(t, g, cmd)
	})
	t.Run("in Update", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t, 3, words.English, 80, 24)
			r.at.push(broken{})
			g := &guard{model: r.Model}
			_, cmd := g.Update(tea.KeyMsg{Type: tea.KeyEnter})
			r.at.pop()
			quits(t, g, cmd)
		})
	})
	t.Run("in View", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t, 3, words.English, 80, 24)
			ended := false
			g := &guard{model: r.Model, draw: func(render.Frame) {}, end: func() { ended = true }}
			frame := g.View()
			require.Contains(t, frame, "user0@example.com")
			r.at.push(broken{})
			require.Equal(t, frame, g.View(), "half a frame")
			require.True(t, ended)
			r.at.pop()
			require.Equal(t, frame, g.View(), "drawn on after a bug")
			_, cmd := g.Update(tea.KeyMsg{Type: tea.KeyDown})
			quits(t, g, cmd)
		})
	})
}

// unplanned is a service that nothing can be asked of.
type unplanned struct{ session.Service }

func (unplanned) Plan(sendcloud.Query) (sendcloud.Plan, error) { panic("boom") }

func TestRunTellsABug(t *testing.T) {
	in, keyboard, err := os.Pipe()
	require.NoError(t, err)
	defer in.Close()
	defer keyboard.Close()
	out, err := os.Create(filepath.Join(t.TempDir(), "screen"))
	require.NoError(t, err)
	defer out.Close()
	err = Run(t.Context(), Options{API: unplanned{}, Theme: theme.New(theme.Dark, false), Keys: keymap.Default(), In: in, Out: out})
	var crash *CrashError
	require.ErrorAs(t, err, &crash)
	require.Equal(t, "boom", crash.Value)
}
