package bounce

import (
	"fmt"
	"os"
	"testing"
)

func TestZZDump(t *testing.T) {
	out := os.Getenv("DUMP")
	if out == "" {
		t.Skip()
	}
	f, _ := os.Create(out)
	defer f.Close()
	for _, file := range []string{"public.tsv", "collected.tsv", "heldout.tsv"} {
		for i, row := range readGold(t, file) {
			e := Default().Explain(Input{Text: row.text, Domain: "example.com"})
			fmt.Fprintf(f, "%s:%d|%s|%s|%.2f|%s|%s|%s|%s|%s|ip=%s|dom=%s|%s|%s|%s|%v|%s\n", file, i, e.Cause, e.Permanence, e.Confidence, e.Rule, e.Code, e.Enhanced, e.Provider, e.Phase, e.IP, e.Domain, e.List, e.HelpLink, e.Wait, matched(e, row.text), row.text)
		}
	}
}
