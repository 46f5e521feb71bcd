package bounce

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestZZCount(t *testing.T) {
	for _, file := range []string{"public.tsv", "collected.tsv", "heldout.tsv"} {
		n, sure, wrong, drop := 0, 0, 0, 0
		by := map[string]int{}
		for _, row := range readGold(t, file) {
			for _, st := range []int{0} {
				e := Default().Explain(Input{Text: row.text, Domain: "example.com", Status: st})
				n++
				if !slices.Contains(row.causes, e.Cause.String()) {
					wrong++
					if e.Confidence > 0.8 {
						sure++
						by[fmt.Sprintf("%.2f", e.Confidence)]++
					}
				}
				gone := slices.ContainsFunc(row.causes, func(c string) bool {
					k, _ := ParseCause(c)
					return causes[k].address == addressBad || k == Suppressed || k == Unsubscribed || k == Other
				})
				next := strings.ToLower(e.NextStep("en"))
				if !gone && (strings.Contains(next, "remove it") || strings.Contains(next, "remove the address") || strings.Contains(next, "leave this address") || strings.Contains(next, "from the list")) && e.Cause != Suppressed {
					drop++
					if file == "heldout.tsv" {
						fmt.Println("  held:", row.causes, e.Cause, e.Confidence)
					}
					if os.Getenv("SHOW") != "" && file != "heldout.tsv" {
						fmt.Println("  drop:", row.causes, e.Cause, e.Confidence, e.Rule, row.text)
					}
				}
				if os.Getenv("SHOWSURE") != "" && file != "heldout.tsv" && !slices.Contains(row.causes, e.Cause.String()) && e.Confidence > .8 {
					fmt.Println("  sure:", row.causes, e.Cause, e.Confidence, e.Rule, row.text)
				}
			}
		}
		fmt.Println(file, n, "wrong", wrong, "wrong and sure", sure, fmt.Sprintf("%.3f", float64(sure)/float64(n)), "drop a good address", drop, by)
	}
}
