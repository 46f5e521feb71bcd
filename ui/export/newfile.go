package export

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
)

// NewFile makes a file that its owner alone can read, and takes it away again when writing fails. Nothing is written
// over another file: the error is a *fs.PathError of fs.ErrExist then.
func NewFile(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, 1<<16)
	if err = errors.Join(write(out), out.Flush(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// Free returns an error like that of NewFile for the first of the paths that is taken.
func Free(paths ...string) error {
	for _, path := range paths {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			if err == nil {
				err = &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
			}
			return err
		}
	}
	return nil
}
