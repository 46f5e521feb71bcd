package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/sendcloud"
	"bounceboard/ui/results"
)

// Lister is what the dashboard needs of the client.
type Lister interface {
	Plan(q sendcloud.Query) (sendcloud.Plan, error)
	Page(ctx context.Context, p sendcloud.Plan, start, limit int, fresh bool, watch func(sendcloud.Event)) (sendcloud.Page, error)
	Count(p sendcloud.Plan, cells []sendcloud.Cell, fresh bool) *sendcloud.Count
	All(p sendcloud.Plan, watch func(sendcloud.Event)) *sendcloud.Walk
	Budget() sendcloud.Budget
}

// fetchPage reads one page and tells of its calls and waits on the way. Events
// that nobody takes in time are dropped: only the latest matters.
func fetchPage(ctx context.Context, api Lister, id int, p sendcloud.Plan, start int, fresh bool) tea.Cmd {
	events := make(chan sendcloud.Event, 8)
	watch := func(e sendcloud.Event) {
		select {
		case events <- e:
		default:
		}
	}
	fetch := func() tea.Msg {
		page, err := api.Page(ctx, p, start, results.PageSize, fresh, watch)
		return pageMsg{id: id, start: start, page: page, err: err}
	}
	return tea.Batch(fetch, nextEvent(id, events, ctx.Done()))
}

// nextEvent waits for the next event of a request; the end of its context ends
// the waiting.
func nextEvent(id int, events <-chan sendcloud.Event, done <-chan struct{}) tea.Cmd {
	return func() tea.Msg {
		select {
		case e := <-events:
			return eventMsg{id: id, event: e, events: events, done: done}
		case <-done:
			return nil
		}
	}
}

// after sends msg when d has passed, unless the dashboard ends before.
func after(ctx context.Context, d time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
			return msg
		case <-ctx.Done():
			return nil
		}
	}
}
