package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"

	"bounceboard/ui/input"
	"bounceboard/ui/render"
)

// terminal is what the model needs of the screen beside drawing on it; see render.Terminal.
type terminal interface {
	io.Writer
	Job() bool
	Suspend() error
	Redraw()
}

// ErrGone says that the terminal has hung up.
var ErrGone = input.ErrGone

// CrashError is a bug of ours: what was panicked with, and where.
type CrashError struct {
	Value any
	Stack []byte
}

func (e *CrashError) Error() string { return fmt.Sprintf("bug: %v", e.Value) }

// Run shows the dashboard until it is left or ctx ends; the terminal is restored then. The error is nil after q or ctrl+c, the cause of
// ctx's end, a *CrashError after a bug, ErrGone after a hang-up, and anything else when the terminal failed.
func Run(ctx context.Context, opt Options) error {
	within, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	t, err := render.Open(opt.In, opt.Out, opt.Plain, cancel)
	if err != nil {
		return err
	}
	defer t.Close()
	keys := input.New(t.Keys)
	defer keys.Close()
	g := &guard{model: New(within, opt, t), draw: t.Draw, end: func() { cancel(nil) }}
	g.size.Width, g.size.Height = t.Size()
	p := tea.NewProgram(g, tea.WithInput(keys), tea.WithOutput(io.Discard), tea.WithoutRenderer(),
		tea.WithoutSignalHandler(), tea.WithoutCatchPanics(), tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			if k, ok := msg.(tea.KeyMsg); ok && k.Paste {
				k.Runes = []rune(keys.Paste())
				return k
			}
			return msg
		}))
	t.Watch(func(w, h int) { p.Send(tea.WindowSizeMsg{Width: w, Height: h}) })
	stop := context.AfterFunc(within, func() { p.Send(endMsg{}) })
	defer stop()
	_, err = p.Run()
	switch failed := context.Cause(within); {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case g.crash != nil:
		return g.crash
	case errors.Is(failed, unix.EIO):
		return fmt.Errorf("%w (%v)", ErrGone, failed)
	case failed != nil && !errors.Is(failed, context.Canceled):
		return failed
	}
	return err
}

// guard ends the program in good order after a panic: the library would print a stack over the restored screen.
type guard struct {
	model *Model
	size  tea.WindowSizeMsg // at the beginning
	draw  func(render.Frame)
	crash *CrashError
	last  string // the last frame: a crash shows no half one
	end   func() // ends the program; View cannot by what it returns
}

// recovered is what a job that panicked answers.
func recovered(v any) *CrashError { return &CrashError{Value: v, Stack: debug.Stack()} }

// catch makes a panic the crash that ends the program.
func (g *guard) catch(cmd *tea.Cmd) {
	if v := recover(); v != nil {
		g.crash, *cmd = recovered(v), tea.Quit
	}
}

func (g *guard) Init() (cmd tea.Cmd) {
	defer g.catch(&cmd)
	first := g.model.Init()
	_, sized := g.model.Update(g.size)
	return tea.Batch(first, sized)
}

func (g *guard) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = g
	defer g.catch(&cmd)
	if c, ok := msg.(*CrashError); ok && g.crash == nil {
		g.crash = c
	}
	if g.crash != nil {
		return g, tea.Quit
	}
	_, cmd = g.model.Update(msg)
	return g, cmd
}

func (g *guard) View() (frame string) {
	defer func() {
		if v := recover(); v != nil {
			g.crash, frame = recovered(v), g.last
			g.end()
		}
	}()
	if g.crash != nil {
		return g.last
	}
	frame, cursor := g.model.View(), g.model.cursor()
	g.draw(render.Frame{Text: frame, Width: g.model.w, Height: g.model.h, Cursor: cursor})
	g.last = frame
	return frame
}
