package mailtext

const months = "jan feb mar apr may jun jul aug sep oct nov dec "
const weekdays = "mon tue wed thu fri sat sun "

// nameEnd is the end of one of the three-letter names at i, 0 for none.
func nameEnd(t string, i int, names string) int {
	if len(t)-i < 3 || len(t)-i > 3 && isAlnum(t[i+3]) || !isLetter(t[i]) {
		return 0
	}
	for n := 0; n < len(names); n += 4 {
		if t[i]|0x20 == names[n] && t[i+1]|0x20 == names[n+1] && t[i+2]|0x20 == names[n+2] {
			return i + 3
		}
	}
	return 0
}

// digitsEnd is the end of least to most digits at i, 0 when there are fewer or more.
func digitsEnd(t string, i, least, most int) int {
	j := i
	for j < len(t) && isDigit(t[j]) {
		if j++; j-i > most {
			return 0
		}
	}
	if j-i < least {
		return 0
	}
	return j
}

// skip is i after at most one comma and blanks, up to three.
func skip(t string, i int) int {
	for n := 0; n < 3 && i < len(t) && (t[i] == ' ' || t[i] == ','); n++ {
		i++
	}
	return i
}

// timeEnd is the end of the date or time of day at i, 0 for none: ISO 8601,
// 2026/11/23 09:41, 3/09/2016 7:58:27 PM, Mon, 23 Nov 2026 09:41:03 +0800, 09:41:03.
func timeEnd(t string, i int) int {
	if !isDigit(t[i]) {
		return namedEnd(t, i)
	}
	if j := clockEnd(t, i); j > 0 {
		return j
	}
	if j := digitsEnd(t, i, 1, 2); j > 0 {
		if m := nameEnd(t, skip(t, j), months); m > 0 && skip(t, j) > j {
			return afterDay(t, m)
		}
		if j < len(t) && (t[j] == '/' || t[j] == '-') {
			if y := yearEnd(t, nameEnd(t, j+1, months), t[j]); y > 0 {
				return y
			}
		}
	}
	j := digitsEnd(t, i, 1, 4)
	if j == 0 || j >= len(t) || t[j] != '-' && t[j] != '/' {
		return 0
	}
	sign, year := t[j], j-i == 4
	k := digitsEnd(t, j+1, 1, 2)
	if j-i == 3 || k == 0 || k >= len(t) || t[k] != sign {
		return 0
	}
	end := 0
	if year {
		end = digitsEnd(t, k+1, 1, 2)
	} else {
		end = digitsEnd(t, k+1, 4, 4)
	}
	if end == 0 {
		return 0
	}
	return withClock(t, end)
}

// yearEnd is the end of the year, and the time of day behind it, that a sign
// joins to a month's name that ends at i: 23/Nov/2026:09:41:03 +0800.
func yearEnd(t string, i int, sign byte) int {
	if i == 0 || i >= len(t) || t[i] != sign {
		return 0
	}
	y := digitsEnd(t, i+1, 4, 4)
	if y > 0 && y+1 < len(t) && t[y] == ':' && isDigit(t[y+1]) {
		if c := clockEnd(t, y+1); c > 0 {
			return c
		}
	}
	if y > 0 {
		y = withClock(t, y)
	}
	return y
}

// namedEnd is the end of a date that begins with a weekday or a month.
func namedEnd(t string, i int) int {
	if j := nameEnd(t, i, weekdays); j > 0 {
		if k := skip(t, j); k > j && k < len(t) {
			if d := digitsEnd(t, k, 1, 2); d > 0 {
				if m := nameEnd(t, skip(t, d), months); m > 0 {
					return afterDay(t, m)
				}
			}
			if m := namedMonth(t, k); m > 0 {
				return m
			}
		}
		return 0
	}
	return namedMonth(t, i)
}

// namedMonth is the end of `Nov 02`, with time and year where they follow.
func namedMonth(t string, i int) int {
	m := nameEnd(t, i, months)
	if m == 0 {
		return 0
	}
	k := skip(t, m)
	d := digitsEnd(t, k, 1, 2)
	if k == m || d == 0 {
		return 0
	}
	return afterDay(t, d)
}

// afterDay takes a year and a time of day, in either order, after a date at i.
func afterDay(t string, i int) int {
	for range 2 {
		k := skip(t, i)
		if y := digitsEnd(t, k, 4, 4); y > 0 && k > i {
			i = y
		}
		i = withClock(t, i)
	}
	return i
}

// withClock takes the time of day that follows a date at i, where one does.
func withClock(t string, i int) int {
	k := i
	if k < len(t) && t[k] == 'T' {
		k++
	} else if k = skip(t, i); k == i {
		return i
	}
	if k < len(t) && isDigit(t[k]) {
		if j := clockEnd(t, k); j > 0 {
			return j
		}
	}
	return i
}

// clockEnd is the end of the time of day at i with its fraction, half of the
// day and zone, 0 for none.
func clockEnd(t string, i int) int {
	j := digitsEnd(t, i, 1, 2)
	if j == 0 || j >= len(t) || t[j] != ':' {
		return 0
	}
	end := digitsEnd(t, j+1, 2, 2)
	if end == 0 {
		return 0
	}
	if end < len(t) && t[end] == ':' {
		if s := digitsEnd(t, end+1, 2, 2); s > 0 {
			end = s
		}
	}
	if end < len(t) && (t[end] == '.' || t[end] == ',') {
		if f := digitsEnd(t, end+1, 1, 9); f > 0 {
			end = f
		}
	}
	return zoneEnd(t, end)
}

func zoneEnd(t string, i int) int {
	k := i
	if k < len(t) && t[k] == ' ' {
		k++
	}
	rest := t[k:]
	if hasFold(rest, "am") || hasFold(rest, "pm") {
		if len(rest) == 2 || !isAlnum(rest[2]) {
			i, k = k+2, k+2
			if k < len(t) && t[k] == ' ' {
				k++
			}
		}
	}
	rest = t[k:]
	switch {
	case len(rest) > 0 && rest[0] == 'Z' && k == i && (len(rest) == 1 || !isAlnum(rest[1])):
		return k + 1
	case len(rest) > 4 && (rest[0] == '+' || rest[0] == '-') && isDigit(rest[1]) && isDigit(rest[2]):
		if d := digitsEnd(t, k+1, 4, 4); d > 0 {
			return d
		}
		if rest[3] == ':' {
			if d := digitsEnd(t, k+4, 2, 2); d > 0 {
				return d
			}
		}
	case hasFold(rest, "gmt"), hasFold(rest, "utc"), hasFold(rest, "jst"), hasFold(rest, "cst"):
		if len(rest) == 3 || !isAlnum(rest[3]) {
			return k + 3
		}
	}
	return i
}
