package words

import (
	"embed"
	"strings"
)

// A line of a table is a value, then English and Chinese in turn, set apart by tabs; longer texts have a file for each language.
//
//go:embed tables texts
var files embed.FS

func read(name string) string {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err) // it is built in
	}
	return string(text)
}

// table is what tables/NAME.tsv says of each value: one sentence, or several.
func table(name string) map[string][]Sentence {
	said := map[string][]Sentence{}
	for line := range strings.Lines(read("tables/" + name + ".tsv")) {
		fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		for i := 1; i+1 < len(fields); i += 2 {
			said[fields[0]] = append(said[fields[0]], Sentence{fields[i], fields[i+1]})
		}
	}
	return said
}

// pairs is a table that has one sentence for each value.
func pairs(name string) map[string]Sentence {
	said := map[string]Sentence{}
	for value, sentences := range table(name) {
		said[value] = sentences[0]
	}
	return said
}

// document is a text of several lines: in texts/en.txt and texts/zh.txt what stands below the line "== NAME".
func document(name string) Sentence {
	return Sentence{sections[English][name], sections[Chinese][name]}
}

var sections = map[Lang]map[string]string{English: readSections("en"), Chinese: readSections("zh")}

func readSections(language string) map[string]string {
	bodies := map[string]string{}
	for section := range strings.SplitSeq(read("texts/"+language+".txt"), "\n== ") {
		name, body, _ := strings.Cut(strings.TrimPrefix(section, "== "), "\n")
		bodies[name] = strings.TrimRight(body, "\n")
	}
	return bodies
}

// Flags by name. What stands in backquotes is the name of the value.
var Flags = pairs("flags")
