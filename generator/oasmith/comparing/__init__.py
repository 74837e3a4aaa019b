"""The stage that tells what a new package changes for the callers of an old one."""
