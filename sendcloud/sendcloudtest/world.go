package sendcloudtest

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed world.tsv
var worldText string

// world holds the lines of world.tsv, without their first field, by that field.
var world = readWorld(worldText)

func readWorld(text string) map[string][][]string {
	lines := map[string][][]string{}
	for line := range strings.Lines(text) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if line[0] != '#' {
			lines[fields[0]] = append(lines[fields[0]], fields[1:])
		}
	}
	return lines
}

// whole is a number of world.tsv.
func whole(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic("sendcloudtest: world.tsv: " + err.Error())
	}
	return n
}

// each makes values of the lines of a kind.
func each[T any](kind string, value func(fields []string) T) []T {
	var list []T
	for _, fields := range world[kind] {
		list = append(list, value(fields))
	}
	return list
}
