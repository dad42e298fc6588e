"""Run the `onrecord` command as `python -m onrecord`."""

from onrecord.cli import main

main()
