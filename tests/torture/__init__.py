"""What the program must survive, at lengths that no test can afford: ``make torture``.

Each part is a module with a function ``play``, which yields a :class:`tests.torture.outcome.Outcome` for each
thing that it tried. A small sample of every part is among the tests.
"""
