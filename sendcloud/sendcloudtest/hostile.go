package sendcloudtest

import (
	"slices"
	"strconv"
	"strings"
)

// HostileText is text that tries to harm a terminal, a table or a spreadsheet.
type HostileText struct {
	Name string
	Text string // may be no valid UTF-8; a lone surrogate stands in its three-byte form
}

// HostileTexts lists what [FaultHostile] puts into rows, for tests that want
// each of them.
func HostileTexts() []HostileText { return slices.Clone(hostileTexts) }

var hostileTexts = append(each("hostile", func(f []string) HostileText {
	text, err := strconv.Unquote(f[1])
	if err != nil {
		panic("sendcloudtest: world.tsv: hostile " + f[0])
	}
	return HostileText{f[0], text}
}),
	HostileText{"combining", "Z" + strings.Repeat("\u0300\u0316\u0489\u20dd", 60) + "algo"},
	HostileText{"long-line", "550 " + strings.Repeat("无x", 200_000/4)},
	HostileText{"many-lines", strings.Repeat("550-5.7.1 no\n", 4999) + "550 5.7.1 no"})

// poison puts hostile text into one field of a share of the rows.
func (o *Options) poison(r *Record, rows float64) {
	if !share(hash(o.Seed, uint64(r.Index), forHostile), rows) {
		return
	}
	text := hostileTexts[r.Index%len(hostileTexts)].Text
	field := r.Index / len(hostileTexts) % 3
	switch {
	case field == 0 || len(text) >= 1000:
		r.SendLog = text
	case field == 1:
		r.Recipient = text + "@example.com"
	default:
		r.APIUser = text
	}
}
