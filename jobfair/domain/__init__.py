"""The rules of a job fair, in plain Python: no framework, no database, no clock.

Read in this order: `state` (what there is), `events` (what can happen), `turns` (who is
called), `evolve` (what an event changes), then the decisions: `joining`, `calling`,
`expiry`, `interviewing`, `presence`, `stands`, `overrides`.

A decision looks at a `Hall` and returns events or a `Refusal`. `advance` carries the events
out, and adds the turns that began or ended because of them. May import the standard library
only; sentences, HTTP and storage are unknown here.
"""
