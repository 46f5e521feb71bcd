package ui

import (
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/sendcloudtest"
)

func TestTheTableStaysWhereItIsWhileOneWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := service(t, sendcloudtest.Options{Records: 60000, Seed: 3, CallsPerMinute: 30}, 60)
		r.send(tea.WindowSizeMsg{Width: 60, Height: 24})
		r.wait(2 * time.Minute)
		at := r.layout().Table
		r.keys("a")
		r.keys("enter")
		r.keys(" ")
		for range 15 {
			r.wait(time.Second)
			require.Contains(t, r.status[0], "fetching", "%q", r.notice.Text)
			require.Equal(t, at, r.layout().Table, "%q", r.status)
		}
	})
}

func TestTheRuleDoesNotDependOnTheMessage(t *testing.T) {
	for h := leastHeight; h < 60; h++ {
		if below(h) {
			require.Equal(t, layout(120, h, true, false, 1).Rule, layout(120, h, true, false, 4).Rule)
		}
	}
}
