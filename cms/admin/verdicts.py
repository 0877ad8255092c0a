"""What a check can say of one thing, on the set-up page as of a text."""

GOOD, LOOK, MEND = "good", "look", "mend"
