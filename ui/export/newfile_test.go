package export

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNewFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new")
	broken := errors.New("broken")
	require.ErrorIs(t, NewFile(path, func(io.Writer) error { return broken }), broken)
	require.NoFileExists(t, path, "what failed is taken away")
	require.NoError(t, Free(path))

	require.NoError(t, NewFile(path, func(w io.Writer) error { _, err := io.WriteString(w, "hello"); return err }))
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())

	require.ErrorIs(t, NewFile(path, func(io.Writer) error { panic("over a file") }), fs.ErrExist)
	var taken *fs.PathError
	require.ErrorAs(t, Free(filepath.Join(path, "..", "other"), path), &taken)
	require.ErrorIs(t, taken, fs.ErrExist)
	require.Equal(t, path, taken.Path)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "hello", string(data))
}
