package form

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/recall"
	"bounceboard/ui/words"
)

// Whatever was asked comes back as it was, at the next start too.
func TestTheFormGoesBackToWhatWasAsked(t *testing.T) {
	folder := t.TempDir()
	open := func() *Form {
		past, err := recall.Open(folder, "queries")
		require.NoError(t, err)
		return New(Options{Theme: theme.New(theme.Dark, false), Lang: words.English, Now: noon, Query: sendcloud.Query{Days: 7}, Past: past})
	}
	f := open()
	for _, line := range []string{
		`email="a@example.com,\x20b@example.com" status=invalid,soft_bounce sub-status=406,505 cause=mailbox_full permanence=permanent days=3 limit=50`,
		`start-date=-3d end-date=today label-name="the\x20\x20\"April\"\x20letter"`,
	} {
		f.read(line)
		require.Equal(t, line, f.asked())
		_, ok := ask(f)
		require.True(t, ok, line)
	}

	f = open()
	f.read("days=20 email=half@")
	f.Press(keymap.Older, "")
	require.Equal(t, `the  "April" letter`, f.says.LabelName)
	require.Equal(t, "-3d", f.field(sendcloud.ParamStartDate).input.Text(), "relative dates stay relative")
	f.Press(keymap.Older, "")
	require.Equal(t, []string{"a@example.com", "b@example.com"}, f.says.Emails)
	require.Equal(t, []sendcloud.SubStatus{406, 505}, f.says.SubStatuses)
	require.Equal(t, "cause:mailbox_full perm:permanent", f.path()[0].Term)
	require.Empty(t, f.says.LabelName)
	require.NotNil(t, f.Press(keymap.Older, "").Say)
	f.Press(keymap.Newer, "")
	f.Press(keymap.Newer, "")
	require.Equal(t, "email=half@ days=20", f.asked(), "what was being typed comes back")

	about, err := os.Stat(filepath.Join(folder, "queries"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), about.Mode().Perm())
}

// What stands in the form already is no step back.
func TestThePresentQueryIsSkipped(t *testing.T) {
	past, _ := recall.Open("", "queries")
	require.NoError(t, past.Add("days=7"))
	f := New(Options{Theme: theme.New(theme.Dark, false), Lang: words.English, Now: noon, Query: sendcloud.Query{Days: 7}, Past: past})
	require.NotNil(t, f.Press(keymap.Older, "").Say)
	f = New(Options{Theme: theme.New(theme.Dark, false), Lang: words.English, Now: noon, Query: sendcloud.Query{Days: 3}, Past: past})
	require.Nil(t, f.Press(keymap.Older, "").Say)
	require.Equal(t, 7, f.says.Days)
}
