package sendcloud

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCacheAge(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, Zone)
	c := newCache()
	c.put("q", answer{total: 1, fetchedAt: at})

	a, ok := c.get("q", at.Add(cacheFor-1))
	require.True(t, ok)
	require.Equal(t, at, a.fetchedAt)
	_, ok = c.get("q", at.Add(cacheFor))
	require.False(t, ok, "ten minutes old")
	require.Zero(t, c.bytes)

	c.put("q", answer{total: 1, fetchedAt: at})
	_, ok = c.get("q", at.Add(-time.Second))
	require.False(t, ok, "the clock was set back: the age is not known")
}

func TestCacheBounds(t *testing.T) {
	now := time.Now()
	row := Record{SendLog: strings.Repeat("x", 1<<20)}
	c := newCache()
	for i := range 100 {
		c.put(fmt.Sprint(i), answer{records: []Record{row}, fetchedAt: now})
		require.LessOrEqual(t, c.bytes, cacheBytes)
	}
	require.InDelta(t, 31, c.answers.Len(), 1, "32 MiB of rows of 1 MiB")
	_, ok := c.get("99", now)
	require.True(t, ok, "the newest stays")
	_, ok = c.get("0", now)
	require.False(t, ok, "the oldest went")

	before := c.bytes
	c.put("99", answer{records: []Record{row}, fetchedAt: now})
	require.Equal(t, before, c.bytes, "replacing counts once")

	big := make([]Record, 40)
	for i := range big {
		big[i] = row
	}
	c.put("99", answer{records: big, fetchedAt: now})
	_, ok = c.get("99", now)
	require.False(t, ok, "an answer over the bound is not kept, nor is the older one")

	for i := range 2 * cacheAnswers {
		c.put(fmt.Sprint("small", i), answer{fetchedAt: now})
	}
	require.Equal(t, cacheAnswers, c.answers.Len())
	c.answers.Purge()
	require.Zero(t, c.bytes, "every byte counted in is counted out")
}
