package render

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestPlainWritesWhatIsNewAndNothingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		s := New(&out, nil)
		s.plain = true
		s.Enter()
		show := func(lines ...string) string {
			out.Reset()
			s.Draw(Frame{Text: strings.Join(lines, "\n"), Width: 80, Height: 24})
			time.Sleep(pace)
			synctest.Wait()
			return out.String()
		}
		require.Equal(t, "question\r\nrow 1\r\n", show("question", "row 1"))
		require.Equal(t, "row 2\r\n", show("question", "row 2"))
		require.Empty(t, show("question", "row 2"))
		require.Equal(t, "a\r\n> b\r\n", show("question", "a", Spoken+"b"))
		require.Equal(t, "> a\r\n", show("question", Spoken+"a", "b"), "b was said when the keyboard was on it")
		out.Reset()
		s.Redraw()
		time.Sleep(pace)
		synctest.Wait()
		require.Equal(t, "question\r\n> a\r\nb\r\n", out.String(), "all is read again when asked to")
		out.Reset()
		s.Leave()
		require.NotContains(t, out.String(), "\x1b", "a plain terminal knows no sequences")
	})
}
