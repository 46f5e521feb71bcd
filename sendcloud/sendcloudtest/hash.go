package sendcloudtest

import "strings"

// Everything about a record is a function of the seed, its index and a purpose, so that no record needs to be kept.

type purpose uint64

const (
	forTime, forCampaign, forUser, forLabel, forPerson, forReceiver purpose = 1, 2, 3, 4, 5, 6
	forLocalPart, forIP, forIncident, forOutcome, forSub, forReply  purpose = 7, 8, 9, 10, 11, 12
	forWrap, forTook, forText, forMessageID, forFault, forHostile   purpose = 13, 14, 15, 16, 17, 18
	forForm, forShuffle, forRetry, forVolume                        purpose = 19, 20, 21, 22
)

// mix is the finaliser of SplitMix64: each bit of x changes half of the result.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

func hash(seed, n uint64, p purpose) uint64 {
	return mix(mix(seed+0x9e3779b97f4a7c15*n) + 0xd1b54a32d192ed03*uint64(p))
}

// unit turns a hash into a number in [0, 1).
func unit(h uint64) float64 { return float64(h>>11) / (1 << 53) }

// share reports whether h falls into the first p of all hashes.
func share(h uint64, p float64) bool { return unit(h) < p }

// pick chooses from a list with equal chances.
func pick[T any](h uint64, list []T) T { return list[h%uint64(len(list))] }

// wheel chooses from weighted entries in constant time.
type wheel []uint8

// newWheel reads weights that stand between blanks.
func newWheel(weights string) (w wheel) {
	for i, weight := range strings.Fields(weights) {
		for range whole(weight) {
			w = append(w, uint8(i))
		}
	}
	return w
}

// column joins a field of all lines of a kind by blanks.
func column(kind string, field int) string {
	return strings.Join(each(kind, func(f []string) string { return f[field] }), " ")
}

func (w wheel) pick(h uint64) int { return int(w[h%uint64(len(w))]) }
