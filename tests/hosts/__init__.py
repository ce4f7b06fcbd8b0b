"""Hosts for tests, all of them constructed: answers, put together to partitions.

building          one answer as a bundle gives it, and a healthy AIX partition of the fewest answers
cases             Linux and VIOS partitions, rows of listings, and `says`, the one column of a table of facts
consoles          what a partition answers of consoles, filters and clusters; whole partitions that lack nothing
partitions        partitions of every kind, drawn by hypothesis
answers, parts    what commands print, by command; parts of hosts made of them
generations       healthy hosts by system and release, each as its release prints
healthy, whole    healthy hosts of every kind of management; hosts with full logs and listings (`whole_*`)
stories           hosts with one fault each, and what is to be said of them (`story_answers`)
packet_filters    rule sets of every filter; `bulk` and `archived` make fleets and support archives of hosts
"""
