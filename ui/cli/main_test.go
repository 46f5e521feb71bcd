package cli

import (
	"bytes"
	"context"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/ui/cli/config"

	"bounceboard/sendcloud/sendcloudtest"
)

// binary is the real program, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(withBinary(m))
}

func withBinary(m *testing.M) int {
	dir, err := os.MkdirTemp("", "bounceboard-cli-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "bounceboard")
	build := exec.CommandContext(context.Background(), "go", "build", "-o", binary, "bounceboard")
	if out, err := build.CombinedOutput(); err != nil {
		panic(string(out))
	}
	return m.Run()
}

// canary is the key of the tests: it must turn up nowhere.
const canary = "canary+key/7Qx&=%41"

// result is what a run left behind.
type result struct {
	status   int
	out, err string
}

// world is what a run of the program gets, without a terminal.
type world struct {
	env     map[string]string
	in      io.Reader
	signals chan os.Signal
	out     io.Writer // instead of a buffer
}

// account is the environment of somebody who has an account at srv.
func accountAt(srv *sendcloudtest.Server) map[string]string {
	user, key := srv.Credentials()
	return map[string]string{config.BaseVariable: srv.URL, config.UserVariable: user, config.KeyVariable: key}
}

func service(t *testing.T, o sendcloudtest.Options) *sendcloudtest.Server {
	t.Helper()
	if o.APIKey == "" {
		o.APIKey = canary
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	now := time.Now() // stands still: mail that is requested changes with the clock
	o.Now = func() time.Time { return now }
	srv, err := sendcloudtest.Start(o)
	require.NoError(t, err)
	t.Cleanup(srv.Close)
	return srv
}

// run runs the program in this process. HOME is empty, so that nobody's own
// configuration takes part.
func (w world) run(t *testing.T, args ...string) result {
	t.Helper()
	var out, err bytes.Buffer
	env := map[string]string{"HOME": t.TempDir()}
	maps.Copy(env, w.env)
	var to io.Writer = &out
	if w.out != nil {
		to = w.out
	}
	in := w.in
	if in == nil {
		in = strings.NewReader("")
	}
	status := Run(Env{
		Args: args, In: in, Out: to, Err: &err,
		Getenv:  func(name string) string { return env[name] },
		Signals: w.signals,
		Exit:    func(status int) { t.Errorf("the process had to be ended with status %d", status) },
	})
	r := result{status, out.String(), err.String()}
	require.NotContains(t, r.out+r.err, canary, "the key was shown")
	return r
}

// oneSentence checks a message that is one line and no usage text.
func (r result) oneSentence(t *testing.T, status int, contains ...string) {
	t.Helper()
	require.Equal(t, status, r.status, r.err)
	require.Empty(t, r.out, "something was written to standard output")
	require.Equal(t, 1, strings.Count(r.err, "\n"), "not one line: %q", r.err)
	for _, c := range contains {
		require.Contains(t, r.err, c)
	}
}

// command is the real program with an environment of its own.
func command(t *testing.T, env map[string]string, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Env = []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	for k, v := range env {
		cmd.Env = append(cmd.Env, k+"="+v)
	}
	return cmd
}

func file(t *testing.T, name, content string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	require.NoError(t, os.Chmod(path, mode))
	return path
}
