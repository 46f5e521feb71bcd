package sendcloud

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCacheAgeAndBound(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, Zone)
	now := at
	c, err := New(Config{BaseURL: "https://example.com", APIUser: "u", APIKey: "k", Now: func() time.Time { return now }})
	require.NoError(t, err)
	for i := range 2 * cacheAnswers {
		c.cache.Add(fmt.Sprint(i), answer{total: i, fetchedAt: at})
	}
	require.Equal(t, cacheAnswers, c.cache.Len())
	_, ok := c.cached("0")
	require.False(t, ok, "the oldest went")
	newest := fmt.Sprint(2*cacheAnswers - 1)
	for age, want := range map[time.Duration]bool{0: true, cacheFor - 1: true, cacheFor: false, -time.Second: false} {
		now = at.Add(age)
		_, ok := c.cached(newest)
		require.Equal(t, want, ok, "%s old", age)
	}
}
