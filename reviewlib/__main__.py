"""`python -m reviewlib`: the command line, also where the folder of commands is not on the path."""

from reviewlib.cli import main

if __name__ == "__main__":
    main()
