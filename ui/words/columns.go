package words

// ThenBy is the second key of an order, behind SortedBy. SecondKey says in the sort menu how one is added.
var ThenBy, SecondKey = two("ThenBy SecondKey")
