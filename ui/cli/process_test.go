package cli

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/stretchr/testify/require"

	"bounceboard/ui/cli/config"
	"golang.org/x/sys/unix"

	"bounceboard/sendcloud/sendcloudtest"
)

// These tests run the real program: signals, pipes and terminals are those of
// the system.

func exitStatus(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		require.True(t, exit.Exited(), "killed by %s", exit.ProcessState)
		return exit.ExitCode()
	}
	require.NoError(t, err)
	return 0
}

func TestSignalsEndList(t *testing.T) {
	for sig, status := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGHUP: 129, syscall.SIGTERM: 143} {
		reached, release := make(chan struct{}, 100), make(chan struct{})
		env := paged(t, 1000, func(_ http.ResponseWriter, start int) bool {
			if start >= 300 {
				reached <- struct{}{}
				<-release
			}
			return false
		})
		cmd := command(t, env, "list", "--all", "--days", "1")
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		require.NoError(t, cmd.Start())
		<-reached
		require.NoError(t, cmd.Process.Signal(sig))
		err := cmd.Wait()
		close(release)
		require.Equal(t, status, exitStatus(t, err), errs.String())
		require.Contains(t, errs.String(), "interrupted")
		if out.Len() > 0 {
			require.True(t, strings.HasSuffix(out.String(), "}\n"), "not whole lines")
		}
	}
}

// A script that ignores a signal means its children, too.
func TestAnIgnoredInterruptStaysIgnored(t *testing.T) {
	reached, release := make(chan struct{}, 100), make(chan struct{})
	env := paged(t, 1000, func(_ http.ResponseWriter, start int) bool {
		if start >= 300 {
			reached <- struct{}{}
			<-release
		}
		return false
	})
	cmd := command(t, env)
	cmd.Path, cmd.Args = "/bin/sh", []string{"sh", "-c", `trap "" INT; exec "$0" list --all --days 1`, binary}
	var out bytes.Buffer
	cmd.Stdout = &out
	require.NoError(t, cmd.Start())
	<-reached
	require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
	close(release)
	require.Zero(t, exitStatus(t, cmd.Wait()))
	require.Equal(t, 1000, strings.Count(out.String(), "\n"))
}

// TestSignalEndsABlockedWrite: nobody reads the pipe, so the program hangs in a
// write that no context ends.
func TestSignalEndsABlockedWrite(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 20_000})
	for name, both := range map[string]bool{"standard output": false, "both": true} {
		t.Run(name, func(t *testing.T) {
			cmd := command(t, accountAt(srv), "list", "--all", "--calls-per-minute", "3000")
			read, write, err := os.Pipe()
			require.NoError(t, err)
			defer read.Close()
			var errs bytes.Buffer
			cmd.Stdout, cmd.Stderr = write, &errs
			if both {
				cmd.Stderr = write
			}
			require.NoError(t, cmd.Start())
			require.Eventually(t, func() bool {
				n, err := unix.Poll([]unix.PollFd{{Fd: int32(write.Fd()), Events: unix.POLLOUT}}, 0)
				return err == nil && n == 0
			}, time.Minute, time.Millisecond, "the pipe did not fill")
			require.NoError(t, write.Close())
			require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
			require.Equal(t, 130, exitStatus(t, cmd.Wait()), errs.String())
			if !both {
				require.Contains(t, errs.String(), "interrupted")
				require.Contains(t, errs.String(), "came")
			}
		})
	}
}

func TestSignalEndsReadingStandardInput(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 50})
	cmd := command(t, accountAt(srv), "list", "--email", "-")
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	defer in.Close()
	out, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	_, err = io.WriteString(in, strings.Repeat("a@example.com\n", 20_000)) // more than a pipe holds: it is reading
	require.NoError(t, err)
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	text, err := io.ReadAll(out)
	require.NoError(t, err)
	require.Equal(t, 143, exitStatus(t, cmd.Wait()), string(text))
}

