package form

import (
	"slices"
	"strings"

	"bounceboard/sendcloud"
)

// separators stand between the items of a list.
const separators = " ,;，；、"

// suggestions are the known values that go on from what is being typed, and
// that text itself. A value chosen already is not offered again.
func (f *Form) suggestions() (offered []string, typed string) {
	d := f.at()
	var known, taken []string
	before, after := d.split()
	if strings.TrimSpace(after) != "" {
		return nil, ""
	}
	typed = before
	switch d.param {
	case sendcloud.ParamAPIUsers:
		known, taken = f.known.APIUsers, sendcloud.ParseAPIUsers(before)
		typed = strings.TrimLeft(before[max(strings.LastIndexAny(before, separators), 0):], separators)
		if typed != "" {
			taken = taken[:max(len(taken)-1, 0)]
		}
	case sendcloud.ParamLabelName:
		known = f.known.LabelNames
	case sendcloud.ParamLabelID:
		known = f.known.LabelIDs
	}
	for _, k := range known {
		if len(k) > len(typed) && strings.EqualFold(k[:len(typed)], typed) && !slices.Contains(taken, k) {
			offered = append(offered, k)
		}
	}
	return offered, typed
}

// takeSuggestion completes what is being typed with the first suggestion.
func (f *Form) takeSuggestion() bool {
	offered, typed := f.suggestions()
	if len(offered) == 0 {
		return false
	}
	before, _ := f.at().split()
	f.at().set(strings.TrimSuffix(before, typed) + offered[0])
	return true
}
