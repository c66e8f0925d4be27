"""`campaign`, and `python -m campaign_cli`: a signal is a sentence from the first line on.

So nothing heavy is imported before the signals are cared for.
"""

import signal
import sys

STOPPED = "Stopped; nothing is half written."
INTERRUPTED = 130
_ENDING = ("SIGTERM", "SIGHUP")


def main() -> None:
    """Run the command; what asks it to end is taken as ctrl-C is."""
    try:
        for name in _ENDING:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.default_int_handler)
        from campaign_cli.main import main as run  # noqa: PLC0415 (the signals first)

        run()
    except KeyboardInterrupt:
        sys.stderr.write(f"{STOPPED}\n")
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
