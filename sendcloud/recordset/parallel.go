package recordset

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// each calls do for 0 … n-1 from as many goroutines as there are processors,
// with the goroutine's number below workers(). It ends early when ctx does. A
// panic becomes an error: in a bare goroutine it would leave a terminal raw.
func each(ctx context.Context, n int, do func(worker, i int)) error {
	var (
		next  atomic.Int64
		wg    sync.WaitGroup
		once  sync.Once
		fault error
	)
	work := func(worker int) {
		defer wg.Done()
		defer func() {
			if p := recover(); p != nil {
				once.Do(func() { fault = fmt.Errorf("recordset: %v\n%s", p, debug.Stack()) })
				next.Store(int64(n))
			}
		}()
		for ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			do(worker, i)
		}
	}
	count := min(workers(), n)
	wg.Add(count)
	for w := 1; w < count; w++ {
		go work(w)
	}
	if count > 0 {
		work(0)
	}
	wg.Wait()
	if fault != nil {
		return fault
	}
	return ctx.Err()
}

func workers() int { return runtime.GOMAXPROCS(0) }
