"""From finding to closure: the ledger's history, its merging, its rules, and what comes next."""
