# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Transports over other libraries; each imports its library when it is made."""
