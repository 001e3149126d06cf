import sys

# SciPy is loaded for rounds alone.
if sys.argv[1:2] == ["cohort"]:
    from matching.engine.cohort.command import main
else:
    from matching.engine.command import main

sys.exit(main(sys.argv[1:]))
