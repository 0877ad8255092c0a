"""How fast the site is: `make bench`."""
