"""Charts: each proves one sentence, which is its title. One file per picture."""
