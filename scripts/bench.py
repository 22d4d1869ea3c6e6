"""`make bench`: nothing to run yet."""

from .lanes import say

if __name__ == "__main__":
    say("There is no bench yet.")
