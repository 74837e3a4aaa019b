"""From a package to views: the finished strings that templates show."""
