"""Chapters to repositories over the network. HTTP lives here and nowhere else.

kinds      name → Kind: what a repository asks of a chapter, and the steps of a deposit
step       what a step is: a request made of known facts, and facts learned from the answer
engine     takes the steps one by one; asks before it repeats what may have happened
journal    what was asked and answered, on the disk before and after every request
receipt    what became of a deposit, for people and programs
wire       one request over HTTP: origins, credentials, redirects, limits
secrets    where tokens come from, and that they are written down nowhere
"""
