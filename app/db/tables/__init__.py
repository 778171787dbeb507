"""One module a table; where a table is a kind of record, its KindSpec stands beside it."""
