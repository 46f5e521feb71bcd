package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A view that is saved is there at the next start, and its variables are asked for before the service is.
func TestAViewOutlivesTheProgram(t *testing.T) {
	t.Parallel()
	srv := serve(t, 20_000)
	folder := t.TempDir()
	env := append(account(t, srv), "XDG_CONFIG_HOME="+folder, "XDG_STATE_HOME="+folder)
	p := window(t, 100, 30, env, binary+" --lang en")
	p.waitRows()
	p.keys("/", "qq.com")
	p.waitText("/qq.com")
	p.keys("Enter")
	p.waitText("enter open")
	p.keys("v")
	p.waitText("most first")
	p.keys("O")
	p.waitText("save as:")
	p.keys("weekly")
	p.waitText("save as: weekly")
	p.keys("Enter")
	p.waitText(`view "weekly" saved`)
	p.keys("q")
	config := filepath.Join(folder, "bounceboard", "config.toml")
	text, err := os.ReadFile(config)
	require.NoError(t, err)
	require.Equal(t, "[views.weekly]\nquery = { status = \"invalid,soft_bounce\", days = 7 }\nfilter = \"qq.com\"\npane = \"facets\"\n", string(text))

	require.NoError(t, os.WriteFile(config, append(text, "[views.of]\nquery = { days = \"{days}\" }\n"...), 0o600))
	p = window(t, 100, 30, env, binary+" --lang en --view of")
	p.waitText("of: days =")
	p.keys("3")
	p.waitText("of: days = 3")
	p.keys("Enter")
	p.waitText("Mail, last 3 days")
	p.keys("o")
	p.waitText("open:")
	p.keys("week")
	p.waitText("open: week")
	p.keys("Enter")
	p.waitText("Failed mail, last 7 days")
	p.waitText("/qq.com")
	p.waitText("most first")
}
