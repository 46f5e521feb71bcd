package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// inShell runs a script in a shell that has read our completion; the words
// behind it are the script's arguments.
func inShell(t *testing.T, shell, script string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(shell); err != nil {
		t.Skip("there is no " + shell + " here")
	}
	ours := file(t, "completion", world{}.run(t, "completion", shell).out, 0o600)
	cmd := command(t, nil)
	path, err := exec.LookPath(shell)
	require.NoError(t, err)
	cmd.Path, cmd.Args = path, append([]string{shell, "-c", "source " + ours + "\n" + script}, args...)
	cmd.Env = []string{"HOME=" + t.TempDir(), "PATH=" + filepath.Dir(binary) + ":" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"}
	cmd.Dir = t.TempDir()
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	require.NoError(t, err, problems.String())
	require.Empty(t, problems.String())
	left, err := os.ReadDir(cmd.Dir)
	require.NoError(t, err)
	require.Empty(t, left, "completing wrote a file")
	return strings.TrimSuffix(string(out), "\n")
}

// What bash puts in place of the end of the line: behind the last : or =, or
// behind the quote that is open.
func TestBashCompletesInQuotesAndBehindEscapedSigns(t *testing.T) {
	const press = `COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
COMP_LINE=$0 COMP_POINT=${#0} COMP_TYPE=9 COMP_WORDS=(bounceboard)
__bounceboard
printf '%s\n' "${COMPREPLY[@]}"`
	for line, want := range map[string]string{
		`--filter !sta`:                  `\!status:`,
		`--filter \!status:`:             "delivered\ninvalid\nsoft_bounce\nrequested",
		`--filter x\ sta`:                `x\ status:`,
		`--filter x\ status:i`:           `invalid`,
		`--filter took:\>1`:              `\>1m` + "\n" + `\>10m` + "\n" + `\>1h` + "\n" + `\>1d`,
		`--filter 'status:inv`:           "status:invalid\nstatus:invalid ", // the second keeps the quote open
		`--filter 'a  b cau`:             "a  b cause:\na  b cause: ",
		`--filter "domain:qq.com cau`:    "domain:qq.com cause:\ndomain:qq.com cause: ",
		`--filter "x \"a b\" cau`:        `x \"a b\" cause:` + "\n" + `x \"a b\" cause: `,
		`--filter 'took:>1d`:             "took:>1d\ntook:>1d ",
		`--filter='sta`:                  "status:\nstatus: ",
		`--filter=status:inv`:            "invalid",
		`--filter 'status:invalid'`:      "",
		`--filter 'a b' --status '`:      "delivered\ninvalid\nsoft_bounce\nrequested",
		`--status invalid,so`:            "invalid,soft_bounce",
		`--form`:                         "--format",
		`--filter '状态 sta`:               "状态 status:\n状态 status: ",
		`--filter "$(touch run)" --form`: "--format", // and nothing of the line is run
	} {
		require.Equal(t, want, inShell(t, "bash", press, "bounceboard list "+line), line)
	}
	listed := inShell(t, "bash", strings.Replace(press, "COMP_TYPE=9", "COMP_TYPE=63 COLUMNS=30", 1), "bounceboard list --sub-status 40")
	require.Contains(t, listed, "\n406  (address does not exist)\n")
	require.Contains(t, listed, "401  (on the SendCloud blac…)")
}

func TestFishCompletesInQuotes(t *testing.T) {
	const press = `complete -C $argv[1] | string replace -r '\t.*' ''; true`
	for line, want := range map[string]string{
		`--filter 'status:inv`:               "status:invalid\nstatus:invalid.", // cobra's way to leave the blank out
		`--filter "domain:qq.com cau`:        "domain:qq.com cause:",
		`--filter x\ sta`:                    "x status:",
		`--filter=sta`:                       "--filter=status:",
		`--filter 'took:>10m' --format nd`:   "ndjson",
		`--filter 'a b; c (x' --format nd`:   "ndjson",
		`--config ~/none.toml --status inva`: "invalid",
	} {
		require.Equal(t, want, inShell(t, "fish", press, "bounceboard list "+line), line)
	}
}

// A newer cobra may write its scripts in another way.
func TestTheScriptsHoldWhatWeChangeInThem(t *testing.T) {
	root := newApp(Env{Getenv: func(string) string { return "" }}).root(nil)
	var zsh, fish bytes.Buffer
	require.NoError(t, root.GenZshCompletion(&zsh))
	require.NoError(t, root.GenFishCompletion(&fish, true))
	for script, changes := range map[string][]string{zsh.String(): zshQuotes, fish.String(): fishQuotes} {
		for i := 0; i < len(changes); i += 2 {
			require.Equal(t, 1, strings.Count(script, changes[i]), changes[i])
		}
	}
}
