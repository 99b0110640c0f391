"""Stock: an append-only ledger of movements and the balances they add up to."""
