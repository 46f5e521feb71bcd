//go:build !linux

package render

import "golang.org/x/sys/unix"

func discard(fd int) error { return unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, 2) } // FWRITE
