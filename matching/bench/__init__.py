"""The benchmark: invented people, rivals of the engine, and what each needs for the same work (docs/benchmark.md)."""
