import sys

from matching.engine.command import main

sys.exit(main(sys.argv[1:]))
