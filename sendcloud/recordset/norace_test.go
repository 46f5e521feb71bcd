//go:build !race

package recordset

const raced = false
