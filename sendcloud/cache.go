package sendcloud

import (
	"sync"
	"time"
	"unsafe"

	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	cacheFor     = 10 * time.Minute // the service repeats its own answer as long (documented)
	cacheAnswers = 4096
	cacheBytes   = 32 << 20
)

// cache holds answers by their canonical parameters, which never hold the
// key. It is bounded by the number of answers and by the bytes of their
// records (structs and text); the bytes are counted one answer at a time, so
// text that records share counts for each.
type cache struct {
	mu      sync.Mutex
	answers *lru.Cache[string, answer]
	bytes   int
}

func newCache() *cache {
	c := &cache{}
	// An error comes only of a size below 1.
	c.answers, _ = lru.NewWithEvict(cacheAnswers, func(_ string, a answer) { c.bytes -= weight(a) })
	return c
}

// get returns the answer for key unless it is older than ten minutes. A clock
// that was set back makes every answer too old.
func (c *cache) get(key string, now time.Time) (answer, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, ok := c.answers.Get(key)
	if !ok {
		return answer{}, false
	}
	if age := now.Sub(a.fetchedAt); age < 0 || age >= cacheFor {
		c.answers.Remove(key)
		return answer{}, false
	}
	return a, true
}

// put keeps a in place of an older answer for key.
func (c *cache) put(key string, a answer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answers.Remove(key) // Add would replace it without telling its weight
	size := weight(a)
	if size > cacheBytes {
		return
	}
	c.bytes += size
	c.answers.Add(key, a)
	for c.bytes > cacheBytes {
		c.answers.RemoveOldest()
	}
}

// weight is roughly what a takes in memory.
func weight(a answer) int {
	n := int(unsafe.Sizeof(a)) + len(a.records)*int(unsafe.Sizeof(Record{}))
	for i := range a.records {
		r := &a.records[i]
		n += len(r.EmailID) + len(r.StatusText) + len(r.SubStatusText) + len(r.SubStatusDesc) + len(r.APIUser) +
			len(r.Recipients) + len(r.RequestText) + len(r.ModifiedText) + len(r.SendLog)
	}
	return n
}
