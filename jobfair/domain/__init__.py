"""The rules of a job fair, in plain Python: no framework, no database, no clock.

Read in this order: `state` (what there is), `events` (what can happen), `turns` (who is called),
`evolve` (what an event changes). Then, in `decisions/`, what is decided about one place: `joining`,
`calling`, `expiry`, `interviewing`, `undoing`, `presence`; and about a stand or the fair: `stands`,
`door_sign`, `lot`, `overrides`, `doubles`, `paper_interviews`.

A decision looks at a `Hall` and returns events or a `Refusal`. `advance` applies the events, and
adds the turns that begin or end because of them. May import the standard library only. It knows no
sentence, no HTTP and no storage.
"""
