package cli

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// distinctIDs are the email ids in rows as NDJSON.
func distinctIDs(text string) []string {
	ids := regexp.MustCompile(`"emailId":"[^"]*"`).FindAllString(text, -1)
	slices.Sort(ids)
	return slices.Compact(ids)
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// interruptedSpool reads 3,000 rows into a spool until half of the pages were asked for, then interrupts.
func interruptedSpool(t *testing.T, command ...string) (env map[string]string, spool string, calls *atomic.Int64) {
	t.Helper()
	calls = &atomic.Int64{}
	signals, stop := make(chan os.Signal, 1), atomic.Bool{}
	env = paged(t, 3000, func(http.ResponseWriter, int) bool {
		if calls.Add(1) == 16 && stop.CompareAndSwap(false, true) {
			signals <- syscall.SIGINT
		}
		return false
	})
	spool = filepath.Join(t.TempDir(), "rows.ndjson")
	got := world{env: env, signals: signals}.run(t, append(command, "--spool", spool, "--days", "2", "--calls-per-minute", "3000")...)
	require.Equal(t, 130, got.status, got.err)
	require.Contains(t, got.err, "--resume")
	return env, spool, calls
}

func TestResumeAsksOnlyForWhatIsMissing(t *testing.T) {
	env, spool, calls := interruptedSpool(t, "list", "--all")
	first := calls.Load()
	require.Less(t, first, int64(31), "the first run was not cut")
	torn, err := os.OpenFile(spool, os.O_WRONLY|os.O_APPEND, 0)
	require.NoError(t, err)
	_, err = torn.WriteString(`{"emailId":"id-29`)
	require.NoError(t, err)
	require.NoError(t, torn.Close())

	args := []string{"list", "--all", "--spool", spool, "--resume", "--days", "2", "--calls-per-minute", "3000"}
	got := world{env: env}.run(t, args...)
	require.Equal(t, 0, got.status, got.err)
	require.LessOrEqual(t, calls.Load(), int64(35), "31 pages, %d of them in the first run", first)
	require.Len(t, distinctIDs(got.out), 3000, "standard output has every row")
	whole := read(t, spool)
	require.Len(t, distinctIDs(whole), 3000)
	require.Equal(t, 3000, strings.Count(whole, "\n"), "rows stand twice, or a torn line was left")
	require.Equal(t, 3000, strings.Count(whole, "}\n"))

	before := calls.Load()
	got = world{env: env}.run(t, args...)
	require.Equal(t, 0, got.status, got.err)
	require.Equal(t, before, calls.Load(), "nothing was missing")
	require.Len(t, distinctIDs(got.out), 3000)
}

func TestResumeRefusesAnotherQuestion(t *testing.T) {
	env, spool, calls := interruptedSpool(t, "list", "--all")
	was, kept, asked := read(t, spool), read(t, spool+".resume"), calls.Load()
	other := map[string]string{}
	for k, v := range env {
		other[k] = v
	}
	other["SENDCLOUD_API_USER"] = "somebody"
	for name, w := range map[string]struct {
		env  map[string]string
		args []string
	}{
		"days":    {env, []string{"--days", "3"}},
		"status":  {env, []string{"--days", "2", "--status", "invalid"}},
		"account": {other, []string{"--days", "2"}},
	} {
		got := world{env: w.env}.run(t, append([]string{"list", "--all", "--spool", spool, "--resume"}, w.args...)...)
		require.Equal(t, 2, got.status, name)
		require.Contains(t, got.err, "another question", name)
	}
	got := world{env: env}.run(t, "list", "--all", "--spool", spool, "--days", "2")
	require.Equal(t, 2, got.status, "without --resume nothing is written into a file that is there")
	require.Equal(t, was, read(t, spool))
	require.Equal(t, kept, read(t, spool+".resume"))
	require.NotContains(t, kept, canary)
	foreign := file(t, "rows.ndjson", mixedRows, 0o600)
	got = world{env: env}.run(t, "list", "--all", "--spool", foreign, "--resume", "--days", "2")
	require.Equal(t, 2, got.status)
	require.Equal(t, mixedRows, read(t, foreign))
	require.Equal(t, asked, calls.Load())
}

func TestASpoolHasOneWriter(t *testing.T) {
	env, spool, calls := interruptedSpool(t, "list", "--all")
	empty := file(t, "empty.ndjson", "", 0o600)
	for _, path := range []string{spool, empty} {
		other, err := os.OpenFile(path, os.O_RDWR, 0)
		require.NoError(t, err)
		require.NoError(t, syscall.Flock(int(other.Fd()), syscall.LOCK_EX))
		was, asked := read(t, path), calls.Load()
		for _, args := range []string{"--all --resume", "--all", ""} {
			args := append(strings.Fields("list --days 2 --spool "+path), strings.Fields(args)...)
			got := world{env: env}.run(t, args...)
			require.Equal(t, 2, got.status, got.err)
			require.Regexp(t, "another process|is there already", got.err)
		}
		require.Equal(t, was, read(t, path))
		require.Equal(t, asked, calls.Load())
		require.NoError(t, other.Close())
	}
	got := world{env: env}.run(t, "list", "--all", "--resume", "--days", "2", "--spool", spool, "--calls-per-minute", "3000")
	require.Equal(t, 0, got.status, got.err)
}

func TestResumeNeedsASpoolAndEveryRow(t *testing.T) {
	for want, args := range map[string]string{"--spool FILE": "list --all --resume --demo", "add --all": "list --spool rows.ndjson --resume --demo"} {
		t.Chdir(t.TempDir())
		got := world{}.run(t, strings.Fields(args)...)
		require.Equal(t, 2, got.status)
		require.Contains(t, got.err, want)
		require.NoFileExists(t, "rows.ndjson")
	}
}

func TestListsResume(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	env, spool, calls := interruptedSpool(t, "lists", "--out", dir)
	got := world{env: env}.run(t, "lists", "--out", dir, "--spool", spool, "--resume", "--days", "2", "--calls-per-minute", "3000")
	require.Equal(t, 0, got.status, got.err)
	require.LessOrEqual(t, calls.Load(), int64(35))
	require.Len(t, distinctIDs(read(t, spool)), 3000)
}

func TestFindResumes(t *testing.T) {
	broken := atomic.Bool{}
	calls := &atomic.Int64{}
	env := paged(t, 1000, func(w http.ResponseWriter, start int) bool {
		calls.Add(1)
		if start > 500 && broken.Load() {
			w.WriteHeader(http.StatusForbidden)
			return true
		}
		return false
	})
	broken.Store(true)
	spool := filepath.Join(t.TempDir(), "rows.ndjson")
	find := []string{"find", "a@example.com", "--spool", spool, "--calls-per-minute", "3000"}
	got := world{env: env}.run(t, find...)
	require.Equal(t, 1, got.status, got.err)
	require.Contains(t, got.err, "--resume")
	broken.Store(false)
	calls.Store(0)
	got = world{env: env}.run(t, append(find, "--resume")...)
	require.Equal(t, 0, got.status, got.err)
	require.Less(t, calls.Load(), int64(7), "what was answered is asked again")
	require.Len(t, distinctIDs(read(t, spool)), 1000)
	got = world{env: env}.run(t, "find", "b@example.com", "--spool", spool, "--resume")
	require.Equal(t, 2, got.status)
	require.Contains(t, got.err, "another question")
}
