"""Faults that well-tried systems are tried with, tried on this one; each test was seen to fail on a build broken for it."""
