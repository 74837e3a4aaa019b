# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""What all generated clients share; nothing in here knows a particular API."""
