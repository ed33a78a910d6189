"""The command line, the same program as Rust's: ``python -m gongkai check report.docx``."""

import signal
import sys

from ._gongkai import main as _main


def main() -> int:
    """Runs the command line with the arguments of the process; the result is its exit status."""
    # The work is not Python's, which would see Ctrl-C only behind it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _main(["gongkai", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
