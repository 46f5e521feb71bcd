// Package e2e drives the real binary on a pseudo-terminal and in tmux, against
// the simulated service, and looks at what a person sees.
package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/sendcloudtest"
)

// patience is how long a condition may take to come true. It is no
// measurement: a test that succeeds does not wait.
const patience = 30 * time.Second

// binary is the program, built once.
var binary string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "bounceboard-e2e")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "bounceboard")
	build := exec.Command("go", "build", "-o", binary, "bounceboard")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// environment is a clean one with a home of its own; more replaces and adds.
func environment(t *testing.T, more ...string) []string {
	t.Helper()
	set := map[string]string{"PATH": os.Getenv("PATH"), "HOME": t.TempDir(), "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
	for _, kv := range more {
		k, v, _ := strings.Cut(kv, "=")
		set[k] = v
	}
	var env []string
	for k, v := range set {
		env = append(env, k+"="+v)
	}
	return env
}

// simulation is a running `simulate`.
type simulation struct {
	t   *testing.T
	cmd *exec.Cmd
	url string
}

// simulate starts the simulated service and waits until it listens.
func simulate(t *testing.T, args ...string) *simulation {
	t.Helper()
	s := &simulation{t: t, cmd: exec.Command(binary, append([]string{"simulate", "--seed", "7"}, args...)...)}
	s.cmd.Env = environment(t)
	first := make(chan string, 1)
	s.cmd.Stdout = lineTo(first)
	var errors bytes.Buffer
	s.cmd.Stderr = &errors
	require.NoError(t, s.cmd.Start())
	t.Cleanup(s.stop)
	select {
	case line := <-first:
		url, ok := strings.CutPrefix(line, "listening on ")
		require.True(t, ok, "first line of simulate: %q", line)
		s.url = url
	case <-time.After(patience):
		require.FailNow(t, "simulate does not listen", "%s", errors.String())
	}
	return s
}

// stop ends the service, once.
func (s *simulation) stop() {
	if s.cmd.ProcessState != nil {
		return
	}
	require.NoError(s.t, s.cmd.Process.Kill())
	_ = s.cmd.Wait() // killed
}

// credentials is the environment that asks this service.
func (s *simulation) credentials() []string {
	return []string{"SENDCLOUD_BASE_URL=" + s.url, "SENDCLOUD_API_USER=" + sendcloudtest.DefaultUser, "SENDCLOUD_API_KEY=" + sendcloudtest.DefaultKey}
}

// lineTo is a writer that hands over the first line.
func lineTo(first chan<- string) *firstLine { return &firstLine{to: first} }

type firstLine struct {
	to   chan<- string
	seen []byte
	done bool
}

func (f *firstLine) Write(p []byte) (int, error) {
	if !f.done {
		f.seen = append(f.seen, p...)
		if line, _, ok := bytes.Cut(f.seen, []byte("\n")); ok {
			f.to <- string(line)
			f.done = true
		}
	}
	return len(p), nil
}

// row is what these tests need of an NDJSON object of list.
type row struct {
	EmailID    string
	Recipients string
	SubStatus  int
	SendLog    string
}

// list runs `list` and returns its rows.
func list(t *testing.T, env []string, args ...string) []row {
	t.Helper()
	out, errOut, status := command(t, env, nil, append([]string{"list", "--format", "ndjson"}, args...)...)
	require.Zero(t, status, "%s", errOut)
	var rows []row
	for line := range strings.Lines(out) {
		var r row
		require.NoError(t, json.Unmarshal([]byte(line), &r), "%s", line)
		rows = append(rows, r)
	}
	return rows
}

// failures is the dashboard's first question, asked by list.
func failures(t *testing.T, s *simulation, start int) []row {
	t.Helper()
	return list(t, environment(t, s.credentials()...), "--status", "invalid,soft_bounce", "--days", "7", "--start", fmt.Sprint(start))
}

// command runs the program without a terminal.
func command(t *testing.T, env []string, in []byte, args ...string) (out, errOut string, status int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Env = env
	cmd.Stdin = bytes.NewReader(in)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	err := cmd.Run()
	require.NoError(t, ctx.Err(), "%v does not end; so far: %s%s", args, o.String(), e.String())
	if cmd.ProcessState == nil {
		require.NoError(t, err)
	}
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}
