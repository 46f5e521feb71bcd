package cli

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

// spooledRows is a file as list writes it.
func spooledRows(t *testing.T, srv *sendcloudtest.Server, args ...string) (path, text string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "rows.ndjson")
	got := world{env: accountAt(srv)}.run(t, append([]string{"list", "--all", "--days", "7", "--spool", path}, args...)...)
	require.Zero(t, got.status, got.err)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return path, string(data)
}

func TestListFromAFileIsTheFile(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 3000})
	path, text := spooledRows(t, srv)
	calls := srv.CallCount()
	got := world{}.run(t, "list", "--from", path)
	require.Equal(t, result{0, text, ""}, got, "no key, no network, the same rows")
	got = world{in: strings.NewReader(text)}.run(t, "list", "--from", "-")
	require.Equal(t, result{0, text, ""}, got)
	require.Equal(t, calls, srv.CallCount())

	fits := 0
	for line := range strings.Lines(text) {
		if strings.Contains(line, "@qq.com") && strings.Contains(line, `"status":"invalid"`) {
			fits++
		}
	}
	require.Positive(t, fits)
	got = world{}.run(t, "list", "--from", path, "--filter", "domain:qq.com status:invalid")
	require.Zero(t, got.status)
	require.Equal(t, fits, strings.Count(got.out, "\n"))
	require.Contains(t, got.err, fmt.Sprintf("%d of", fits))
}

func TestFilesJoinedByCatAreOne(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 3000})
	_, text := spooledRows(t, srv)
	half := strings.Index(text[len(text)/2:], "\n") + len(text)/2 + 1
	first, second := text[:half], text[half:]
	array := world{in: strings.NewReader(second)}.run(t, "list", "--from", "-", "--format", "json").out
	one, two := file(t, "one", strings.TrimSuffix(first, "\n"), 0o600), file(t, "two", array, 0o600)
	require.Equal(t, result{0, text, ""}, world{}.run(t, "list", "--from", one, "--from", two))
	require.Contains(t, world{}.run(t, "count", "--by", "status", "--from", one, "--from", two).err, one+", "+two)
	for name, joined := range map[string]string{"lines": first + second, "lines and an array": first + array} {
		got := world{in: strings.NewReader(joined)}.run(t, "list", "--from", "-")
		require.Equal(t, result{0, text, ""}, got, name)
	}
}

func TestListFilterNarrowsHere(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 3000})
	_, text := spooledRows(t, srv)
	var want strings.Builder
	for line := range strings.Lines(text) {
		if strings.Contains(line, `@163.com"`) {
			want.WriteString(line)
		}
	}
	got := world{env: accountAt(srv)}.run(t, "list", "--all", "--days", "7", "--filter", "domain:163.com")
	require.Zero(t, got.status, got.err)
	require.Equal(t, want.String(), got.out, "the same rows in the same order")
	require.Contains(t, got.err, "the service was not asked to filter")
	for _, call := range srv.Calls() {
		require.False(t, call.Params.Has("email"))
	}
	page := world{env: accountAt(srv)}.run(t, "list", "--days", "7", "--filter", "domain:163.com", "--format", "json")
	require.Contains(t, page.err, "100 rows")
}

func TestDamagedLinesAreSaidAndPassedOver(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 400})
	_, text := spooledRows(t, srv)
	lines := strings.SplitAfter(text, "\n")
	lines = lines[:len(lines)-1]
	require.Greater(t, len(lines), 10)
	damaged := lines[0] + "not a row\n\n" + lines[1] + lines[2] + `{"x":1}` + "\n" + strings.Join(lines[3:], "") + lines[0][:40]
	path := file(t, "damaged.ndjson", damaged, 0o600)
	got := world{}.run(t, "list", "--from", path)
	require.Equal(t, exitFailed, got.status, "rows that stood there may be missing")
	require.Equal(t, text, got.out)
	require.Equal(t, 1, strings.Count(got.err, "\n"), got.err)
	for _, part := range []string{path, "3 lines", "line 2 (not JSON)", "line 6 (", fmt.Sprintf("line %d (cut off)", len(lines)+4)} {
		require.Contains(t, got.err, part)
	}
	zh := world{}.run(t, "list", "--from", path, "--lang", "zh")
	require.Contains(t, zh.err, "第 2 行")
	list, counts := numbersOf(t, world{}, "--by", "status", "--from", path)
	require.Equal(t, exitFailed, counts.status)
	require.NotEmpty(t, list)
}

// A list that is being written shows its rows at once, in bounded memory.
func TestListFromAPipeStreams(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 400})
	_, text := spooledRows(t, srv)
	first := strings.Index(text, "\n") + 1
	read, write := io.Pipe()
	out := &await{want: text[:first], came: make(chan struct{})}
	done := make(chan result)
	go func() { done <- world{in: read, out: out}.run(t, "list", "--from", "-", "--filter", "!zzz") }()
	_, err := io.WriteString(write, text[:first+10])
	require.NoError(t, err)
	<-out.came
	_, err = io.WriteString(write, text[first+10:])
	require.NoError(t, err)
	require.NoError(t, write.Close())
	got := <-done
	require.Zero(t, got.status, got.err)
	require.Equal(t, text, out.text.String())
}

// await tells when a text was written.
type await struct {
	want string
	text strings.Builder
	came chan struct{}
	told bool
}

