package bounce

import "testing"

// BenchmarkExplain answers the public replies in turn, on one core: 1e9/(ns/op) explanations a second.
func BenchmarkExplain(b *testing.B) {
	rows := readGold(b, "public.tsv")
	inputs := make([]Input, len(rows))
	for i, row := range rows {
		inputs[i] = Input{Text: row.text, Domain: "example.com", SubStatus: 409}
	}
	r := Default()
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		r.Explain(inputs[i%len(inputs)])
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "explanations/s")
}

// BenchmarkCompile is what the first explanation costs once.
func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		if _, err := compile([]namedSource{{"rules.txt", builtinRules}}); err != nil {
			b.Fatal(err)
		}
	}
}
