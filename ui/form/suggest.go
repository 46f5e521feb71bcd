package form

import (
	"slices"
	"strings"

	"bounceboard/sendcloud"
)

// suggestions are the known values that begin with what is being typed, and
// that text itself. A value that stands in the field already is not offered.
func (f *Form) suggestions() (offered []string, typed string) {
	d := f.at()
	var known, taken []string
	before, after := d.input.Split()
	if strings.TrimSpace(after) != "" {
		return nil, ""
	}
	typed = before
	switch d.param {
	case sendcloud.ParamAPIUsers:
		known, taken = f.APIUsers, sendcloud.ParseAPIUsers(before)
		typed = strings.TrimLeft(before[max(strings.LastIndexAny(before, separators), 0):], separators)
		if typed != "" {
			taken = taken[:max(len(taken)-1, 0)]
		}
	case sendcloud.ParamLabelName:
		known = f.LabelNames
	case sendcloud.ParamLabelID:
		known = f.LabelIDs
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
	before, _ := f.at().input.Split()
	f.at().set(strings.TrimSuffix(before, typed) + offered[0])
	return true
}
