package recall

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func open(t *testing.T, folder string) *History {
	h, err := Open(folder, "filters")
	require.NoError(t, err)
	return h
}

// back walks from the newest line to the oldest.
func back(h *History) (lines []string) {
	h.Leave()
	for line, ok := h.Older("draft"); ok; line, ok = h.Older("") {
		lines = append(lines, line)
	}
	return lines
}

func TestHistoryIsKeptOverStarts(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "state", "bounceboard")
	h := open(t, folder)
	for _, line := range []string{"domain:qq.com", "cause:full", " domain:qq.com ", ""} {
		require.NoError(t, h.Add(line))
	}
	require.Equal(t, []string{"domain:qq.com", "cause:full"}, back(h), "each once, the newest first")
	require.Equal(t, []string{"domain:qq.com", "cause:full"}, back(open(t, folder)))

	other := open(t, folder)
	require.NoError(t, other.Add("from another process"))
	require.NoError(t, h.Add("mine"))
	require.Equal(t, []string{"mine", "from another process", "domain:qq.com", "cause:full"}, back(open(t, folder)))

	for path, mode := range map[string]os.FileMode{folder: 0o700, filepath.Join(folder, "filters"): 0o600} {
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, mode, info.Mode().Perm(), path)
	}
}

func TestDraftComesBack(t *testing.T) {
	h := open(t, t.TempDir())
	require.NoError(t, h.Add("old"))
	line, ok := h.Older("half typed")
	require.True(t, ok)
	require.Equal(t, "old", line)
	line, ok = h.Newer()
	require.True(t, ok)
	require.Equal(t, "half typed", line)
	_, ok = h.Newer()
	require.False(t, ok)
}

func TestHistoryStaysSmall(t *testing.T) {
	folder := t.TempDir()
	h := open(t, folder)
	for i := range 3 * most {
		require.NoError(t, h.Add(fmt.Sprintf("line %d", i)))
	}
	h = open(t, folder)
	require.Len(t, back(h), most)
	data, err := os.ReadFile(filepath.Join(folder, "filters"))
	require.NoError(t, err)
	require.Equal(t, most, strings.Count(string(data), "\n"), "the file was not made smaller")
	require.True(t, strings.HasSuffix(string(data), "line 599\n"))
}

func TestAPastedListIsKeptForNowOnly(t *testing.T) {
	folder := t.TempDir()
	h, list := open(t, folder), strings.Repeat("a@example.com,", longest/10)
	require.NoError(t, h.Add("email="+list))
	require.NoError(t, h.Add("who=b"))
	require.NoError(t, h.Add("who=c d"))
	require.Equal(t, []string{"who=c d", "who=b", "email=" + list}, back(h))
	require.Equal(t, []string{"who=c d", "who=b"}, back(open(t, folder)))
	last, ok := h.Last("who=")
	require.True(t, ok)
	require.Equal(t, "c d", last)
	_, ok = h.Last("whom=")
	require.False(t, ok)
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	h, _ := Open(filepath.Join(file, "below"), "filters")
	_ = h.Add("kept in memory")
	require.Equal(t, []string{"kept in memory"}, back(h))
	var none *History
	require.NoError(t, none.Add("x"))
	_, ok := none.Older("")
	require.False(t, ok)
}

func TestFolder(t *testing.T) {
	env := func(of map[string]string) string { return Folder(func(name string) string { return of[name] }) }
	require.Equal(t, "/s/bounceboard", env(map[string]string{"XDG_STATE_HOME": "/s", "HOME": "/h"}))
	require.Equal(t, "/h/.local/state/bounceboard", env(map[string]string{"XDG_STATE_HOME": "relative", "HOME": "/h"}))
	require.Empty(t, env(nil))
}