func TestClosedPipeIsQuiet(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 20_000})
	cmd := command(t, accountAt(srv), "list", "--all", "--calls-per-minute", "3000")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	require.NoError(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	require.Contains(t, line, "emailId")
	require.NoError(t, out.Close())
	require.Zero(t, exitStatus(t, cmd.Wait()), errs.String())
	require.Empty(t, errs.String())
}

func TestProgressOnATerminal(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 20_000})
	cmd := command(t, accountAt(srv), "list", "--all", "--days", "30", "--calls-per-minute", "3000")
	screen, tty, err := pty.Open()
	require.NoError(t, err)
	defer screen.Close()
	require.NoError(t, pty.Setsize(screen, &pty.Winsize{Rows: 24, Cols: 100}))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, tty
	seen := make(chan string)
	go func() {
		all, _ := io.ReadAll(screen) // ends with EIO once nobody holds the terminal
		seen <- string(all)
	}()
	require.NoError(t, cmd.Start())
	require.NoError(t, tty.Close())
	require.Zero(t, exitStatus(t, cmd.Wait()))
	text := <-seen
	require.Contains(t, text, "calls left")
	require.Regexp(t, `[0-9,]+ of [0-9,]+ came`, text)
	require.Contains(t, text, "about ")
	require.NotContains(t, text, "\x1b", "an escape sequence")
	require.True(t, strings.HasSuffix(text, " \r"), "the line is not cleared: %q", text[max(0, len(text)-200):])
	for line := range strings.SplitSeq(text, "\r") {
		require.Less(t, len([]rune(line)), 100, "wider than the terminal")
	}
	require.Positive(t, strings.Count(out.String(), "\n"))
}

func TestSimulate(t *testing.T) {
	cmd := command(t, nil, "simulate", "--records", "300", "--api-key", "toy", "--total", "number", "--words", "english")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	require.Regexp(t, `^listening on http://127\.0\.0\.1:\d+/apiv2\n$`, line)
	base := strings.TrimSpace(strings.TrimPrefix(line, "listening on "))

	env := map[string]string{config.BaseVariable: base, config.UserVariable: "demo", config.KeyVariable: "toy"}
	got := world{env: env}.run(t, "list", "--days", "30", "--limit", "5")
	require.Zero(t, got.status, got.err)
	require.Equal(t, 5, strings.Count(got.out, "\n"))
	require.Regexp(t, `"statusText":"(delivered|invalid email|soft bounce|sending)"`, got.out, "the switch for English words did nothing")

	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	require.Equal(t, 130, exitStatus(t, cmd.Wait()))
}

func TestDumbTerminalGetsPlainLines(t *testing.T) {
	cmd := command(t, map[string]string{"TERM": "dumb", "LANG": "en_US.UTF-8"}, "--demo")
	status, text := onTerminal(t, cmd, func(screen *os.File, drawn string) bool {
		if !strings.Contains(drawn, "row 1 of") {
			return false
		}
		_, err := screen.WriteString("q")
		require.NoError(t, err)
		return true
	})
	require.Zero(t, status, text)
	require.NotContains(t, text, "\x1b", "a dumb terminal knows no sequences")
}

// onTerminal runs the dashboard on a terminal of its own, calls act with what
// it has drawn until act says that it is done, and returns everything drawn.
func onTerminal(t *testing.T, cmd *exec.Cmd, act func(screen *os.File, drawn string) (done bool)) (int, string) {
	t.Helper()
	screen, tty, err := pty.Open()
	require.NoError(t, err)
	defer screen.Close()
	require.NoError(t, pty.Setsize(screen, &pty.Winsize{Rows: 30, Cols: 100}))
	if cmd.Stdin == nil {
		cmd.Stdin = tty
	}
	cmd.Stdout, cmd.Stderr = tty, tty
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: 1}
	require.NoError(t, cmd.Start())
	require.NoError(t, tty.Close())
	var text bytes.Buffer
	buf := make([]byte, 4096)
	done := false
	for {
		n, err := screen.Read(buf)
		text.Write(buf[:n])
		if err != nil { // EIO once nobody holds the terminal
			break
		}
		done = done || act(screen, text.String())
	}
	status := exitStatus(t, cmd.Wait())
	require.True(t, done, text.String())
	return status, text.String()
}

