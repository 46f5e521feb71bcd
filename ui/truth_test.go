package ui

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"bounceboard/ui/words"
)

// Who asks for an address wants all its mail, unless the statuses were chosen
// with it.
func TestAnAddressMeansAllItsMail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 10, words.English, 120, 40)
		r.keys("f", "a@example.com", "enter")
		require.Equal(t, []string{"a@example.com"}, r.plan().Query.Emails)
		require.Empty(t, r.plan().Query.Statuses)
		require.NotContains(t, r.screen(), "ailed mail")
		require.Contains(t, r.screen(), "every status")
		r.keys("esc", "b@example.com", "enter")
		require.Empty(t, r.plan().Query.Statuses, "a paste asks for failed mail")
		require.NotContains(t, r.screen(), "ailed mail")
	})
}