func (a *await) Write(b []byte) (int, error) {
	n, err := a.text.Write(b)
	if !a.told && strings.HasPrefix(a.text.String(), a.want) {
		a.told = true
		close(a.came)
	}
	return n, err
}

func TestAnEndlessLineIsDamage(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 50})
	_, text := spooledRows(t, srv)
	half := strings.Index(text[len(text)/2:], "\n") + len(text)/2 + 1
	in := io.MultiReader(strings.NewReader(text[:half]), strings.NewReader(strings.Repeat("x", 40<<20)+"\n"), strings.NewReader(text[half:]))
	got := world{in: in}.run(t, "list", "--from", "-")
	require.Equal(t, exitFailed, got.status)
	require.Equal(t, text, got.out)
	require.Contains(t, got.err, fmt.Sprintf("1 line: line %d (too long)", strings.Count(text[:half], "\n")+1))
}

// Rows and keys cannot both come from the keyboard.
func TestTheDashboardReadsNoRowsFromItsTerminal(t *testing.T) {
	cmd := command(t, map[string]string{"TERM": "xterm-256color"}, "--from", "-")
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 200})
	require.NoError(t, err)
	defer tty.Close()
	out, _ := io.ReadAll(tty) // ends with EIO when the program does
	var ended *exec.ExitError
	require.ErrorAs(t, cmd.Wait(), &ended)
	require.Equal(t, exitUsage, ended.ExitCode())
	require.Contains(t, string(out), "that is the terminal")
}

func TestSpoolIsPrivateAndNeverOverwritten(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 400})
	path, text := spooledRows(t, srv, "--filter", "domain:163.com", "--explain")
	about, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), about.Mode().Perm())
	_, whole := spooledRows(t, srv)
	require.Equal(t, whole, text, "the spool keeps every row, in the contract's format")

	calls := srv.CallCount()
	w := world{env: accountAt(srv)}
	w.run(t, "list", "--all", "--spool", path).oneSentence(t, exitUsage, "--spool", path, "another name")
	w.run(t, "list", "--all", "--spool", filepath.Join(t.TempDir(), "no", "rows")).oneSentence(t, exitUsage, "--spool")
	w.run(t, "list", "--all", "--spool", "x", "--from", path).oneSentence(t, exitUsage, "--spool", "--from")
	require.Equal(t, calls, srv.CallCount())
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, text, string(data))

	empty := file(t, "empty", "", 0o644)
	got := w.run(t, "list", "--all", "--days", "7", "--spool", empty)
	require.Zero(t, got.status, got.err)
	about, err = os.Stat(empty)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), about.Mode().Perm(), "others can read it")
	require.Positive(t, about.Size())
}

func TestSpoolKeepsWhatCame(t *testing.T) {
	env := paged(t, 1000, func(w http.ResponseWriter, start int) bool {
		if start >= 250 {
			fmt.Fprint(w, "<html>log in first</html>")
		}
		return start >= 250
	})
	path := filepath.Join(t.TempDir(), "rows")
	got := world{env: env}.run(t, "list", "--all", "--days", "1", "--spool", path)
	require.Equal(t, exitFailed, got.status)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, got.out, string(data))
	require.NotEmpty(t, data)
	require.True(t, strings.HasSuffix(string(data), "}\n"))

	path = filepath.Join(t.TempDir(), "rows")
	got = world{env: env, out: &gone{700}}.run(t, "list", "--all", "--days", "1", "--spool", path)
	require.Equal(t, exitFailed, got.status, "the file is not whole")
	require.Contains(t, got.err, "of 1,000 rows came")
	data, err = os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, strings.HasSuffix(string(data), "}\n"))
}

func TestDashboardTakesAFile(t *testing.T) {
	for _, args := range [][]string{{"--from", "x", "--days", "3"}, {"--from", "x", "--demo"}, {"--from", "x", "--spool", "y"}} {
		world{}.run(t, args...).oneSentence(t, exitUsage, "--from", args[2])
	}
	world{}.run(t, "--from", "/nowhere/rows").oneSentence(t, exitUsage, "/nowhere/rows")
	srv := service(t, sendcloudtest.Options{Records: 50})
	path, _ := spooledRows(t, srv)
	world{}.run(t, "--from", path).oneSentence(t, exitUsage, "terminal")
}

func TestAnInterruptedFileSaysHowFarItCame(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 400})
	_, text := spooledRows(t, srv)
	read, write := io.Pipe()
	out := &await{want: text, came: make(chan struct{})}
	signals := make(chan os.Signal)
	done, written := make(chan result), make(chan struct{})
	go func() { done <- world{in: read, out: out, signals: signals}.run(t, "list", "--from", "-") }()
	go func() { // a file without an end
		defer close(written)
		for err := error(nil); err == nil; {
			_, err = io.WriteString(write, text)
		}
	}()
	<-out.came
	signals <- syscall.SIGINT
	got := <-done
	require.NoError(t, read.Close())
	<-written
	require.Equal(t, 130, got.status)
	require.Equal(t, 1, strings.Count(got.err, "\n"), got.err)
	require.True(t, strings.HasSuffix(out.text.String(), "}\n"))
	require.Contains(t, got.err, "interrupted; "+words.Number(strings.Count(out.text.String(), "\n"))+" rows came")
}
