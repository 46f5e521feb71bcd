package ui

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

// terminal is what the model needs of the screen beside drawing on it.
type terminal interface {
	Write(p []byte) (int, error)
	job() bool // the program is a job of a shell, which can take the terminal back
}

// output is where the program draws. Frames and copied text go through it in
// whole writes, from two goroutines.
type output struct {
	*os.File
	mu sync.Mutex
}

func (s *output) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.File.Write(p)
}

// job: a shell with job control gives each job a process group of its own. A
// program that is the session's leader, or in the leader's group, has no shell
// to go back to: suspended, it would hang for good.
func (s *output) job() bool {
	sid, err := unix.Getsid(0)
	return err == nil && unix.Getpgrp() != sid
}

// CrashError is a bug of ours: what was panicked with, and where.
type CrashError struct {
	Value any
	Stack []byte
}

func (e *CrashError) Error() string { return fmt.Sprintf("bug: %v", e.Value) }

// Run shows the dashboard until it is left or ctx ends; the terminal is
// restored then. The error is nil after q or ctrl+c, the cause of ctx's end, a
// *CrashError after a bug, and anything else when the terminal failed.
func Run(ctx context.Context, opt Options) error {
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	out := &output{File: opt.Out}
	g := &guard{model: New(within, opt, out), end: cancel}
	p := tea.NewProgram(g, tea.WithInput(opt.In), tea.WithOutput(out), tea.WithAltScreen(),
		tea.WithoutSignalHandler(), tea.WithoutCatchPanics())
	stop := context.AfterFunc(within, func() { p.Send(endMsg{}) })
	defer stop()
	_, err := p.Run()
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case g.crash != nil:
		return g.crash
	}
	return err
}

// guard ends the program in good order when the model or a command panics:
// the library's own handling prints a stack over the restored screen.
type guard struct {
	model *Model
	crash *CrashError
	last  string // the last frame: a crash shows no half one
	end   func() // ends the program; View cannot by what it returns
}

type crashMsg struct{ crash *CrashError }

func recovered(v any) *CrashError { return &CrashError{Value: v, Stack: debug.Stack()} }

// catch makes a panic the crash that ends the program.
func (g *guard) catch(cmd *tea.Cmd) {
	if v := recover(); v != nil {
		g.crash, *cmd = recovered(v), tea.Quit
	}
}

func (g *guard) Init() (cmd tea.Cmd) {
	defer g.catch(&cmd)
	return guarded(g.model.Init())
}

func (g *guard) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = g
	defer g.catch(&cmd)
	if c, ok := msg.(crashMsg); ok && g.crash == nil {
		g.crash = c.crash
	}
	if g.crash != nil {
		return g, tea.Quit
	}
	_, cmd = g.model.Update(msg)
	return g, guarded(cmd)
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
	g.last = g.model.View()
	return g.last
}

// guarded turns a panic of a command into a message; commands that hold others
// are unpacked on the way.
func guarded(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if v := recover(); v != nil {
				msg = crashMsg{recovered(v)}
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = guarded(batch[i])
			}
		}
		return msg
	}
}
