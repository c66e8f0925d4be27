"""`campaign`, and `python -m campaign_cli`: a signal is a sentence from the first line on.

So nothing is imported before ctrl-C is cared for but what Python has loaded by itself.
"""

import sys

STOPPED = "Stopped; nothing is half written."
INTERRUPTED = 130
_ENDING = ("SIGTERM", "SIGHUP")


def main() -> None:
    """Run the command; what asks it to end is taken as ctrl-C is."""
    try:
        import signal  # noqa: PLC0415 (it takes a moment, in which a signal may come)

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