const firstFrame = "demo, a simulated service"

// TestDashboardStartsAndLeaves is the wiring alone: what is on screen is
// tested in package ui.
func TestDashboardStartsAndLeaves(t *testing.T) {
	for locale, warned := range map[string]bool{"en_US.UTF-8": false, "C": true, "zh_CN.GB18030": true} {
		cmd := command(t, map[string]string{"TERM": "xterm-256color", "LC_ALL": locale}, "--demo", "--lang", "en")
		status, text := onTerminal(t, cmd, func(screen *os.File, drawn string) bool {
			if !strings.Contains(drawn, firstFrame) {
				return false
			}
			_, err := screen.WriteString("\x03")
			require.NoError(t, err)
			return true
		})
		require.Zero(t, status, text)
		require.Equal(t, warned, strings.Contains(text, "UTF-8"), text)
	}
}

func TestSignalsEndTheDashboard(t *testing.T) {
	for sig, want := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGHUP: 129, syscall.SIGTERM: 143, syscall.SIGQUIT: 131, syscall.SIGABRT: 134} {
		cmd := command(t, map[string]string{"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}, "--demo")
		status, text := onTerminal(t, cmd, func(_ *os.File, drawn string) bool {
			if !strings.Contains(drawn, firstFrame) {
				return false
			}
			require.NoError(t, cmd.Process.Signal(sig))
			return true
		})
		require.Equal(t, want, status, text)
		require.Contains(t, text, "\x1b[?1049l", "the terminal was not restored")
	}
}

func TestDashboardTakesAListFromStandardInput(t *testing.T) {
	cmd := command(t, map[string]string{"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}, "--demo", "--email", "-")
	cmd.Stdin = strings.NewReader("wei.lin@example.com\n")
	status, text := onTerminal(t, cmd, func(screen *os.File, drawn string) bool {
		if !strings.Contains(drawn, "wei.lin@example.com") {
			return false
		}
		_, err := screen.WriteString("q")
		require.NoError(t, err)
		return true
	})
	require.Zero(t, status, text)
}

// A command that prints the key can ask for a pass phrase first, and the keys are the dashboard's afterwards.
func TestAKeyCommandHasTheTerminal(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 50, APIKey: "toy-key-of-this-test"})
	user, _ := srv.Credentials()
	path := file(t, "config.toml", "[profiles.p]\nbase_url = \""+srv.URL+"\"\napi_user = \""+user+"\"\napi_key_command = \"printf phrase: > /dev/tty; read phrase; [ $phrase = open ] && echo toy-key-of-this-test\"\n", 0o600)
	cmd := command(t, map[string]string{"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}, "--config", path, "--profile", "p")
	asked := false
	status, text := onTerminal(t, cmd, func(screen *os.File, drawn string) bool {
		if !asked && strings.Contains(drawn, "phrase:") {
			asked = true
			_, err := screen.WriteString("open\n")
			require.NoError(t, err)
		}
		if !strings.Contains(drawn, "Failed mail") {
			return false
		}
		_, err := screen.WriteString("q")
		require.NoError(t, err)
		return true
	})
	require.Zero(t, status, text)
	require.NotContains(t, text, "toy-key-of-this-test")
}

// net/http asks the service without a proxy where it cannot read the address of one.
func TestAMalformedProxyIsSaid(t *testing.T) {
	for _, address := range []string{"::bad", "http://[::1", "ftp://proxy.example.com"} {
		env := map[string]string{"HTTPS_PROXY": address, config.BaseVariable: "https://api.invalid/apiv2", config.UserVariable: "u", config.KeyVariable: canary}
		text, err := command(t, env, "list").CombinedOutput()
		require.Error(t, err)
		require.Contains(t, string(text), "HTTPS_PROXY is not the address of a proxy", address)
	}
}
