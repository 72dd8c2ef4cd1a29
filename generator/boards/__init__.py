"""Pure arithmetic: facts in, ranked tables out. No file, no clock, no markup."""
