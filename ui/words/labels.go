package words

import (
	"slices"
	"strconv"
	"strings"

	"bounceboard/sendcloud"
)

// Spent says, behind the moment of a mail's last change, how long the mail took, or how long a requested one had waited by then.
func Spent(l Lang, r sendcloud.Record) string {
	d, ok := r.Waited()
	switch {
	case !ok:
		return ""
	case r.Status == sendcloud.Requested:
		return l.Say(waited, Duration(l, d))
	}
	return l.Say(spent, Duration(l, d))
}

// codes has the name of each status and sub-status, as the service documents it, and what it means and does not mean.
var codes = table("codes")

func status(s sendcloud.Status) []Sentence {
	if said, ok := codes[strconv.Itoa(int(s))]; ok {
		return said
	}
	return codes["0"]
}

// StatusName is the short name of a status.
func StatusName(l Lang, s sendcloud.Status) string { return l.Say(status(s)[0]) }

// StatusMeaning says what a status means, and what it does not.
func StatusMeaning(l Lang, s sendcloud.Status) string { return l.Say(status(s)[1]) }

// SubStatusName is the short name of a sub-status, without its family; empty for 0, the number for a code that is not documented.
func SubStatusName(l Lang, s sendcloud.SubStatus) string {
	if s.Known() {
		return l.Say(codes[Code(s)][0])
	}
	return Code(s)
}

// SubStatusSaid is our name of a row's sub-status and, where that says something else, the service's, which is in Chinese.
func SubStatusSaid(l Lang, s sendcloud.SubStatus, desc string) string {
	// The service says SendCloud黑名单中 where our name is 在 SendCloud 黑名单.
	bare := strings.NewReplacer(" ", "", "在", "", "中", "").Replace
	name := SubStatusName(l, s)
	if s.Known() && strings.HasSuffix(bare(desc), bare(SubStatusName(Chinese, s))) {
		return name
	}
	if name == Code(s) {
		name = ""
	}
	return strings.Join(slices.DeleteFunc([]string{name, desc}, func(t string) bool { return t == "" }), " · ")
}

// SubStatusMeaning says what a documented sub-status means, and what it does not.
func SubStatusMeaning(l Lang, s sendcloud.SubStatus) string {
	if s.Known() {
		return l.Say(codes[Code(s)][1])
	}
	return ""
}

// Code is a sub-status as a number; empty for 0.
func Code(s sendcloud.SubStatus) string {
	if s == 0 {
		return ""
	}
	return strconv.Itoa(int(s))
}
