// Package rate says how large a share of something is, and how far a small
// number of cases can be trusted.
package rate

import "math"

// Rate is a share with the interval in which the true one lies with a
// probability of 95 percent.
type Rate struct {
	Failed int     `json:"failed"`
	All    int     `json:"all"`
	Share  float64 `json:"rate"` // Failed ÷ All, from 0 to 1
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
}

// Of is the rate of failed among all, with Wilson's score interval (E. B. Wilson,
// 1927): unlike the normal one it stays between 0 and 1 and is right for few
// cases and for rates near 0. ok is false where there is no rate: nothing in all,
// or more failed than there are.
func Of(failed, all int) (r Rate, ok bool) {
	if all <= 0 || failed < 0 || failed > all {
		return Rate{}, false
	}
	const z = 1.959963984540054 // the normal distribution's 97.5 % quantile
	n := float64(all)
	p := float64(failed) / n
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return Rate{failed, all, p, max(0, min(p, middle-half)), min(1, max(p, middle+half))}, true
}
