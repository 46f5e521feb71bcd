package cli

import (
	"bytes"
	_ "embed"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"bounceboard/ui/words"
)

// bashScript completes in bash. It is our own: cobra's needs the package
// bash-completion, runs what the line holds in $( ), and knows no quotes and no
// escaped signs, of which filters are full.
//
//go:embed completion.bash
var bashScript string

// zshQuotes and fishQuotes change cobra's scripts, old text by new: a word may
// be inside a quote that is not ended yet, and arguments before it may hold
// blanks and >.
var (
	zshQuotes = []string{
		`__complete ${words[2,-1]}"`, `__complete ${words[2,-1]}${compstate[quote]#$QISUFFIX}"`,
	}
	fishQuotes = []string{
		"function __bounceboard_perform_completion\n", `# What the word at the cursor says, without its quotes; one may be open.
function __bounceboard_token
    set -l raw (commandline -ct)
    for quote in "" "'" '"'
        string unescape -- "$raw$quote"; and return
    end
    echo -- "$raw"
end

function __bounceboard_perform_completion
`,
		`(commandline -opc)`, `(commandline -opc | string escape -n | string replace -r '^\\\\~/' '~/')`,
		`(string escape -- (commandline -ct))`, `(__bounceboard_token | string escape)`,
		`(commandline -t | string escape`, `(__bounceboard_token | string escape`,
		`string split --max 1 \t $`, `string split --max 1 -- \t $`,
	}
)

func (a *app) completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	cmd := a.command("completion bash|zsh|fish|powershell", words.CompletionShort, words.CompletionLong, words.CompletionExamples)
	cmd.ValidArgs = shells
	cmd.ValidArgsFunction = nil
	cmd.Args = nil
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var script bytes.Buffer
		var err error
		shell := strings.Join(args, " ")
		var changes []string
		switch root := cmd.Root(); shell {
		case "bash":
			script.WriteString(bashScript)
		case "zsh":
			err, changes = root.GenZshCompletion(&script), zshQuotes
		case "fish":
			err, changes = root.GenFishCompletion(&script, true), fishQuotes
		case "powershell":
			err = root.GenPowerShellCompletionWithDesc(&script)
		default:
			return usage(words.NotAChoice, "completion", shell, strings.Join(shells, ", "))
		}
		if err == nil {
			_, err = io.WriteString(a.Out, strings.NewReplacer(changes...).Replace(script.String()))
		}
		return a.output(err)
	}
	return cmd
}
