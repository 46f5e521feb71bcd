package e2e

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/sendcloudtest"
)

// The first row is there long before the last page is asked for.
func TestListStreams(t *testing.T) {
	t.Parallel()
	srv, err := sendcloudtest.Start(sendcloudtest.Options{Records: 100_000, Latency: 50 * time.Millisecond})
	require.NoError(t, err)
	t.Cleanup(srv.Close)
	user, key := srv.Credentials()
	cmd := exec.CommandContext(t.Context(), binary, "list", "--all", "--days", "30")
	cmd.Env = environment(t, "SENDCLOUD_BASE_URL="+srv.URL, "SENDCLOUD_API_USER="+user, "SENDCLOUD_API_KEY="+key)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	calls := srv.CallCount()
	require.NoError(t, err)
	var r row
	require.NoError(t, json.Unmarshal([]byte(line), &r))
	require.NotEmpty(t, r.EmailID)
	require.Less(t, calls, 50, "some 300 pages are to come")
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	_, err = io.Copy(io.Discard, out)
	require.NoError(t, err)
	_ = cmd.Wait() // its status is looked at below
	require.Equal(t, 143, cmd.ProcessState.ExitCode())
}

// A reader that has enough ends it, quietly and with success.
func TestListIntoHead(t *testing.T) {
	t.Parallel()
	sim := simulate(t, "--records", "50000")
	for _, format := range []string{"ndjson", "csv", "table", "json"} {
		cmd := exec.CommandContext(t.Context(), "bash", "-c", `set -o pipefail; "$0" list --all --format "$1" | head -n 1`, binary, format)
		cmd.Env = environment(t, sim.credentials()...)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s: %s", format, out)
		require.Equal(t, 1, strings.Count(string(out), "\n"), "%s: standard error is not quiet: %s", format, out)
	}
}

func TestListFormats(t *testing.T) {
	t.Parallel()
	sim := simulate(t)
	env := environment(t, sim.credentials()...)
	rows := list(t, env, "--limit", "20")
	require.Len(t, rows, 20)

	out, _, status := command(t, env, nil, "list", "--limit", "20", "--format", "csv")
	require.Zero(t, status)
	table, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	require.NoError(t, err)
	require.Len(t, table, 21)
	require.Equal(t, "emailId status statusText subStatus subStatusDesc apiUser recipients requestTime modifiedTime sendLog", strings.Join(table[0], " "))
	require.Equal(t, rows[3].EmailID, table[4][0])

	out, _, status = command(t, env, nil, "list", "--limit", "20", "--format", "json")
	require.Zero(t, status)
	var array []row
	require.NoError(t, json.Unmarshal([]byte(out), &array))
	require.Equal(t, rows, array)

	out, _, status = command(t, env, nil, "list", "--email", "nobody@example.com", "--format", "json")
	require.Zero(t, status)
	require.JSONEq(t, "[]", out)
}

// Wrong usage is said before any call: nobody listens there.
func TestWrongUsage(t *testing.T) {
	t.Parallel()
	env := environment(t, "SENDCLOUD_BASE_URL=http://127.0.0.1:1/apiv2", "SENDCLOUD_API_USER=u", "SENDCLOUD_API_KEY=k")
	for _, args := range [][]string{
		{"list", "--days", "0"}, {"list", "--status", "bounced"}, {"list", "--limit", "101"}, {"list", "--email", "nobody"},
		{"list", "--nonsense"}, {"lsit"}, {"--theme", "pink", "--demo"},
	} {
		out, errOut, status := command(t, env, nil, args...)
		require.Equal(t, 2, status, "%v: %s", args, errOut)
		require.Empty(t, out, "%v", args)
		require.Regexp(t, `^bounceboard: [^\n]+\n$`, errOut, "%v: one sentence", args)
	}
}
