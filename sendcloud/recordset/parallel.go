package recordset

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// each calls do for 0 … n-1 from as many goroutines as there are processors. It
// ends early when ctx does, or with the error of a panic.
func each(ctx context.Context, n int, do func(i int)) error {
	var (
		next  atomic.Int64
		wg    sync.WaitGroup
		once  sync.Once
		fault error
	)
	for range min(workers(), n) {
		wg.Go(func() {
			err := guarded(func() {
				for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
					do(i)
				}
			})
			if err != nil {
				once.Do(func() { fault = err })
				next.Store(int64(n))
			}
		})
	}
	wg.Wait()
	if fault != nil {
		return fault
	}
	return ctx.Err()
}

// guarded calls do. A panic becomes an error: in a bare goroutine it would leave
// a terminal raw.
func guarded(do func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("recordset: %v\n%s", p, debug.Stack())
		}
	}()
	do()
	return nil
}

func workers() int { return runtime.GOMAXPROCS(0) }
