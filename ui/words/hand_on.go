package words

// What is handed on to other desks.
var (
	ListsReadme = document("lists readme") // about, addresses and rows of the five lists, failed rows, all rows
	Report      = pairs("report")          // the sentences of the evidence, by what they are for
)

// AddressCount is a number of addresses.
func AddressCount(l Lang, n int) string { return l.Plural(n, "address", "addresses", "个地址") }
