"""Benchmarks of the generator. None of them is a test: times depend on the load of the machine."""
